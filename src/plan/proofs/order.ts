/**
 * Condition 6: any order inside the step is safe. Pulumi applies the changes of a step one after another, so what holds
 * at both ends must hold in between. An expand step only adds and a contract step only removes, so everything in between
 * lies between the ends; a switch is one change. Whether a change adds or removes is read from the resource itself, before
 * and after, field by field; a field of which that is not known counts as a switch.
 */

import type { Resource } from '../../estate/resource.ts';
import { type Direction, directionOf } from '../direction/direction.ts';
import { recordsOnly } from '../edit.ts';
import { estateAt, type State } from '../state.ts';
import type { Step, StepKind } from '../step.ts';
import { type Change, changesBetween } from './difference.ts';
import { counterexample, noFindings, type Proof, proofOf } from './proof.ts';
import { leftWithout } from './references.ts';

const WANTED: Readonly<Record<StepKind, readonly Direction[]>> = {
  expand: ['adds', 'neutral'],
  contract: ['removes', 'neutral'],
  switch: ['switches', 'adds', 'removes', 'neutral'],
  act: ['switches', 'adds', 'removes', 'neutral'],
  watch: ['neutral'],
};

export function proveOrder(before: State, step: Step, after: State): Proof {
  const [then, now] = [estateAt(before), estateAt(after)];
  const found = noFindings();
  const changes = changesBetween(then, now).filter((change) => !derived(change.before) && !derived(change.after));
  const counts = { adds: 0, removes: 0, switches: 0, neutral: 0 };
  for (const change of changes) {
    const { direction, because, unjudged } = directionOf(change, then, now);
    counts[direction] += 1;
    // what the team gave up in writing has nobody whom it could be taken from
    const agreed = after.successions.some((one) => one.agreed === true && one.from === idOf(change));
    if (!agreed) found.unknowns.push(...unjudged.map((field) => counterexample(idOf(change), unseen(change, field))));
    if (WANTED[step.kind].includes(direction)) continue;
    found.violations.push(counterexample(idOf(change), `a step of the kind ${step.kind} may not do this: ${because}`));
  }
  found.violations.push(...leftWithout(changes, now));
  if (step.kind === 'switch') {
    const moved = new Set(step.edits.map(({ type, name }) => `${type}::${name}`));
    if (moved.size > 1)
      found.violations.push(
        counterexample(
          step.id,
          `a switch is one change of one resource, and this one edits ${moved.size}: in between, neither end holds`,
        ),
      );
  }
  if (step.kind === 'watch' && (step.edits.length > 0 || step.effects.length > 0))
    found.violations.push(counterexample(step.id, 'a watch step waits, and may change nothing'));
  if (step.kind === 'act' && !step.edits.every(recordsOnly))
    found.violations.push(
      counterexample(step.id, 'an act is done outside of the program, which may only write down what it did'),
    );
  if (step.kind !== 'act' && step.edits.some(recordsOnly))
    found.violations.push(
      counterexample(step.id, 'only of an act can the program write down what is done outside of it'),
    );
  if (step.kind !== 'act' && step.kind !== 'switch' && step.effects.length > 0)
    found.violations.push(counterexample(step.id, 'what a program does not declare changes only by an act'));
  return proofOf('order', claimOf(step, counts), found);
}

const unseen = ({ before, after }: Change, field: string): string => {
  const one = after ?? before;
  return field === ''
    ? `what it does that ${one?.kind} ${one?.name} ${after ? 'comes' : 'goes'} is not known here`
    : `what a change of ${field} of ${one?.name} does to those who use it is not known here`;
};

function claimOf(step: Step, counts: Readonly<Record<Direction, number>>): string {
  switch (step.kind) {
    case 'expand':
      return `${counts.adds} additions and nothing else: every state in between admits what the first admits, and no more than the last`;
    case 'contract':
      return `${counts.removes} removals and nothing else: every state in between admits what the last admits, and no more than the first`;
    case 'switch':
      return 'one change of one resource: there is no state in between';
    case 'act':
      return 'an operation of AWS that the program does not express';
    case 'watch':
      return 'nothing changes';
  }
}

const derived = (resource: Resource | undefined): boolean =>
  resource?.derived !== undefined || resource?.kind === 'networkInterface';
const idOf = ({ before, after }: Change): string => (after ?? before)?.id ?? '';
