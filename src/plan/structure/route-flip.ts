/**
 * Subnets become private where they are: their association takes a route table that leads out by NAT and not to the
 * internet gateway. Nothing in them moves, and everything in them loses its public way.
 */
import { isPublic } from '../../analyse/internet/subnets.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { RouteTable, Subnet } from '../../estate/kinds/network.ts';
import type { Create, Update } from '../edit.ts';
import type { Context } from '../move.ts';
import type { State } from '../state.ts';
import { minutes, type Step, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { declaredOf } from './declared.ts';
import { idOf, slug } from './names.ts';
import { tableOf, tierSubnets } from './tiers.ts';

const ASSOCIATION = 'aws:ec2/routeTableAssociation:RouteTableAssociation';
const REPLACING = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html';

/** Zone after zone. */
export const publicOnes = (estate: Estate, subnets: readonly Subnet[]): readonly Subnet[] =>
  [...new Map(subnets.map((one) => [one.id, one])).values()]
    .filter((one) => isPublic(estate, one).answer === 'yes')
    .sort((a, b) => compare(a.zone?.id ?? '', b.zone?.id ?? '') || compare(a.id, b.id));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The table that the programs in private subnets of the same zone use, else of any zone; undefined when there is none. */
export function privateTable(estate: Estate, subnet: Subnet): RouteTable | undefined {
  const apps = tierSubnets(estate, subnet.vpc, 'app').filter((one) => isPublic(estate, one).answer === 'no');
  const near = apps.find(({ zone }) => zone?.id === subnet.zone?.id) ?? apps[0];
  return near && tableOf(estate, near);
}

/** One switch for one subnet, and at the end no public addresses for what starts there. */
export function flips(context: Context, move: string, subnets: readonly Subnet[], names: string): readonly Step[] {
  const steps = subnets.flatMap((subnet): readonly Step[] => {
    const table = privateTable(context.estate, subnet);
    return table ? [flip(context, move, subnet, table, names)] : [];
  });
  const quiet = quietened(context, move, subnets);
  return quiet ? [...steps, quiet] : steps;
}

function flip(context: Context, move: string, subnet: Subnet, table: RouteTable, names: string): Step {
  const { state, scope } = context;
  const old = tableOf(context.estate, subnet);
  return step({
    id: `${scope.stem}-${move}-${slug(subnet.name)}`,
    title: `${subnet.name} becomes a private subnet`,
    kind: 'switch',
    move,
    environment: scope.environment,
    why: `What makes a subnet public is its route to the internet gateway. ${names} stay where they are, and that route goes.`,
    edits: [associated(state, subnet, table)],
    gate: [
      {
        type: 'query',
        check: 'Before: no interface in the subnet has a public address any more.',
        query: `aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=${subnet.id} --query 'NetworkInterfaces[?Association.PublicIp].[NetworkInterfaceId,Description,Association.PublicIp]'`,
      },
      {
        type: 'query',
        check: 'After: the subnet uses the private table, and connections to the databases are as many as before.',
        query: `aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=${subnet.id} --query 'RouteTables[].[RouteTableId,Routes]'`,
      },
      {
        type: 'person',
        check: 'Whoever keeps a list of the addresses that you call from has the addresses of the NAT gateways on it.',
      },
    ],
    duration: minutes(1, 5),
    clientsNotice: {
      from: 0,
      to: 0,
      what: 'Nothing for connections inside the VPC. What still goes out from this subnet changes its address, and its open connections outside end.',
    },
    undo: {
      how: `associate the subnet with ${old?.name ?? 'its old table'} again, in seconds`,
      until: 'always',
      exact: true,
    },
    sources: [
      {
        claim: 'the table of a subnet is replaced by one call, without a moment in between',
        url: REPLACING,
        certainty: 'documented',
      },
      {
        claim: 'databases and caches stay reachable inside the VPC while the route to the internet gateway goes',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
        certainty: 'composed',
      },
    ],
  });
}

/** The association that is there, else one that takes the subnet off the VPC's main table. */
function associated(state: State, subnet: Subnet, table: RouteTable): Update | Create {
  const routeTableId = idOf(state, table);
  const known = associationOf(state, subnet);
  if (known) return { op: 'update', type: known.type, name: known.name, properties: { routeTableId } };
  return {
    op: 'create',
    type: ASSOCIATION,
    name: `${slug(subnet.name)}-private`,
    properties: { subnetId: idOf(state, subnet), routeTableId },
  };
}

function associationOf(state: State, subnet: Subnet): DeclaredResource | undefined {
  return [...state.world.declared.values()].find(
    ({ type, inputs }) => type === ASSOCIATION && inputs.subnetId === subnet.id,
  );
}

/** A subnet with an association that the program does not have: its table cannot be replaced by it. */
export const isHeld = ({ state, estate }: Context, subnet: Subnet): boolean => {
  const explicit = all(estate, 'routeTable').some((table) => table.subnets?.some(({ id }) => id === subnet.id));
  return !explicit || associationOf(state, subnet) !== undefined;
};

function quietened({ state, scope, estate }: Context, move: string, subnets: readonly Subnet[]): Step | undefined {
  const edits = subnets.flatMap((subnet): readonly Update[] => {
    const declared = declaredOf(state, subnet);
    return declared && subnet.mapPublicIpOnLaunch === true
      ? [{ op: 'update', type: declared.type, name: declared.name, properties: { mapPublicIpOnLaunch: false } }]
      : [];
  });
  if (edits.length === 0) return undefined;
  const names = subnets.map((subnet) => find(estate, subnet.id)?.name ?? subnet.id).join(', ');
  return step({
    id: `${scope.stem}-${move}-no-public-addresses`,
    title: `Nothing that starts in ${names} gets a public address`,
    kind: 'contract',
    move,
    environment: scope.environment,
    why: 'A public address in a private subnet leads nowhere, costs money, and comes alive with one wrong route.',
    edits,
    gate: [{ type: 'inventory', check: `mapPublicIpOnLaunch of ${names} is false` }],
    duration: minutes(1, 2),
    clientsNotice: { from: 0, to: 0, what: 'Nothing: what runs keeps what it has.' },
    undo: { how: 'mapPublicIpOnLaunch back to true', until: 'always', exact: true },
    sources: [
      {
        claim: 'the setting counts for what is started after it',
        url: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html',
        certainty: 'documented',
      },
    ],
  });
}
