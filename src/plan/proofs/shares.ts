/**
 * A balancer sends each target group its share, whether or not somebody answers there: a group without a healthy target
 * answers 503. So no share may go where nothing runs.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { Listener, ListenerRule, TargetGroup } from '../../estate/kinds/balance.ts';
import type { EcsService } from '../../estate/kinds/compute.ts';
import { hostsOfService, isFargate } from '../../inventory/flows/runners.ts';
import { counterexample, type Findings } from './proof.ts';

type Holder = Listener | ListenerRule;

/** The ids of the groups that get requests, by holder. */
const served = memoised(
  (estate): ReadonlyMap<string, { readonly holder: Holder; readonly groups: ReadonlySet<string> }> => {
    const found = new Map<string, { readonly holder: Holder; readonly groups: ReadonlySet<string> }>();
    for (const holder of [...all(estate, 'listener'), ...all(estate, 'listenerRule')]) {
      const groups = (holder.actions ?? []).flatMap(({ targetGroups }) =>
        // a single group gets everything, whatever its weight says
        targetGroups.flatMap(({ ref, weight }) => (weight > 0 || targetGroups.length === 1 ? [ref.id as string] : [])),
      );
      found.set(holder.id, { holder, groups: new Set(groups) });
    }
    return found;
  },
);

const servicesOf = memoised((estate): ReadonlyMap<string, readonly EcsService[]> => {
  const index = new Map<string, EcsService[]>();
  for (const service of all(estate, 'ecsService'))
    for (const { targetGroup } of service.loadBalancers ?? [])
      if (targetGroup) index.set(targetGroup.id, [...(index.get(targetGroup.id) ?? []), service]);
  return index;
});

/** Undefined where the input does not tell who answers. */
function answers(estate: Estate, group: TargetGroup): boolean | undefined {
  const services = servicesOf(estate).get(group.id) ?? [];
  if (services.some((one) => one.desired !== 0 && (isFargate(one) || hostsOfService(estate, one).length > 0)))
    return true;
  if ((group.targets?.length ?? 0) > 0 && services.length === 0) return true;
  if (
    all(estate, 'autoScalingGroup').some(
      ({ desired, targetGroups }) => desired !== 0 && targetGroups?.some(({ id }) => id === group.id),
    )
  )
    return true;
  return services.length > 0 || group.targets !== undefined ? false : undefined;
}

export function deadShares(then: Estate, now: Estate, found: Findings): void {
  for (const { holder, groups } of served(now).values())
    for (const id of groups) {
      const group = all(now, 'targetGroup').find((one) => one.id === id);
      const before = all(then, 'targetGroup').find((one) => one.id === id);
      const got = served(then).get(holder.id)?.groups.has(id) ?? false;
      const is = group ? answers(now, group) : before ? false : undefined;
      if (is === true) continue;
      // as it was: not this step's doing
      if (got && before && group && answers(then, before) === is) continue;
      const text = `${holder.name} sends requests to ${group?.name ?? before?.name ?? id}, where ${is === false ? 'nothing answers' : 'nobody knows who answers'}`;
      if (is === false) found.violations.push(counterexample(holder.id, text));
      else if (group) found.unknowns.push(counterexample(holder.id, text));
    }
}
