import { describe, expect, it } from 'vitest';
import { type Estate, makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { estateAt, type State, startOf, after as stateAfter } from '../state.ts';
import type { Step } from '../step.ts';
import { shopPlan, shopToday } from '../testing/shop.ts';
import { type Verification, verify } from './verify.ts';

const today = shopToday();
const steps: readonly Step[] = shopPlan().steps.map(({ step }) => step);
const states: State[] = [startOf(today)];
for (const step of steps) states.push(stateAfter(states.at(-1) ?? startOf(today), step));

const indexOf = (part: string): number => steps.findIndex(({ id }) => id.includes(part));

/** The account as it would be after a step: with ids and addresses of AWS's own for what the journey has made. */
function accountAfter(at: number): Estate {
  const estate = estateAt(states[at + 1] ?? startOf(today));
  const old = new Set(today.estate.resources.map(({ id }) => `${id}`));
  const made = estate.resources.flatMap(({ id }) => (old.has(id) ? [] : [`${id}`]));
  const anew = new Map(made.map((id, n) => [id, /^[a-z]+-/.test(id) ? `${id.split('-')[0]}-0aws${n}` : id]));
  const resources = JSON.parse(
    JSON.stringify(estate.resources, (_, value) => (typeof value === 'string' ? (anew.get(value) ?? value) : value)),
  ) as readonly Resource[];
  return makeEstate({ ...estate, resources });
}

const change = (estate: Estate, name: string, kind: string, fields: object): Estate =>
  makeEstate({
    ...estate,
    resources: estate.resources.map((one) =>
      one.name === name && one.kind === kind ? ({ ...one, ...fields } as Resource) : one,
    ),
  });
const told = ({ deviations }: Verification) =>
  deviations.map(({ what, thing, field, belongs }) => [what, thing.name, field?.field ?? null, belongs] as const);

describe('the account after a step', () => {
  it('is the proven one when nothing else happened, whatever ids AWS gave to what was made', () => {
    for (const at of [0, indexOf('private-network-way-out'), indexOf('groups-beside'), steps.length - 1]) {
      const found = verify(today, steps, at, accountAfter(at));
      expect({ step: found.step, told: told(found) }).toEqual({ step: steps[at]?.id, told: [] });
      expect(found.gate.filter(({ type, passed }) => type === 'inventory' && passed !== true)).toEqual([]);
      expect(found.gate.filter(({ type, passed }) => type !== 'inventory' && passed !== null)).toEqual([]);
    }
  });

  it('that was not applied is the account before it: every difference is that step’s', () => {
    const at = indexOf('groups-made');
    const found = verify(today, steps, at, accountAfter(at - 1));
    expect(found.deviations.length).toBeGreaterThan(0);
    expect(new Set(found.deviations.map(({ belongs }) => JSON.stringify(belongs)))).toEqual(
      new Set([JSON.stringify({ to: 'notApplied', step: steps[at]?.id })]),
    );
    expect(found.gate.filter(({ type }) => type === 'inventory').every(({ passed }) => passed === false)).toBe(true);
  });

  it('that was applied together with the next one says so', () => {
    const at = indexOf('groups-made');
    const found = verify(today, steps, at, accountAfter(at + 1));
    expect(found.deviations.length).toBeGreaterThan(0);
    for (const { belongs } of found.deviations) expect(belongs).toEqual({ to: 'already', step: steps[at + 1]?.id });
  });

  it('in which somebody opened a door by hand has drifted, and the field is named', () => {
    const at = indexOf('groups-made');
    const found = verify(
      today,
      // every step is looked at before nobody's is said
      steps.slice(0, at + 3),
      at,
      change(accountAfter(at), 'legacy-prod-mysql', 'database', { backupRetention: 3, status: 'modifying' }),
    );
    expect(told(found)).toEqual([['changed', 'legacy-prod-mysql', 'backupRetention', { to: 'nobody' }]]);
  });

  it('of which something was not read is not called proven', () => {
    const found = verify(
      today,
      steps,
      0,
      change(accountAfter(0), 'legacy-prod-mysql', 'database', { multiAz: undefined }),
    );
    expect(found.deviations).toEqual([]);
    expect(found.notCompared).toEqual([
      { side: 'after', operation: 'rds:DescribeDBInstances', resources: 0, fields: 1 },
    ]);
    expect(found.gate.some(({ passed }) => passed === true)).toBe(false);
  });

  it('in which a database failed over, tasks were exchanged and keys were used has not changed', () => {
    const account = accountAfter(0);
    const lively = makeEstate({
      ...account,
      resources: account.resources.map((one) =>
        one.kind === 'ecsService'
          ? { ...one, running: (one.running ?? 0) + 3, desired: (one.desired ?? 0) + 3 }
          : one.kind === 'accessKey'
            ? { ...one, lastUsed: '2026-11-20T00:00:00Z' }
            : one,
      ),
    });
    expect(told(verify(today, steps, 0, lively))).toEqual([]);
  });
});
