/** Condition 5: somebody can still administer, and every person and machine keeps what it uses, but for what the step declares. */
import { handoverGaps } from '../../analyse/access/handover.ts';
import { type Lockout, lockout } from '../../analyse/access/lockout.ts';
import { bakedKeys } from '../../analyse/access/people/baked-keys.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { rolesNotAssumed } from './assumed.ts';
import { deliveriesRefused } from './deliveries.ts';
import { changesBetween, touchesAccess } from './difference.ts';
import { permissionsByPlace } from './from-where.ts';
import { counterexample, type Findings, noFindings, type Proof, proofOf } from './proof.ts';

export function proveAccess(before: State, step: Step, after: State): Proof {
  const [then, now] = [estateAt(before), estateAt(after)];
  const found = noFindings();
  const given = new Set((step.declares.losesAccess ?? []).map(({ principal }) => principal));
  permissionsByPlace(then, now, given, found);
  if (!changesBetween(then, now).some(touchesAccess))
    return proofOf('access', 'nobody gains or loses a permission', found);
  const answer = lockout(then, now);
  const today = () => lockout(then, then).somebody.answer;
  if (answer.somebody.answer === 'no') {
    // where nobody can today, no step takes it from anybody
    if (today() !== 'no')
      found.violations.push(
        counterexample('account', 'nobody but the root user could administer the account', answer.somebody.blockers),
      );
  } else if (answer.somebody.answer === 'unknown' && today() === 'yes')
    found.unknowns.push(
      counterexample(
        'account',
        'whether somebody can still administer the account is not known',
        [],
        answer.somebody.missing,
      ),
    );
  const aimed = new Set(after.noLonger);
  for (const id of answer.noLonger) {
    if (aimed.has(id)) found.evidence.push(`${nameOf(id)} is no administrator any more, as the step says`);
    else
      found.violations.push(
        counterexample(id, `${nameOf(id)} would be no administrator any more, and the step does not say so`),
      );
  }
  for (const loss of answer.losses) {
    if (byId(now, loss.principal) === undefined && after.successions.some(({ from }) => from === loss.principal))
      continue;
    if (given.has(loss.principal)) continue;
    const text = `${nameOf(loss.principal)} uses ${loss.action} on ${loss.resource} (${loss.because}) and would lose it`;
    (loss.certain ? found.violations : found.unknowns).push(counterexample(loss.principal, text));
  }
  for (const { workload, action, resource, because, certain, foreign } of handoverGaps(then, now, (id) =>
    predecessors(id, after),
  )) {
    if (given.has(workload.id)) continue;
    if (foreign && step.gate.some(({ check }) => check.includes(resource))) {
      found.evidence.push(`that ${resource} lets ${workload.says} in is confirmed by a person`);
      continue;
    }
    const text = `${workload.says} needs ${action} on ${resource} (${because}) and its role would not allow it`;
    (certain ? found.violations : found.unknowns).push(counterexample(workload.id, text));
  }
  rolesNotAssumed(then, now, given, found);
  deliveriesRefused(then, now, found);
  newAdministrators(answer, then, after, found);
  for (const text of keysTakenFromPrograms(then, now)) found.violations.push(counterexample(text.key, text.because));
  for (const { user, because } of answer.shutOut) found.violations.push(counterexample(user.id, because));
  const many = answer.after.length;
  return proofOf(
    'access',
    `${many} ${many === 1 ? 'identity administers' : 'identities administer'} the account afterwards; everybody keeps what is seen to be used`,
    found,
  );
}

/** Who was there with less, and may do everything afterwards: nobody said that this is meant. */
function newAdministrators({ before, after }: Lockout, then: Estate, state: State, found: Findings): void {
  const known = new Set<string>(before.map(({ principal }) => principal.id));
  for (const { principal } of after) {
    if (known.has(principal.id) || byId(then, principal.id) === undefined) continue;
    // what it takes over from administered before
    if (predecessors(principal.id, state).some((id) => known.has(id))) continue;
    found.unknowns.push(
      counterexample(
        principal.id,
        `${nameOf(principal.id)} would become an administrator of the account, and nothing says that it should: give it only the actions that it needs`,
      ),
    );
  }
}

const predecessors = (id: string, after: State): readonly string[] =>
  after.successions.flatMap(({ from, to }) => (to.includes(id) ? [from] : []));

/** A program that holds a key in its settings stops working with the key, whatever else it may do. */
function keysTakenFromPrograms(
  then: Estate,
  now: Estate,
): readonly { readonly key: string; readonly because: string }[] {
  const stopped = all(then, 'accessKey').filter((key) => key.active !== false && find(now, key.id)?.active !== true);
  if (stopped.length === 0) return [];
  const running = new Set<string>(
    all(now, 'ecsService').flatMap((one) => (one.desired === 0 ? [] : (one.taskDefinition?.id ?? []))),
  );
  return bakedKeys(now).flatMap(({ accessKeyId, place, variable }) => {
    const key = stopped.find(({ id }) => id === accessKeyId);
    // a definition that no service runs asks for nothing
    if (!key || (place.kind === 'taskDefinition' && !running.has(place.id))) return [];
    return [{ key: key.id, because: `${place.name} holds the key in ${variable} and would stop working` }];
  });
}

const nameOf = (id: string): string => id.replace(/^.*[:/]/, '');
