/** Who answers what a load balancer takes. */
import { rulesOf } from '../../analyse/internet/web.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { ListenerAction } from '../../estate/kinds/balance.ts';

/** Target groups that get requests. */
export const groupsOf = (actions: readonly ListenerAction[]): readonly string[] =>
  actions.flatMap(({ targetGroups }) =>
    targetGroups.flatMap(({ ref, weight }) => (weight > 0 || targetGroups.length === 1 ? [ref.id] : [])),
  );

/** Services, groups of machines and single targets behind a target group. */
export function servedBy(estate: Estate, group: string): readonly string[] {
  const services = all(estate, 'ecsService').filter((one) =>
    one.loadBalancers?.some(({ targetGroup }) => targetGroup?.id === group),
  );
  if (services.length > 0) return services.filter(({ desired }) => desired !== 0).map(({ id }) => id);
  const scaled = all(estate, 'autoScalingGroup').filter((one) => one.targetGroups?.some(({ id }) => id === group));
  if (scaled.length > 0) return scaled.filter(({ desired }) => desired !== 0).map(({ id }) => id);
  const found = byId(estate, group);
  return found?.kind === 'targetGroup' ? (found.targets ?? []).map(({ target }) => target) : [];
}

/** All that stands behind a load balancer, by every rule of its listeners. */
export const behindBalancer = (estate: Estate, id: string): readonly string[] =>
  all(estate, 'listener')
    .filter(({ loadBalancer }) => loadBalancer?.id === id)
    .flatMap((listener) => [listener.actions, ...rulesOf(estate, listener).map(({ actions }) => actions)])
    .flatMap((actions) => groupsOf((actions ?? []).filter(({ type }) => type === 'forward')))
    .flatMap((group) => servedBy(estate, group));
