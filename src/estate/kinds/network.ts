import type { Ref, Source } from '../source.ts';
import type { Base } from './base.ts';

export interface Vpc extends Base<'vpc'> {
  /** Every associated IPv4 block, primary first. */
  readonly cidrs: readonly string[] | undefined;
  readonly ipv6Cidrs: readonly string[] | undefined;
  readonly isDefault: boolean | undefined;
  readonly dnsSupport: boolean | undefined;
  readonly dnsHostnames: boolean | undefined;
}

export interface Subnet extends Base<'subnet'> {
  readonly vpc: Ref<'vpc'>;
  readonly zone: Ref<'zone'> | undefined;
  readonly cidr: string | undefined;
  readonly ipv6Cidrs: readonly string[] | undefined;
  /** Whether instances launched here get a public IPv4 address by themselves. */
  readonly mapPublicIpOnLaunch: boolean | undefined;
  readonly assignIpv6OnCreation: boolean | undefined;
  /** What VPC Block Public Access stops here, exclusions counted; absent where the answer is older than that. */
  readonly internetBlocked?: 'ingress' | 'bidirectional';
  /** Addresses AWS still has to give. */
  readonly availableAddresses: number | undefined;
}

export interface RouteTable extends Base<'routeTable'> {
  readonly vpc: Ref<'vpc'>;
  /** Subnets explicitly associated; the others of the VPC use the main table. */
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  /** Gateways associated (ingress routing). */
  readonly gateways: readonly string[];
  readonly main: boolean | undefined;
  readonly routes: readonly Route[] | undefined;
}

/** The target of a route, by what AWS calls it. */
export type RouteTarget =
  | { readonly type: 'local' }
  | { readonly type: 'internetGateway'; readonly ref: Ref<'internetGateway'> }
  | { readonly type: 'egressOnlyInternetGateway'; readonly id: string }
  | { readonly type: 'natGateway'; readonly ref: Ref<'natGateway'> }
  | {
      readonly type: 'instance';
      readonly ref: Ref<'instance'>;
      readonly networkInterface: Ref<'networkInterface'> | undefined;
    }
  | { readonly type: 'networkInterface'; readonly ref: Ref<'networkInterface'> }
  | { readonly type: 'vpcEndpoint'; readonly ref: Ref<'vpcEndpoint'> }
  | { readonly type: 'peering'; readonly ref: Ref<'peering'> }
  | { readonly type: 'transitGateway'; readonly id: string }
  | { readonly type: 'vpnGateway'; readonly id: string }
  /** Carrier, local and core-network gateways, or a target the reader does not know. */
  | { readonly type: 'other'; readonly id: string };

export type RouteDestination =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'prefixList'; readonly ref: Ref<'prefixList'> };

export interface Route {
  /** Undefined when the input does not tell: the route then may match anything. */
  readonly destination: RouteDestination | undefined;
  readonly target: RouteTarget | undefined;
  readonly state: 'active' | 'blackhole' | undefined;
  /** Whether virtual-gateway propagation made it. */
  readonly propagated: boolean;
  readonly source: Source;
}

export interface InternetGateway extends Base<'internetGateway'> {
  /** VPCs it is attached to with state available. */
  readonly vpcs: readonly Ref<'vpc'>[] | undefined;
}

export interface EgressOnlyInternetGateway extends Base<'egressOnlyInternetGateway'> {
  readonly vpcs: readonly Ref<'vpc'>[] | undefined;
}

export interface NatGateway extends Base<'natGateway'> {
  readonly vpc: Ref<'vpc'> | undefined;
  /** Undefined for a regional gateway, which has no subnet. */
  readonly subnet: Ref<'subnet'> | undefined;
  readonly connectivity: 'public' | 'private' | undefined;
  readonly availability: 'zonal' | 'regional' | undefined;
  readonly state: string | undefined;
  readonly publicAddresses: readonly string[] | undefined;
  readonly privateAddresses: readonly string[] | undefined;
  readonly networkInterfaces: readonly Ref<'networkInterface'>[];
}

export interface ElasticIp extends Base<'elasticIp'> {
  readonly publicAddress: string | undefined;
  readonly privateAddress: string | null | undefined;
  readonly networkInterface: Ref<'networkInterface'> | null | undefined;
  readonly instance: Ref<'instance'> | null | undefined;
}

export interface VpcEndpoint extends Base<'vpcEndpoint'> {
  readonly vpc: Ref<'vpc'> | undefined;
  /** `com.amazonaws.<region>.<service>`. */
  readonly service: string | undefined;
  readonly type: 'Gateway' | 'Interface' | 'GatewayLoadBalancer' | 'other' | undefined;
  readonly state: string | undefined;
  readonly routeTables: readonly Ref<'routeTable'>[] | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly networkInterfaces: readonly Ref<'networkInterface'>[] | undefined;
  readonly privateDns: boolean | undefined;
  readonly policy: PolicyText | null | undefined;
}

/** A policy document as JSON text, decoded from AWS's URL encoding. It is parsed by the access analysis only. */
export type PolicyText = string;

export interface Peering extends Base<'peering'> {
  readonly requester: PeeringSide | undefined;
  readonly accepter: PeeringSide | undefined;
  readonly state: string | undefined;
}
export interface PeeringSide {
  readonly vpc: Ref<'vpc'>;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly cidrs: readonly string[] | undefined;
}

export interface PrefixList extends Base<'prefixList'> {
  /** The list's name, `com.amazonaws.<region>.s3` for AWS's own. */
  readonly listName: string | undefined;
  /** Undefined when the entries were not read. */
  readonly cidrs: readonly string[] | undefined;
}

export interface NetworkAcl extends Base<'networkAcl'> {
  readonly vpc: Ref<'vpc'>;
  readonly isDefault: boolean | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly entries: readonly AclEntry[] | undefined;
}
export interface AclEntry {
  readonly number: number | undefined;
  readonly egress: boolean | undefined;
  readonly allow: boolean | undefined;
  /** IANA protocol number, -1 for all. */
  readonly protocol: number | undefined;
  readonly cidr: string | undefined;
  /** Inclusive; null when the protocol has no ports or all are meant. */
  readonly ports: PortRange | null | undefined;
  readonly icmp: { readonly type: number; readonly code: number } | null | undefined;
  readonly source: Source;
}
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface SecurityGroup extends Base<'securityGroup'> {
  readonly vpc: Ref<'vpc'> | undefined;
  readonly groupName: string | undefined;
  readonly description: string | undefined;
  readonly ingress: readonly SecurityGroupRule[] | undefined;
  readonly egress: readonly SecurityGroupRule[] | undefined;
}

/** One rule with one peer, as AWS stores it (`sgr-…`). */
export interface SecurityGroupRule {
  /** `sgr-…` when it was read, else `<group>/ingress/<n>`. */
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  /** IANA protocol number, -1 for all; undefined when not told or not understood. */
  readonly protocol: number | undefined;
  /** Inclusive; null when the protocol has no ports or all are meant. For ICMP use `icmp`. */
  readonly ports: PortRange | null | undefined;
  /** ICMP type and code, -1 for any; null for other protocols. */
  readonly icmp: { readonly type: number; readonly code: number } | null | undefined;
  readonly peer: RulePeer | undefined;
  readonly description: string | undefined;
  readonly source: Source;
}
export type RulePeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'prefixList'; readonly ref: Ref<'prefixList'> }
  | {
      readonly type: 'securityGroup';
      readonly ref: Ref<'securityGroup'>;
      readonly account: string | undefined;
      readonly peering: string | undefined;
    };

export interface NetworkInterface extends Base<'networkInterface'> {
  readonly vpc: Ref<'vpc'> | undefined;
  /** Undefined when not known; a derived interface may then have `candidateSubnets`. */
  readonly subnet: Ref<'subnet'> | undefined;
  /** For a derived interface whose subnet AWS chose: each it may be in. */
  readonly candidateSubnets: readonly Ref<'subnet'>[];
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  /** Private IPv4 addresses, primary first, each with its public association. Undefined when not known. */
  readonly addresses: readonly InterfaceAddress[] | undefined;
  readonly ipv6: readonly string[] | undefined;
  /** Whether at least one public IPv4 address is associated; known also where the address itself is not (a database's). */
  readonly hasPublicAddress: boolean | undefined;
  readonly sourceDestCheck: boolean | undefined;
  readonly interfaceType: string | undefined;
  readonly description: string | undefined;
  readonly status: string | undefined;
  /** The resource whose traffic passes here: an instance, a load balancer, a database, a task, a function … */
  readonly owner: Ref | undefined;
}
export interface InterfaceAddress {
  readonly private: string;
  readonly public: string | null;
}

export interface TransitGatewayAttachment extends Base<'transitGatewayAttachment'> {
  readonly transitGateway: string | undefined;
  readonly vpc: Ref<'vpc'> | undefined;
}

export interface VpnGateway extends Base<'vpnGateway'> {
  readonly vpcs: readonly Ref<'vpc'>[] | undefined;
}

export interface FlowLog extends Base<'flowLog'> {
  /** The VPC, subnet or interface that is logged. */
  readonly of: string | undefined;
  readonly state: string | undefined;
  readonly traffic: string | undefined;
  readonly destination: string | undefined;
  /** Why nothing arrives there; null when it does, or AWS does not say for such a destination. */
  readonly failure?: string | null;
}
