/**
 * The sound structure as Pulumi components, exported as `underpin/blueprint`.
 * Every argument's doc tells how a change of it reaches what runs: *In place*, *Brief interruption* or *Replacement*.
 */
export type { ChangeClass, Tags } from './component.ts';
export { Bastion, type BastionArgs } from './compute/bastion.ts';
export { BastionHost, type BastionHostArgs } from './compute/bastion-host.ts';
export { FARGATE_SIZES, type FargateCpu, type FargateSize, fargateSize } from './compute/fargate-size.ts';
export { FunctionHandler, type FunctionHandlerArgs } from './compute/function-handler.ts';
export { ScheduledJob, type ScheduledJobArgs } from './compute/scheduled-job.ts';
export type { Scaling } from './compute/service.ts';
export { ServiceCluster, type ServiceClusterArgs } from './compute/service-cluster.ts';
export type { SecretRef, TaskArgs } from './compute/task.ts';
export { WebService, type WebServiceArgs } from './compute/web-service.ts';
export { Worker, type WorkerArgs } from './compute/worker.ts';
export { AuroraDatabase, type AuroraDatabaseArgs } from './data/aurora-database.ts';
export { Cache, type CacheArgs } from './data/cache.ts';
export { Database } from './data/database.ts';
export type { DatabaseArgs } from './data/database-args.ts';
export { DocumentTable, type DocumentTableArgs, type KeyPart, type TableKey } from './data/document-table.ts';
export type { Engine } from './data/engine.ts';
export { Edge, type EdgeArgs } from './edge/edge.ts';
export type { FirewallArgs } from './edge/firewall.ts';
export { LoadBalancer, type LoadBalancerArgs } from './edge/load-balancer.ts';
export { MediaCdn, type MediaCdnArgs } from './edge/media-cdn.ts';
export { Announcements, type AnnouncementsArgs } from './messaging/announcements.ts';
export { JobQueue, type JobQueueArgs } from './messaging/job-queue.ts';
export type { NatMode } from './network/nat.ts';
export { NetworkTiers, type NetworkTiersArgs } from './network/network-tiers.ts';
export {
  type PlannedSubnet,
  planSubnets,
  type Reach,
  type Slot,
  type SubnetRequest,
  type Tier,
  type ZoneLetter,
} from './network/plan.ts';
export { type ExistingVpc, type NewVpc, PrivateNetwork, type PrivateNetworkArgs } from './network/private-network.ts';
export { proposeCidrs } from './network/propose.ts';
export { type Account, Accounts, type AccountsArgs } from './people/accounts.ts';
export { DeployRole, type DeployRoleArgs } from './people/deploy-role.ts';
export { People, type PeopleArgs } from './people/people.ts';
export type { PeopleGroup } from './people/policies.ts';
export { BlueprintError } from './refuse.ts';
export { type Addresses, allowFromAddresses, type ConnectArgs, connect, type Peer } from './security/connect.ts';
export { type Flow, flows } from './security/flows.ts';
export { type Grantee, grant, type Statement } from './security/grant.ts';
export { OwnGroup, type OwnGroupArgs } from './security/own-group.ts';
export { ServiceRole, type ServiceRoleArgs } from './security/service-role.ts';
export { ClosedBucket, type ClosedBucketArgs } from './storage/closed-bucket.ts';
export { LogBucket, type LogBucketArgs } from './storage/log-bucket.ts';
export type { AlarmSpec, Watched } from './watch/alarm.ts';
export { Observability, type ObservabilityArgs } from './watch/observability.ts';
export { StandardAlarms, type StandardAlarmsArgs } from './watch/standard-alarms.ts';
