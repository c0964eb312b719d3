import { expect, it } from 'vitest';
import { arn, estateOf, ref, some } from './testing.ts';
import { fromWayIn } from './way-in.ts';

const rule = (from: number, to: number) => ({
  id: `sgr-${from}`,
  direction: 'egress',
  protocol: 6,
  ports: { from, to },
  peer: { type: 'cidr', cidr: '10.0.0.0/16' },
});

const account = (egress: readonly object[], tags: object, database: object = {}) =>
  estateOf(
    some('instance', 'i-0example0000000001', {
      tags,
      vpc: ref('vpc-1'),
      securityGroups: [ref('sg-1')],
      state: 'running',
    }),
    some('securityGroup', 'sg-1', { egress }),
    some('database', arn('rds', 'db:shop'), {
      vpc: ref('vpc-1'),
      engine: 'mysql',
      endpoint: { host: 'shop.example.com', port: 3306 },
      securityGroups: [ref('sg-2')],
      ...database,
    }),
  );

const PEOPLE = { 'way-in': 'people' };
const ends = (estate: ReturnType<typeof account>) => fromWayIn(estate).map(({ to, ports }) => [to, ports?.from]);

it('leads from the tagged machine to what its group lets it out to', () => {
  expect(ends(account([rule(3306, 3306)], PEOPLE))).toEqual([[{ type: 'resource', id: arn('rds', 'db:shop') }, 3306]]);
});

it('leads from no machine without the tag, to no other port and to no other VPC', () => {
  expect(ends(account([rule(3306, 3306)], {}))).toEqual([]);
  expect(ends(account([rule(5432, 5432)], PEOPLE))).toEqual([]);
  expect(ends(account([rule(3306, 3306)], PEOPLE, { vpc: ref('vpc-2') }))).toEqual([]);
});

it('concludes nothing from a group that lets everything out, nor about a database of which the groups are not told', () => {
  expect(ends(account([rule(0, 65_535)], PEOPLE))).toEqual([]);
  expect(ends(account([rule(3306, 3306)], PEOPLE, { securityGroups: undefined }))).toEqual([]);
});
