/** Ways on into networks that the input does not hold, by what translates on the way. */
import { find } from '../../estate/estate.ts';
import type { RouteTarget, Subnet } from '../../estate/kinds/network.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  INTERNET,
  isSubset,
  NO_ADDRESSES,
  overlaps,
  subtract,
} from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import { fromAddresses } from './admission.ts';
import { type Face, labelOf } from './faces.ts';
import { type Network, tableOf } from './network.ts';
import type { WayOut } from './out.ts';
import type { Path, Stage } from './path.ts';
import { type Accept, sentTo, targetId } from './routes.ts';
import { groupStage, routeStage } from './stages.ts';
import { applianceOf, forwardingStage, ipv4Of, memberOf, natFace, natStages } from './translators.ts';

/**
 * A translator may hand on to other networks too: a NAT gateway by the table of its own subnet, a machine as it likes. `base` leads
 * to the target.
 */
export function waysBeyond(
  network: Network,
  base: Path,
  face: Face,
  target: RouteTarget,
  to: AddressSet,
): readonly WayOut[] {
  const way = (stages: readonly Stage[], by: string): WayOut => ({
    stages: [...base.stages, ...stages],
    way: [...base.way, by],
    assumptions: base.assumptions,
    seenAs: undefined,
    toInternet: false,
  });
  if (target.type === 'natGateway') {
    const nat = find(network.estate, target.ref);
    const place = nat && natFace(network, nat);
    if (nat === undefined || place?.subnet === undefined) return [];
    if (!mayLeadOn(network, place.subnet)) return [];
    if (!overlaps(sentTo(network, place.subnet, beyondOf).maybe, to)) return [];
    const onward = routeStage(network, place, { clause: 'route', accept: beyondOf, towards: 'a network outside' });
    return [way([...natStages(network, nat), onward], nat.id)];
  }
  const via =
    target.type === 'instance' || target.type === 'networkInterface' ? applianceOf(network, target) : undefined;
  if (via === undefined || isSubset(to, INTERNET)) return [];
  const missing: Missing = {
    operation: 'ec2:DescribeNetworkInterfaces',
    reason: 'where the machine hands on what reaches it is not in the input',
    resource: targetId(target),
  };
  const onward: Stage = {
    clause: 'route',
    admission: fromAddresses({ sure: NO_ADDRESSES, maybe: subtract(ALL_ADDRESSES, INTERNET), missing: [missing] }),
    admits: () => [],
    blocks: () => [],
  };
  const entry = groupStage(network, via, { direction: 'ingress', peer: memberOf(face), fixed: ipv4Of(face) });
  return [way([forwardingStage(via), entry, onward], labelOf(via))];
}

/** Most tables of NAT gateways lead to the internet and nowhere else: asked first, for it is asked of every way out. */
function mayLeadOn(network: Network, subnet: Subnet): boolean {
  const table = tableOf(network, subnet);
  const routes = 'value' in table ? table.value.routes : undefined;
  return routes === undefined || routes.some(({ target }) => target === undefined || beyondOf(target) !== 'no');
}

/**
 * Targets behind which lies a network that the input does not hold, and to which a NAT gateway hands on. It does not to a peering.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
const beyondOf: Accept = (target) => {
  switch (target.type) {
    case 'transitGateway':
    case 'vpnGateway':
    case 'other':
      return {
        operation: target.type === 'transitGateway' ? 'ec2:SearchTransitGatewayRoutes' : 'ec2:DescribeVpnConnections',
        reason: `what lies beyond ${targetId(target)} is not in the input`,
        resource: targetId(target),
      };
    default:
      return 'no';
  }
};
