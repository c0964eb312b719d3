/** Where a look at attributes and the truth of the path differ, and that missing answers never make a pass. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../estate/estate.ts';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { database, databaseAnswer, placed } from '../../examples/database.ts';
import {
  group,
  groupAnswer,
  instance,
  instanceAnswer,
  network,
  type OpenTo,
  publicSubnet,
} from '../../examples/network.ts';
import { noBalancers, OFFICE, PUBLIC_SUBNETS } from '../../examples/open.ts';
import type { Finding } from '../../finding.ts';
import type { Example, Rule } from '../../rule.ts';
import { runRule } from '../../run.ts';
import { rules } from '../index.ts';

const GROUP = 'sg-0example00000001';
const named = (id: string): Rule => {
  const found = rules.find((rule) => rule.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};
const estateOf = (content: Readonly<Record<string, unknown>>): Estate => {
  const { entries, notices } = readInventory('example.json', content);
  return assemble(entries, notices, undefined);
};
const judge = (id: string, example: Example): readonly Finding[] => runRule(named(id), estateOf(inventoryOf(example)));
const states = (id: string, example: Example) => judge(id, example).map((finding) => finding.state);

const DATABASE: OpenTo = { protocol: 'tcp', ports: [3306, 3306] };
const withDatabase = (ingress: readonly OpenTo[], PubliclyAccessible: boolean): Example =>
  join(
    network(),
    noBalancers(),
    groupAnswer(group(GROUP, 'db', ingress)),
    databaseAnswer(database('orders', { ...placed(PUBLIC_SUBNETS, [GROUP]), PubliclyAccessible })),
  );
const withServer = (ingress: readonly OpenTo[], more: Example = {}): Example => ({
  ...join(
    network(),
    noBalancers(),
    groupAnswer(group(GROUP, 'web', ingress)),
    instanceAnswer(
      instance('i-0web0000000000001', 'web', {
        subnet: publicSubnet('eu-west-1a'),
        publicAddress: '203.0.113.20',
        groups: [GROUP],
      }),
    ),
  ),
  ...more,
});

describe('databases', () => {
  it('that are flagged public behind a group for private addresses are not reached, but one rule away', () => {
    const example = withDatabase([{ ...DATABASE, cidr: '172.16.0.0/16' }], true);
    expect(states('database-reachable-from-internet', example)).toEqual(['pass']);
    const [near] = judge('database-latently-exposed', example);
    expect(near).toMatchObject({ state: 'fail', severity: 'medium' });
    expect(near?.claim).toContain('one rule more');
  });

  it('that an open group and public subnets surround are one flag away', () => {
    const example = withDatabase([{ ...DATABASE, cidr: '0.0.0.0/0' }], false);
    expect(states('database-reachable-from-internet', example)).toEqual(['pass']);
    const [near] = judge('database-latently-exposed', example);
    expect(near?.claim).toContain('turning PubliclyAccessible on would open orders to anybody on the internet');
    expect(states('database-in-public-subnet', example)).toEqual(['fail']);
  });

  it('that admit a few addresses are told with them, and less gravely', () => {
    const example = withDatabase(
      [
        { ...DATABASE, cidr: '198.51.100.7/32' },
        { ...DATABASE, cidr: '10.193.0.0/16' },
      ],
      true,
    );
    const [finding] = judge('database-reachable-from-internet', example);
    expect(finding).toMatchObject({ state: 'fail', severity: 'medium' });
    expect(finding?.claim).toBe('orders takes connections on tcp/3306 from 198.51.100.7/32');
  });

  it('are not called safe from a single change when the routes are not known', () => {
    const { 'ec2:DescribeRouteTables': _, ...rest } = withDatabase([{ ...DATABASE, cidr: '0.0.0.0/0' }], false);
    expect(states('database-latently-exposed', rest)).toEqual(['unknown']);
  });
});

describe('servers', () => {
  it('are told with the very ports that are open', () => {
    const [finding] = judge(
      'instance-reachable-from-internet',
      withServer([{ protocol: 'tcp', ports: [22, 22], cidr: '0.0.0.0/0' }]),
    );
    expect(finding).toMatchObject({ state: 'fail', severity: 'high' });
    expect(finding?.claim).toBe('web takes connections from anybody on the internet on SSH (22)');
  });

  it.each([
    ['halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['a block with host bits', ['192.168.1.0/0']],
  ])('are seen to be open to the world however it is written: %s', (_, cidrs) => {
    const example = withServer(cidrs.map((cidr) => ({ protocol: 'tcp', ports: [22, 22] as const, cidr })));
    expect(judge('instance-reachable-from-internet', example)[0]?.claim).toContain('anybody on the internet');
    expect(judge('group-open-to-the-world', example)[0]).toMatchObject({ state: 'fail', severity: 'high' });
  });

  it('that admit SSH from named addresses only are fine', () => {
    const example = withServer([{ protocol: 'tcp', ports: [22, 22], cidr: OFFICE }]);
    expect(states('instance-reachable-from-internet', example)).toEqual(['pass']);
  });

  it('that serve the web themselves are told, less gravely', () => {
    const example = withServer([{ protocol: 'tcp', ports: [443, 443], cidr: '0.0.0.0/0' }]);
    expect(judge('instance-reachable-from-internet', example)[0]).toMatchObject({ state: 'fail', severity: 'medium' });
    expect(states('group-open-to-the-world', example)).toEqual(['pass']);
  });
});

describe('an open group', () => {
  const SSH: OpenTo = { protocol: 'tcp', ports: [22, 22], cidr: '0.0.0.0/0' };
  const acl = (CidrBlock: string): Example => ({
    'ec2:DescribeNetworkAcls': {
      NetworkAcls: [
        {
          NetworkAclId: 'acl-0example0000000001',
          VpcId: 'vpc-0example0000000001',
          IsDefault: true,
          Associations: PUBLIC_SUBNETS.map((SubnetId) => ({ NetworkAclId: 'acl-0example0000000001', SubnetId })),
          Entries: [false, true].map((Egress) => ({
            CidrBlock,
            Egress,
            Protocol: '-1',
            RuleAction: 'allow',
            RuleNumber: 100,
          })),
          Tags: [],
        },
      ],
    },
  });

  it('is latent when a network ACL lets nobody of the internet in', () => {
    const [finding] = judge('group-open-to-the-world', withServer([SSH], acl('10.0.0.0/8')));
    expect(finding).toMatchObject({ state: 'fail', severity: 'low' });
    expect(finding?.claim).toContain('is not reached from the internet today');
  });

  it('is neither an exposure nor harmless when the network ACLs are not known', () => {
    const { 'ec2:DescribeNetworkAcls': _, ...rest } = withServer([SSH]);
    const [finding] = judge('group-open-to-the-world', rest);
    expect(finding).toMatchObject({ state: 'fail', severity: 'medium' });
    expect(finding?.claim).toContain('ec2:DescribeNetworkAcls');
  });

  it('is not called unattached when the interfaces were not read', () => {
    const example = join(groupAnswer(group(GROUP, 'old', [SSH])));
    expect(judge('group-open-to-the-world', example)[0]).toMatchObject({ state: 'fail', severity: 'medium' });
  });
});

describe('taking an answer away from the legacy shop', () => {
  const own = rules.filter((rule) => [1, 2, 4].includes(rule.problem));
  const content = JSON.parse(readFileSync('examples/legacy-shop/inventory.json', 'utf8')) as Readonly<
    Record<string, unknown>
  > & { readonly responses: Readonly<Record<string, unknown>> };
  const subjectsBy = (estate: Estate, state: Finding['state']): Set<string> =>
    new Set(
      own.flatMap((rule) =>
        runRule(rule, estate)
          .filter((finding) => finding.state === state)
          .flatMap((finding) =>
            (state === 'fail' ? finding.resources.slice(0, 1) : finding.resources).map(({ id }) => `${rule.id} ${id}`),
          ),
      ),
    );
  const failed = subjectsBy(estateOf(content), 'fail');
  const operations = Object.keys(content.responses).filter((operation) =>
    /^(ec2|rds|elasticache|elbv2?|s3|s3control|cloudfront|ecs|ssm):/.test(operation),
  );

  it('starts from findings of most rules', () => {
    expect(new Set([...failed].map((one) => one.split(' ')[0])).size).toBeGreaterThan(12);
  });

  it.each(operations)('%s: turns no fail into a pass, left out or refused', (operation) => {
    const { [operation]: _, ...left } = content.responses;
    const refused = {
      ...left,
      [operation]: [{ input: {}, error: { name: 'AccessDenied', message: 'not authorized' } }],
    };
    for (const responses of [left, refused]) {
      const passed = subjectsBy(estateOf({ ...content, responses }), 'pass');
      expect([...failed].filter((one) => passed.has(one))).toEqual([]);
    }
  });
});
