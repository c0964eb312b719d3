/** What a resource answers on at all, whatever the network lets through. */

import { entriesOf } from '../../estate/coverage.ts';
import { listedBy } from '../../estate/grouped.ts';
import type { Listener, LoadBalancer } from '../../estate/kinds/balance.ts';
import {
  ALL_TRAFFIC,
  formatTraffic,
  NO_TRAFFIC,
  portTraffic,
  TCP,
  type TrafficSet,
  UDP,
  unionAllTraffic,
} from '../../estate/sets/index.ts';
import { anyAddress } from './admission.ts';
import { type Face, labelOf } from './faces.ts';
import { lacking, type Network } from './network.ts';
import { hop, type Stage } from './path.ts';
import { shut } from './stages.ts';

/** The stages at the receiving end; empty when any port may be answered. */
export function listeningStages(network: Network, face: Face): readonly Stage[] {
  const { owner } = face;
  if (owner?.kind === 'natGateway' || face.interfaceType === 'nat_gateway')
    return [
      shut(
        'nat-session',
        hop(
          'nat-inbound',
          labelOf(face),
          face.id,
          `${labelOf(face)} passes only what was started inside; nothing started elsewhere enters it.`,
        ),
      ),
    ];
  if (owner?.kind === 'function' || face.interfaceType === 'lambda')
    return [
      shut(
        'listening',
        hop(
          'no-inbound',
          labelOf(face),
          face.id,
          `A function's interface takes no connections; it is only for the calls the function makes.`,
        ),
      ),
    ];
  if (owner?.kind === 'instance' && owner.state !== undefined && !['running', 'pending'].includes(owner.state))
    return [shut('running', hop('not-running', owner.id, '', `${owner.id} is ${owner.state}.`))];
  switch (owner?.kind) {
    case 'database':
      return portStages(
        face,
        owner.endpoint?.port,
        owner.endpoint === undefined || owner.endpoint?.port === undefined ? 'rds:DescribeDBInstances' : undefined,
      );
    case 'cache':
      return portStages(face, owner.port ?? owner.endpoints?.[0]?.port, undefined);
    case 'loadBalancer':
      return [balancerStage(network, face, owner)];
    default:
      return [];
  }
}

/** One TCP port; where it is not known, any port may be it. */
function portStages(face: Face, port: number | undefined, operation: string | undefined): readonly Stage[] {
  const id = labelOf(face);
  if (port === undefined) {
    const missing = {
      operation: operation ?? 'elasticache:DescribeCacheClusters',
      reason: 'it would tell the port',
      resource: id,
    };
    const tcp = portTraffic(TCP, 0, 65535);
    return [
      {
        clause: 'listening',
        admission: anyAddress(NO_TRAFFIC, tcp, [missing]),
        admits: () => [],
        blocks: () => [hop('not-listening', id, '', `${face.owner?.name ?? id} answers on TCP only.`)],
      },
    ];
  }
  return [portStage(face, portTraffic(TCP, port))];
}

function portStage(face: Face, traffic: TrafficSet): Stage {
  const id = labelOf(face);
  const ports = formatTraffic(traffic).join(', ') || 'nothing';
  return {
    clause: 'listening',
    admission: anyAddress(traffic, traffic, []),
    admits: () => [hop('listening', id, ports, `${face.owner?.name ?? id} answers on ${ports}.`, face.owner?.source)],
    blocks: () => [
      hop('not-listening', id, '', `${face.owner?.name ?? id} answers on ${ports} only.`, face.owner?.source),
    ],
  };
}

const listenersByBalancer = listedBy('listener', ({ loadBalancer }) => [loadBalancer?.id ?? '']);
export const listenersOf = (network: Network, balancer: LoadBalancer): readonly Listener[] =>
  listenersByBalancer(network.estate).get(balancer.id) ?? [];

/** What a balancer may answer on besides: its listeners without a port, and those of which nobody knows whose they are. */
const vagueTraffic = (network: Network, own: readonly Listener[]): TrafficSet =>
  unionAllTraffic([
    ...own.flatMap((one) => (one.port === undefined ? [ALL_TRAFFIC] : [])),
    ...(listenersByBalancer(network.estate).get('') ?? []).map((one) => protocolPorts(one.protocol, one.port)),
  ]);

export function protocolPorts(protocol: string | undefined, port: number | undefined): TrafficSet {
  if (port === undefined) return ALL_TRAFFIC;
  switch (protocol?.toUpperCase()) {
    case 'UDP':
    case 'QUIC':
      return portTraffic(UDP, port);
    case 'TCP_UDP':
    case 'TCP_QUIC':
      return unionAllTraffic([portTraffic(TCP, port), portTraffic(UDP, port)]);
    default:
      return portTraffic(TCP, port);
  }
}

/** Whether the listeners of a balancer were read: a listing for it, or one of everything. */
export const listenersRead = (network: Network, balancer: LoadBalancer): boolean =>
  entriesOf(network.estate.coverage, 'elbv2:DescribeListeners').some(
    (entry) =>
      entry.status === 'read' &&
      entry.account === balancer.account &&
      entry.region === balancer.region &&
      (entry.target === '' || entry.target.includes(balancer.id) || entry.target.includes(balancer.name)),
  );

function balancerStage(network: Network, face: Face, balancer: LoadBalancer): Stage {
  if (balancer.classic !== undefined)
    return portStage(face, unionAllTraffic(balancer.classic.listeners.map((one) => portTraffic(TCP, one.port))));
  const listeners = listenersOf(network, balancer);
  if (listeners.length === 0 && !listenersRead(network, balancer)) {
    const missing = lacking(network, 'elbv2:DescribeListeners', balancer, 'which ports the load balancer answers on');
    return {
      clause: 'listening',
      admission: anyAddress(NO_TRAFFIC, ALL_TRAFFIC, [missing]),
      admits: () => [],
      blocks: () => [],
    };
  }
  const traffic = unionAllTraffic(
    listeners.flatMap((one) => (one.port === undefined ? [] : [protocolPorts(one.protocol, one.port)])),
  );
  const vague = vagueTraffic(network, listeners);
  const stage = portStage(face, traffic);
  return {
    ...stage,
    ...(vague.length === 0
      ? {}
      : {
          admission: anyAddress(traffic, unionAllTraffic([traffic, vague]), [
            lacking(network, 'elbv2:DescribeListeners', balancer, 'which ports the load balancer answers on'),
          ]),
        }),
    admits: (witness) => {
      const listener = listeners.find((one) => one.port === witness.traffic.value);
      return listener
        ? [
            hop(
              'listener',
              listener.id,
              `${listener.protocol}:${listener.port}`,
              `${balancer.name} listens on ${listener.protocol} ${listener.port}.`,
              listener.source,
            ),
          ]
        : stage.admits(witness);
    },
  };
}
