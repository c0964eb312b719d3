/** Internet gateways: whether one is attached to a VPC, and whether a route leads to it. */
import { statusOf } from '../../estate/coverage.ts';
import { all, find } from '../../estate/estate.ts';
import type { RouteTable, Subnet } from '../../estate/kinds/network.ts';
import { indexed } from '../../estate/watched.ts';
import { OPEN, unknown } from './admission.ts';
import type { Face } from './faces.ts';
import { lacking, type Network, remembered, tableOf } from './network.ts';
import { hop, type Stage } from './path.ts';
import { type Accept, lanesOf } from './routes.ts';
import { shut } from './stages.ts';

/** The id of the gateway attached to the VPC, as far as the input tells. */
export const gatewayOf = (network: Network, vpc: string | undefined): string | undefined =>
  vpc === undefined ? undefined : network.internetGateways.get(vpc)?.[0]?.id;

const acceptOf = remembered(
  (network, vpc): Accept =>
    (target) => {
      if (target.type !== 'internetGateway') return 'no';
      const gateway = find(network.estate, target.ref);
      if (gateway?.vpcs === undefined)
        return {
          operation: 'ec2:DescribeInternetGateways',
          reason: 'it would tell whether the gateway is attached',
          resource: target.ref.id,
        };
      return network.ignored.has('internet-gateway') || gateway.vpcs.some((ref) => ref.id === vpc) ? 'yes' : 'no';
    },
);

/** Accepts routes to the gateway attached to the VPC. The same function for the same VPC, so that answers can be kept. */
export const toInternetGateway = (network: Network, vpc: string | undefined): Accept => acceptOf(network, vpc ?? '');

/** A route names a gateway that the input does not have: then the list of gateways is not whole. */
function namesUnseenGateway(network: Network, face: Face): boolean {
  const table = face.subnet && tableOf(network, face.subnet);
  if (table === undefined || 'missing' in table) return false;
  return (table.value.routes ?? []).some(
    ({ target }) => target?.type === 'internetGateway' && find(network.estate, target.ref) === undefined,
  );
}

/** By gateway: the table that takes what comes in by it somewhere else. */
const detours = indexed((estate) => {
  const found = new Map<string, RouteTable>();
  for (const table of all(estate, 'routeTable'))
    for (const gateway of table.gateways) if (!found.has(gateway)) found.set(gateway, table);
  return found;
});

/**
 * The subnet in which no internet gateway is used; of ingress alone what calls out by a NAT gateway still does:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
function blockedBy({ subnet, interfaceType, owner }: Face): Subnet | undefined {
  const isNat = interfaceType === 'nat_gateway' || owner?.kind === 'natGateway';
  return subnet?.internetBlocked === 'bidirectional' || (subnet?.internetBlocked === 'ingress' && !isNat)
    ? subnet
    : undefined;
}

/** An internet gateway must be attached, and must hand what comes in straight to the subnets. */
export function gatewayStage(network: Network, face: Face): Stage {
  const clause = 'internet-gateway';
  const gateway = gatewayOf(network, face.vpc);
  if (gateway === undefined) {
    const vague =
      face.vpc === undefined || all(network.estate, 'internetGateway').some((one) => one.vpcs === undefined);
    const place = face.subnet ?? { id: face.id, account: '', region: '' };
    const scope = face.subnet ? { account: face.subnet.account, region: face.subnet.region } : {};
    if (
      vague ||
      namesUnseenGateway(network, face) ||
      statusOf(network.estate.coverage, 'ec2:DescribeInternetGateways', scope) !== 'read'
    ) {
      const missing = lacking(
        network,
        'ec2:DescribeInternetGateways',
        place,
        'whether a gateway is attached to the VPC',
      );
      return { clause, admission: unknown(missing), admits: () => [], blocks: () => [] };
    }
    return shut(
      clause,
      hop('no-internet-gateway', face.vpc ?? face.id, '', `No internet gateway is attached to ${face.vpc}.`),
    );
  }
  const blocked = blockedBy(face);
  if (blocked)
    return shut(
      clause,
      hop('internet-blocked', blocked.id, '', `VPC Block Public Access stops it in ${blocked.name}.`, blocked.source),
    );
  const detour = detours(network.estate).get(gateway);
  if (detour && lanesOf(network, detour.id).lanes.some((lane) => lane.target?.type !== 'local')) {
    // Ingress routing: an appliance sees the traffic first, and only it knows what it lets through.
    const missing = {
      operation: 'ec2:DescribeRouteTables',
      reason: `${detour.id} hands what comes from the internet to an appliance`,
      resource: gateway,
    };
    return { clause, admission: unknown(missing), admits: () => [], blocks: () => [] };
  }
  return {
    clause,
    admission: OPEN,
    admits: () => [
      hop(
        'internet-gateway',
        gateway,
        face.vpc ?? '',
        `${gateway} is attached to ${face.vpc}.`,
        network.internetGateways.get(face.vpc ?? '')?.[0]?.source,
      ),
    ],
    blocks: () => [],
  };
}
