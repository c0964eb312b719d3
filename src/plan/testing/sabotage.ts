/** Ways to spoil a plan, as data: each a change of the list of steps, and what the prover has to say of it. */
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import type { Edit } from '../edit.ts';
import type { Plan } from '../plan.ts';
import type { Condition } from '../proofs/proof.ts';
import { proveStep } from '../prove.ts';
import { after } from '../state.ts';
import type { Step } from '../step.ts';

export interface Sabotage {
  readonly name: string;
  /** The spoiled steps; the plan's own ones are given. */
  readonly spoil: (steps: readonly Step[]) => readonly Step[];
  readonly condition: Condition | 'end';
  /** What the first objection says, subject and reason. */
  readonly says: RegExp;
  /** The step at which it has to come out, where that is far from what is spoiled: those between are not proven again. */
  readonly judgedAt?: RegExp;
}

export const at = (steps: readonly Step[], id: RegExp): number => {
  const found = steps.findIndex((step) => id.test(step.id));
  if (found < 0) throw new Error(`the plan has no step like ${id}: ${steps.map((step) => step.id).join(', ')}`);
  return found;
};

export const drop =
  (...ids: readonly RegExp[]) =>
  (steps: readonly Step[]): readonly Step[] => {
    const gone = new Set(ids.map((id) => at(steps, id)));
    return steps.filter((_, n) => !gone.has(n));
  };

/** Takes a step (or several, in their order) out and puts it before another. */
export const before =
  (moved: readonly RegExp[], target: RegExp) =>
  (steps: readonly Step[]): readonly Step[] => {
    const taken = moved.map((id) => steps[at(steps, id)]).filter((step) => step !== undefined);
    const rest = steps.filter((step) => !taken.includes(step));
    const place = at(rest, target);
    return [...rest.slice(0, place), ...taken, ...rest.slice(place)];
  };

export const change =
  (id: RegExp, edit: (step: Step) => Step) =>
  (steps: readonly Step[]): readonly Step[] => {
    const place = at(steps, id);
    return steps.map((step, n) => (n === place ? edit(step) : step));
  };

/** Changes the edits of a step; it is an error when nothing changes. */
export const edits = (id: RegExp, edit: (edits: readonly Edit[]) => readonly Edit[]) =>
  change(id, (step) => {
    const changed = edit(step.edits);
    if (JSON.stringify(changed) === JSON.stringify(step.edits)) throw new Error(`${step.id} is not changed`);
    return { ...step, edits: changed };
  });

export const without = (fits: (edit: Edit) => boolean) => (list: readonly Edit[]) => list.filter((edit) => !fits(edit));

export const withProperties =
  (fits: (edit: Edit) => boolean, properties: Properties | ((before: Properties) => Properties)) =>
  (list: readonly Edit[]): readonly Edit[] =>
    list.map((edit) =>
      fits(edit) && 'properties' in edit
        ? {
            ...edit,
            properties: {
              ...edit.properties,
              ...(typeof properties === 'function' ? properties(edit.properties) : properties),
            },
          }
        : edit,
    );

/** Puts a step of one's own after another. */
export const insert =
  (place: RegExp, make: (steps: readonly Step[]) => Step) =>
  (steps: readonly Step[]): readonly Step[] => {
    const found = at(steps, place);
    return [...steps.slice(0, found + 1), make(steps), ...steps.slice(found + 1)];
  };

export interface Objection {
  readonly step: string;
  readonly condition: Condition;
  readonly text: string;
}

/** The objections to the first step that does not hold; empty when all of them hold. What is unspoiled is not proven again. */
export function objectionsTo(plan: Plan, spoiled: readonly Step[], judgedAt?: RegExp): readonly Objection[] {
  const same = plan.steps.findIndex(({ step }, n) => spoiled[n] !== step);
  const start = same < 0 ? plan.steps.length : same;
  let state = plan.steps[start]?.before ?? plan.end;
  const judged = judgedAt === undefined ? start : at(spoiled, judgedAt);
  for (const step of spoiled.slice(start, judged)) state = after(state, step);
  for (const step of spoiled.slice(judged)) {
    const one = proveStep(state, step);
    if (!one.holds || !one.after)
      return Object.values(one.proofs).flatMap(({ condition, violations, unknowns }) =>
        [...violations, ...unknowns].map(({ subject, because }) => ({
          step: step.id,
          condition,
          text: `${subject}: ${because}`,
        })),
      );
    state = one.after;
  }
  return [];
}
