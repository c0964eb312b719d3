import type { Listener, ListenerRule, LoadBalancer, TargetGroup } from './kinds/balance.ts';
import type * as compute from './kinds/compute.ts';
import type * as data from './kinds/data.ts';
import type * as edge from './kinds/edge.ts';
import type * as network from './kinds/network.ts';
import type * as people from './kinds/people.ts';
import type { Account, Region, Zone } from './kinds/places.ts';
import type * as watch from './kinds/watch.ts';

/** Everything an estate can hold; `kind` tells which. */
export type Resource =
  | Account
  | Region
  | Zone
  | network.Vpc
  | network.Subnet
  | network.RouteTable
  | network.InternetGateway
  | network.EgressOnlyInternetGateway
  | network.NatGateway
  | network.ElasticIp
  | network.VpcEndpoint
  | network.Peering
  | network.PrefixList
  | network.NetworkAcl
  | network.SecurityGroup
  | network.NetworkInterface
  | network.TransitGatewayAttachment
  | network.VpnGateway
  | network.FlowLog
  | compute.Instance
  | compute.Volume
  | compute.InstanceType
  | compute.LaunchTemplate
  | compute.AutoScalingGroup
  | compute.EcsCluster
  | compute.ContainerInstance
  | compute.EcsService
  | compute.EcsTask
  | compute.TaskDefinition
  | compute.LambdaFunction
  | compute.EventSource
  | compute.ScalableTarget
  | LoadBalancer
  | Listener
  | ListenerRule
  | TargetGroup
  | data.Database
  | data.DatabaseCluster
  | data.DatabaseSubnetGroup
  | data.Cache
  | data.CacheSubnetGroup
  | data.Bucket
  | data.Table
  | data.Queue
  | data.Topic
  | data.Subscription
  | data.Secret
  | data.Key
  | edge.Distribution
  | edge.OriginAccess
  | edge.VpcOrigin
  | edge.HostedZone
  | edge.DnsRecord
  | edge.HealthCheck
  | edge.Certificate
  | people.User
  | people.Group
  | people.Role
  | people.Policy
  | people.InstanceProfile
  | people.AccessKey
  | people.MfaDevice
  | people.OrganizationPolicy
  | people.IdentityProvider
  | watch.LogGroup
  | watch.Alarm
  | watch.Trail
  | watch.Repository
  | watch.Other;

export type Kind = Resource['kind'];
export type ResourceOf<K extends Kind> = Extract<Resource, { readonly kind: K }>;
