import { expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { targetGroupArn } from '../../examples/balancers.ts';
import { runRule } from '../../run.ts';
import { rule } from './targets-in-one-zone.ts';

it.each([
  ['healthy', 'pass'],
  ['initial', 'pass'],
  ['unavailable', 'pass'],
  ['unused', 'fail'],
  ['unhealthy', 'fail'],
  ['draining', 'fail'],
])('a target of the second zone that is %s: %s', (State, expected) => {
  const target = (Id: string, state: string): object => ({ Target: { Id, Port: 80 }, TargetHealth: { State: state } });
  const { 'elbv2:DescribeTargetHealth': _, ...rest } = rule.examples.good;
  const example = join(rest, {
    'elbv2:DescribeTargetHealth': [
      {
        input: { TargetGroupArn: targetGroupArn('web') },
        output: {
          TargetHealthDescriptions: [target('i-0web0000000000001', 'healthy'), target('i-0web0000000000002', State)],
        },
      },
    ],
  });
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  expect(runRule(rule, assemble(entries, notices, collectedAt)).map(({ state }) => state)).toEqual([expected]);
});
