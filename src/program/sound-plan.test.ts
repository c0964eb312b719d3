/** An account that is sound already has no journey before it. */
import { expect, it } from 'vitest';
import { entriesOf, estateOfRecording } from '../inventory/pulumi/index.ts';
import { makePlan } from '../plan/plan.ts';
import { todayOf } from '../plan/today.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { record } from './record/record.ts';

it('the sound shop in production gets an empty plan', async () => {
  const recording = await record('examples/sound-shop', {
    stack: 'prod',
    config: { 'sound-shop:masterPassword': 'only-for-this-test' },
  });
  const estate = estateOfRecording(recording, '2026-01-01');
  const plan = makePlan(todayOf(estate, entriesOf(recording)), audit(estate, rules), {});
  expect(plan.steps.map(({ step }) => step.id)).toEqual([]);
  expect([plan.refused, plan.unproven, plan.waiting]).toEqual([[], [], []]);
});
