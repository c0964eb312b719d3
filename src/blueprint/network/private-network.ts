/** A VPC with three tiers in every zone: public for load balancers, app for tasks, data for databases and caches. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { gatewayEndpoints, InterfaceEndpoints } from './endpoints.ts';
import { flowLogs } from './flow-logs.ts';
import { type NatMode, type NatPlan, planNat } from './nat.ts';
import { type PlannedSubnet, planSubnets, type Reach, type Tier, type ZoneLetter } from './plan.ts';

/** A VPC that this network makes. */
export interface NewVpc {
  /** IPv4 block, /16 to /21. *Replacement* of everything: choose one that no network you will ever connect to uses. */
  readonly cidr: string;
}

/** A VPC that is there already: it and its internet gateway are used and never changed. */
export interface ExistingVpc {
  /** `vpc-…`. *Replacement* of everything. */
  readonly id: pulumi.Input<string>;
  /** Its IPv4 block. *Replacement* of the subnets whose blocks follow from it. */
  readonly cidr: string;
  /** `igw-…` of the gateway attached to it. *In place*. */
  readonly internetGatewayId: pulumi.Input<string>;
  /** Blocks of the subnets it has already, so that none is planned over. *In place*. @default [] */
  readonly taken?: readonly string[];
  /** Its further IPv4 blocks; blocks chosen with `cidrs` may lie in them. *In place*. @default [] */
  readonly secondary?: readonly string[];
}

export interface PrivateNetworkArgs {
  /** The VPC to make, or the one to build in. *Replacement* of everything. */
  readonly vpc: NewVpc | ExistingVpc;
  /** For example `eu-west-1`. *Replacement* of everything. */
  readonly region: string;
  /** Letters of the zones, two at least. Adding one is *In place*; removing one deletes its subnets. */
  readonly zones: readonly ZoneLetter[];
  /** Tiers beside public, app and data. Adding one is *In place*; changing one's slot is *Replacement* of its subnets. @default none */
  readonly tiers?: Readonly<Record<string, Tier>>;
  /** Blocks by `tier-zone`, chosen by hand or once by `proposeCidrs`. *Replacement* of that subnet. @default planned, see plan.ts */
  readonly cidrs?: Readonly<Record<string, string>>;
  /** How the app tier gets out. *Brief interruption*: connections through a gateway that goes away are cut; new ones work at once. @default 'per-zone' */
  readonly nat?: NatMode;
  /**
   * The zone of the gateway with nat: 'single'. *Brief interruption*: a gateway in the new zone, with another address, takes over
   * the routes; connections through the old one are cut. @default 'a', whatever other zones there are
   */
  readonly natZone?: ZoneLetter;
  /** Elastic addresses to use, by zone letter (`eipalloc-…`), when partners know them already. *Replacement* of that gateway. @default new addresses */
  readonly natAddresses?: Partial<Readonly<Record<ZoneLetter, pulumi.Input<string>>>>;
  /**
   * AWS services reached inside the VPC, like `secretsmanager` or `ecr.api`; each is paid for by the hour in every zone.
   * Their private names hold for the whole VPC at once: in an existing VPC, every client needs `connect(client, network.endpoints)` first.
   * *In place*. @default none
   */
  readonly interfaceEndpoints?: readonly string[];
  /** Days that flow logs are kept. *In place*. @default 30 */
  readonly flowLogDays?: number;
  /** Private names of databases and caches end in this. *Replacement* of the zone and its records. @default '<name>.internal' */
  readonly privateDomain?: string;
  /** Tags of everything. *In place*. @default none */
  readonly tags?: Tags;
}

export class PrivateNetwork extends Component {
  readonly region: string;
  readonly zones: readonly ZoneLetter[];
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: string;
  readonly nat: NatMode;
  /** The private hosted zone; names of databases and caches are in it. */
  readonly privateZone: aws.route53.Zone;
  readonly privateDomain: string;
  /** The interface endpoints as a peer for `connect`; undefined when there are none. */
  readonly endpoints: InterfaceEndpoints | undefined;
  /** Prefix lists of S3 and DynamoDB, for egress rules. */
  readonly gatewayEndpoints: { readonly s3: aws.ec2.VpcEndpoint; readonly dynamodb: aws.ec2.VpcEndpoint };
  /** What must be there before anything in the network can reach out or be reached: gateways and routes. For `dependsOn`. */
  readonly ready: readonly pulumi.Resource[];
  readonly #subnets: ReadonlyMap<string, { readonly plan: PlannedSubnet; readonly subnet: aws.ec2.Subnet }>;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super('PrivateNetwork', name, args.tags, opts);
    this.region = args.region;
    this.zones = args.zones;
    this.cidr = args.vpc.cidr;
    this.nat = args.nat ?? 'per-zone';
    this.privateDomain = args.privateDomain ?? `${name}.internal`;
    const plan = planSubnets({
      network: name,
      cidr: args.vpc.cidr,
      zones: args.zones,
      ...(args.tiers === undefined ? {} : { tiers: args.tiers }),
      ...(args.cidrs === undefined ? {} : { cidrs: args.cidrs }),
      ...('id' in args.vpc ? { taken: args.vpc.taken ?? [], secondary: args.vpc.secondary ?? [] } : {}),
    });
    const nat = planNat(name, this.nat, args.zones, args.natZone);
    this.#checkNatAddresses(args, nat);

    const place =
      'id' in args.vpc
        ? { vpcId: pulumi.output(args.vpc.id), gatewayId: pulumi.output(args.vpc.internetGatewayId), attached: [] }
        : this.#newVpc(args.vpc);
    this.vpcId = place.vpcId;
    this.#subnets = new Map(plan.map((each) => [each.key, { plan: each, subnet: this.#subnet(each) }]));
    const gateways = this.#natGateways(nat, args, place.attached);
    const { tables, ways } = this.#routeTables(plan, nat, place.gatewayId, gateways);
    this.ready = [...place.attached, ...ways];
    this.gatewayEndpoints = gatewayEndpoints(this, name, this.region, this.vpcId, tables, (child) =>
      this.tagged(child),
    );
    this.endpoints =
      (args.interfaceEndpoints ?? []).length === 0
        ? undefined
        : new InterfaceEndpoints(this, name, args.interfaceEndpoints ?? [], (child) => this.tagged(child));
    flowLogs(this, name, this.vpcId, args.flowLogDays ?? 30, (child) => this.tagged(child));
    this.privateZone = new aws.route53.Zone(
      `${name}-private-names`,
      {
        name: this.privateDomain,
        comment: `Private names of ${name}`,
        vpcs: [{ vpcId: this.vpcId }],
        tags: this.tagged(`${name}-private-names`),
      },
      this.child(),
    );
    this.registerOutputs({ vpcId: this.vpcId });
  }

  /** Ids of a tier's subnets, in the order of the zones; only of the named zones when some are named. */
  subnetIds(tier: string, zones: readonly ZoneLetter[] = this.zones): readonly pulumi.Output<string>[] {
    return zones.map((zone) => {
      const found = this.#subnets.get(`${tier}-${zone}`);
      if (found === undefined) {
        return refuse(
          this.componentName,
          `There is no subnet ${tier}-${zone}.`,
          `There are: ${[...this.#subnets.keys()].join(', ')}.`,
        );
      }
      return found.subnet.id;
    });
  }

  /** `eu-west-1a` of `a`. Refuses a zone that this network is not in. */
  zoneName(zone: ZoneLetter): string {
    if (!this.zones.includes(zone))
      refuse(
        this.componentName,
        `It is not in zone ${zone}.`,
        `Use one of ${this.zones.join(', ')}, or add ${zone} to its zones.`,
      );
    return `${this.region}${zone}`;
  }

  #newVpc(vpc: NewVpc): {
    vpcId: pulumi.Output<string>;
    gatewayId: pulumi.Output<string>;
    attached: pulumi.Resource[];
  } {
    const name = this.componentName;
    const made = new aws.ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: vpc.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: this.tagged(name) },
      this.child({ protect: true }),
    );
    // The group that everything lands in by accident admits nothing: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default-group`,
      { vpcId: made.id, ingress: [], egress: [], tags: this.tagged(`${name}-default-unused`) },
      this.child(),
    );
    const gateway = new aws.ec2.InternetGateway(
      `${name}-internet`,
      { vpcId: made.id, tags: this.tagged(name) },
      this.child(),
    );
    return { vpcId: made.id, gatewayId: gateway.id, attached: [gateway] };
  }

  #subnet(plan: PlannedSubnet): aws.ec2.Subnet {
    const name = `${this.componentName}-${plan.key}`;
    return new aws.ec2.Subnet(
      name,
      {
        vpcId: this.vpcId,
        cidrBlock: plan.cidr,
        availabilityZone: this.zoneName(plan.zone),
        // Also in public subnets: what needs a public address (load balancer, NAT, bastion) gets its own.
        mapPublicIpOnLaunch: false,
        tags: this.tagged(name, { Tier: plan.tier }),
      },
      this.child(),
    );
  }

  #checkNatAddresses(args: PrivateNetworkArgs, nat: NatPlan): void {
    const unused = Object.keys(args.natAddresses ?? {}).find((zone) => !nat.gateways.some((each) => each === zone));
    if (unused === undefined) return;
    refuse(
      this.componentName,
      `natAddresses names zone ${unused}, where no NAT gateway stands.`,
      `With nat: '${this.nat}' they stand in: ${nat.gateways.join(', ') || 'no zone'}.`,
    );
  }

  /** A NAT gateway or an elastic address is refused by AWS before the VPC has its internet gateway, hence `attached`. */
  #natGateways(
    nat: NatPlan,
    args: PrivateNetworkArgs,
    attached: pulumi.Resource[],
  ): ReadonlyMap<string, aws.ec2.NatGateway> {
    const gateways = new Map<string, aws.ec2.NatGateway>();
    const make = (key: string, natArgs: aws.ec2.NatGatewayArgs): void => {
      const name = `${this.componentName}-nat-${key}`;
      const options = this.child({ dependsOn: attached });
      gateways.set(key, new aws.ec2.NatGateway(name, { ...natArgs, tags: this.tagged(name) }, options));
    };
    for (const zone of nat.gateways) {
      const [subnetId] = this.subnetIds('public', [zone]);
      const allocationId = args.natAddresses?.[zone] ?? this.#natAddress(zone);
      make(zone, { ...(subnetId === undefined ? {} : { subnetId }), allocationId });
    }
    if (nat.regional) make('regional', { vpcId: this.vpcId, availabilityMode: 'regional' });
    return gateways;
  }

  /** Protected: partners may have it on their lists. */
  #natAddress(zone: ZoneLetter): pulumi.Output<string> {
    const name = `${this.componentName}-nat-${zone}`;
    return new aws.ec2.Eip(`${name}-address`, { domain: 'vpc', tags: this.tagged(name) }, this.child({ protect: true }))
      .id;
  }

  /** One table for a public or isolated tier, one a zone for a private tier; every subnet is associated explicitly. */
  #routeTables(
    plan: readonly PlannedSubnet[],
    nat: NatPlan,
    gatewayId: pulumi.Output<string>,
    gateways: ReadonlyMap<string, aws.ec2.NatGateway>,
  ): { readonly tables: readonly pulumi.Output<string>[]; readonly ways: readonly pulumi.Resource[] } {
    const tables = new Map<string, aws.ec2.RouteTable>();
    const ways: pulumi.Resource[] = [];
    for (const subnet of plan) {
      const key = subnet.reach === 'private' ? subnet.key : subnet.tier;
      const name = `${this.componentName}-${key}`;
      let table = tables.get(key);
      if (table === undefined) {
        table = new aws.ec2.RouteTable(`${name}-routes`, { vpcId: this.vpcId, tags: this.tagged(name) }, this.child());
        tables.set(key, table);
        const route = this.#wayOut(name, table, subnet.reach, gatewayId, gateways.get(nat.routes(subnet.zone) ?? ''));
        if (route !== undefined) ways.push(route);
      }
      const associated = this.#subnets.get(subnet.key);
      if (associated === undefined) continue;
      ways.push(
        new aws.ec2.RouteTableAssociation(
          `${this.componentName}-${subnet.key}-routes`,
          { subnetId: associated.subnet.id, routeTableId: table.id },
          this.child(),
        ),
      );
    }
    return { tables: [...tables.values()].map((table) => table.id), ways };
  }

  #wayOut(
    name: string,
    table: aws.ec2.RouteTable,
    reach: Reach,
    gatewayId: pulumi.Output<string>,
    natGateway: aws.ec2.NatGateway | undefined,
  ): aws.ec2.Route | undefined {
    const route = { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0' };
    if (reach === 'public') return new aws.ec2.Route(`${name}-to-internet`, { ...route, gatewayId }, this.child());
    if (reach === 'isolated' || natGateway === undefined) return undefined;
    return new aws.ec2.Route(`${name}-to-nat`, { ...route, natGatewayId: natGateway.id }, this.child());
  }
}
