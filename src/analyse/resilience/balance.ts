/** Load balancers after a loss: a node in a zone that is left, and targets that it can reach. */
import { byId, find } from '../../estate/estate.ts';
import type { Target } from '../../estate/kinds/balance.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { hop, lacks } from './codes.ts';
import type { Context } from './context.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { gone, type Standing, stands, together, unknown } from './standing.ts';
import { zonesOf } from './zones.ts';

type LoadBalancer = ResourceOf<'loadBalancer'>;
type TargetGroup = ResourceOf<'targetGroup'>;

/**
 * The health of a target that gets requests. `unavailable`: health checks are off for the group.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states
 */
export const SERVES: ReadonlySet<string> = new Set(['healthy', 'initial', 'unavailable']);

/** Every target group that the listeners and rules of a balancer name, and those that name it. */
function targetGroupsOf(
  context: Context,
  balancer: LoadBalancer,
): { readonly groups: readonly TargetGroup[]; readonly dangling: boolean } {
  const { topology, estate } = context;
  const groups = new Map<string, TargetGroup>();
  const serving = new Set<string>();
  const idle = new Set<string>();
  let dangling = false;
  for (const group of topology.targetGroupsOf.get(balancer.id) ?? []) groups.set(group.id, group);
  for (const listener of topology.listenersOf.get(balancer.id) ?? []) {
    const rules = topology.rulesOf.get(listener.id) ?? [];
    for (const action of [listener, ...rules].flatMap((one) => one.actions ?? [])) {
      for (const { ref, weight } of action.targetGroups) {
        const group = find(estate, ref);
        // with others beside it a group of weight 0 gets no request
        (weight === 0 && action.targetGroups.length > 1 ? idle : serving).add(ref.id);
        if (group) groups.set(group.id, group);
        else dangling = true;
      }
    }
  }
  const asked = [...groups.values()].filter(({ id }) => serving.has(id) || !idle.has(id));
  return { groups: asked, dangling };
}

interface Placed {
  readonly zone: string | undefined;
  readonly standing: 'left' | 'lost' | 'unknown';
}

function placeOf(context: Context, group: TargetGroup, target: Target): Placed {
  const { estate, topology, loss } = context;
  const machine: Resource | undefined =
    group.targetType === 'ip'
      ? topology.interfaceAt.get(`${group.vpc?.id ?? ''} ${target.target}`)
      : byId(estate, target.target);
  const zones = machine && zonesOf(estate, machine);
  const zone =
    zones?.known && zones.scope === 'zonal' ? zones.zones[0] : target.zone === 'all' ? undefined : target.zone;
  if (losesResource(loss, target.target) || (machine && losesResource(loss, machine.id)))
    return { zone, standing: 'lost' };
  if (loss.type !== 'zone') return { zone, standing: 'left' };
  if (zone === undefined) return { zone, standing: 'unknown' };
  return { zone, standing: losesZone(loss, zone) ? 'lost' : 'left' };
}

/** The operation that would tell whether ECS or an Auto Scaling group registers other targets; undefined when nothing does. */
function refillsUntold(context: Context, group: TargetGroup, targets: readonly Target[]): string | undefined {
  const { estate, topology } = context;
  if (topology.servicesUntold(group)) return 'ecs:DescribeServices';
  const untold = targets.some(({ target }) => {
    const machine = byId(estate, target);
    if (machine?.kind !== 'instance' || machine.autoScalingGroup === null) return false;
    // a group tags what it starts: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
    if (machine.autoScalingGroup === undefined) return machine.tags === undefined;
    return find(estate, machine.autoScalingGroup)?.targetGroups === undefined;
  });
  return untold ? 'autoscaling:DescribeAutoScalingGroups' : undefined;
}

/** A target group behind a balancer. What ECS or an Auto Scaling group keeps filled stands as they do. */
export function targetGroupStanding(
  context: Context,
  group: TargetGroup,
  balancer: LoadBalancer | undefined,
): Standing {
  const { topology, loss, estate } = context;
  const operation = 'elbv2:DescribeTargetHealth';
  const owners: Resource[] = [
    ...(topology.servicesOfTargetGroup.get(group.id) ?? []),
    ...(topology.groupsOfTargetGroup.get(group.id) ?? []),
  ];
  const enabled = balancer && zonesOf(estate, balancer);
  const balancerZones = enabled?.known && enabled.scope === 'zonal' ? enabled.zones : undefined;
  const targets = group.targets;
  const serving = targets?.filter((target) => target.health === undefined || SERVES.has(target.health));

  if (group.targetType === 'lambda' || group.targetType === 'alb') {
    if (targets === undefined || targets.length === 0)
      return unknown(lacks(group, `The targets of ${group.name} are not told.`, operation));
    const behind = targets.map((target) => byId(estate, target.target));
    if (behind.includes(undefined))
      return unknown(lacks(group, `A target of ${group.name} is not in the input.`, operation));
    return together(behind.flatMap((one) => (one ? [context.standingOf(one)] : [])));
  }
  if (serving !== undefined && serving.length > 0) {
    const placed = serving.map((target) => ({
      healthTold: target.health !== undefined,
      ...placeOf(context, group, target),
    }));
    const inReach = placed.filter(
      (one) => balancerZones === undefined || one.zone === undefined || balancerZones.includes(one.zone),
    );
    const left = inReach.filter((one) => one.standing === 'left');
    const capacity = [
      {
        resource: group.id,
        unit: 'target' as const,
        left: left.length,
        now: serving.length,
        restored: owners.length > 0 ? ('unknown' as const) : ('no' as const),
      },
    ];
    // a node sends to the targets of its own zone at least, whether or not it sends over zones
    if (left.length > 0 && left.every((one) => !one.healthTold) && owners.length === 0) {
      const missing = lacks(
        group,
        `Whether the targets of ${group.name} that are left are healthy is not told.`,
        operation,
      );
      return { capacity, ...unknown(missing) };
    }
    if (loss.type === 'nothing' || left.length > 0) {
      const detail = `${left.length} of ${serving.length} targets of ${group.name} are left.`;
      return { capacity, ...stands(hop('targets-left', group, detail)) };
    }
    if (owners.length > 0) {
      const kept = together(owners.map(context.standingOf));
      // what is left of the owners takes no requests today: it is unhealthy, or not registered
      const idle = placed.every((one) => one.healthTold && one.standing !== 'unknown');
      if (kept.state !== 'stands' || !idle) return kept;
      const reason = `What is left behind ${group.name} does not serve today.`;
      return { ...unknown(lacks(group, reason, operation)), capacity };
    }
    const refills = refillsUntold(context, group, serving);
    if (refills !== undefined)
      return { ...unknown(lacks(group, `Whether ${group.name} is filled anew is not told.`, refills)), capacity };
    if (inReach.some((one) => one.standing === 'unknown'))
      return {
        ...unknown(lacks(group, `The zones of the targets of ${group.name} are not told.`, operation)),
        capacity,
      };
    return {
      ...gone(
        hop(
          'no-targets-left',
          group,
          `No target of ${group.name} is left outside of ${nameOfLoss(loss)}.`,
          nameOfLoss(loss),
        ),
      ),
      capacity,
    };
  }
  if (owners.length > 0) return together(owners.map(context.standingOf));
  if (targets === undefined) return unknown(lacks(group, `The targets of ${group.name} are not told.`, operation));
  return gone(hop('no-targets-left', group, `${group.name} has no target that serves.`));
}

export function balancerStanding(context: Context, balancer: LoadBalancer): Standing {
  const { estate, loss } = context;
  if (losesResource(loss, balancer.id)) return gone(hop('itself-lost', balancer, `${balancer.name} is lost.`));
  const zones = zonesOf(estate, balancer);
  if (!zones.known) return loss.type === 'zone' ? { state: 'unknown', missing: zones.missing } : behind();
  if (zones.scope === 'regional') return behind();
  const left = zones.zones.filter((zone) => !losesZone(loss, zone));
  const capacity = [
    {
      resource: balancer.id,
      unit: 'zone' as const,
      left: left.length,
      now: zones.zones.length,
      restored: 'no' as const,
    },
  ];
  if (left.length === 0)
    return {
      ...gone(
        hop('zone-single', balancer, `${balancer.name} is enabled in ${nameOfLoss(loss)} only.`, nameOfLoss(loss)),
      ),
      capacity,
    };
  const node: Standing = {
    ...stands(
      hop(
        'balancer-zones-left',
        balancer,
        `${balancer.name} has nodes in ${left.join(', ')}; its name stops giving out the addresses of a zone that fails.`,
      ),
    ),
    capacity,
  };
  return together([node, behind()]);

  function behind(): Standing {
    if (balancer.type === 'classic') return classicTargets(context, balancer);
    const { groups, dangling } = targetGroupsOf(context, balancer);
    if (dangling || groups.length === 0) {
      // a balancer that only redirects needs no target
      const listeners = context.topology.listenersOf.get(balancer.id) ?? [];
      const actions = listeners
        .flatMap((one) => [one, ...(context.topology.rulesOf.get(one.id) ?? [])])
        .map((one) => one.actions);
      const onlyAnswers =
        actions.length > 0 &&
        actions.every(
          (list) =>
            list !== undefined &&
            list.length > 0 &&
            list.every((one) => one.redirect !== undefined || one.fixedStatus !== undefined),
        );
      if (!dangling && onlyAnswers) return stands();
      return unknown(
        lacks(
          balancer,
          `The target groups of ${balancer.name} are not all in the input.`,
          'elbv2:DescribeTargetGroups',
        ),
      );
    }
    return together(groups.map((group) => targetGroupStanding(context, group, balancer)));
  }
}

function classicTargets(context: Context, balancer: LoadBalancer): Standing {
  const instances = balancer.classic?.instances.map((ref) => find(context.estate, ref));
  if (instances === undefined || instances.includes(undefined)) {
    return unknown(
      lacks(balancer, `The instances of ${balancer.name} are not all in the input.`, 'elb:DescribeLoadBalancers'),
    );
  }
  const standings = instances.flatMap((one) => (one ? [context.standingOf(one)] : []));
  const left = standings.filter((one) => one.state === 'stands').length;
  const capacity = [
    { resource: balancer.id, unit: 'target' as const, left, now: instances.length, restored: 'unknown' as const },
  ];
  if (left > 0)
    return {
      ...stands(
        hop('targets-left', balancer, `${left} of ${instances.length} instances of ${balancer.name} are left.`),
      ),
      capacity,
    };
  if (standings.some((one) => one.state === 'unknown'))
    return together(standings.filter((one) => one.state === 'unknown'));
  return { ...gone(hop('no-targets-left', balancer, `No instance of ${balancer.name} is left.`)), capacity };
}
