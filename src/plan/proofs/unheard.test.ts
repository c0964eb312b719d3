/** What nobody told of is kept by no proof: nothing is taken away where those who use it may be others than the input shows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../inventory/assemble.ts';
import { readInventory } from '../../inventory/format.ts';
import { planWith } from '../testing/shop.ts';
import { todayOf } from '../today.ts';

const file = 'scenarios/plan/one-zone.json';
const whole: { readonly responses: Readonly<Record<string, unknown>> } = JSON.parse(readFileSync(file, 'utf8'));

function planWithout(operation: string | undefined) {
  const responses = Object.fromEntries(Object.entries(whole.responses).filter(([name]) => name !== operation));
  const { entries, notices, collectedAt } = readInventory(file, { ...whole, responses });
  return planWith(todayOf(assemble(entries, notices, collectedAt), entries));
}

/** Of these types what is there serves somebody, and a change of it may keep somebody out. */
const SERVES = /^aws:(rds\/instance|lb\/listener|lb\/loadBalancer|ec2\/routeTable):/;
/** Signs what is adopted, puts groups beside those that are there, switches settings and logs on. */
const ONLY_ADD = /^adopt|-(groups-beside|safeguards-on|access-logs)$/;
const stepsOf = (plan: ReturnType<typeof planWithout>) => plan.steps.map(({ step }) => step.id);

describe.each([
  'elbv2:DescribeLoadBalancers',
  'elbv2:DescribeListeners',
  'lambda:ListFunctions',
  'ec2:DescribeInstances',
  'ec2:DescribeSecurityGroups',
])('an input without %s', (operation) => {
  const plan = planWithout(operation);

  it('has no step that takes a way away, and says what to ask', () => {
    const closing = planWithout(undefined).steps.flatMap(({ step }) =>
      !ONLY_ADD.test(step.id) &&
      step.edits.some(({ op, type }) => (op === 'update' || op === 'delete') && SERVES.test(type))
        ? [step.id]
        : [],
    );
    expect(closing.length).toBeGreaterThan(1);
    expect(stepsOf(plan).filter((id) => closing.includes(id))).toEqual([]);
    const asked = plan.unproven.flatMap(({ counterexamples }) => counterexamples.flatMap(({ missing }) => missing));
    expect(asked.map((one) => one.operation)).toContain(operation);
  });

  it('still has those that only add', () => {
    expect(stepsOf(plan)).toContain('adopt');
  });
});
