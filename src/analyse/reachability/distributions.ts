/** Through CloudFront: which distributions have a load balancer or instance as origin, and whether they get in. */
import { all, byId } from '../../estate/estate.ts';
import type { Distribution, Origin } from '../../estate/kinds/edge.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  type AddressSet,
  addressesOf,
  addressSetOf,
  connections,
  INTERNET_IPV4,
  intersectTraffic,
  isNoConnection,
  isNoTraffic,
  NO_CONNECTIONS,
  portTraffic,
  TCP,
  type TrafficSet,
  trafficIn,
  unionConnections,
  unionTraffic,
} from '../../estate/sets/index.ts';
import { indexed } from '../../estate/watched.ts';
import { facesOf, labelOf } from './faces.ts';
import { fromInternet } from './into.ts';
import { listeningStages } from './listening.ts';
import { cloudfrontLists, type Network } from './network.ts';
import { anyOf, given, hop, inTurn, judge, type Outcome, outcomeOf, type Path } from './path.ts';
import { arrival, groupStage, mark, subnetOf } from './stages.ts';

export interface Fronting {
  readonly distribution: Distribution;
  readonly origin: Origin;
}

/** Origins by the DNS name or ARN of what they ask; names of our own zones are followed. */
export const frontings = indexed((estate): ReadonlyMap<string, readonly Fronting[]> => {
  const alias = new Map<string, string[]>();
  for (const record of all(estate, 'dnsRecord'))
    alias.set(record.host.toLowerCase(), [
      ...(alias.get(record.host.toLowerCase()) ?? []),
      ...[
        record.alias ?? [],
        ...(record.type === 'CNAME' || record.type === 'A' || record.type === 'AAAA' ? record.values : []),
      ]
        .flat()
        .map((name) =>
          name
            .toLowerCase()
            .replace(/\.$/, '')
            .replace(/^dualstack\./, ''),
        ),
    ]);
  const result = new Map<string, Fronting[]>();
  for (const distribution of all(estate, 'distribution'))
    for (const origin of distribution.origins ?? []) {
      const vpcOrigin = origin.vpcOrigin === undefined ? undefined : byId(estate, origin.vpcOrigin);
      const names = new Set<string>(
        vpcOrigin?.kind === 'vpcOrigin' && vpcOrigin.endpointArn ? [vpcOrigin.endpointArn] : [],
      );
      let next = origin.domain === undefined ? [] : [origin.domain.toLowerCase()];
      for (let depth = 0; depth < 4 && next.length > 0; depth++) {
        for (const name of next) names.add(name);
        next = next.flatMap((name) => alias.get(name) ?? []);
      }
      for (const name of names) result.set(name, [...(result.get(name) ?? []), { distribution, origin }]);
    }
  return result;
});

export function frontingsOf(
  network: Network,
  resource: Resource,
  interfaces: readonly NetworkInterface[],
): readonly Fronting[] {
  const index = frontings(network.estate);
  const names = [
    ...[resource, ...interfaces.flatMap((one) => (one.owner && byId(network.estate, one.owner.id)) ?? [])].flatMap(
      (one) => [one.id as string, ...(one.kind === 'loadBalancer' && one.dnsName ? [one.dnsName.toLowerCase()] : [])],
    ),
    ...interfaces.flatMap((one) => (one.addresses ?? []).flatMap((address) => address.public ?? [])),
  ];
  return [...new Set([...new Set(names)].flatMap((name) => index.get(name) ?? []))];
}

/** The ports on which CloudFront asks the origin. */
export function originTraffic(origin: Origin): TrafficSet {
  const http = portTraffic(TCP, origin.httpPort ?? 80);
  const https = portTraffic(TCP, origin.httpsPort ?? 443);
  if (origin.protocolPolicy === 'http-only') return http;
  return origin.protocolPolicy === 'https-only' ? https : unionTraffic(http, https);
}

const EDGE = unionTraffic(portTraffic(TCP, 80), portTraffic(TCP, 443));

/** Anybody's request to the distribution itself. */
export function toEdge(distribution: Distribution, addresses: AddressSet, traffic: TrafficSet): Outcome {
  const on = distribution.enabled;
  const link = hop(
    'cloudfront-edge',
    distribution.id,
    distribution.domain ?? '',
    `${distribution.domain ?? distribution.name} takes requests of anybody.`,
    distribution.source,
  );
  const path: Path = {
    stages: [
      mark('listening', hop('internet', 'internet', '', 'The connection starts on the internet.')),
      {
        clause: 'listening',
        admission: {
          sure: connections(addresses, on === true ? EDGE : []),
          maybe: connections(addresses, on === false ? [] : EDGE),
          missing:
            on === undefined
              ? [
                  {
                    operation: 'cloudfront:ListDistributions',
                    reason: 'it would tell whether the distribution is enabled',
                    resource: distribution.id,
                  },
                ]
              : [],
        },
        admits: () => [link],
        blocks: () => [
          on === false
            ? hop('origin-disabled', distribution.id, '', `${distribution.name} is disabled.`, distribution.source)
            : hop(
                'not-listening',
                distribution.id,
                '',
                `${distribution.name} answers on tcp/80 and tcp/443 only.`,
                distribution.source,
              ),
        ],
      },
    ],
    way: ['internet', distribution.id],
    assumptions: [],
  };
  return judge(path, { addresses, traffic }, new Set());
}

/** CloudFront's own connection to an origin at an interface; over the addresses of CloudFront. */
export function fromDistribution(
  network: Network,
  { distribution, origin }: Fronting,
  to: NetworkInterface,
  traffic: TrafficSet,
): Outcome | undefined {
  const asked = intersectTraffic(traffic, originTraffic(origin));
  if (isNoTraffic(asked)) return undefined;
  if (origin.type === undefined) return byEitherWay(network, { distribution, origin }, to, traffic);
  const [list] = cloudfrontLists(network.estate);
  const own = list?.cidrs && addressSetOf(list.cidrs);
  return anyOf(
    facesOf(network, to).map((face) => {
      const path: Path =
        origin.type === 'vpc'
          ? {
              stages: [
                mark(
                  'listening',
                  hop(
                    'vpc-origin',
                    distribution.id,
                    origin.vpcOrigin ?? '',
                    `CloudFront enters ${face.vpc} by an interface of its own.`,
                  ),
                ),
                groupStage(network, face, { direction: 'ingress', peer: { type: 'service', service: 'cloudfront' } }),
                mark('listening', arrival(face)),
                ...listeningStages(network, face),
              ],
              way: [face.vpc, face.subnet?.id, labelOf(face)].filter((id) => id !== undefined),
              assumptions: face.assumptions,
            }
          : fromInternet(network, face, { peer: { type: 'service', service: 'cloudfront' } });
      const from = origin.type === 'vpc' ? subnetOf(face) : (own ?? INTERNET_IPV4);
      return judge(
        path,
        { addresses: from, traffic: asked, oneOf: origin.type === 'vpc' || own === undefined },
        network.ignored,
      );
    }),
  );
}

/** An origin of which it is not told whether CloudFront comes from the internet or by an interface in the VPC. */
function byEitherWay(
  network: Network,
  { distribution, origin }: Fronting,
  to: NetworkInterface,
  traffic: TrafficSet,
): Outcome | undefined {
  const ways = (['vpc', 'custom'] as const).flatMap(
    (type) => fromDistribution(network, { distribution, origin: { ...origin, type } }, to, traffic) ?? [],
  );
  const [first] = ways;
  if (first === undefined || ways.every(({ answer }) => answer === first.answer)) return first;
  const missing = {
    operation: 'cloudfront:ListDistributions',
    reason: `it would tell by which way the distribution asks its origin ${origin.domain ?? origin.id}`,
    resource: distribution.id,
  };
  const maybe = ways.map((one) => one.maybe).reduce(unionConnections);
  return given({ answer: 'unknown', missing: [missing], assumptions: [] }, NO_CONNECTIONS, maybe);
}

/** The internet reaches an interface through a distribution; over the addresses of the viewers. */
export function throughDistribution(
  network: Network,
  { distribution, origin }: Fronting,
  to: NetworkInterface,
  addresses: AddressSet,
  traffic: TrafficSet,
): Outcome | undefined {
  const edge = toEdge(distribution, addresses, EDGE);
  const link = hop(
    'cloudfront-origin',
    distribution.id,
    origin.id,
    `${distribution.name} asks its origin ${origin.domain ?? origin.id}.`,
    distribution.source,
  );
  const inner = fromDistribution(network, { distribution, origin }, to, traffic);
  if (inner === undefined) return undefined;
  const trimmed = outcomeOf(
    inner.answer,
    inner,
    () => {
      const { verdict } = inner;
      if (verdict.answer !== 'yes') return verdict;
      return { ...verdict, proof: [link, ...verdict.proof.filter((one) => one.code !== 'internet')] };
    },
    () => inner.way.filter((id) => id !== 'internet'),
  );
  const pick = (side: 'sure' | 'maybe') =>
    isNoConnection(edge[side]) || isNoConnection(inner[side])
      ? connections({ v4: [], v6: [] }, [])
      : connections(addressesOf(edge[side]), trafficIn(inner[side]));
  return inTurn([edge, trimmed], pick);
}
