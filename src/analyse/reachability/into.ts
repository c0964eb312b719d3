/** From the internet to an interface. */

import type { Hop } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { type Face, labelOf } from './faces.ts';
import { gatewayOf, gatewayStage, toInternetGateway } from './gateways.ts';
import type { Peer } from './groups.ts';
import { listeningStages } from './listening.ts';
import type { Network } from './network.ts';
import { hop, type Path, type Stage } from './path.ts';
import { arrival, groupStage, mark, publicAddressStage, routeStage, shut } from './stages.ts';

const STRANGER: Peer = { type: 'address' };
const ON_THE_INTERNET = hop('internet', 'internet', '', 'The connection starts on the internet.');

/** The path of a connection that comes in by the internet gateway; over the addresses it comes from. */
export function fromInternet(
  network: Network,
  face: Face,
  { peer = STRANGER, by }: { readonly peer?: Peer; readonly by?: Hop | undefined } = {},
): Path {
  return {
    stages: [
      mark('listening', by ?? ON_THE_INTERNET),
      { at: 'internet', ...gatewayStage(network, face) },
      { at: 'internet', ...publicAddressStage(face) },
      ...schemeStages(face),
      aclStage(network, face.subnet, 'in', face),
      groupStage(network, face, { direction: 'ingress', peer }),
      mark('listening', arrival(face)),
      ...listeningStages(network, face),
      returnAclStage(network, [{ subnet: face.subnet, direction: 'out', face }]),
      routeStage(network, face, {
        clause: 'return-route',
        accept: toInternetGateway(network, face.vpc),
        towards: 'the internet gateway',
      }),
    ],
    way: [by?.resource, 'internet', gatewayOf(network, face.vpc), face.vpc, face.subnet?.id, labelOf(face)].filter(
      (id) => id !== undefined,
    ),
    assumptions: face.assumptions,
  };
}

/** An internal balancer is closed to the internet even where it has IPv6 addresses. */
function schemeStages(face: Face): readonly Stage[] {
  if (face.owner?.kind !== 'loadBalancer' || face.owner.scheme !== 'internal') return [];
  const detail = `${face.owner.name} is internal.`;
  return [shut('public-address', hop('scheme-internal', face.owner.id, '', detail, face.owner.source))];
}
