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
import { frontingsOf } from '../reachability/distributions.ts';
import { INTERNET_END, resourceEnd } from '../reachability/endpoint.ts';
import { type Face, facesOf } from '../reachability/faces.ts';
import { groupAdmission } from '../reachability/groups.ts';
import { indirectly } from '../reachability/indirect.ts';
import { fromInternet } from '../reachability/into.ts';
import { listeningStages } from '../reachability/listening.ts';
import { type Network, networkOf } from '../reachability/network.ts';
import { judge, type Outcome } from '../reachability/path.ts';
import { reach } from '../reachability/reach.ts';
import { vpcAddresses } from '../reachability/routes.ts';
import { addressText, groupStage } from '../reachability/stages.ts';
import { unseenFronts } from '../reachability/unseen-fronts.ts';
import type { Blocker, Missing, Verdict } from '../verdict.ts';
import { admittedBy, classOf, fromStrangers } from './alike.ts';

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

/** What else interfaces that are alike share. */
interface Beside {
  readonly latent: { readonly clause: Clause; readonly admitted: ConnectionSet } | undefined;
  readonly inside: TrafficSet;
}

/** An interface of a resource, and what strangers may there. */
interface Judged {
  readonly one: NetworkInterface;
  readonly outcome: Outcome;
}

/** With all that is known of those like it. */
interface Pair extends Judged, Beside {}

export const exposures: (estate: Estate) => ExposureReport = memoised((estate) => {
  const network = networkOf(estate);
  const besides = new Map<string, Beside>();
  const byResource = new Map<string, { readonly resource: Resource; readonly pairs: Pair[] }>();
  for (const one of all(estate, 'networkInterface')) {
    const key = classOf(network, one);
    const outcome = fromStrangers(estate, one, ALL_TRAFFIC);
    const beside = besides.get(key) ?? besideTo(network, one, outcome);
    besides.set(key, beside);
    const resource = (one.owner && byId(estate, one.owner.id)) ?? one;
    const known = byResource.get(resource.id);
    if (known) known.pairs.push({ one, outcome, ...beside });
    else byResource.set(resource.id, { resource, pairs: [{ one, outcome, ...beside }] });
  }
  const report = {
    exposures: [] as Exposure[],
    latent: [] as Latent[],
    inside: [] as OpenInside[],
    unknown: [] as Undecided[],
  };
  for (const { resource, pairs } of byResource.values()) {
    addReached(network, resource, pairs, report);
    addNear(network, resource, pairs, report);
  }
  for (const resource of nameable(estate)) if (!byResource.has(resource.id)) addReached(network, resource, [], report);
  const byResourceId = (a: { readonly resource: Resource }, b: { readonly resource: Resource }): number =>
    a.resource.id < b.resource.id ? -1 : a.resource.id > b.resource.id ? 1 : 0;
  for (const list of [report.exposures, report.latent, report.inside, report.unknown]) list.sort(byResourceId);
  return report;
});

/** What may be reached although it has no interface that the input shows. */
const nameable = (estate: Estate): readonly Resource[] => [
  ...all(estate, 'distribution'),
  ...all(estate, 'function'),
  ...all(estate, 'ecsService'),
];

/** Everything that `exposures` judges, as `exposuresOf` takes it. */
export const judgedForExposure = (estate: Estate): readonly Resource[] => [
  ...new Set([
    ...all(estate, 'networkInterface').map((one) => (one.owner && byId(estate, one.owner.id)) ?? one),
    ...nameable(estate),
  ]),
];

/** What `exposures` says of one resource: whether it is reached, or whether that is not known. */
export function exposuresOf(estate: Estate, resource: Resource): Pick<ExposureReport, 'exposures' | 'unknown'> {
  const report = { exposures: [] as Exposure[], unknown: [] as Undecided[] };
  const network = networkOf(estate);
  const own = resource.kind === 'networkInterface' ? [resource] : (network.owned.get(resource.id) ?? []);
  const pairs = own.map((one) => ({ one, outcome: fromStrangers(estate, one, ALL_TRAFFIC) }));
  addReached(network, resource, pairs, report);
  return report;
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

function besideTo(network: Network, one: NetworkInterface, outcome: Outcome): Beside {
  const faces = facesOf(network, one);
  return {
    latent: outcome.answer === 'no' ? nearly(network, faces) : undefined,
    inside: trafficIn(unionAllConnections(faces.map((face) => fromWholeVpc(network, face)))),
  };
}

function nearly(network: Network, faces: readonly Face[]): Beside['latent'] {
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

type Reached = Pick<Report, 'exposures' | 'unknown'>;

function addReached(network: Network, resource: Resource, pairs: readonly Judged[], report: Reached): void {
  const { estate } = network;
  addDirect(estate, resource, pairs, report);
  if (pairs.length > 0) addThrough(network, resource, pairs, report);
  if (resource.kind === 'distribution' || resource.kind === 'function')
    addApi(estate, resource, report, report.unknown.at(-1)?.resource === resource);
  if (resource.kind === 'ecsService' && resource.network === undefined && resource.desired !== 0 && pairs.length === 0)
    report.unknown.push(undecidedBy(resource, () => reach(estate, INTERNET_END, resourceEnd(resource)).verdict));
}

function addDirect(estate: Estate, resource: Resource, pairs: readonly Judged[], report: Reached): void {
  const shown = pairs.find(({ outcome }) => outcome.answer === 'yes');
  const admitted = admittedBy(pairs.map(({ outcome }) => outcome));
  if (shown !== undefined && admitted !== undefined) {
    const verdict = (): Verdict => reach(estate, INTERNET_END, resourceEnd(shown.one)).verdict;
    report.exposures.push(exposureOf(resource, 'direct', [], admitted, verdict));
  } else {
    const vague = pairs.find(({ outcome }) => outcome.answer === 'unknown');
    if (vague) report.unknown.push(unknownOf(estate, resource, vague.one));
  }
}

function addNear({ estate }: Network, resource: Resource, pairs: readonly Pair[], report: Report): void {
  const isReached = pairs.some(({ outcome }) => outcome.answer === 'yes');
  const near = isReached ? undefined : pairs.find(({ latent }) => latent !== undefined);
  if (near?.latent) report.latent.push(latentOf(estate, resource, near.one, near.latent));
  const inside = pairs.find(({ inside }) => inside.length > 0);
  if (inside) report.inside.push(insideOf(resource, inside));
}

function addThrough(network: Network, resource: Resource, pairs: readonly Judged[], report: Reached): void {
  const { estate } = network;
  const isReached = pairs.some(({ outcome }) => outcome.answer === 'yes');
  const fronted =
    pairs.some(({ one }) => handoversTo(network, one).length > 0 || unseenFronts(network, one).length > 0) ||
    frontingsOf(
      network,
      resource,
      pairs.map(({ one }) => one),
    ).length > 0;
  if (!fronted) return;
  const ways = indirectly(network, INTERNET_END, resourceEnd(resource), ALL_TRAFFIC);
  const through = ways.filter((one) => one.answer === 'yes');
  const [first] = through;
  if (first === undefined) {
    const vague = ways.find((one) => one.answer === 'unknown');
    if (vague && !isReached && report.unknown.at(-1)?.resource !== resource)
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

const insideOf = (resource: Resource, { one, inside }: Pair): OpenInside => ({
  resource,
  vpc: one.vpc?.id ?? '',
  get ports() {
    return formatTraffic(inside);
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
  near: NonNullable<Beside['latent']>,
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
function addApi(estate: Estate, resource: Resource, { exposures: list, unknown }: Reached, isUndecided: boolean): void {
  if (resource.kind === 'function' && resource.urls?.length === 0) return;
  const answer = reach(estate, INTERNET_END, resourceEnd(resource));
  if (answer.answer === 'yes') list.push(exposureOf(resource, answer.via, [], answer.admitted, () => answer.verdict));
  if (answer.answer === 'unknown' && !isUndecided) unknown.push(undecidedBy(resource, () => answer.verdict));
}
