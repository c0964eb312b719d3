/**
 * What a change of a property does to a resource: Pulumi changes it in place, or replaces the resource, or nobody told us.
 *
 * An imported resource has its name written out, so its replacement deletes first: such a change is never planned on what is
 * adopted. https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/
 *
 * `replacement-table.json` holds the answers of the provider itself, to a change of every property of every type that we
 * know (`scripts/replacement-table.mjs`). Rows here add what the provider does only at times, and what AWS refuses.
 */
import table from './replacement-table.json' with { type: 'json' };

export interface Replacement {
  readonly type: string;
  readonly properties: readonly string[];
  /** What happens. */
  readonly why: string;
  readonly source: string;
}

export const REPLACEMENTS: readonly Replacement[] = [
  {
    type: 'aws:rds/instance:Instance',
    properties: ['dbSubnetGroupName'],
    why: 'RDS refuses another subnet group of the same VPC (InvalidVPCNetworkStateFault)',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html',
  },
  {
    type: 'aws:rds/instance:Instance',
    properties: ['replicateSourceDb'],
    why: 'taking it away promotes the replica',
    source:
      'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#replicate_source_db-1',
  },
  {
    type: 'aws:rds/instance:Instance',
    properties: ['identifier'],
    why: 'another name is another endpoint, which clients do not know',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html',
  },
  {
    type: 'aws:elasticache/cluster:Cluster',
    properties: ['nodeType'],
    why: 'the provider replaces a Memcached cluster for it',
    source:
      'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticache_cluster#node_type-1',
  },
  {
    type: 'aws:ec2/natGateway:NatGateway',
    properties: ['availabilityMode'],
    why: 'the provider replaces the resource (from its version 6 on)',
    source: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/nat_gateway',
  },
  {
    type: 'aws:iam/user:User',
    properties: ['name'],
    why: 'renaming a user changes its ARN, which policies name',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html',
  },
];

interface Row {
  readonly replaced: string;
  readonly inPlace: string;
}

const rows: Readonly<Record<string, Row>> = table.types;

/** By type: what each of its properties does. */
const types = new Map(
  Object.entries(rows).map(([type, { replaced, inPlace }]) => [
    type,
    { replaced: new Set(replaced.split(' ')), inPlace: new Set(inPlace.split(' ')) },
  ]),
);

/** The version of the provider that was asked. Pulumi's own is made from it or from a later one. */
export const ASKED_PROVIDER = table.provider;

export type PropertyChange =
  | { readonly kind: 'in-place' }
  | { readonly kind: 'replaces'; readonly why: string }
  /** Nobody told: never to be taken for a change in place. */
  | { readonly kind: 'unknown' };

const IN_PLACE: PropertyChange = { kind: 'in-place' };
const UNKNOWN: PropertyChange = { kind: 'unknown' };

export function changeOf(type: string, property: string): PropertyChange {
  const own = REPLACEMENTS.find((row) => row.type === type && row.properties.includes(property));
  if (own) return { kind: 'replaces', why: own.why };
  const row = types.get(type);
  // every resource of the provider's version 6 has a region, and stays in it
  if (property === 'region' || row?.replaced.has(property))
    return { kind: 'replaces', why: 'the provider replaces the resource' };
  return row?.inPlace.has(property) ? IN_PLACE : UNKNOWN;
}

/** Why changing a property replaces the resource; undefined where it does not, or nobody told. */
export function replaces(type: string, property: string): string | undefined {
  const change = changeOf(type, property);
  return change.kind === 'replaces' ? change.why : undefined;
}

/** Types each change of which is a new revision beside the old one, which goes on serving. */
const REVISED = 'aws:ecs/taskDefinition:TaskDefinition';

/** Whether a change makes a new revision: a replacement by its name, and none by what it does. */
export const revises = (type: string, property: string): boolean =>
  type === REVISED && !['tags', 'tagsAll', 'skipDestroy', 'trackLatest'].includes(property);

/** What answers requests or carries them: replacing it cuts somebody off for as long as it takes. */
export const SERVING: ReadonlySet<string> = new Set([
  'aws:lb/loadBalancer:LoadBalancer',
  'aws:lb/listener:Listener',
  'aws:lb/targetGroup:TargetGroup',
  'aws:ecs/service:Service',
  'aws:ecs/cluster:Cluster',
  'aws:lambda/function:Function',
  'aws:cloudfront/distribution:Distribution',
  'aws:route53/record:Record',
  'aws:route53/zone:Zone',
  'aws:autoscaling/group:Group',
  'aws:ec2/natGateway:NatGateway',
  'aws:ec2/subnet:Subnet',
  'aws:ec2/vpc:Vpc',
  'aws:ec2/route:Route',
  'aws:ec2/securityGroup:SecurityGroup',
  'aws:iam/role:Role',
]);

/** What keeps data: deleting it loses what it holds. */
export const STATEFUL: ReadonlySet<string> = new Set([
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:rds/clusterInstance:ClusterInstance',
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:elasticache/cluster:Cluster',
  'aws:s3/bucket:Bucket',
  'aws:dynamodb/table:Table',
  'aws:sqs/queue:Queue',
  'aws:sns/topic:Topic',
  'aws:kms/key:Key',
  'aws:secretsmanager/secret:Secret',
  'aws:ec2/instance:Instance',
  'aws:ebs/volume:Volume',
  'aws:efs/fileSystem:FileSystem',
  'aws:cloudwatch/logGroup:LogGroup',
  'aws:ecr/repository:Repository',
]);

/** Database properties that change how the data is kept: a copy comes first. */
export const MOVES_DATA: Readonly<Record<string, readonly string[]>> = {
  'aws:rds/instance:Instance': [
    'multiAz',
    'instanceClass',
    'allocatedStorage',
    'storageType',
    'engineVersion',
    'backupRetentionPeriod',
  ],
  'aws:rds/cluster:Cluster': ['engineVersion', 'backupRetentionPeriod'],
  'aws:rds/subnetGroup:SubnetGroup': ['subnetIds'],
};
