/** The estate as the evaluator walks it: who is associated, attached, a member, an owner; each looked up in one step. */
import { entriesOf, isDeclaredInPart, statusOf } from '../../estate/coverage.ts';
import { all, type Estate, memoised } from '../../estate/estate.ts';
import { foundBy, grouped, listedBy } from '../../estate/grouped.ts';
import type {
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  Subnet,
} from '../../estate/kinds/network.ts';
import { recalled } from '../../estate/memory.ts';
import { type AddressSet, addressSetOf, INTERNET, NO_ADDRESSES, subtract, unionAll } from '../../estate/sets/index.ts';
import type { Lookup } from '../../estate/watched.ts';
import type { Missing } from '../verdict.ts';
import { type Clause, NO_CLAUSES } from './clauses.ts';

export interface Network {
  readonly estate: Estate;
  readonly ignored: ReadonlySet<Clause>;
  readonly explicitTable: Lookup<RouteTable>;
  readonly mainTable: Lookup<RouteTable>;
  /** VPCs with a table whose associations are not known: which table a subnet uses is then not known either. */
  readonly vagueTables: Lookup<RouteTable>;
  readonly acl: Lookup<NetworkAcl>;
  readonly internetGateways: Lookup<readonly InternetGateway[]>;
  /** Interfaces by group, by owner, and by private and public address. */
  readonly members: Lookup<readonly NetworkInterface[]>;
  readonly owned: Lookup<readonly NetworkInterface[]>;
  readonly privately: Lookup<readonly NetworkInterface[]>;
  readonly publicly: Lookup<readonly NetworkInterface[]>;
  readonly subnetsOf: () => ReadonlyMap<string, readonly Subnet[]>;
  /** Addresses that a stranger on the internet can have: CloudFront's own are not a stranger's. */
  readonly strangers: AddressSet;
}

export const CLOUDFRONT_LIST = 'com.amazonaws.global.cloudfront.origin-facing';

const explicitTables = foundBy('routeTable', ({ subnets }) => (subnets ?? []).map((ref) => ref.id));
const mainTables = foundBy('routeTable', ({ main, vpc }) => (main === true ? [vpc.id] : []));
const vagueTables = foundBy('routeTable', ({ subnets, main, vpc }) =>
  subnets === undefined || main === undefined ? [vpc.id] : [],
);
const acls = foundBy('networkAcl', ({ subnets }) => (subnets ?? []).map((ref) => ref.id));
const attachedGateways = listedBy('internetGateway', ({ vpcs }) => (vpcs ?? []).map((ref) => ref.id));
const members = listedBy('networkInterface', (one) => (one.securityGroups ?? []).map((ref) => ref.id));
const owned = listedBy('networkInterface', ({ owner }) => [owner?.id]);
const privately = listedBy('networkInterface', ({ addresses, ipv6 }) => [
  ...(addresses ?? []).map((at) => at.private),
  ...(ipv6 ?? []),
]);
const publicly = listedBy('networkInterface', ({ addresses }) => (addresses ?? []).flatMap((at) => at.public ?? []));
const subnetsByVpc = memoised((estate) => grouped(all(estate, 'subnet'), (subnet) => [subnet.vpc.id]));
const NOTHING: Lookup<never> = new Map();

const listsByName = listedBy('prefixList', ({ listName }) => [listName]);
/** The prefix lists of CloudFront's own addresses. */
export const cloudfrontLists = (estate: Estate): readonly PrefixList[] =>
  listsByName(estate).get(CLOUDFRONT_LIST) ?? [];
const strangersTo = recalled(
  (estate: Estate, set: AddressSet): AddressSet =>
    subtract(set, unionAll(cloudfrontLists(estate).map((list) => addressSetOf(list.cidrs ?? []) ?? NO_ADDRESSES))),
);

function build(estate: Estate, ignored: ReadonlySet<Clause>): Network {
  return {
    estate,
    ignored,
    explicitTable: ignored.has('explicit-association') ? NOTHING : explicitTables(estate),
    mainTable: mainTables(estate),
    vagueTables: vagueTables(estate),
    acl: acls(estate),
    internetGateways: attachedGateways(estate),
    members: members(estate),
    owned: owned(estate),
    privately: privately(estate),
    publicly: publicly(estate),
    subnetsOf: () => subnetsByVpc(estate),
    strangers: strangersTo(estate, INTERNET),
  };
}

const full = memoised((estate) => build(estate, NO_CLAUSES));

/** The network of an estate, made once. `ignored` is for the evaluator's own tests. */
export const networkOf = (estate: Estate, ignored: ReadonlySet<Clause> = NO_CLAUSES): Network =>
  ignored.size === 0 ? full(estate) : build(estate, ignored);

/** Keeps an answer per network and key. */
export function remembered<T>(compute: (network: Network, key: string) => T): (network: Network, key: string) => T {
  const caches = new WeakMap<Network, Map<string, T>>();
  return (network, key) => {
    let cache = caches.get(network);
    if (cache === undefined) {
      cache = new Map();
      caches.set(network, cache);
    }
    const known = cache.get(key);
    if (known !== undefined) return known;
    const answer = compute(network, key);
    cache.set(key, answer);
    return answer;
  };
}

/** As `remembered`, from one point of a journey to the next too: for answers that are worked out when they are given. */
export function recalledIn<T>(compute: (network: Network, key: string) => T): (network: Network, key: string) => T {
  const whole = recalled((estate: Estate, key: string) => compute(networkOf(estate), key));
  const partly = remembered(compute);
  return (network, key) => (network.ignored.size === 0 ? whole(network.estate, key) : partly(network, key));
}

/** Something looked up, or what would tell it. */
export type Known<T> = { readonly value: T } | { readonly missing: Missing };

/** What is missing, in words that tell a refused answer from one that lacks something. */
export function lacking(
  network: Network,
  operation: string,
  place: { readonly id: string; readonly account: string; readonly region: string },
  what: string,
): Missing {
  const status = statusOf(network.estate.coverage, operation, { account: place.account, region: place.region });
  const reason =
    status === 'read'
      ? `the answer does not tell ${what}`
      : status === 'notAsked'
        ? `not in the input; it would tell ${what}`
        : `${status}; it would tell ${what}`;
  return { operation, reason, resource: place.id };
}

/** Whether a part of the listing of tables was not answered: the subnet's own may be in it. Of what a file declares, the tables themselves say so. */
const refusedInPart = ({ estate }: Network, { account, region }: Subnet): boolean =>
  entriesOf(estate.coverage, 'ec2:DescribeRouteTables').some(
    (entry) =>
      entry.status !== 'read' &&
      [account, 'unknown'].includes(entry.account) &&
      [region, 'unknown'].includes(entry.region) &&
      !isDeclaredInPart(entry),
  );

/** The table a subnet uses: its own, else the main one of the VPC. */
export function tableOf(network: Network, subnet: Subnet): Known<RouteTable> {
  const own = network.explicitTable.get(subnet.id);
  if (own) return { value: own };
  const main = network.mainTable.get(subnet.vpc.id);
  if (main && network.vagueTables.get(subnet.vpc.id) === undefined && !refusedInPart(network, subnet))
    return { value: main };
  return { missing: lacking(network, 'ec2:DescribeRouteTables', subnet, 'which route table the subnet uses') };
}

/** Every subnet has exactly one network ACL, so a subnet that none lists means that the list is not whole. */
export function aclOf(network: Network, subnet: Subnet): Known<NetworkAcl> {
  const acl = network.acl.get(subnet.id);
  if (acl) return { value: acl };
  return { missing: lacking(network, 'ec2:DescribeNetworkAcls', subnet, 'which network ACL the subnet has') };
}
