import type { Ref } from '../source.ts';
import type { Base } from './base.ts';
import type { PolicyText } from './network.ts';
import type { PublicAccessBlock } from './places.ts';

export interface Database extends Base<'database'> {
  readonly identifier: string;
  readonly engine: string | undefined;
  readonly engineVersion: string | undefined;
  readonly instanceClass: string | undefined;
  readonly status: string | undefined;
  readonly endpoint: Endpoint | null | undefined;
  readonly multiAz: boolean | undefined;
  readonly zone: Ref<'zone'> | undefined;
  /** The standby's zone, where AWS tells it. */
  readonly secondaryZone: Ref<'zone'> | null | undefined;
  readonly publiclyAccessible: boolean | undefined;
  readonly subnetGroup: Ref<'databaseSubnetGroup'> | null | undefined;
  readonly vpc: Ref<'vpc'> | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  /** Set on a read replica. */
  readonly replicaOf: Ref<'database'> | null | undefined;
  readonly replicas: readonly Ref<'database'>[] | undefined;
  /** Set on a member of an Aurora or Multi-AZ cluster. */
  readonly cluster: Ref<'databaseCluster'> | null | undefined;
  readonly storageEncrypted: boolean | undefined;
  readonly storageType: string | undefined;
  /** GiB. */
  readonly allocatedStorage: number | undefined;
  readonly iops: number | undefined;
  /** Days; 0 is off. */
  readonly backupRetention: number | undefined;
  readonly deletionProtection: boolean | undefined;
  readonly iamAuthentication: boolean | undefined;
  readonly pendingChanges: readonly string[] | undefined;
  /** `db-ABC…`: what policies of IAM call it. AWS gives another one to a copy. */
  readonly resourceId?: string;
  /** Names of its parameter groups and option groups; left out where they were not told. */
  readonly settingGroups?: { readonly parameter: readonly string[]; readonly option: readonly string[] };
}
export interface Endpoint {
  readonly host: string | undefined;
  readonly port: number | undefined;
}

export interface DatabaseCluster extends Base<'databaseCluster'> {
  readonly identifier: string;
  readonly engine: string | undefined;
  readonly engineVersion: string | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly readerEndpoint: Endpoint | undefined;
  /** `writer` is undefined where nothing tells which of them leads: a program does not choose it. */
  readonly members: readonly { readonly ref: Ref<'database'>; readonly writer: boolean | undefined }[] | undefined;
  readonly zones: readonly Ref<'zone'>[] | undefined;
  readonly subnetGroup: Ref<'databaseSubnetGroup'> | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly multiAz: boolean | undefined;
  readonly storageEncrypted: boolean | undefined;
  readonly backupRetention: number | undefined;
  readonly deletionProtection: boolean | undefined;
}

export interface DatabaseSubnetGroup extends Base<'databaseSubnetGroup'> {
  readonly vpc: Ref<'vpc'> | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
}

/** One ElastiCache replication group, or a cluster that stands alone. */
export interface Cache extends Base<'cache'> {
  readonly identifier: string;
  readonly form: 'replicationGroup' | 'cluster';
  readonly engine: string | undefined;
  readonly engineVersion: string | undefined;
  readonly nodeType: string | undefined;
  readonly nodes: readonly CacheNode[] | undefined;
  readonly subnetGroup: Ref<'cacheSubnetGroup'> | undefined;
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly automaticFailover: boolean | undefined;
  readonly multiAz: boolean | undefined;
  readonly endpoints: readonly Endpoint[] | undefined;
  readonly port: number | undefined;
  readonly transitEncryption: boolean | undefined;
  readonly atRestEncryption: boolean | undefined;
  readonly snapshotRetention: number | undefined;
}
export interface CacheNode {
  readonly id: string;
  readonly zone: Ref<'zone'> | undefined;
  readonly role: 'primary' | 'replica' | undefined;
  /** The shard (node group) it belongs to, where AWS tells it; nodes of one shard hold the same data. */
  readonly shard?: string;
  readonly host: string | undefined;
}

export interface CacheSubnetGroup extends Base<'cacheSubnetGroup'> {
  readonly vpc: Ref<'vpc'> | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
}

export interface Bucket extends Base<'bucket'> {
  readonly policy: PolicyText | null | undefined;
  /** Grants of the bucket's ACL. */
  readonly acl: readonly { readonly grantee: string; readonly permission: string }[] | undefined;
  readonly publicAccessBlock: PublicAccessBlock | null | undefined;
  /** AWS's own verdict (GetBucketPolicyStatus). */
  readonly policyIsPublic: boolean | undefined;
  /** Null when it is not a website. */
  readonly website: { readonly redirectAllTo: string | undefined } | null | undefined;
  readonly ownership: string | null | undefined;
  readonly encryption: string | null | undefined;
  readonly versioning: 'Enabled' | 'Suspended' | null | undefined;
  readonly logging: string | null | undefined;
  readonly notifications: readonly string[] | undefined;
  readonly created: string | undefined;
}

export interface Table extends Base<'table'> {
  readonly billing: 'PAY_PER_REQUEST' | 'PROVISIONED' | undefined;
  readonly readCapacity: number | undefined;
  readonly writeCapacity: number | undefined;
  readonly pointInTimeRecovery: boolean | undefined;
  readonly policy: PolicyText | null | undefined;
  readonly sizeBytes: number | undefined;
}

export interface Queue extends Base<'queue'> {
  readonly url: string | undefined;
  readonly policy: PolicyText | null | undefined;
  /** ARN of the dead-letter queue; null when none. */
  readonly deadLetter: string | null | undefined;
  readonly encrypted: boolean | undefined;
  readonly visibilityTimeout: number | undefined;
}

export interface Topic extends Base<'topic'> {
  readonly policy: PolicyText | null | undefined;
  readonly encrypted: boolean | undefined;
}

export interface Subscription extends Base<'subscription'> {
  readonly topic: Ref<'topic'> | undefined;
  readonly protocol: string | undefined;
  /** ARN or URL; an e-mail address or telephone number is redacted. */
  readonly endpoint: string | undefined;
}

/** A secret or a parameter by name; never its value. */
export interface Secret extends Base<'secret'> {
  readonly service: 'secretsmanager' | 'ssm';
  readonly policy: PolicyText | null | undefined;
  readonly rotation: boolean | undefined;
  readonly lastUsed: string | null | undefined;
}

export interface Key extends Base<'key'> {
  readonly aliases: readonly string[];
  readonly policy: PolicyText | null | undefined;
}
