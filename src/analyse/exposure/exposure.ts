/** What the internet reaches: directly, through a load balancer or distribution, or nearly (one attribute away). */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  ALL_TRAFFIC,
  addressesOf,
  type ConnectionSet,
  connections,
  formatTraffic,
  intersectConnections,
  isEmpty,
  isNoConnection,
  type TrafficSet,
  trafficIn,
  unionAllConnections,
} from '../../estate/sets/index.ts';
import { aclStage, returnAclStage } from '../reachability/acl-stages.ts';
import { handoversTo } from '../reachability/balancers.ts';
import type { Clause } from '../reachability/clauses.ts';
import { toInterface } from '../reachability/direct.ts';
import { frontingsOf } from '../reachability/distributions.ts';
import { INTERNET_END, resourceEnd } from '../reachability/endpoint.ts';
import { type Face, facesOf } from '../reachability/faces.ts';
import { groupAdmission } from '../reachability/groups.ts';
import { indirectly } from '../reachability/indirect.ts';
import { fromInternet } from '../reachability/into.ts';
import { listeningStages } from '../reachability/listening.ts';
import { aclOf, type Network, networkOf, remembered, tableOf } from '../reachability/network.ts';
import { judge, type Outcome } from '../reachability/path.ts';
import { reach } from '../reachability/reach.ts';
import { vpcAddresses } from '../reachability/routes.ts';
import { addressText, groupStage } from '../reachability/stages.ts';
import { unseenFronts } from '../reachability/unseen-fronts.ts';
import type { Blocker, Missing, Verdict } from '../verdict.ts';

export interface Exposure {
  /** The resource whose traffic it is; the interface where its owner is not known. */
  readonly resource: Resource;
  readonly via: 'direct' | 'through';
  /** Ids of the load balancers and distributions in front; empty when direct. */
  readonly through: readonly string[];
  readonly admitted: ConnectionSet;
  readonly ports: readonly string[];
  readonly sources: readonly string[];
  /** Worked out when asked for. */
  readonly verdict: Verdict;
}

/** Not reached today, but one attribute away. */
export interface Latent {
  readonly resource: Resource;
  /** What alone stands between the internet and the resource. */
  readonly only: readonly Blocker[];
  readonly ports: readonly string[];
  readonly sources: readonly string[];
}

/** Open to every address of its own VPC. */
export interface OpenInside {
  readonly resource: Resource;
  readonly vpc: string;
  readonly ports: readonly string[];
}

export interface Undecided {
  readonly resource: Resource;
  readonly missing: readonly Missing[];
}

export interface ExposureReport {
  readonly exposures: readonly Exposure[];
  readonly latent: readonly Latent[];
  readonly inside: readonly OpenInside[];
  readonly unknown: readonly Undecided[];
}

/** Everything that interfaces of one class share: their place, groups, and what they listen on. */
interface ClassAnswer {
  readonly outcome: Outcome;
  readonly latent: { readonly clause: Clause; readonly admitted: ConnectionSet } | undefined;
  readonly inside: TrafficSet;
}

export const exposures: (estate: Estate) => ExposureReport = memoised((estate) => {
  const network = networkOf(estate);
  const classes = new Map<string, ClassAnswer>();
  const byResource = new Map<string, { readonly resource: Resource; readonly faces: Pair[] }>();
  for (const one of all(estate, 'networkInterface')) {
    const key = classOf(network, one);
    let answer = classes.get(key);
    if (answer === undefined) {
      answer = answerOf(network, one);
      classes.set(key, answer);
    }
    const resource = (one.owner && byId(estate, one.owner.id)) ?? one;
    const known = byResource.get(resource.id);
    if (known) known.faces.push({ one, answer });
    else byResource.set(resource.id, { resource, faces: [{ one, answer }] });
  }
  const report = {
    exposures: [] as Exposure[],
    latent: [] as Latent[],
    inside: [] as OpenInside[],
    unknown: [] as Undecided[],
  };
  for (const { resource, faces } of byResource.values()) addResource(network, resource, faces, report);
  const undecided = new Set(report.unknown.map(({ resource }) => resource));
  for (const resource of [...all(estate, 'distribution'), ...all(estate, 'function')])
    addApi(estate, resource, report, undecided.has(resource));
  for (const service of all(estate, 'ecsService'))
    if (service.network === undefined && service.desired !== 0 && !byResource.has(service.id))
      report.unknown.push(undecidedBy(service, () => reach(estate, INTERNET_END, resourceEnd(service)).verdict));
  const byId_ = (a: { readonly resource: Resource }, b: { readonly resource: Resource }): number =>
    a.resource.id < b.resource.id ? -1 : a.resource.id > b.resource.id ? 1 : 0;
  for (const list of [report.exposures, report.latent, report.inside, report.unknown]) list.sort(byId_);
  return report;
});

interface Pair {
  readonly one: NetworkInterface;
  readonly answer: ClassAnswer;
}

/** Two interfaces with the same key are reached by the same strangers on the same ports. */
function classOf(network: Network, one: NetworkInterface): string {
  const owner = one.owner && byId(network.estate, one.owner.id);
  return [
    one.vpc?.id,
    one.subnet ? placeOf(network, one.subnet.id) : one.candidateSubnets.map((ref) => ref.id).join('+'),
    one.securityGroups?.map((ref) => ref.id).join('+') ?? '?',
    one.hasPublicAddress,
    one.ipv6 === undefined ? '?' : one.ipv6.length > 0,
    one.interfaceType,
    ...listeningKey(owner),
  ].join(' ');
}

/** Subnets with one route table and one network ACL are alike to a stranger. */
const placeOf = remembered((network, subnetId): string => {
  const subnet = byId(network.estate, subnetId);
  if (subnet?.kind !== 'subnet') return subnetId;
  const [table, acl] = [tableOf(network, subnet), aclOf(network, subnet)];
  if ('missing' in table || 'missing' in acl || subnet.ipv6Cidrs === undefined) return subnetId;
  return `${table.value.id} ${acl.value.id} ${subnet.ipv6Cidrs.length > 0}`;
});

/** What of the owner decides on which ports it answers. */
function listeningKey(owner: Resource | undefined): readonly unknown[] {
  switch (owner?.kind) {
    case 'database':
      return ['database', owner.endpoint?.port];
    case 'cache':
      return ['cache', owner.port ?? owner.endpoints?.[0]?.port];
    case 'instance':
      return ['instance', owner.state];
    case 'loadBalancer':
      return [owner.id];
    default:
      return [owner?.kind];
  }
}

const STRANGER = { type: 'address' } as const;
/** What may alone be missing for an exposure. A closed group is not counted: then nobody is near. */
const ATTRIBUTES: readonly Clause[] = [
  'public-address',
  'internet-gateway',
  'return-route',
  'acl-ingress',
  'acl-return',
];

function answerOf(network: Network, one: NetworkInterface): ClassAnswer {
  const start = { type: 'addresses', set: network.strangers, internet: true } as const;
  const outcome = toInterface(network, start, one, ALL_TRAFFIC);
  const faces = facesOf(network, one);
  return {
    outcome,
    latent: outcome.answer === 'no' ? nearly(network, faces) : undefined,
    inside: trafficIn(unionAllConnections(faces.map((face) => fromWholeVpc(network, face)))),
  };
}

function nearly(network: Network, faces: readonly Face[]): ClassAnswer['latent'] {
  for (const face of faces) {
    if (face.owner?.kind === 'loadBalancer' && face.owner.scheme === 'internal') continue;
    if (
      Array.isArray(face.groups) &&
      isEmpty(addressesOf(groupAdmission(network, 'ingress', face.groups, STRANGER).sure))
    )
      continue;
    const path = fromInternet(network, face);
    const asked = { addresses: network.strangers, traffic: ALL_TRAFFIC };
    const shut = path.stages.filter(({ admission }) => isShut(network, admission.maybe));
    const [clause, ...others] = new Set(shut.map((stage) => stage.clause));
    if (clause === undefined || others.length > 0 || !ATTRIBUTES.includes(clause)) continue;
    const without = judge(path, asked, new Set([clause]));
    if (without.answer === 'yes') return { clause, admitted: without.sure };
  }
  return undefined;
}

const shutSets = memoised(() => new WeakMap<ConnectionSet, boolean>());
/** Whether no stranger is in the set; kept, because many interfaces share one network ACL, table or group. */
function isShut(network: Network, set: ConnectionSet): boolean {
  const known = shutSets(network.estate);
  const found = known.get(set);
  if (found !== undefined) return found;
  const shut = isNoConnection(intersectConnections(set, connections(network.strangers, ALL_TRAFFIC)));
  known.set(set, shut);
  return shut;
}

/** What any address of the VPC may, whoever has it and whatever its groups are. */
function fromWholeVpc(network: Network, face: Face): ConnectionSet {
  const block = face.vpc === undefined ? undefined : vpcAddresses(network, face.vpc);
  if (block === undefined) return unionAllConnections([]);
  const stages = [
    aclStage(network, face.subnet, 'in', face),
    groupStage(network, face, { direction: 'ingress', peer: STRANGER }),
    ...listeningStages(network, face),
    returnAclStage(network, [{ subnet: face.subnet, direction: 'out', face }]),
  ];
  return judge(
    { stages, way: [], assumptions: [] },
    { addresses: block, traffic: ALL_TRAFFIC, oneOf: true },
    network.ignored,
  ).sure;
}

type Report = { readonly [K in keyof ExposureReport]: ExposureReport[K][number][] };

function addResource(network: Network, resource: Resource, faces: readonly Pair[], report: Report): void {
  const { estate } = network;
  const open = faces.filter(({ answer }) => answer.outcome.answer === 'yes');
  if (open.length > 0) {
    const admitted = unionAllConnections([...new Set(open.map(({ answer }) => answer.outcome.sure))]);
    const [shown] = open;
    report.exposures.push(
      exposureOf(
        resource,
        'direct',
        [],
        admitted,
        () => reach(estate, INTERNET_END, resourceEnd(shown?.one ?? resource)).verdict,
      ),
    );
  } else {
    const vague = faces.find(({ answer }) => answer.outcome.answer === 'unknown');
    if (vague) report.unknown.push(unknownOf(estate, resource, vague.one));
  }
  const near = open.length > 0 ? undefined : faces.find(({ answer }) => answer.latent !== undefined);
  if (near?.answer.latent) report.latent.push(latentOf(estate, resource, near.one, near.answer.latent));
  const inside = faces.find(({ answer }) => answer.inside.length > 0);
  if (inside) report.inside.push(insideOf(resource, inside));
  const fronted =
    faces.some(({ one }) => handoversTo(network, one).length > 0 || unseenFronts(network, one).length > 0) ||
    frontingsOf(
      network,
      resource,
      faces.map(({ one }) => one),
    ).length > 0;
  if (!fronted) return;
  const ways = indirectly(network, INTERNET_END, resourceEnd(resource), ALL_TRAFFIC);
  const through = ways.filter((one) => one.answer === 'yes');
  const [first] = through;
  if (first === undefined) {
    const vague = ways.find((one) => one.answer === 'unknown');
    if (vague && open.length === 0 && report.unknown.at(-1)?.resource !== resource)
      report.unknown.push(undecidedBy(resource, () => vague.verdict));
    return;
  }
  const ids = [...new Set(through.flatMap((one) => one.way))].filter((id) => {
    const kind = byId(estate, id)?.kind;
    return id !== resource.id && (kind === 'loadBalancer' || kind === 'distribution');
  });
  report.exposures.push(
    exposureOf(resource, 'through', ids, unionAllConnections(through.map((one) => one.sure)), () => first.verdict),
  );
}

const insideOf = (resource: Resource, { one, answer }: Pair): OpenInside => ({
  resource,
  vpc: one.vpc?.id ?? '',
  get ports() {
    return formatTraffic(answer.inside);
  },
});

const unknownOf = (estate: Estate, resource: Resource, one: NetworkInterface): Undecided =>
  undecidedBy(resource, () => reach(estate, INTERNET_END, resourceEnd(one)).verdict);

const undecidedBy = (resource: Resource, verdictOf: () => Verdict): Undecided => ({
  resource,
  get missing() {
    const verdict = verdictOf();
    return verdict.answer === 'unknown' ? verdict.missing : [];
  },
});

const latentOf = (
  estate: Estate,
  resource: Resource,
  one: NetworkInterface,
  near: NonNullable<ClassAnswer['latent']>,
): Latent => ({
  resource,
  get only() {
    const { verdict } = reach(estate, INTERNET_END, resourceEnd(one), trafficIn(near.admitted));
    return verdict.answer === 'no' ? verdict.blockers : [];
  },
  get ports() {
    return formatTraffic(trafficIn(near.admitted));
  },
  get sources() {
    return addressText(addressesOf(near.admitted));
  },
});

function exposureOf(
  resource: Resource,
  via: Exposure['via'],
  through: readonly string[],
  admitted: ConnectionSet,
  verdict: () => Verdict,
): Exposure {
  return {
    resource,
    via,
    through,
    admitted,
    get ports() {
      return formatTraffic(trafficIn(admitted));
    },
    get sources() {
      return addressText(addressesOf(admitted));
    },
    get verdict() {
      return verdict();
    },
  };
}

/** What has no interface that anybody reaches, but a public name: distributions, and functions with a URL. */
function addApi(estate: Estate, resource: Resource, { exposures: list, unknown }: Report, isUndecided: boolean): void {
  if (resource.kind === 'function' && resource.urls?.length === 0) return;
  const answer = reach(estate, INTERNET_END, resourceEnd(resource));
  if (answer.verdict.answer === 'yes')
    list.push(exposureOf(resource, answer.via, [], answer.admitted, () => answer.verdict));
  if (answer.verdict.answer === 'unknown' && !isUndecided) unknown.push(undecidedBy(resource, () => answer.verdict));
}
