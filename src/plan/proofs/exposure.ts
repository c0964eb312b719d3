/**
 * Condition 2: nothing new is exposed. What the internet reaches afterwards it reached before, but for what the step
 * declares; no bucket and no queue opens to everybody.
 */
import { bucketAccess } from '../../analyse/buckets/public.ts';
import { exposureBy, exposuresOf, type WayIn, waysIn } from '../../analyse/exposure/index.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import {
  addressSetOf,
  type ConnectionSet,
  isSubset,
  isSubsetConnections,
  partsOf,
  unionAllConnections,
} from '../../estate/sets/index.ts';
import { estateAt, type State } from '../state.ts';
import { strangersLetIn } from './anybody.ts';
import { changesBetween, touchesExposure } from './difference.ts';
import { counterexample, type Findings, noFindings, type Proof, proofOf } from './proof.ts';

export function proveExposure(before: State, after: State): Proof {
  const [then, now] = [estateAt(before), estateAt(after)];
  const found = noFindings();
  if (!changesBetween(then, now).some(touchesExposure))
    return proofOf('exposure', 'nothing that moves packets or opens a store changes', found);
  const [was, is] = [waysIn(then), waysIn(now)];
  const reached = new Map<string, WayIn[]>();
  for (const one of was.ways) reached.set(one.resource.id, [...(reached.get(one.resource.id) ?? []), one]);
  for (const one of is.ways) judge(one, then, reached, now, after, found);
  const undecided = new Set<string>(was.undecided.map(({ id }) => id));
  for (const resource of is.undecided)
    if (!undecided.has(resource.id) && !declaredAt(after, resource.id) && !reached.get(resource.id)?.length)
      for (const { missing } of exposuresOf(now, resource).unknown)
        found.unknowns.push(
          counterexample(resource.id, `whether the internet reaches ${resource.name} is not known`, [], missing),
        );
  buckets(then, now, found);
  strangersLetIn(changesBetween(then, now), before, after, found);
  return proofOf('exposure', `the internet reaches ${count(is.ways)} things, and reached ${count(was.ways)}`, found);
}

const count = (list: readonly WayIn[]): number => new Set(list.map(({ resource }) => resource.id)).size;

const declaredAt = (state: State, id: string) => state.exposed.find(({ resource }) => resource === id);

function judge(
  one: WayIn,
  then: Estate,
  reached: ReadonlyMap<string, readonly WayIn[]>,
  now: Estate,
  after: State,
  found: Findings,
): void {
  const { resource } = one;
  const earlier = [resource.id, ...predecessors(resource.id, after)].flatMap((id) => reached.get(id) ?? []);
  // what a balancer or a distribution passes on is as open as that is: only a new front, or a new back without a past, counts
  if (one.via === 'through' && earlier.some(({ via }) => via === 'through')) {
    const fronts = new Set(earlier.flatMap(({ through }) => through));
    if (one.through.every((front) => fronts.has(front) || declaredAt(after, front))) return;
  }
  if (one.via === 'through' && tookOver(one, then, reached, after)) return;
  if (isSubsetConnections(one.admitted, unionAllConnections(earlier.map(({ admitted }) => admitted)))) return;
  const declared =
    declaredAt(after, resource.id) ?? one.through.map((front) => declaredAt(after, front)).find((each) => each);
  if (declared) {
    if (declared.cidrs === undefined || within(one.admitted, declared.cidrs)) {
      found.evidence.push(`${resource.name}: ${declared.because}`);
      return;
    }
  }
  const told = exposureBy(now, one);
  found.violations.push(
    counterexample(
      resource.id,
      `the internet would reach ${resource.name} on ${told?.ports.join(', ')} from ${told?.sources.join(', ')}`,
      told?.verdict.answer === 'yes' ? told.verdict.proof : [],
    ),
  );
}

/** The same front passed its requests on to a predecessor, which may have been found by the machines that it ran on. */
function tookOver(
  { resource, through }: WayIn,
  then: Estate,
  reached: ReadonlyMap<string, readonly WayIn[]>,
  after: State,
): boolean {
  const earlier = new Set(predecessors(resource.id, after));
  const served = (front: string): boolean =>
    then.flows.some(
      ({ from, to }) =>
        from.type === 'resource' && from.id === front && to.type === 'resource' && earlier.has(to.id as string),
    );
  return earlier.size > 0 && through.some(served) && through.every((front) => served(front) || reached.has(front));
}

function within(admitted: ConnectionSet, cidrs: readonly string[]): boolean {
  const set = addressSetOf(cidrs);
  return set !== undefined && partsOf(admitted).every((part) => isSubset(part.addresses, set));
}

const predecessors = (id: string, after: State): readonly string[] =>
  after.successions.flatMap(({ from, to }) => (to.includes(id) ? [from] : []));

function buckets(then: Estate, now: Estate, found: Findings): void {
  for (const bucket of all(now, 'bucket')) {
    const before = find(then, bucket.id);
    if (before === bucket) continue;
    const is = bucketAccess(now, bucket);
    const was = before && bucketAccess(then, before);
    if (is.answer === 'no') continue;
    if (is.answer === 'yes') {
      const widened =
        was?.answer !== 'yes' || is.deeds.some((deed) => !was.deeds.includes(deed)) || (was.partly && !is.partly);
      if (widened) found.violations.push(counterexample(bucket.id, `everybody could use ${bucket.name}`, is.proof));
    } else if (was === undefined || was.answer === 'no')
      found.unknowns.push(
        counterexample(bucket.id, `whether everybody can use ${bucket.name} is not known`, [], is.missing),
      );
  }
}
