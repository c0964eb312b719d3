/** Which nodes of a load balancer hand on to a target: all of them, or those of its zone. */
import type { LoadBalancer, TargetGroup } from '../../estate/kinds/balance.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { NO_CONNECTIONS } from '../../estate/sets/index.ts';
import { closed } from './direct.ts';
import { interfacesOf } from './endpoint.ts';
import { facesOf } from './faces.ts';
import { lacking, type Network } from './network.ts';
import { given, hop, type Outcome } from './path.ts';

interface Pair {
  readonly balancer: LoadBalancer;
  readonly group: TargetGroup | undefined;
}

interface Nodes {
  /** Interfaces of the balancer that surely hand on to the target, and those that may. */
  readonly sure: readonly NetworkInterface[];
  readonly may: readonly NetworkInterface[];
}

/**
 * Network load balancers hand on within a zone unless cross-zone balancing is on, which it is not by itself.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
function nodesFor(network: Network, { balancer, group }: Pair, to: NetworkInterface): Nodes {
  const nodes = interfacesOf(network, balancer);
  const crossing = crossesZones(balancer, group);
  if (crossing === true) return { sure: nodes, may: nodes };
  const zones = new Set(facesOf(network, to).map((face) => face.subnet?.zone?.id));
  const near = nodes.filter((node) => facesOf(network, node).some((face) => zones.has(face.subnet?.zone?.id)));
  const vague = zones.has(undefined) || nodes.some((node) => node.subnet === undefined);
  return { sure: vague ? [] : near, may: crossing === undefined || vague ? nodes : near };
}

/** Undefined: not told. Application load balancers always cross, but for groups where it is switched off. */
function crossesZones(balancer: LoadBalancer, group: TargetGroup | undefined): boolean | undefined {
  const own = group?.attributes?.[CROSS_ZONE];
  if (own === 'true' || own === 'false') return own === 'true';
  if (balancer.type === 'application') return true;
  const told = balancer.attributes?.[CROSS_ZONE];
  return told === undefined ? undefined : told === 'true';
}
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** The outcome by the nodes that hand on to the target; unknown where it hangs on those of which that is not known. */
export function byNodes(
  network: Network,
  pair: Pair,
  to: NetworkInterface,
  outcomeBy: (nodes: readonly NetworkInterface[]) => Outcome,
): Outcome {
  const { balancer } = pair;
  if (interfacesOf(network, balancer).length === 0) return outcomeBy([]);
  const { sure, may } = nodesFor(network, pair, to);
  if (may.length === 0) {
    const detail = `${balancer.name} stands in no zone of ${to.name}, and does not cross zones.`;
    return closed(hop('zone-not-crossed', balancer.id, '', detail, balancer.source));
  }
  const near = sure.length > 0 ? outcomeBy(sure) : undefined;
  if (near && (near.answer === 'yes' || sure.length === may.length)) return near;
  const far = outcomeBy(may);
  if (far.answer !== 'yes') return far;
  const missing = lacking(
    network,
    'elbv2:DescribeLoadBalancerAttributes',
    balancer,
    'whether the load balancer crosses zones',
  );
  const { assumptions } = far.verdict;
  return given({ answer: 'unknown', missing: [missing], assumptions }, NO_CONNECTIONS, far.maybe, far.way);
}
