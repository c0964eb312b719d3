/**
 * Ways to other networks (a VPN, a transit gateway, a peering) that the tables in use have: subnets with tables of their own
 * have none of them, so whoever moves there, and whoever is asked from over there, would be cut off.
 */
import { all, type Estate } from '../../estate/estate.ts';
import type { Route, RouteTable, Vpc } from '../../estate/kinds/network.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import type { State } from '../state.ts';
import { idOf } from './names.ts';
import { tableOf } from './tiers.ts';

/** A route that every new table gets too, as arguments of the program without the table. */
export interface OnwardRoute {
  readonly destination: string;
  readonly properties: Properties;
}

interface Refused {
  readonly refused: string;
  readonly change: string;
}

interface Found extends OnwardRoute {
  readonly table: RouteTable;
  readonly target: string;
  readonly propagated: boolean;
}

const DEFAULTS: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

export function onwardRoutes(
  estate: Estate,
  state: State,
  vpc: Vpc,
): { readonly routes: readonly OnwardRoute[] } | Refused {
  const found = new Map<string, Found>();
  for (const table of tablesInUse(estate, vpc)) {
    if (table.routes === undefined) return untold(table);
    for (const route of table.routes) {
      const onward = onwardRoute(state, table, route);
      if (onward === undefined) continue;
      if ('refused' in onward) return onward;
      const known = found.get(onward.destination);
      if (known && known.target !== onward.target) return torn(known, onward);
      if (known === undefined || known.propagated) found.set(onward.destination, onward);
    }
  }
  const routes = [...found.values()].sort((a, b) => (a.destination < b.destination ? -1 : 1));
  const learned = routes.find(({ propagated }) => propagated);
  return learned ? propagating(learned) : { routes };
}

function tablesInUse(estate: Estate, vpc: Vpc): readonly RouteTable[] {
  const subnets = all(estate, 'subnet').filter((subnet) => subnet.vpc.id === vpc.id);
  const tables = subnets.flatMap((subnet) => tableOf(estate, subnet) ?? []);
  return [...new Map(tables.map((table) => [table.id as string, table])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

function onwardRoute(state: State, table: RouteTable, route: Route): Found | Refused | undefined {
  const { destination, target } = route;
  if (route.state === 'blackhole' || target?.type === 'local') return undefined;
  if (destination === undefined || target === undefined) return untold(table);
  const where = destination.type === 'cidr' ? destination.cidr : destination.ref.id;
  const isDefault = DEFAULTS.has(where);
  const to = (id: string, argument: string): Found | Refused =>
    isDefault
      ? elsewhere(table, where, id)
      : {
          table,
          target: id,
          destination: where,
          propagated: route.propagated,
          properties: { [argumentOf(where)]: where, [argument]: id },
        };
  switch (target.type) {
    // what goes to the internet goes by NAT from the new tables
    case 'internetGateway':
    case 'egressOnlyInternetGateway':
    case 'natGateway':
      return undefined;
    case 'vpcEndpoint':
      // endpoints of S3 and DynamoDB: the new tables get ones of their own
      return destination.type === 'prefixList' ? undefined : to(target.ref.id, 'vpcEndpointId');
    case 'instance':
    case 'networkInterface': {
      if (isDefault) return undefined;
      const one = target.type === 'instance' ? target.networkInterface : target.ref;
      return one ? to(one.id, 'networkInterfaceId') : untold(table);
    }
    case 'peering':
      return to(idOf(state, { id: target.ref.id, kind: 'peering' }), 'vpcPeeringConnectionId');
    case 'transitGateway':
      return to(target.id, 'transitGatewayId');
    case 'vpnGateway':
      return to(target.id, 'gatewayId');
    case 'other':
      return {
        refused: `${table.name} sends ${where} to ${target.id}, and how a new table would lead there is not known.`,
        change: `Let the route lead to a virtual private gateway, a transit gateway or a peering; or take it out, where nobody uses it any more.`,
      };
  }
}

const argumentOf = (destination: string): string =>
  destination.startsWith('pl-')
    ? 'destinationPrefixListId'
    : destination.includes(':')
      ? 'destinationIpv6CidrBlock'
      : 'destinationCidrBlock';

const untold = (table: RouteTable): Refused => ({
  refused: `Where each route of ${table.name} leads is not known, so the new subnets might lack a way that is in use.`,
  change: 'Collect ec2:DescribeRouteTables and ec2:DescribeNetworkInterfaces.',
});

const elsewhere = (table: RouteTable, where: string, target: string): Refused => ({
  refused: `${table.name} sends ${where} to ${target}: what leaves the VPC goes by another network, and from new subnets it would go by NAT.`,
  change: target.startsWith('tgw-')
    ? `Make private subnets in two zones whose tables lead to ${target} too: where there are some, the plan uses them.`
    : 'Take what runs here to private subnets by hand: the plan knows no other way out than a NAT gateway or a transit gateway.',
});

const torn = (a: Found, b: Found): Refused => ({
  refused: `${a.table.name} sends ${a.destination} to ${a.target}, and ${b.table.name} sends it to ${b.target}: which way the new subnets need is not known.`,
  change: 'Let both tables send it to the same place, or take out the route that nobody uses any more.',
});

/** A static route to where the propagated one leads wins over it, so nothing changes for anybody. */
const propagating = ({ table, destination, target }: Found): Refused => ({
  refused: `${target} itself puts the route to ${destination} into ${table.name} (route propagation), which the program cannot declare: the new subnets would have no way there.`,
  change: `Write the route to ${destination} by ${target} into ${table.name} by hand: it leads to the same place, and the plan gives it to the new tables too.`,
});
