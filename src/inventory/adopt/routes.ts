/** The routes of a table as arguments, but for those that AWS keeps by itself. */
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { notTold } from './ec2.ts';
import type { WritableVpc } from './vpcs.ts';

const TABLES = 'ec2:DescribeRouteTables';

export interface WritableRoute {
  readonly destination: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * The sentence that says why not, where one of them can not be declared. Every table has the local routes of its VPC's
 * blocks, and those of the gateway endpoints that name it: these come with the VPC and with the endpoints.
 * https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
 */
export function routesOf(
  table: Item,
  id: string,
  vpc: WritableVpc,
  endpoints: ReadonlySet<string>,
): readonly WritableRoute[] | string {
  const told = allItems(table, 'Routes');
  if (told === undefined) return notTold(TABLES, 'routes');
  const missing = new Set([...localCidrs(vpc), ...endpoints]);
  const routes: WritableRoute[] = [];
  for (const one of told) {
    const gateway = one.string('GatewayId');
    const destination = destinationOf(one);
    if (destination === undefined) return 'one of its routes was not told wholly';
    if (one.string('Origin') === 'EnableVgwRoutePropagation')
      return 'a VPN gateway puts routes into it, which no program declares';
    const [, where] = destination;
    const kept = gateway === 'local' ? where : gateway !== undefined && endpoints.has(gateway) ? gateway : undefined;
    if (kept !== undefined) {
      if (!missing.delete(kept)) return `its route to ${where} is none that AWS makes by itself`;
      if (one.string('State') !== 'active') return notTold(TABLES, 'state');
      continue;
    }
    const route = written(one, id, destination);
    if (typeof route === 'string') return route;
    routes.push(route);
  }
  const [first] = [...missing].sort();
  return first === undefined ? routes : `it lacks the route of ${first}, which its VPC or its endpoints would give it`;
}

const localCidrs = ({ inputs, more, ipv6 }: WritableVpc): readonly string[] => [
  ...(typeof inputs.cidrBlock === 'string' ? [inputs.cidrBlock] : []),
  ...more.map(({ cidr }) => cidr),
  ...(ipv6 === undefined ? [] : [ipv6]),
];

type Destination = readonly [argument: string, value: string];

const DESTINATIONS = [
  ['destinationCidrBlock', 'DestinationCidrBlock'],
  ['destinationIpv6CidrBlock', 'DestinationIpv6CidrBlock'],
  ['destinationPrefixListId', 'DestinationPrefixListId'],
] as const;

function destinationOf(one: Item): Destination | undefined {
  for (const [argument, field] of DESTINATIONS) {
    const value = one.string(field);
    if (value) return [argument, value];
  }
  return undefined;
}

/** The target's argument by the field that AWS tells it in. An instance is named by its interface, as the provider wants it. */
const TARGETS = [
  ['natGatewayId', 'NatGatewayId'],
  ['vpcPeeringConnectionId', 'VpcPeeringConnectionId'],
  ['transitGatewayId', 'TransitGatewayId'],
  ['egressOnlyGatewayId', 'EgressOnlyInternetGatewayId'],
  ['networkInterfaceId', 'NetworkInterfaceId'],
  ['gatewayId', 'GatewayId'],
  ['localGatewayId', 'LocalGatewayId'],
  ['carrierGatewayId', 'CarrierGatewayId'],
  ['coreNetworkArn', 'CoreNetworkArn'],
  ['odbNetworkArn', 'OdbNetworkArn'],
] as const;

function written(one: Item, table: string, [argument, where]: Destination): WritableRoute | string {
  const target = TARGETS.find(([, field]) => one.string(field));
  const state = one.string('State');
  if (target === undefined)
    return `where its route to ${where} leads was not told, or to an instance without its interface`;
  if (state !== 'active' && state !== 'blackhole') return notTold(TABLES, `state of the route to ${where}`);
  const [name, field] = target;
  const value = one.string(field) ?? '';
  return {
    destination: where,
    inputs: { routeTableId: table, [argument]: where, [argumentOf(name, value)]: value },
    outputs: said({ state, instanceId: one.string('InstanceId') }),
  };
}

/** An endpoint of a Gateway Load Balancer is told as a gateway, and declared by its own argument. */
const argumentOf = (name: string, value: string): string =>
  name === 'gatewayId' && value.startsWith('vpce-') ? 'vpcEndpointId' : name;
