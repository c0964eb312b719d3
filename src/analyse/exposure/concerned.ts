/** Whose traffic a cut may matter to: the interfaces whose own network it changes, and those that send through one of them. */
import { all, byId, type Estate, findOf, memoised } from '../../estate/estate.ts';
import { grouped } from '../../estate/grouped.ts';
import { id } from '../../estate/ids.ts';
import type { NetworkInterface, RouteTarget, Subnet } from '../../estate/kinds/network.ts';
import { placeOf } from '../reachability/faces.ts';
import { networkOf, tableOf } from '../reachability/network.ts';
import type { CutItem } from './cut.ts';

export interface Concerned {
  /** Ids of the interfaces whose own network surely changes. */
  readonly members: ReadonlySet<string>;
  /** Ids of the interfaces that it may matter to; undefined: any. */
  readonly affected: ReadonlySet<string> | undefined;
}

export function concernedBy(estate: Estate, items: readonly CutItem[]): Concerned {
  const changing = items.flatMap((item) => membersOf(estate, item));
  const members = new Set(changing.map((one) => one.id));
  const possible = [...changing, ...items.flatMap((item) => possibleMembersOf(estate, item))];
  const passed = new Set([
    ...possible.filter((one) => forwards(estate, one)).map((one) => vpcOf(estate, one)),
    ...items.flatMap((item) => (item.type === 'route' ? passedBy(estate, item.resource) : [])),
  ]);
  const closed = [...passed].filter((vpc) => vpc !== undefined).filter((vpc) => isClosedIn(estate, vpc));
  if (hasAppliances(estate) || closed.length < passed.size) return { members, affected: undefined };
  const through = closed.length === 0 ? [] : [...closed, PLACELESS].flatMap((vpc) => inVpc(estate).get(vpc) ?? []);
  return { members, affected: new Set([...possible, ...through].map((one) => one.id)) };
}

function membersOf(estate: Estate, item: CutItem): readonly NetworkInterface[] {
  switch (item.type) {
    case 'rule':
      return networkOf(estate).members.get(item.resource) ?? [];
    case 'publicAddress':
      return [findOf(estate, 'networkInterface', id<'networkInterface'>(item.by))].filter((one) => one !== undefined);
    case 'route':
      return byTable(estate).get(item.resource) ?? [];
  }
}

/** Those of which it is not told whether they are among them. */
function possibleMembersOf(estate: Estate, item: CutItem): readonly NetworkInterface[] {
  switch (item.type) {
    case 'rule':
      return groupless(estate);
    case 'publicAddress':
      return [];
    case 'route':
      return byTable(estate).get(TABLELESS) ?? [];
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
    const subnet = findOf(estate, 'subnet', ref);
    return [table, TABLELESS].includes(tableIdOf(estate, subnet)) ? [placeOf(vpc ?? subnet?.vpc)] : [];
  });
  // a subnet of which nobody knows the table may use this one
  const own = placeOf(findOf(estate, 'routeTable', id<'routeTable'>(table))?.vpc);
  return own === undefined || vaguely(estate).has(own) ? [...nats, own] : nats;
}

const TABLELESS = 'tableless';
const tableIdOf = (estate: Estate, subnet: Subnet | undefined): string => {
  const table = subnet && tableOf(networkOf(estate), subnet);
  return table !== undefined && 'value' in table ? table.value.id : TABLELESS;
};

const byTable = memoised((estate) =>
  grouped(all(estate, 'networkInterface'), ({ subnet, candidateSubnets }) => {
    const subnets = subnet ? [subnet] : candidateSubnets;
    return subnets.length === 0 ? [TABLELESS] : subnets.map((ref) => tableIdOf(estate, findOf(estate, 'subnet', ref)));
  }),
);

const groupless = memoised((estate) =>
  all(estate, 'networkInterface').filter(({ securityGroups }) => securityGroups === undefined),
);

const PLACELESS = 'placeless';
const vpcOf = (estate: Estate, { vpc, subnet }: NetworkInterface): string | undefined =>
  placeOf(vpc ?? findOf(estate, 'subnet', subnet)?.vpc);
const inVpc = memoised((estate) =>
  grouped(all(estate, 'networkInterface'), (one) => [vpcOf(estate, one) ?? PLACELESS]),
);

/**
 * Whether only what stands in a VPC itself sends through what forwards there. A route names what stands in its own VPC; only
 * gateways and appliances bring it the traffic of another.
 */
const isClosedIn = (estate: Estate, vpc: string): boolean =>
  [takesThrough(estate), vaguely(estate)].every((open) => !open.has(vpc) && !open.has(undefined));

/** VPCs with a subnet of which nobody knows the table; undefined stands for one that is not known. */
const vaguely = memoised((estate): ReadonlySet<string | undefined> => {
  const vague = all(estate, 'subnet').filter((one) => tableIdOf(estate, one) === TABLELESS);
  return new Set(vague.map(({ vpc }) => placeOf(vpc)));
});

/** VPCs of which a route leads to a gateway between networks; undefined stands for one that is not known. */
const takesThrough = memoised((estate): ReadonlySet<string | undefined> => {
  const open = all(estate, 'routeTable').filter(({ routes }) =>
    routes?.some(({ target }) => target !== undefined && !INSIDE.has(target.type)),
  );
  return new Set(open.map(({ vpc }) => placeOf(vpc)));
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
 * Whether a route may lead to the endpoint of a gateway load balancer, or it is not told where one leads. Behind an endpoint
 * stand appliances, mostly in a VPC of their own, which get the traffic of others in packets of the balancer's; and what
 * stands at the endpoint sends on what was never its own:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/introduction.html
 */
const hasAppliances = memoised((estate) =>
  all(estate, 'routeTable').some(
    ({ routes }) =>
      routes === undefined ||
      routes.some(
        ({ target }) =>
          target === undefined ||
          (target.type === 'vpcEndpoint' && findOf(estate, 'vpcEndpoint', target.ref)?.type !== 'Gateway'),
      ),
  ),
);
