/** The prover: computes the estate before and after a step and checks every condition of the design on them. */

import { proveAccess } from './proofs/access.ts';
import { proveData } from './proofs/data.ts';
import { proveExposure } from './proofs/exposure.ts';
import { proveFlows } from './proofs/flows.ts';
import { proveOrder } from './proofs/order.ts';
import { CONDITIONS, type Condition, counterexample, noFindings, type Proof, proofOf } from './proofs/proof.ts';
import { proveResilience } from './proofs/resilience.ts';
import { stillStarted } from './proofs/started.ts';
import { notUnderstood } from './proofs/understood.ts';
import { versionsStay } from './proofs/versions.ts';
import { driftAt, after as next, type State, startOf } from './state.ts';
import type { Step } from './step.ts';
import type { Today } from './today.ts';
import { EditError } from './world.ts';

export type Proofs = Readonly<Record<Condition, Proof>>;

export interface Proven {
  readonly step: Step;
  readonly before: State;
  /** Undefined when the step does not even fit the state. */
  readonly after: State | undefined;
  readonly proofs: Proofs;
  /** Whether every condition is proven. */
  readonly holds: boolean;
}

export function proveStep(before: State, step: Step): Proven {
  let after: State;
  try {
    after = next(before, step);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    const found = noFindings();
    found.violations.push(counterexample(step.id, `the step does not fit what is there: ${error.message}`));
    const broken = (condition: Condition): Proof => proofOf(condition, 'the step cannot be applied', found);
    return { step, before, after: undefined, proofs: byCondition(broken), holds: false };
  }
  const made: Proofs = {
    flows: withUnheard(proveFlows(before, after), before, after),
    exposure: proveExposure(before, after),
    resilience: proveResilience(before, step, after),
    data: proveData(before, step, after),
    access: proveAccess(before, step, after),
    order: withUnseen(proveOrder(before, step, after), before, step, after),
  };
  return { step, before, after, proofs: made, holds: CONDITIONS.every((one) => made[one].verdict === 'proven') };
}

const byCondition = (make: (condition: Condition) => Proof): Proofs => ({
  flows: make('flows'),
  exposure: make('exposure'),
  resilience: make('resilience'),
  data: make('data'),
  access: make('access'),
  order: make('order'),
});

/**
 * What no condition can judge is not proven: an edit that the readers do not see, and one of a field that we cannot write as
 * AWS tells it.
 */
function withUnseen(proof: Proof, before: State, step: Step, after: State): Proof {
  const known = new Set(driftAt(before).map(({ id, field }) => `${id} ${field}`));
  const fresh = driftAt(after).filter(({ id, field }) => !known.has(`${id} ${field}`));
  const unseen = notUnderstood(before, step, after);
  if (fresh.length === 0 && unseen.length === 0) return proof;
  const found = {
    violations: [...proof.violations],
    unknowns: [
      ...proof.unknowns,
      ...unseen,
      ...fresh.map(({ id, field }) =>
        counterexample(id, `${field} of ${id} cannot be written as it is, so what the change makes of it is not known`),
      ),
    ],
    evidence: [...proof.evidence],
  };
  return proofOf('order', proof.claim, found);
}

/** What runs only at times, or as it was published long ago, is in no flow of today, and is not to be cut off either. */
function withUnheard(proof: Proof, before: State, after: State): Proof {
  const found = {
    violations: [...proof.violations],
    unknowns: [...proof.unknowns],
    evidence: [...proof.evidence],
  };
  stillStarted(before, after, found);
  versionsStay(before, after, found);
  const quiet = found.violations.length === proof.violations.length && found.unknowns.length === proof.unknowns.length;
  return quiet ? proof : proofOf('flows', proof.claim, found);
}

/** Every step of a plan in its order. After a step that cannot be applied nothing more can be said. */
export function provePlan(today: Today, steps: readonly Step[]): readonly Proven[] {
  const proven: Proven[] = [];
  let state = startOf(today);
  for (const step of steps) {
    const one = proveStep(state, step);
    proven.push(one);
    if (one.after === undefined) break;
    state = one.after;
  }
  return proven;
}
