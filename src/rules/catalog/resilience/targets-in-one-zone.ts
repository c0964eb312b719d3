import { zoneOfTarget } from '../../../analyse/placement/targets.ts';
import { SERVES } from '../../../analyse/resilience/balance.ts';
import { topologyOf } from '../../../analyse/resilience/topology.ts';
import { byId } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { balancer, balancerAnswer, targetGroupAnswer } from '../../examples/balancers.ts';
import { instance, instanceAnswer, network } from '../../examples/network.ts';
import { unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const HEALTH = 'elbv2:DescribeTargetHealth';
/** Registered, but on its way out. */
const LEAVING = new Set(['draining', 'unhealthy.draining']);

export const rule = defineRule({
  id: 'targets-in-one-zone',
  problem: 3,
  severity: 'medium',
  title: 'All targets behind a load balancer are in one zone',
  why: 'The load balancer stands in several zones and survives, but it has nobody left to send requests to. Clients then get a 503 from a balancer that looks healthy.',
  fix: 'Targets in at least two zones; better, an ECS service that spreads them by itself.',
  fixedBy: ['fargate'],
  subject: 'targetGroup',
  needs: ['elbv2:DescribeTargetGroups'],
  messages: {
    serving: 'only the targets of {name} in {zone} are healthy: when it fails, the balancer has none left',
    together: 'all {n} targets of {name} are in {zone}: when it fails, the balancer has none left',
    single: '{name} has one target, in {zone}: when it fails, the balancer has none left',
  },
  check(subject, estate) {
    const { servicesOfTargetGroup, groupsOfTargetGroup } = topologyOf(estate);
    // what ECS or Auto Scaling keeps filled is judged there
    if (servicesOfTargetGroup.get(subject.id) ?? groupsOfTargetGroup.get(subject.id)) return { state: 'notApplicable' };
    if (subject.targetType === 'lambda' || subject.targetType === 'alb' || subject.loadBalancers?.length === 0)
      return { state: 'notApplicable' };
    if (subject.targets === undefined) return unknown(subject, HEALTH, 'each target of a target group');
    const targets = subject.targets.filter((target) => target.health === undefined || !LEAVING.has(target.health));
    if (targets.length === 0) return { state: 'notApplicable' };
    const placed = targets.map((target) => ({ target, zone: zoneOfTarget(estate, subject, target) }));
    const zones = new Set(placed.map((one) => (one.zone === 'all' ? undefined : one.zone)));
    // `unused` gets no request, as in a zone that the balancer is not enabled for
    const answering = placed.filter(({ target }) => target.health !== undefined && SERVES.has(target.health));
    const serving = new Set(answering.flatMap((one) => (one.zone === 'all' ? [] : (one.zone ?? []))));
    if (serving.size > 1) return { state: 'pass' };
    if (zones.has(undefined))
      return unknown(subject, 'ec2:DescribeInstances', 'the zone of each target of a target group');
    if (zones.size > 1) {
      if (targets.some((target) => target.health === undefined))
        return unknown(subject, HEALTH, 'the health of each target of a target group');
      // nobody answers at all: that is another trouble than zones
      if (serving.size === 0) return { state: 'notApplicable' };
    }
    const [zone = ''] = zones.size > 1 ? serving : zones;
    return {
      state: 'fail',
      message: zones.size > 1 ? 'serving' : placed.length === 1 ? 'single' : 'together',
      data: { name: subject.name, n: placed.length, zone },
      proof: placed.map(({ target, zone: place }) => {
        const machine = byId(estate, target.target);
        return {
          resource: subject.id,
          by: target.target,
          code: 'target',
          detail: `${machine ? `${machine.name} (${target.target})` : target.target} (${target.health ?? 'of untold health'}) is a target of ${subject.name} and is in ${place ?? 'an untold zone'}`,
          provenance: machine?.source ?? subject.source,
        };
      }),
      related: placed.flatMap(({ target }) => byId(estate, target.target) ?? []),
    };
  },
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html'],
  examples: {
    bad: join(
      network(),
      balancerAnswer(balancer('shop', ['eu-west-1a', 'eu-west-1b'])),
      targetGroupAnswer('web', 'shop', ['i-0web0000000000001', 'i-0web0000000000002']),
      instanceAnswer(instance('i-0web0000000000001', 'web-1'), instance('i-0web0000000000002', 'web-2')),
    ),
    good: join(
      network(),
      balancerAnswer(balancer('shop', ['eu-west-1a', 'eu-west-1b'])),
      targetGroupAnswer('web', 'shop', ['i-0web0000000000001', 'i-0web0000000000002']),
      instanceAnswer(
        instance('i-0web0000000000001', 'web-1'),
        instance('i-0web0000000000002', 'web-2', { zone: 'eu-west-1b' }),
      ),
    ),
  },
});
