/** The new part of a VPC as it is declared: subnets with tables of their own, NAT gateways, endpoints of S3 and DynamoDB. */
import { type NatPlan, planNat } from '../../blueprint/network/nat.ts';
import type { PlannedSubnet, ZoneLetter } from '../../blueprint/network/plan.ts';
import type { InternetGateway, Vpc } from '../../estate/kinds/network.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, ref } from '../edit.ts';
import type { State } from '../state.ts';
import { adoptable } from '../world.ts';
import { idOf, tagged } from './names.ts';
import { TIER_TAG } from './tiers.ts';

const SUBNET = 'aws:ec2/subnet:Subnet';
const TABLE = 'aws:ec2/routeTable:RouteTable';
const ASSOCIATION = 'aws:ec2/routeTableAssociation:RouteTableAssociation';
const ROUTE = 'aws:ec2/route:Route';
const ADDRESS = 'aws:ec2/eip:Eip';
const NAT = 'aws:ec2/natGateway:NatGateway';
const ENDPOINT = 'aws:ec2/vpcEndpoint:VpcEndpoint';
const MORE_CIDR = 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation';

/** One VPC's new part, before it is written as edits. */
export interface NewNetwork {
  readonly vpc: Vpc;
  /** Begins every name. */
  readonly name: string;
  readonly zones: readonly ZoneLetter[];
  readonly subnets: readonly PlannedSubnet[];
  /** A block that the VPC gets first. */
  readonly added: string | undefined;
  readonly gateway: InternetGateway | undefined;
  /** The public subnet that is there already in a zone, for a NAT gateway where no new one is made. */
  readonly publicIn: (zone: ZoneLetter) => string | undefined;
}

/** `shop-prod-network`, or with a number where something adopted has a name of it. */
export function networkName(state: State, stem: string): string {
  const taken = [...adoptable(state.world.today).keys(), ...state.world.declared.keys()];
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${stem}-network` : `${stem}-network-${n}`;
    if (!taken.some((address) => address.includes(`::${name}-`))) return name;
  }
}

export class NetworkEdits {
  readonly #state: State;
  readonly #network: NewNetwork;

  constructor(state: State, network: NewNetwork) {
    this.#state = state;
    this.#network = network;
  }

  /** The VPC's second block of addresses. */
  addresses(): readonly Create[] {
    const { added, name } = this.#network;
    return added === undefined
      ? []
      : [this.#make(MORE_CIDR, `${name}-addresses`, { vpcId: this.#vpc(), cidrBlock: added }, false)];
  }

  /** Subnets, each tied to a table of the plan's own: without that it would use the VPC's main table, which may be public. */
  subnets(): readonly Create[] {
    const { subnets, name, gateway } = this.#network;
    const tables = new Map<string, Create>();
    const edits: Create[] = [];
    for (const subnet of subnets) {
      const made = this.#subnet(subnet);
      const key = tableKey(subnet);
      let table = tables.get(key);
      if (table === undefined) {
        table = this.#make(TABLE, `${name}-${key}-routes`, { vpcId: this.#vpc() }, `${name}-${key}`);
        tables.set(key, table);
        edits.push(table);
        if (subnet.reach === 'public' && gateway)
          edits.push(
            this.#make(
              ROUTE,
              `${name}-${key}-to-internet`,
              {
                routeTableId: ref(table),
                destinationCidrBlock: '0.0.0.0/0',
                gatewayId: idOf(this.#state, gateway),
              },
              false,
            ),
          );
      }
      edits.push(
        made,
        this.#make(
          ASSOCIATION,
          `${name}-${subnet.key}-routes`,
          { subnetId: ref(made), routeTableId: ref(table) },
          false,
        ),
      );
    }
    return edits;
  }

  /** A NAT gateway with an address of its own in each zone, or in one for all, and the private tables' way to it. */
  wayOut(mode: 'per-zone' | 'single'): readonly Create[] {
    const { subnets, zones, name } = this.#network;
    const apps = subnets.filter(({ reach }) => reach === 'private');
    if (apps.length === 0) return [];
    const plan = this.#nat(mode, zones);
    const gateways = new Map(plan.gateways.map((zone) => [zone as string, this.#natGateway(zone)]));
    const routes = apps.flatMap((subnet): readonly Create[] => {
      const gateway = gateways.get(plan.routes(subnet.zone) ?? '')?.at(-1);
      if (gateway === undefined) return [];
      return [
        this.#make(
          ROUTE,
          `${name}-${subnet.key}-to-nat`,
          { routeTableId: this.#tableOf(subnet), destinationCidrBlock: '0.0.0.0/0', natGatewayId: ref(gateway) },
          false,
        ),
      ];
    });
    return [...[...gateways.values()].flat(), ...routes];
  }

  /** Only on the new tables: on a table in use, open connections to S3 would be cut and come from another address. */
  endpoints(): readonly Create[] {
    const { subnets, name, vpc } = this.#network;
    const routeTableIds = [...new Set(subnets.map((subnet) => this.#tableOf(subnet)))];
    return ['s3', 'dynamodb'].map((service) =>
      this.#make(ENDPOINT, `${name}-${service}`, {
        vpcId: this.#vpc(),
        vpcEndpointType: 'Gateway',
        serviceName: `com.amazonaws.${vpc.region}.${service}`,
        routeTableIds,
      }),
    );
  }

  #subnet({ key, cidr, zone, tier }: PlannedSubnet): Create {
    const { name, vpc, added } = this.#network;
    // in a block that the VPC gets in this plan: after it, by naming the resource that brings it
    const vpcId = added === undefined ? this.#vpc() : ref({ type: MORE_CIDR, name: `${name}-addresses` }, 'vpcId');
    const made = this.#make(SUBNET, `${name}-${key}`, {
      vpcId,
      cidrBlock: cidr,
      availabilityZone: `${vpc.region}${zone}`,
      // also in public ones: what needs a public address (load balancer, NAT, bastion) gets its own
      mapPublicIpOnLaunch: false,
    });
    return { ...made, properties: { ...made.properties, tags: { ...tagged(made.name), [TIER_TAG]: tier } } };
  }

  #nat(mode: 'per-zone' | 'single', zones: readonly ZoneLetter[]): NatPlan {
    // where there is no zone a, the first of today: it is written down and stays
    const [first] = zones;
    return planNat(this.#network.name, mode, zones, mode === 'single' && !zones.includes('a') ? first : undefined);
  }

  /** The address, then the gateway. */
  #natGateway(zone: ZoneLetter): readonly [Create, Create] {
    const { name, publicIn, subnets } = this.#network;
    const key = `${name}-nat-${zone}`;
    const address = this.#make(ADDRESS, `${key}-address`, { domain: 'vpc' });
    const own = subnets.find((subnet) => subnet.tier === 'public' && subnet.zone === zone);
    const subnetId = own ? ref({ type: SUBNET, name: `${name}-${own.key}` }) : (publicIn(zone) ?? '');
    return [address, this.#make(NAT, key, { subnetId, allocationId: ref(address) })];
  }

  #tableOf(subnet: PlannedSubnet): string {
    return ref({ type: TABLE, name: `${this.#network.name}-${tableKey(subnet)}-routes` });
  }

  #vpc(): string {
    return idOf(this.#state, this.#network.vpc);
  }

  #make(type: string, name: string, properties: Properties, tagName: string | false = name): Create {
    const { vpc } = this.#network;
    const { region } = this.#state.world.today.place;
    return {
      op: 'create',
      type,
      name,
      properties: tagName === false ? properties : { ...properties, tags: tagged(tagName) },
      ...(vpc.region === region ? {} : { region: vpc.region }),
    };
  }
}

/** One table for a public or isolated tier, one a zone for a private one: each zone then goes out by its own NAT gateway. */
const tableKey = ({ reach, key, tier }: PlannedSubnet): string => (reach === 'private' ? key : tier);
