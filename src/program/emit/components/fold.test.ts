/** What is written as a component of the blueprint, and what is not. */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkTiers } from '../../../blueprint/declared/network-tiers.ts';
import { ownGroup } from '../../../blueprint/declared/own-group.ts';
import { serviceRole } from '../../../blueprint/declared/service-role.ts';
import { type Create, type Delete, type Edit, ref } from '../../../plan/edit.ts';
import { createOf, creates } from '../../../plan/structure/creates.ts';
import { letIn, letOut } from '../../../plan/structure/groups.ts';
import { folderWith, journeyWith, PROJECT } from '../../testing/journeys.ts';
import { validate } from '../../validate.ts';
import { emit } from '../emit.ts';
import { thingsOf } from '../journey.ts';
import { programOf } from '../program.ts';

type More = Readonly<Record<string, readonly Edit[]>>;

const TIERS = {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  region: 'eu-west-1',
  internetGatewayId: 'igw-0a1b2c3d4e5f60718',
  subnets: {
    'app-a': '10.0.32.0/20',
    'app-b': '10.0.64.0/20',
    'data-a': '10.0.20.0/22',
    'public-a': '10.0.16.0/22',
    'public-b': '10.0.80.0/22',
  },
  gateways: ['a', 'b'],
};
const ROLE = {
  service: 'ecs-tasks.amazonaws.com',
  may: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::media/*'] }],
};
const role = creates(serviceRole('web', ROLE));
const group = (name: string): Create => createOf(ownGroup(`${name}-group`, { vpcId: TIERS.vpcId }));
const TCP = { protocol: 'tcp', ports: { from: 3306, to: 3306 } } as const;
const rules = [
  letOut('web', ref(group('web')), { group: ref(group('mysql')), name: 'mysql' }, TCP, 'uses the database'),
  letIn('mysql', ref(group('mysql')), { group: ref(group('web')), name: 'web' }, TCP, 'uses the database'),
];
const gone = (edits: readonly Create[]): readonly Delete[] =>
  edits.map(({ type, name }) => ({ op: 'delete', type, name }));

/** The types of what a journey is written with. */
const written = (more: More): readonly string[] =>
  programOf(thingsOf(journeyWith([], more))).things.map(({ type }) => type.replace(/^.*:/, ''));
const text = (more: More): string =>
  [...emit(journeyWith([], more), PROJECT).files]
    .flatMap(([path, one]) => (/^target/.test(path) ? [one] : []))
    .join('\n');

describe('a role with its policy', () => {
  it('is one component', () => {
    expect(written({ made: role })).toEqual(['ServiceRole']);
  });

  it('says on the timeline what it may do at which step', () => {
    const [, policy] = role;
    const update: Edit = {
      op: 'update',
      type: policy?.type ?? '',
      name: policy?.name ?? '',
      properties: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) },
    };
    expect(text({ made: role, narrowed: [update] })).toMatch(
      /may: steps\.from\('made'\)\.at\(\{\s*made: \[[\s\S]*narrowed: \[\],?\s*\}\)/,
    );
  });

  it('stays two resources where the component could not say what a step makes of it', () => {
    const [itself] = role;
    const update: Edit = {
      op: 'update',
      type: itself?.type ?? '',
      name: itself?.name ?? '',
      properties: { permissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' },
    };
    expect(written({ made: role, limited: [update] })).toEqual(['Role', 'RolePolicy']);
  });

  it('stays two resources where something refers to a part that the component does not hand out', () => {
    const [, policy] = role;
    const user: Create = {
      op: 'create',
      type: 'aws:sqs/queue:Queue',
      name: 'jobs',
      properties: { name: ref(policy ?? { type: '', name: '' }) },
    };
    expect(written({ made: [...role, user] })).toEqual(['Role', 'RolePolicy', 'Queue']);
  });

  it('stays two resources where it needs something that needs it', () => {
    const [itself] = role;
    const queue: Create = {
      op: 'create',
      type: 'aws:sqs/queue:Queue',
      name: 'jobs',
      properties: {
        name: 'jobs',
        policy: JSON.stringify({ Principal: { AWS: ref(itself ?? { type: '', name: '' }, 'arn') } }),
      },
    };
    const needs = creates(
      serviceRole('web', { ...ROLE, may: [{ Effect: 'Allow', Action: 'sqs:*', Resource: ref(queue, 'arn') }] }),
    );
    expect([...written({ made: [...needs, queue] })].sort()).toEqual(['Queue', 'Role', 'RolePolicy']);
  });
});

describe('rules of security groups', () => {
  const all = [group('web'), group('mysql'), ...rules];

  it('are rows of a table: both rules of a flow are one', () => {
    expect(written({ made: all })).toEqual(['OwnGroup', 'OwnGroup', 'flows']);
    expect(text({ made: all })).toContain(
      "{ from: now(webGroup), to: now(mysqlGroup), port: 3306, because: 'uses the database' }",
    );
  });

  it('are rows of different tables where they come at different steps', () => {
    expect(written({ made: all.slice(0, 3), later: all.slice(3) })).toEqual(['OwnGroup', 'OwnGroup', 'flows', 'flows']);
  });

  it('keep a name that does not follow from their ends', () => {
    const odd = rules.map((one) => ({ ...one, name: `odd-${one.name}` }));
    const named = odd.map((one) => ({
      ...one,
      properties: { ...one.properties, tags: { Name: one.name, ManagedBy: 'underpin' } },
    }));
    expect(written({ made: [group('web'), group('mysql'), ...named] })).toContain('flows');
    expect(text({ made: [group('web'), group('mysql'), ...named] })).toContain("name: 'odd-web-to-mysql-3306'");
  });

  it('stay resources where a tag of them is their own', () => {
    const [first] = rules;
    const tagged = { ...first, properties: { ...first?.properties, tags: { Name: 'mine' } } };
    expect(written({ made: [group('web'), group('mysql'), tagged as Create] })).toContain('SecurityGroupEgressRule');
  });
});

describe('a journey on which every part of the components comes and goes', () => {
  const first = creates(networkTiers('net', { ...TIERS, gateways: [], endpoints: [] }));
  const all = creates(networkTiers('net', TIERS));
  const known = new Set(first.map(({ type, name }) => `${type} ${name}`));
  const then = all.filter(({ type, name }) => !known.has(`${type} ${name}`));
  const of = (...types: readonly string[]): readonly Create[] =>
    all.filter(({ type, name }) => types.some((one) => `${type} ${name}`.includes(one)));
  const closing = of('Association', 'to-internet', 'VpcEndpoint');
  const gateways = of('NatGateway', 'to-nat');
  const left = all.filter((one) => !closing.includes(one) && !gateways.includes(one));
  const subnet = { type: 'aws:ec2/subnet:Subnet', name: 'net-data-a' };
  const user: Create = {
    op: 'create',
    type: 'aws:rds/subnetGroup:SubnetGroup',
    name: 'shop',
    properties: { name: 'shop', description: 'The shop', subnetIds: [ref(subnet)] },
  };
  const journey = journeyWith([], {
    places: first,
    'way-out': [...then, user, group('web')],
    talk: [group('mysql'), ...rules, ...role],
    quiet: gone(rules),
    closed: [...gone(closing), ...gone([user])],
    'no-way-out': gone(gateways),
    end: gone([...left, ...role, group('web'), group('mysql')]),
  });

  it('is written with components, and declares at every step what the plan says, to the letter', async () => {
    const emitted = emit(journey, PROJECT);
    expect(emitted.files.get('target/network.ts')).toContain("new NetworkTiers('net'");
    expect(emitted.files.get('target/data.ts')).toContain("now(net).subnet('data-a').id");
    const folder = folderWith(emitted.files);
    const { ran, differences, refused } = await validate(folder, journey, emitted, { processes: 1 });
    rmSync(folder, { recursive: true, force: true });
    expect(ran).toEqual(journey.names);
    expect({ differences, refused }).toEqual({ differences: [], refused: [] });
  });
});
