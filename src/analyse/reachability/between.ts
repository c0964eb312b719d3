/** From one interface to another, by private addresses: within a VPC or over a peering connection. */
import { find } from '../../estate/estate.ts';
import { trafficIn } from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { anyAddress, unknown } from './admission.ts';
import { type Face, labelOf } from './faces.ts';
import { listeningStages } from './listening.ts';
import type { Network } from './network.ts';
import { hop, type Outcome, type Path, type Stage } from './path.ts';
import { type Accept, lanesFor, targetId } from './routes.ts';
import { arrival, departure, groupStage, mark, routeStage } from './stages.ts';
import { memberOf } from './translators.ts';

/** Over the addresses of `from`; `to` stands for one address (see `singles`). */
export function between(network: Network, from: Face, to: Face): Path {
  const neighbours = from.subnet !== undefined && from.subnet.id === to.subnet?.id;
  const sameVpc = from.vpc !== undefined && from.vpc === to.vpc;
  // whether these are one VPC is then not known, and neither is what a route would have to lead to
  const unplaced = from.vpc === undefined || to.vpc === undefined;
  const sides = { direction: 'egress', peer: memberOf(to), fixed: to.addresses } as const;
  const accept = sameVpc ? LOCAL : peered(network, from, to);
  const aim = sameVpc ? 'the VPC itself' : `${to.vpc ?? 'the other VPC'}`;
  const there: readonly Stage[] = neighbours
    ? []
    : unplaced
      ? [placeStage(from, to)]
      : [
          explained(
            network,
            from,
            to,
            routeStage(network, from, { clause: 'route', accept, fixed: to.addresses, towards: aim }),
          ),
          aclStage(network, from.subnet, 'out', from, to.addresses),
          aclStage(network, to.subnet, 'in', to),
        ];
  const back: readonly Stage[] =
    neighbours || unplaced
      ? []
      : [
          returnAclStage(network, [
            { subnet: to.subnet, direction: 'out', face: to },
            { subnet: from.subnet, direction: 'in', face: from, fixed: to.addresses },
          ]),
          routeStage(network, to, {
            clause: 'return-route',
            accept,
            towards: sameVpc ? 'the VPC itself' : `${from.vpc ?? 'the other VPC'}`,
          }),
        ];
  return {
    stages: [
      mark('listening', departure(from)),
      groupStage(network, from, sides),
      ...there,
      groupStage(network, to, { direction: 'ingress', peer: memberOf(from) }),
      mark('listening', arrival(to)),
      ...listeningStages(network, to),
      ...back,
    ],
    way: (neighbours
      ? [labelOf(from), from.subnet?.id, labelOf(to)]
      : [labelOf(from), from.subnet?.id, from.vpc, sameVpc ? undefined : to.vpc, to.subnet?.id, labelOf(to)]
    ).filter((one) => one !== undefined),
    assumptions: [...from.assumptions, ...to.assumptions],
  };
}

/** Both ends must be known to be somewhere. */
function placeStage(from: Face, to: Face): Stage {
  const vague = [from, to].filter((face) => face.vpc === undefined).map((face) => face.missing);
  return {
    clause: 'route',
    admission: vague.length > 0 ? unknown(...vague) : anyAddress([0, 256 * 65536], [0, 256 * 65536], []),
    admits: () => [],
    blocks: () => [],
  };
}

const appliance = (resource: string): Missing => ({
  operation: 'ec2:DescribeRouteTables',
  reason: 'a route inside the VPC leads through an appliance, and what it lets through is not in the input',
  resource,
});

const LOCAL: Accept = (target) => {
  switch (target.type) {
    case 'local':
      return 'yes';
    case 'instance':
    case 'networkInterface':
    case 'vpcEndpoint':
    case 'other':
      return appliance(targetId(target));
    default:
      return 'no';
  }
};

/** A route to a peering connection that joins the two VPCs and is active. */
function peered(network: Network, from: Face, to: Face): Accept {
  return (target) => {
    switch (target.type) {
      case 'peering': {
        const peering = find(network.estate, target.ref);
        const missing = {
          operation: 'ec2:DescribeVpcPeeringConnections',
          reason: 'it would tell which VPCs are joined',
          resource: target.ref.id,
        };
        if (peering?.requester === undefined || peering.accepter === undefined) return missing;
        const vpcs = [peering.requester.vpc.id, peering.accepter.vpc.id] as readonly string[];
        if (from.vpc === undefined || to.vpc === undefined || !vpcs.includes(from.vpc) || !vpcs.includes(to.vpc))
          return 'no';
        if (network.ignored.has('peering-state')) return 'yes';
        return peering.state === undefined ? missing : peering.state === 'active' ? 'yes' : 'no';
      }
      case 'transitGateway':
        return {
          operation: 'ec2:SearchTransitGatewayRoutes',
          reason: `what lies beyond ${target.id} is not in the input`,
          resource: target.id,
        };
      case 'vpnGateway':
      case 'other':
        return {
          operation: 'ec2:DescribeVpnConnections',
          reason: `what lies beyond ${target.id} is not in the input`,
          resource: target.id,
        };
      case 'instance':
      case 'networkInterface':
      case 'vpcEndpoint':
        return appliance(targetId(target));
      default:
        return 'no';
    }
  };
}

/** A route that leads to a peering connection which is not in force is told as such. */
function explained(network: Network, from: Face, to: Face, stage: Stage): Stage {
  return {
    ...stage,
    blocks: (asked) => {
      const lanes = from.subnet ? lanesFor(network, from.subnet, to.addresses) : [];
      const dead = lanes.flatMap(({ target }) => (target?.type === 'peering' ? [target.ref.id] : []));
      if (dead.length === 0) return stage.blocks(asked);
      return dead.map((peering) =>
        hop('peering-inactive', peering, '', `${peering} is not active, or does not join ${from.vpc} and ${to.vpc}.`),
      );
    },
    admits: (witness) => {
      const lanes = from.subnet ? lanesFor(network, from.subnet, to.addresses) : [];
      const over = lanes.flatMap(({ target }) => (target?.type === 'peering' ? [target.ref.id] : []))[0];
      const links = stage.admits(witness);
      return over === undefined
        ? links
        : [...links, hop('peering', over, '', `${over} joins ${from.vpc} and ${to.vpc}.`)];
    },
  };
}

/** A face for each address of it, since a connection goes to one; IPv4 and IPv6 apart where they are not known. */
export function singles(face: Face): readonly Face[] {
  const part = (v4: readonly number[], v6: readonly bigint[]): Face => ({ ...face, addresses: { v4, v6 } });
  const { v4, v6 } = face.addresses;
  if (!face.exact || (face.owner === undefined && face.id.startsWith('subnet-')))
    return [
      ...(v4.length > 0 ? [part(v4, [])] : []),
      ...(v6.length > 0 && face.hasIpv6 !== false ? [part([], v6)] : []),
    ];
  const result: Face[] = [];
  for (let i = 0; i + 1 < v4.length; i += 2)
    for (let at = v4[i] ?? 0; at < (v4[i + 1] ?? 0); at++) result.push(part([at, at + 1], []));
  for (let i = 0; i + 1 < v6.length; i += 2)
    for (let at = v6[i] ?? 0n; at < (v6[i + 1] ?? 0n); at++) result.push(part([], [at, at + 1n]));
  return result;
}

/** An outcome as a stage of a further path: the traffic that it lets through. */
export function asStage(outcome: Outcome): Stage {
  return {
    clause: 'route',
    admission: {
      ...anyAddress(trafficIn(outcome.sure), trafficIn(outcome.maybe), []),
      get missing() {
        return outcome.verdict.answer === 'unknown' ? outcome.verdict.missing : [];
      },
    },
    admits: () => (outcome.verdict.answer === 'yes' ? outcome.verdict.proof : []),
    blocks: () => (outcome.verdict.answer === 'no' ? outcome.verdict.blockers : []),
    get assumptions() {
      return outcome.verdict.assumptions;
    },
  };
}
