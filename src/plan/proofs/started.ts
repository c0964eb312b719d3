/**
 * What a rule of EventBridge or a schedule starts is used, though nothing of it runs now: a task definition, a role, the
 * machines of a cluster that go are missed only at night.
 */
import {
  mayBeStarted,
  namesDefinition,
  type Starters,
  startersIn,
  startersNaming,
  startersOf,
  startersOnMachines,
} from '../../analyse/workloads/starters.ts';
import { all, type Estate } from '../../estate/estate.ts';
import type { EcsCluster } from '../../estate/kinds/compute.ts';
import type { Resource } from '../../estate/resource.ts';
import { estateAt, type State } from '../state.ts';
import { type Change, changesBetween } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

export function stillStarted(before: State, after: State, found: Findings): void {
  const [then, now] = [estateAt(before), estateAt(after)];
  const changes = changesBetween(then, now);
  for (const { before: one, after: stays } of changes)
    if (one && stays === undefined && one.derived === undefined) gone(then, one, found);
  for (const cluster of clustersWithout(then, changes)) {
    const { told, untold } = startersOnMachines(then, cluster);
    say(found, cluster, { told, untold }, `starts tasks on the machines of ${cluster.name}, which go`);
  }
}

function gone(then: Estate, one: Resource, found: Findings): void {
  switch (one.kind) {
    case 'taskDefinition': {
      const { told, untold } = startersIn(then, one);
      const users = told.filter((start) => namesDefinition(start, one));
      say(found, one, { told: users, untold }, `starts ${one.name}, which goes`);
      break;
    }
    case 'role': {
      const { told, untold } = startersOf(then, one.account);
      const unseen = mayBeStarted(one.trust) ? untold : [];
      say(found, one, { told: startersNaming(told, one), untold: unseen }, `uses ${one.name}, which goes`);
      break;
    }
    case 'ecsCluster':
    case 'function':
    case 'queue':
    case 'topic': {
      const { told, untold } = startersIn(then, one);
      say(found, one, { told: startersNaming(told, one), untold }, `uses ${one.name}, which goes`);
      break;
    }
    default:
      break;
  }
}

function say(found: Findings, subject: Resource, { told, untold }: Starters, what: string): void {
  for (const { says } of told) found.violations.push(counterexample(subject.id, `${says} ${what}`));
  if (told.length === 0 && untold.length > 0)
    found.unknowns.push(
      counterexample(
        subject.id,
        `a schedule may start what needs ${subject.name}: ${untold.map(({ reason }) => reason).join('; ')}`,
        [],
        untold,
      ),
    );
}

/** The clusters that lose a machine, or the group that starts them. */
function clustersWithout(then: Estate, changes: readonly Change[]): readonly EcsCluster[] {
  const ids = new Set<string>();
  for (const { before, after } of changes) {
    if (before?.kind === 'instance' && after === undefined) ids.add(before.id);
    if (before?.kind !== 'autoScalingGroup') continue;
    const closed = after === undefined || (after.kind === 'autoScalingGroup' && after.max === 0 && before.max !== 0);
    if (closed) for (const { id } of before.instances ?? []) ids.add(id);
  }
  if (ids.size === 0) return [];
  const clusters = new Set(
    all(then, 'containerInstance').flatMap(({ instance, cluster }) =>
      instance && cluster && ids.has(instance.id) ? [cluster.id as string] : [],
    ),
  );
  return all(then, 'ecsCluster').filter(({ id }) => clusters.has(id));
}
