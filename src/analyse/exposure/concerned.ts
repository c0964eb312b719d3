/** Whose traffic a cut may matter to: the interfaces whose own network it changes, and those that send through one of them. */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import { grouped, listedBy } from '../../estate/grouped.ts';
import { id } from '../../estate/ids.ts';
import type { NetworkInterface, RouteTarget, Subnet } from '../../estate/kinds/network.ts';
import { networkOf, tableOf } from '../reachability/network.ts';
import type { CutItem } from './cut.ts';

export interface Concerned {
  /** Ids of the interfaces whose own network changes. */
  readonly members: ReadonlySet<string>;
  /** Ids of the interfaces that it may matter to; undefined: any. */
  readonly affected: ReadonlySet<string> | undefined;
}

export function concernedBy(estate: Estate, items: readonly CutItem[]): Concerned {
  const changing = items.flatMap((item) => membersOf(estate, item));
  const passed = [
    ...changing.filter((one) => forwards(estate, one)).map(({ vpc }) => vpc?.id),
    ...items.flatMap((item) => (item.type === 'route' ? passedBy(estate, item.resource) : [])),
  ];
  const members = new Set(changing.map((one) => one.id));
  return {
    members,
    affected: passed.every((vpc) => vpc !== undefined && isClosedIn(estate, vpc))
      ? new Set([...members, ...passed.flatMap((vpc) => inVpc(estate).get(vpc ?? '') ?? []).map((one) => one.id)])
      : undefined,
  };
}

function membersOf(estate: Estate, item: CutItem): readonly NetworkInterface[] {
  switch (item.type) {
    case 'rule':
      return networkOf(estate).members.get(item.resource) ?? [];
    case 'publicAddress':
      return [find(estate, id<'networkInterface'>(item.by))].filter((one) => one !== undefined);
    case 'route':
      return byTable(estate).get(item.resource) ?? [];
  }
}

/** What may pass on the traffic of others. */
function forwards(estate: Estate, one: NetworkInterface): boolean {
  const owner = one.owner && byId(estate, one.owner.id);
  return (
    (owner === undefined || owner.kind === 'instance' || owner.kind === 'natGateway') && one.sourceDestCheck !== true
  );
}

/** VPCs of which more than the listed interfaces may hang on a table; undefined stands for one that is not known. */
function passedBy(estate: Estate, table: string): readonly (string | undefined)[] {
  // the listing of interfaces may lack those of NAT gateways
  const nats = all(estate, 'natGateway').flatMap(({ subnet: ref, vpc }) => {
    const subnet = find(estate, ref);
    return tableIdOf(estate, subnet) === table ? [vpc?.id ?? subnet?.vpc.id] : [];
  });
  // a subnet of which nobody knows the table may use this one
  const own = find(estate, id<'routeTable'>(table))?.vpc.id;
  return own === undefined || vaguely(estate).has(own) ? [...nats, own] : nats;
}

const tableIdOf = (estate: Estate, subnet: Subnet | undefined): string | undefined => {
  const table = subnet && tableOf(networkOf(estate), subnet);
  return table !== undefined && 'value' in table ? table.value.id : undefined;
};

const byTable = memoised((estate) =>
  grouped(all(estate, 'networkInterface'), ({ subnet, candidateSubnets }) =>
    (subnet ? [subnet] : candidateSubnets).map((ref) => tableIdOf(estate, find(estate, ref))),
  ),
);

const inVpc = listedBy('networkInterface', ({ vpc }) => [vpc?.id]);

/**
 * Whether only what stands in a VPC itself sends through what forwards there. A route names what stands in its own VPC; only
 * gateways and appliances bring it the traffic of another.
 */
const isClosedIn = (estate: Estate, vpc: string): boolean =>
  !hasAppliances(estate) && !takesThrough(estate).has(vpc) && !vaguely(estate).has(vpc);

/** VPCs with a subnet of which nobody knows the table. */
const vaguely = memoised((estate): ReadonlySet<string> => {
  const vague = all(estate, 'subnet').filter((one) => 'missing' in tableOf(networkOf(estate), one));
  return new Set(vague.map(({ vpc }) => vpc.id));
});

/** VPCs of which a route leads to a gateway between networks, or is not known. */
const takesThrough = memoised((estate): ReadonlySet<string> => {
  const open = all(estate, 'routeTable').filter(
    ({ routes }) =>
      routes === undefined || routes.some(({ target }) => target === undefined || !INSIDE.has(target.type)),
  );
  return new Set(open.map(({ vpc }) => vpc.id));
});

/** Targets by which nothing of another network comes in, but what the internet sends. */
const INSIDE: ReadonlySet<RouteTarget['type']> = new Set([
  'local',
  'internetGateway',
  'egressOnlyInternetGateway',
  'natGateway',
  'instance',
  'networkInterface',
  'vpcEndpoint',
]);

/**
 * Whether a route may lead to the endpoint of a gateway load balancer, whose appliances mostly stand in a VPC of their own:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html
 */
const hasAppliances = memoised((estate) =>
  all(estate, 'routeTable').some(({ routes }) =>
    routes?.some(({ target }) => {
      if (target?.type !== 'vpcEndpoint') return false;
      const endpoint = find(estate, target.ref);
      return endpoint?.type !== 'Gateway';
    }),
  ),
);
