/** A component makes what it declares, and nothing else: the planner proves the declaration. */
import * as pulumi from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { BastionHost } from '../compute/bastion-host.ts';
import { NetworkTiers } from '../network/network-tiers.ts';
import { flows } from '../security/flows.ts';
import { OwnGroup } from '../security/own-group.ts';
import { ServiceRole } from '../security/service-role.ts';
import { ClosedBucket } from '../storage/closed-bucket.ts';
import { record } from '../testing/record.ts';
import { StandardAlarms } from '../watch/standard-alarms.ts';
import { bastionHost } from './bastion-host.ts';
import { closedBucket } from './closed-bucket.ts';
import { type Declaration, type Plain, plainProperties } from './declaration.ts';
import { type Flow, flowRules } from './flow-rules.ts';
import { type NetworkTiersArgs, networkTiers } from './network-tiers.ts';
import { ownGroup } from './own-group.ts';
import { serviceRole } from './service-role.ts';
import { standardAlarms } from './standard-alarms.ts';

const TIERS = {
  vpcId: 'vpc-1',
  region: 'eu-west-1',
  internetGatewayId: 'igw-1',
  subnets: {
    'app-a': '10.0.32.0/20',
    'app-b': '10.0.64.0/20',
    'data-a': '10.0.20.0/22',
    'public-a': '10.0.16.0/22',
    'public-b': '10.0.80.0/22',
  },
  gateways: ['a', 'b'],
} as const;
const ROLE = {
  service: 'ecs-tasks.amazonaws.com',
  description: 'What web may do',
  may: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::media/*'] }],
  managed: ['service-role/AWSLambdaVPCAccessExecutionRole'],
};
const BUCKET = {
  bucket: 'logs-111122223333',
  keepDays: 30,
  writers: [
    { Sid: 'Write', Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject' },
  ],
};
const BASTION = { subnetId: 'subnet-1', groupId: 'sg-1', enteredBy: 'ssh' } as const;
const ALARMS = { topicArn: 'arn:topic', database: 'mysql', leastStorage: 5, replica: true, tags: { Team: 'shop' } };
const TABLE: readonly Flow[] = [
  { from: { peerName: 'web', groupId: 'sg-web' }, to: { peerName: 'mysql', groupId: 'sg-mysql' }, port: 3306 },
  { from: 'anywhere', into: { peerName: 'web', groupId: 'sg-web' }, port: [8000, 8100], because: 'the site' },
  { outOf: { peerName: 'web', groupId: 'sg-web' }, to: '10.0.0.0/16', protocol: '-1' },
];

const cases: readonly (readonly [name: string, declared: readonly Declaration[], make: () => unknown])[] = [
  ['NetworkTiers', networkTiers('net', TIERS), () => new NetworkTiers('net', TIERS)],
  ['OwnGroup', [ownGroup('web-group', { vpcId: 'vpc-1' })], () => new OwnGroup('web-group', { vpcId: 'vpc-1' })],
  ['ServiceRole', serviceRole('web', ROLE), () => new ServiceRole('web', ROLE)],
  ['ClosedBucket', closedBucket('logs', BUCKET), () => new ClosedBucket('logs', BUCKET)],
  ['BastionHost', bastionHost('bastion', BASTION), () => new BastionHost('bastion', BASTION)],
  ['StandardAlarms', standardAlarms('mysql', ALARMS), () => new StandardAlarms('mysql', ALARMS)],
  ['flows', TABLE.flatMap((flow) => flowRules(flow)), () => flows(TABLE)],
];

/** What the recorder answers for the references of a declaration. */
function answered(value: Plain, all: readonly Declaration[]): Plain {
  if (Array.isArray(value)) return value.map((each: Plain) => answered(each, all));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, answered(each, all)]));
  const [, type, name, output = ''] = /^\$\{(.+?)::([^#]+)#(\w+)\}$/.exec(String(value)) ?? [];
  if (name === undefined) return value;
  const found = all.find((one) => one.type === type && one.name === name);
  return output === 'id' ? `${name}-id` : (plainProperties(found ?? { properties: {} })[output] ?? '');
}

describe.each(cases)('%s', (_, declared, make) => {
  it('makes what it declares, to the letter', async () => {
    const { resources } = await record(() => void make());
    const made = resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
    const wanted = declared.map((one) => ({
      type: one.type,
      name: one.name,
      inputs: answered(plainProperties(one), declared),
    }));
    const byName = (a: { type: string; name: string }, b: { type: string; name: string }): number =>
      `${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1;
    expect(made.sort(byName)).toEqual(wanted.sort(byName));
  });

  it('is in no name of Pulumi: written out by hand, its parts are the same resources', async () => {
    const { resources } = await record(() => void make());
    expect(resources.filter(({ parent }) => parent !== '')).toEqual([]);
  });
});

describe('the parts of a network', () => {
  const kinds = (args: NetworkTiersArgs): readonly string[] =>
    networkTiers('net', args).map(({ type, name }) => `${type.replace(/^.*:/, '')} ${name}`);

  it('go out by the gateway of their own zone, or by the only one', () => {
    const way = (args: NetworkTiersArgs) =>
      networkTiers('net', args).flatMap(({ name, properties }) =>
        name.endsWith('-to-nat') ? [`${name} ${String(properties.natGatewayId)}`] : [],
      );
    expect(way(TIERS).map((text) => /nat-[ab](?=#)/.exec(text)?.[0])).toEqual(['nat-a', 'nat-b']);
    expect(way({ ...TIERS, gateways: ['b'] }).map((text) => /nat-[ab](?=#)/.exec(text)?.[0])).toEqual([
      'nat-b',
      'nat-b',
    ]);
  });

  it('have one table for each private subnet, and one for a tier of the others', () => {
    expect(kinds(TIERS).filter((one) => one.startsWith('RouteTable '))).toEqual([
      'RouteTable net-app-a-routes',
      'RouteTable net-app-b-routes',
      'RouteTable net-data-routes',
      'RouteTable net-public-routes',
    ]);
  });

  it('are neither tied nor led outside while it is not routed', () => {
    expect(kinds({ ...TIERS, routed: false }).filter((one) => /Association|to-internet/.test(one))).toEqual([]);
  });

  it('keep their addresses when the gateways go', () => {
    const left = kinds({ ...TIERS, gateways: [], addresses: ['a', 'b'] });
    expect(left.filter((one) => /^(Eip|NatGateway)/.test(one))).toEqual([
      'Eip net-nat-a-address',
      'Eip net-nat-b-address',
    ]);
  });
});

describe('what is known only later', () => {
  it('may stand in a policy', async () => {
    const { inputs } = await record(() => {
      new ServiceRole('web', {
        service: 'ecs-tasks.amazonaws.com',
        may: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: pulumi.output('arn:later') }],
      });
    });
    expect(inputs('aws:iam/rolePolicy:RolePolicy', 'web-policy').policy).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:later"}]}',
    );
  });
});

describe('a part that is not there', () => {
  it('is refused, with those that are', async () => {
    await expect(record(() => void new NetworkTiers('net', TIERS).subnet('app-c').id)).rejects.toThrow(
      /net: It has no net-app-c\. It has .*net-app-a/,
    );
  });
});
