/** Whether a fresh look at the account shows the estate that was proven for a step. */
import { matched } from '../../analyse/difference/match.ts';
import {
  type FieldChange,
  type NotCompared,
  type ResourceDifference,
  resourceDifference,
  type Thing,
} from '../../analyse/difference/resources.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Evidence } from '../../estate/evidence.ts';
import { estateAt, type State, startOf, after as stateAfter } from '../state.ts';
import type { Gate, Step } from '../step.ts';
import type { Today } from '../today.ts';
import { bound } from './bound.ts';
import { gateOf } from './gate.ts';

/** Whose difference it is. */
export type Belongs =
  /** The account is as it was before that step. */
  | { readonly to: 'notApplied'; readonly step: string }
  /** The account is as it will be after that step. */
  | { readonly to: 'already'; readonly step: string }
  /** No step of the journey leads there: somebody changed it by hand. */
  | { readonly to: 'nobody' };

export interface Deviation {
  readonly what: 'come' | 'gone' | 'changed';
  readonly thing: Thing;
  /** Null when the whole thing came or went. */
  readonly field: FieldChange | null;
  readonly belongs: Belongs;
}

export interface CheckedGate extends Gate {
  /** Null: a person has to look. */
  readonly passed: boolean | null;
  /** What the logs say of it, where there are some. */
  readonly because?: string;
}

export interface Verification {
  readonly step: string;
  /** From one. */
  readonly number: number;
  readonly deviations: readonly Deviation[];
  readonly gate: readonly CheckedGate[];
  /** What the fresh input does not tell, and the plan rests on. */
  readonly notCompared: readonly NotCompared[];
  readonly ambiguous: readonly { readonly kind: string; readonly name: string }[];
}

/** `at` is the index of a step; `evidence` answers what its gates ask of logs. Throws `EditError` where a step does not fit what is there. */
export function verify(
  today: Today,
  steps: readonly Step[],
  at: number,
  fresh: Estate,
  evidence?: Evidence,
): Verification {
  const states: State[] = [startOf(today)];
  for (const step of steps) states.push(stateAfter(states.at(-1) ?? startOf(today), step));
  const [step, state] = [steps[at], states[at + 1]];
  if (step === undefined || state === undefined) throw new RangeError(`there is no step ${at}`);
  const expected = estateAt(state);
  const { difference, ambiguous } = compared(expected, fresh);
  const found = itemsOf(difference);
  const owners = ownersOf(found, states, at, steps, fresh);
  const deviations = [...found].map(([key, item]) => ({
    ...item,
    belongs: owners.get(key) ?? { to: 'nobody' as const },
  }));
  const unseen = difference.notCompared.filter(({ side }) => side === 'after');
  const sure = unseen.length === 0 && ambiguous.length === 0;
  const gate = step.gate.map((one): CheckedGate => {
    if (one.asks !== undefined && evidence !== undefined) return { ...one, ...gateOf(fresh, evidence, one.asks) };
    // what an inventory can answer is the proven estate, and that is what was compared
    return { ...one, passed: one.type !== 'inventory' ? null : deviations.length > 0 ? false : sure ? true : null };
  });
  return { step: step.id, number: at + 1, deviations, gate, notCompared: unseen, ambiguous };
}

function compared(
  expected: Estate,
  fresh: Estate,
): {
  readonly difference: ResourceDifference;
  readonly ambiguous: Verification['ambiguous'];
} {
  const matching = bound(matched(expected, fresh));
  return {
    difference: resourceDifference(expected, fresh, matching),
    ambiguous: matching.ambiguous.map(({ kind, name }) => ({ kind, name })),
  };
}

type Item = Omit<Deviation, 'belongs'>;

/** Everything that is not as it was proven, but for what AWS and the load change. By what it is, so that it can be found at another step. */
function itemsOf({ come, gone, changed }: ResourceDifference): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>();
  const key = (what: string, { kind, name }: Thing, rest = ''): string => [what, kind, name, rest].join(' ');
  for (const thing of come) items.set(key('come', thing, thing.id), { what: 'come', thing, field: null });
  for (const thing of gone) items.set(key('gone', thing), { what: 'gone', thing, field: null });
  for (const { after, fields } of changed)
    for (const field of fields)
      if (!field.byAws)
        items.set(key('changed', after, `${after.id} ${field.field}`), { what: 'changed', thing: after, field });
  return items;
}

/** The nearest step at which the account would be as it is, for each item: before the step it was not applied, after it it is early. */
function ownersOf(
  items: ReadonlyMap<string, Item>,
  states: readonly State[],
  at: number,
  steps: readonly Step[],
  fresh: Estate,
): ReadonlyMap<string, Belongs> {
  const owners = new Map<string, Belongs>();
  const open = new Set(items.keys());
  const look = (n: number, belongs: Belongs): void => {
    const state = states[n];
    if (state === undefined || open.size === 0) return;
    const there = compared(estateAt(state), fresh).difference;
    const other = new Set(itemsOf(there).keys());
    const blind = there.notCompared.length > 0;
    // a thing that is gone here and not declared there is as it was there, too
    for (const key of open)
      if (!other.has(key) && !(blind && items.get(key)?.what === 'gone')) {
        owners.set(key, belongs);
        open.delete(key);
      }
  };
  for (let n = at; n >= 0; n--) look(n, { to: 'notApplied', step: steps[n]?.id ?? '' });
  for (let n = at + 2; n < states.length; n++) look(n, { to: 'already', step: steps[n - 1]?.id ?? '' });
  return owners;
}
