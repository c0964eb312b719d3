/** Tiers of subnets in a VPC that is there already: tables of their own, ways out, endpoints of S3 and DynamoDB. */
import { STANDARD_TIERS } from '../network/plan.ts';
import { type Declaration, outputOf, tagged } from './declaration.ts';

export const SUBNET = 'aws:ec2/subnet:Subnet';
const TABLE = 'aws:ec2/routeTable:RouteTable';
const ASSOCIATION = 'aws:ec2/routeTableAssociation:RouteTableAssociation';
const ROUTE = 'aws:ec2/route:Route';
const ADDRESS = 'aws:ec2/eip:Eip';
const NAT = 'aws:ec2/natGateway:NatGateway';
const ENDPOINT = 'aws:ec2/vpcEndpoint:VpcEndpoint';

export interface NetworkTiersArgs<Later = never> {
  /** `vpc-…` of the VPC to build in, which is used and never changed. *Replacement* of everything. */
  readonly vpcId: string | Later;
  /** The same, by way of what the subnets need first: a further block of addresses. *Replacement* of the subnets. @default vpcId */
  readonly subnetsVpcId?: string | Later | undefined;
  /** For example `eu-west-1`. *Replacement* of everything. */
  readonly region: string;
  /**
   * IPv4 block by `tier-zone`, as in `app-a`. Tiers are public (a route to the internet gateway), app (out through NAT)
   * and data (no way out). Adding one is *In place*; changing a block is *Replacement* of that subnet.
   */
  readonly subnets: Readonly<Record<string, string>>;
  /** `igw-…`, for public subnets. *Brief interruption*: connections of public subnets are cut. @default no way to the internet */
  readonly internetGatewayId?: string | Later | undefined;
  /** Whether subnets are tied to their tables, and public ones have their way out. *Brief interruption* of what stands there. @default true */
  readonly routed?: boolean | undefined;
  /**
   * Zones with a NAT gateway. An app subnet goes out through its own zone's, else through the first. *Brief interruption*:
   * connections through a gateway that goes away are cut. @default none
   */
  readonly gateways?: readonly string[] | undefined;
  /** Zones with an address for a gateway. Losing one is final: partners may have it on their lists. *In place*. @default gateways */
  readonly addresses?: readonly string[] | undefined;
  /** By zone, the subnet of its gateway where there is no public one here. *Replacement* of that gateway. @default the public subnet of the zone */
  readonly gatewaySubnetIds?: Readonly<Record<string, string | Later>> | undefined;
  /** Gateway endpoints on the tables here: `s3`, `dynamodb`. *Brief interruption* of open connections to the service. @default both */
  readonly endpoints?: readonly string[] | undefined;
}

interface Subnet {
  readonly key: string;
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
}

const reachOf = ({ tier }: Subnet): string | undefined =>
  Object.entries(STANDARD_TIERS).find(([name]) => name === tier)?.[1].reach;

const isPrivate = (subnet: Subnet): boolean => reachOf(subnet) === 'private';

/** One table for a public or isolated tier, one a zone for a private one: each zone then goes out by its own gateway. */
const tableKey = (subnet: Subnet): string => (isPrivate(subnet) ? subnet.key : subnet.tier);

const subnetsOf = (subnets: NetworkTiersArgs['subnets']): readonly Subnet[] =>
  Object.entries(subnets).map(([key, cidr]) => {
    const end = key.lastIndexOf('-');
    return { key, tier: key.slice(0, end), zone: key.slice(end + 1), cidr };
  });

/** In the order in which they can be made. */
export function networkTiers<Later = never>(
  name: string,
  args: NetworkTiersArgs<NoInfer<Later>>,
): readonly Declaration<Later>[] {
  const subnets = subnetsOf(args.subnets);
  return [...places(name, subnets, args), ...waysOut(name, subnets, args), ...endpoints(name, subnets, args)];
}

const tableName = (name: string, subnet: Subnet): string => `${name}-${tableKey(subnet)}-routes`;

const tableId = (name: string, subnet: Subnet): string => outputOf({ type: TABLE, name: tableName(name, subnet) });

/** Subnets, each tied to a table of its own: without that it would use the VPC's main table, which may be public. */
function places<Later>(
  name: string,
  subnets: readonly Subnet[],
  { vpcId, subnetsVpcId = vpcId, region, internetGatewayId, routed = true }: NetworkTiersArgs<Later>,
): readonly Declaration<Later>[] {
  const tables = new Set<string>();
  return subnets.flatMap((subnet): readonly Declaration<Later>[] => {
    const { key, tier, zone, cidr } = subnet;
    const routeTableId = tableId(name, subnet);
    const own = `${name}-${key}`;
    const table = `${name}-${tableKey(subnet)}`;
    const made: Declaration<Later>[] = [];
    if (!tables.has(table)) {
      made.push({ type: TABLE, name: `${table}-routes`, properties: { vpcId, tags: tagged(table) } });
      if (reachOf(subnet) === 'public' && routed && internetGatewayId !== undefined)
        made.push({
          type: ROUTE,
          name: `${table}-to-internet`,
          properties: { routeTableId, destinationCidrBlock: '0.0.0.0/0', gatewayId: internetGatewayId },
        });
    }
    tables.add(table);
    const it: Declaration<Later> = {
      type: SUBNET,
      name: own,
      properties: {
        vpcId: subnetsVpcId,
        cidrBlock: cidr,
        availabilityZone: `${region}${zone}`,
        // also in public ones: what needs a public address (load balancer, NAT, bastion) gets its own
        mapPublicIpOnLaunch: false,
        tags: { ...tagged(own), Tier: tier },
      },
    };
    const tie: Declaration<Later> = {
      type: ASSOCIATION,
      name: `${own}-routes`,
      properties: { subnetId: outputOf(it), routeTableId },
    };
    return [...made, it, ...(routed ? [tie] : [])];
  });
}

/** A NAT gateway with an address of its own in each named zone, and the private tables' way to it. */
function waysOut<Later>(
  name: string,
  subnets: readonly Subnet[],
  { gateways = [], addresses = gateways, gatewaySubnetIds = {} }: NetworkTiersArgs<Later>,
): readonly Declaration<Later>[] {
  const addressOf = (zone: string): Declaration<Later> => {
    const own = `${name}-nat-${zone}-address`;
    return { type: ADDRESS, name: own, properties: { domain: 'vpc', tags: tagged(own) } };
  };
  const gatewayOf = (zone: string): Declaration<Later> => {
    const own = subnets.find((subnet) => reachOf(subnet) === 'public' && subnet.zone === zone);
    const subnetId = own ? outputOf({ type: SUBNET, name: `${name}-${own.key}` }) : gatewaySubnetIds[zone];
    const key = `${name}-nat-${zone}`;
    return {
      type: NAT,
      name: key,
      properties: { subnetId, allocationId: outputOf(addressOf(zone)), tags: tagged(key) },
    };
  };
  const zones = [...new Set([...addresses, ...gateways])];
  const routes = subnets.filter(isPrivate).flatMap((subnet): readonly Declaration<Later>[] => {
    const zone = gateways.includes(subnet.zone) ? subnet.zone : gateways[0];
    if (zone === undefined) return [];
    return [
      {
        type: ROUTE,
        name: `${name}-${subnet.key}-to-nat`,
        properties: {
          routeTableId: tableId(name, subnet),
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: outputOf(gatewayOf(zone)),
        },
      },
    ];
  });
  return [
    ...zones.flatMap((zone) => [
      ...(addresses.includes(zone) ? [addressOf(zone)] : []),
      ...(gateways.includes(zone) ? [gatewayOf(zone)] : []),
    ]),
    ...routes,
  ];
}

/** Only on the new tables: on a table in use, open connections to S3 would be cut and come from another address. */
function endpoints<Later>(
  name: string,
  subnets: readonly Subnet[],
  { vpcId, region, endpoints: services = ['s3', 'dynamodb'] }: NetworkTiersArgs<Later>,
): readonly Declaration<Later>[] {
  const routeTableIds = [...new Set(subnets.map((subnet) => tableId(name, subnet)))];
  return services.map((service) => ({
    type: ENDPOINT,
    name: `${name}-${service}`,
    properties: {
      vpcId,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${region}.${service}`,
      routeTableIds,
      tags: tagged(`${name}-${service}`),
    },
  }));
}
