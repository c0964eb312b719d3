/** An Aurora cluster that takes over from a database on RDS and its read replicas, as it is declared. */
import { supportAt } from '../../analyse/support/ends.ts';
import { engineSupport } from '../../analyse/support/engines.ts';
import { find } from '../../estate/estate.ts';
import type { Database } from '../../estate/kinds/data.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, type Create, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import type { DeclaredResource } from '../world.ts';
import { groupRef, ownGroup, ownGroupName } from './groups.ts';
import { arnOf, idOf, tagged } from './names.ts';
import { zoneOf } from './tiers.ts';
import { twinGroup } from './twin-rules.ts';

export const CLUSTER = 'aws:rds/cluster:Cluster';
const MEMBER = 'aws:rds/clusterInstance:ClusterInstance';
const SUBNETS = 'aws:rds/subnetGroup:SubnetGroup';

/** Aurora MySQL 3 with long support, by the MySQL that it is compatible with. Which one AWS offers to a source is asked in a gate. */
const MYSQL: Readonly<Record<string, string>> = { '8.0': '8.0.mysql_aurora.3.10.0' };

export interface Aurora {
  readonly engine: 'aurora-mysql' | 'aurora-postgresql';
  readonly version: string;
}

export const auroraEngine = (engine: string): Aurora['engine'] | undefined =>
  engine === 'mysql' ? 'aurora-mysql' : engine === 'postgres' ? 'aurora-postgresql' : undefined;

/** The Aurora that continues a version of RDS; undefined when we know of none, or AWS no longer supports it at `now` (ISO). */
export function auroraFor(engine: string, version: string, now: string): Aurora | undefined {
  const aurora = auroraEngine(engine);
  const major = engineSupport(engine, version)?.major ?? /^\d+(?:\.\d+)?/.exec(version)?.[0];
  const wanted = aurora === 'aurora-mysql' ? MYSQL[major ?? ''] : version;
  if (aurora === undefined || wanted === undefined) return undefined;
  const known = engineSupport(aurora, wanted);
  return known !== undefined && supportAt(known.end, now) !== 'ended' && supportAt(known.end, now) !== 'unknown'
    ? { engine: aurora, version: wanted }
    : undefined;
}

const SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];

/**
 * The class of Aurora with the memory of the old one, or more: Aurora knows burstable and memory classes only.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html
 */
export function auroraClass(instanceClass: string): string | undefined {
  const [, family = '', size = ''] = /^db\.([a-z]\d[a-z]*)\.(\w+)$/.exec(instanceClass) ?? [];
  if (family.startsWith('t') && ['micro', 'small', 'medium'].includes(size)) return 'db.t4g.medium';
  if (family === 't3' && size === 'large') return 'db.t4g.large';
  if (family === 't4g' && size === 'large') return instanceClass;
  if (!/^[tmr]\d/.test(family) || !SIZES.includes(size)) return undefined;
  return /^r(?:6g|6i|7g|7i|8g)$/.test(family) ? instanceClass : `db.r6g.${size}`;
}

/** A database that becomes a cluster. */
export interface Passage {
  readonly database: Database;
  readonly declared: DeclaredResource;
  readonly replicas: readonly { readonly one: Database; readonly declared: DeclaredResource }[];
  readonly aurora: Aurora;
  readonly instanceClass: string;
  readonly vpc: Vpc;
  /** In the order of the instances: the writer's first, the next one in another zone. */
  readonly subnets: readonly Subnet[];
  /** Whether they are those of the database's own group. */
  readonly ownSubnets: boolean;
  /** Identifier of the cluster. */
  readonly name: string;
}

export const clusterOf = ({ name }: Passage): { readonly type: string; readonly name: string } => ({
  type: CLUSTER,
  name,
});

/** The id that the cluster will have. */
export const clusterId = ({ state }: Context, { name }: Passage): string => {
  const { account, region } = state.world.today.place;
  return `arn:aws:rds:${region}:${account}:cluster:${name}`;
};

/** As many readers as there are replicas, and one at least: it stands in another zone than the writer. */
export const readersOf = ({ replicas }: Passage): number => Math.min(Math.max(replicas.length, 1), 5);

/** Everything that asks the database or a replica of it may ask the cluster. */
function groups(context: Context, passage: Passage): { readonly edits: readonly Create[]; readonly ids: Value } {
  const { state } = context;
  const { database, replicas, declared, name } = passage;
  const whole = [{ one: database, declared }, ...replicas];
  const owned = whole.filter(({ one }) => ownGroup(state, one) !== undefined);
  const own = new Set(owned.map(({ one }) => groupRef(ownGroupName(one))));
  const edits = new Map<string, Create>();
  const said = new Set<string>();
  for (const edit of owned.flatMap(({ one }) => twinGroup(state, one, { name }, idOf(state, passage.vpc)))) {
    const { tags: _tags, description: _description, ...admits } = edit.properties;
    const text = `${edit.type} ${JSON.stringify(admits)}`;
    // what the old ones ask of each other goes with them
    const between = [...own].some((group) => text.includes(group));
    if (between || edits.has(addressOf(edit)) || said.has(text)) continue;
    said.add(text);
    edits.set(addressOf(edit), edit);
  }
  const carried = whole.flatMap((one) => {
    const list = one.declared.properties.vpcSecurityGroupIds;
    return Array.isArray(list) ? list : [];
  });
  const ids = carried.map((id) => (typeof id === 'string' && own.has(id) ? groupRef(ownGroupName({ name })) : id));
  return { edits: [...edits.values()], ids: [...new Set(ids)] };
}

/** The cluster as a replica of the database, with its writer. */
export function clusterEdits(context: Context, passage: Passage): readonly Create[] {
  const { state } = context;
  const { database, declared, aurora, name, subnets, ownSubnets } = passage;
  const { edits, ids } = groups(context, passage);
  const subnetGroup: Create = {
    op: 'create',
    type: SUBNETS,
    name,
    properties: {
      name,
      description: `Private subnets of ${name}`,
      subnetIds: subnets.map((subnet) => idOf(state, subnet)),
      tags: tagged(name),
    },
  };
  const { kmsKeyId, iamDatabaseAuthenticationEnabled: signsIn } = declared.properties;
  const cluster: Create = {
    op: 'create',
    ...clusterOf(passage),
    properties: {
      clusterIdentifier: name,
      engine: aurora.engine,
      engineMode: 'provisioned',
      engineVersion: aurora.version,
      replicationSourceIdentifier: arnOf(state, database),
      dbSubnetGroupName: ownSubnets ? (declared.properties.dbSubnetGroupName ?? '') : ref(subnetGroup, 'name'),
      vpcSecurityGroupIds: ids,
      port: database.endpoint?.port ?? 0,
      storageEncrypted: true,
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      ...(signsIn === true ? { iamDatabaseAuthenticationEnabled: true } : {}),
      backupRetentionPeriod: Math.max(database.backupRetention ?? 0, 7),
      copyTagsToSnapshot: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${name}-last`,
      deletionProtection: true,
      enabledCloudwatchLogsExports: aurora.engine === 'aurora-mysql' ? ['error', 'slowquery'] : ['postgresql'],
      tags: tagged(name),
    },
    // the first instance of a cluster is the one that writes
    outputs: { writer: `${name}-1` },
  };
  return [...edits, ...(ownSubnets ? [] : [subnetGroup]), cluster, instance(context, passage, 0)];
}

/** The readers, and what adds and takes away more of them. */
export function readerEdits(context: Context, passage: Passage): readonly Create[] {
  const count = readersOf(passage);
  const name = `${passage.name}-readers`;
  const target: Create = {
    op: 'create',
    type: 'aws:appautoscaling/target:Target',
    name,
    properties: {
      resourceId: `cluster:${passage.name}`,
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      serviceNamespace: 'rds',
      minCapacity: count,
      maxCapacity: count + 2,
      tags: tagged(name),
    },
  };
  const policy: Create = {
    op: 'create',
    type: 'aws:appautoscaling/policy:Policy',
    name: `${name}-by-cpu`,
    properties: {
      name: `${name}-by-cpu`,
      resourceId: ref(target, 'resourceId'),
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      serviceNamespace: 'rds',
      policyType: 'TargetTrackingScaling',
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
        targetValue: 60,
        scaleInCooldown: 600,
        scaleOutCooldown: 120,
      },
    },
  };
  return [...Array.from({ length: count }, (_, n) => instance(context, passage, n + 1)), target, policy];
}

function instance(context: Context, passage: Passage, n: number): Create {
  const { aurora, instanceClass, subnets } = passage;
  const name = `${passage.name}-${n + 1}`;
  const subnet = subnets[n % subnets.length];
  return {
    op: 'create',
    type: MEMBER,
    name,
    properties: {
      identifier: name,
      clusterIdentifier: ref(clusterOf(passage)),
      engine: aurora.engine,
      instanceClass,
      ...(subnet === undefined || find(context.estate, subnet.zone) === undefined
        ? {}
        : { availabilityZone: zoneOf(context.estate, subnet) }),
      publiclyAccessible: false,
      promotionTier: 1,
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      tags: tagged(name),
    },
  };
}
