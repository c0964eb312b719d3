import { expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { balancerArn, listenerAnswer } from '../../examples/balancers.ts';
import { runRule } from '../../run.ts';
import { rule } from './load-balancer-reachable-around-cdn.ts';

it('the list of CloudFront alone lets the distributions of strangers in', () => {
  const { 'elbv2:DescribeRules': _rules, 'elbv2:DescribeListeners': _listeners, ...good } = rule.examples.good;
  const example = join(good, listenerAnswer(balancerArn('web'), { Port: 443, Protocol: 'HTTPS', forwardTo: 'web' }));
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  const [found] = runRule(rule, assemble(entries, notices, collectedAt));
  expect(found).toMatchObject({ state: 'fail', severity: 'low' });
  expect(found?.claim).toContain('from every distribution, those of strangers too');
});
