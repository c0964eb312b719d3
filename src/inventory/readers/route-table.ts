import type { Route, RouteDestination, RouteTable, RouteTarget } from '../../estate/kinds/network.ts';
import type { Ref } from '../../estate/source.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, everyItem, idOf, placeOf, vpcOf } from '../reading.ts';

function destinationOf(item: Item): RouteDestination | undefined {
  const cidr = item.string('DestinationCidrBlock') ?? item.string('DestinationIpv6CidrBlock');
  if (cidr !== undefined) return { type: 'cidr', cidr };
  const ref = item.ref<'prefixList'>('DestinationPrefixListId');
  return ref ? { type: 'prefixList', ref } : undefined;
}

/** `GatewayId` holds several kinds of gateway; the id's prefix tells which. */
function gatewayOf(item: Item, gateway: string): RouteTarget {
  if (gateway === 'local') return { type: 'local' };
  if (gateway.startsWith('igw-')) return { type: 'internetGateway', ref: item.refTo('GatewayId', gateway) };
  if (gateway.startsWith('eigw-')) return { type: 'egressOnlyInternetGateway', id: gateway };
  if (gateway.startsWith('vpce-')) return { type: 'vpcEndpoint', ref: item.refTo('GatewayId', gateway) };
  if (gateway.startsWith('vgw-')) return { type: 'vpnGateway', id: gateway };
  return { type: 'other', id: gateway };
}

/** Targets that this version only knows by name. */
const OTHER = ['LocalGatewayId', 'CarrierGatewayId', 'CoreNetworkArn', 'OdbNetworkArn', 'IpAddress'];

/** The target fields of a route: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function targetOf(item: Item): RouteTarget | undefined {
  const nat = item.ref<'natGateway'>('NatGatewayId');
  if (nat) return { type: 'natGateway', ref: nat };
  const peering = item.ref<'peering'>('VpcPeeringConnectionId');
  if (peering) return { type: 'peering', ref: peering };
  const transit = item.string('TransitGatewayId');
  if (transit) return { type: 'transitGateway', id: transit };
  const egressOnly = item.string('EgressOnlyInternetGatewayId');
  if (egressOnly) return { type: 'egressOnlyInternetGateway', id: egressOnly };
  const networkInterface: Ref<'networkInterface'> | undefined = item.ref('NetworkInterfaceId');
  const instance = item.ref<'instance'>('InstanceId');
  if (instance) return { type: 'instance', ref: instance, networkInterface };
  if (networkInterface) return { type: 'networkInterface', ref: networkInterface };
  const gateway = item.string('GatewayId');
  if (gateway) return gatewayOf(item, gateway);
  for (const field of OTHER) {
    const other = item.string(field);
    if (other) return { type: 'other', id: other };
  }
  return undefined;
}

function routesOf(table: Item): readonly Route[] | undefined {
  return everyItem(table, 'Routes')?.map((item, n): Route => {
    if (item === undefined)
      return {
        destination: undefined,
        target: undefined,
        state: undefined,
        propagated: false,
        source: placeOf(table, 'Routes', n).source,
      };
    return {
      destination: destinationOf(item),
      target: targetOf(item),
      state: choice(item, 'State', ['active', 'blackhole']),
      propagated: item.string('Origin') === 'EnableVgwRoutePropagation',
      source: item.source,
    };
  });
}

interface Associations {
  readonly subnets: RouteTable['subnets'];
  readonly gateways: RouteTable['gateways'];
  readonly main: boolean | undefined;
}

/** What the table is associated with; unknown as a whole when one association was not understood. */
function associationsOf(table: Item): Associations {
  const inForce = allItems(table, 'Associations')?.filter((one) => {
    const state = one.item('AssociationState')?.string('State');
    return state !== 'disassociated' && state !== 'failed';
  });
  const understood = inForce?.every((one) => one.string('SubnetId') || one.string('GatewayId') || one.boolean('Main'));
  return {
    subnets: understood ? inForce?.flatMap((one) => one.ref<'subnet'>('SubnetId') ?? []) : undefined,
    gateways: inForce?.flatMap((one) => one.string('GatewayId') ?? []) ?? [],
    main: inForce?.some((one) => one.boolean('Main') === true) || (understood ? false : undefined),
  };
}

export const reader: Reader = {
  name: 'route-table',
  kinds: ['routeTable'],
  operations: ['ec2:DescribeRouteTables'],
  read: (answers) =>
    answers.items('ec2:DescribeRouteTables', 'RouteTables').map(
      (item): RouteTable => ({
        kind: 'routeTable',
        ...base('routeTable', item, { id: idOf(item, 'RouteTableId') }),
        vpc: vpcOf(item),
        ...associationsOf(item),
        routes: routesOf(item),
      }),
    ),
};
