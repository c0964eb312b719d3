/** Aurora MySQL or PostgreSQL: one storage over three zones, readers that take over in seconds and scale by themselves. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { ZoneLetter } from '../network/plan.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import { connect, type Peer } from '../security/connect.ts';
import { securityGroup } from '../security/security-group.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import { databaseAlarms } from './alarms.ts';
import { auroraFamily, checkSpread, type Engine, nameByZone, PORTS, TLS_REQUIRED } from './engine.ts';
import { finalSnapshot } from './final-snapshot.ts';

/** A change that interrupts waits for the maintenance window of the week. */
export interface AuroraDatabaseArgs {
  /** Where it stands: in the data tier. *Replacement*. */
  readonly network: PrivateNetwork;
  /** *Replacement*. */
  readonly engine: Engine;
  /** Like `16.4` or `8.0.mysql_aurora.3.08.0`. *Brief interruption* of minutes. */
  readonly version: string;
  /**
   * Instance class of all instances, like `db.r7g.large`, or capacity units (ACU, half steps) that every instance scales between.
   * *Brief interruption*: a failover, typically under 60 s.
   */
  readonly size: string | { readonly minUnits: number; readonly maxUnits: number };
  /** Zones of the instances, one each; any of them may become the writer. Append to add; *In place* for the others. */
  readonly instances: readonly ZoneLetter[];
  /** Readers that AWS adds by itself when the readers' CPU is above `cpu` percent, up to `max` in all. *In place*. @default none */
  readonly readerScaling?: { readonly max: number; readonly cpu?: number };
  /** First database inside. *Replacement*. @default none */
  readonly database?: string;
  /** *Replacement*. @default 'dbadmin' */
  readonly masterUser?: string;
  /** Days of backups, 1 to 35. *In place*. @default 7 */
  readonly backupDays?: number;
  /** *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** KMS key for storage. *Replacement*. @default the account's `aws/rds` key */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Connections that an alarm goes off above. *In place*. @default 500 */
  readonly connectionsAlarm?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** Readers of a cluster, scaled ones included: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html */
const MOST_READERS = 15;

export class AuroraDatabase extends Component implements Peer, Watched {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly port: number;
  readonly owner = this;
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];
  readonly rdsEvents: { readonly sourceType: 'db-cluster'; readonly sourceIds: readonly pulumi.Input<string>[] };
  readonly cluster: aws.rds.Cluster;
  /** AWS's own names: their TLS certificates carry them. */
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  /** Private names that stay when the cluster behind them is exchanged. */
  readonly writerName: string;
  readonly readerName: string;
  /** Secret with `username` and `password`, made and rotated by RDS. */
  readonly passwordSecretArn: pulumi.Output<string>;

  constructor(name: string, args: AuroraDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super('AuroraDatabase', name, args.tags, opts);
    check(name, args);
    this.peerName = name;
    this.watchedName = name;
    this.port = PORTS[args.engine];
    this.writerName = `${name}.${args.network.privateDomain}`;
    this.readerName = `${name}-read.${args.network.privateDomain}`;
    const group = securityGroup(this, name, args.network.vpcId, this.tagged(name));
    this.groupId = group.id;
    this.cluster = this.#cluster(args, group);
    this.endpoint = this.cluster.endpoint;
    this.readerEndpoint = this.cluster.readerEndpoint;
    this.passwordSecretArn = this.cluster.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? '');
    this.#instances(args);
    if (args.readerScaling !== undefined) this.#readerScaling(args.instances.length - 1, args.readerScaling);
    const cname = { zoneId: args.network.privateZone.zoneId, type: 'CNAME', ttl: 5 };
    new aws.route53.Record(
      `${name}-writer`,
      { ...cname, name: this.writerName, records: [this.endpoint] },
      this.child(),
    );
    new aws.route53.Record(
      `${name}-read`,
      { ...cname, name: this.readerName, records: [this.readerEndpoint] },
      this.child(),
    );
    this.rdsEvents = { sourceType: 'db-cluster', sourceIds: [this.cluster.clusterIdentifier] };
    this.alarms = databaseAlarms(
      { DBClusterIdentifier: this.cluster.clusterIdentifier },
      undefined,
      args.connectionsAlarm ?? 500,
    );
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** Lets a peer connect to the writer and the readers. */
  allowFrom(from: Peer): void {
    connect(from, this);
  }

  #cluster(args: AuroraDatabaseArgs, group: aws.ec2.SecurityGroup): aws.rds.Cluster {
    const name = this.componentName;
    const family = auroraFamily(args.engine, args.version);
    const parametersName = `${name}-${family.replaceAll('.', '-')}`;
    const parameters = new aws.rds.ClusterParameterGroup(
      parametersName,
      {
        family,
        description: `Parameters of ${parametersName}`,
        parameters: [TLS_REQUIRED[args.engine]],
        tags: this.tagged(parametersName),
      },
      this.child(),
    );
    const subnets = new aws.rds.SubnetGroup(
      name,
      { subnetIds: [...args.network.subnetIds('data')], description: `Data tier for ${name}`, tags: this.tagged(name) },
      this.child(),
    );
    const deletionProtection = args.deletionProtection ?? true;
    return new aws.rds.Cluster(
      name,
      {
        engine: engineName(args.engine),
        engineMode: 'provisioned',
        engineVersion: args.version,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [group.id],
        dbClusterParameterGroupName: parameters.name,
        port: this.port,
        masterUsername: args.masterUser ?? 'dbadmin',
        manageMasterUserPassword: true,
        ...(args.database === undefined ? {} : { databaseName: args.database }),
        storageEncrypted: true,
        ...(args.kmsKeyArn === undefined ? {} : { kmsKeyId: args.kmsKeyArn }),
        ...(typeof args.size === 'string'
          ? {}
          : { serverlessv2ScalingConfiguration: { minCapacity: args.size.minUnits, maxCapacity: args.size.maxUnits } }),
        backupRetentionPeriod: args.backupDays ?? 7,
        // Only a change of `version` asks for one; without this RDS refuses it.
        allowMajorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: finalSnapshot(subnets.name, [
          args.engine,
          args.masterUser,
          args.database,
          args.kmsKeyArn,
        ]),
        deletionProtection,
        enabledCloudwatchLogsExports: args.engine === 'mysql' ? ['error', 'slowquery'] : ['postgresql'],
        applyImmediately: false,
        tags: this.tagged(name),
      },
      this.child({ protect: deletionProtection }),
    );
  }

  #instances(args: AuroraDatabaseArgs): void {
    for (const { key, zone } of nameByZone(args.instances)) {
      const name = `${this.componentName}-${key}`;
      // A zone is safe to name here: a failover moves the writer's role between instances, never an instance between zones.
      new aws.rds.ClusterInstance(
        name,
        {
          clusterIdentifier: this.cluster.id,
          engine: engineName(args.engine),
          instanceClass: typeof args.size === 'string' ? args.size : 'db.serverless',
          availabilityZone: args.network.zoneName(zone),
          publiclyAccessible: false,
          promotionTier: 1,
          autoMinorVersionUpgrade: true,
          copyTagsToSnapshot: true,
          applyImmediately: false,
          tags: this.tagged(name),
        },
        this.child(),
      );
    }
  }

  #readerScaling(least: number, scaling: { readonly max: number; readonly cpu?: number }): void {
    const name = `${this.componentName}-readers`;
    const dimension = {
      resourceId: pulumi.interpolate`cluster:${this.cluster.clusterIdentifier}`,
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      serviceNamespace: 'rds',
    };
    const target = new aws.appautoscaling.Target(
      name,
      { ...dimension, minCapacity: least, maxCapacity: scaling.max, tags: this.tagged(name) },
      this.child(),
    );
    new aws.appautoscaling.Policy(
      `${name}-by-cpu`,
      {
        resourceId: target.resourceId,
        scalableDimension: target.scalableDimension,
        serviceNamespace: target.serviceNamespace,
        policyType: 'TargetTrackingScaling',
        targetTrackingScalingPolicyConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
          targetValue: scaling.cpu ?? 60,
          scaleInCooldown: 600,
          scaleOutCooldown: 120,
        },
      },
      this.child(),
    );
  }
}

const engineName = (engine: Engine): 'aurora-mysql' | 'aurora-postgresql' =>
  engine === 'mysql' ? 'aurora-mysql' : 'aurora-postgresql';

function check(name: string, args: AuroraDatabaseArgs): void {
  const readers = args.instances.length - 1;
  if (readers < 0) refuse(name, 'It has no instance.', "Name the zones of its instances, like instances: ['a', 'c'].");
  checkSpread(name, 'instances', args.instances, args.network.zones);
  const most = args.readerScaling?.max ?? readers;
  if (Math.max(most, readers) > MOST_READERS) {
    refuse(
      name,
      `${Math.max(most, readers)} readers are more than the ${MOST_READERS} that Aurora takes.`,
      `Ask for ${MOST_READERS} or fewer.`,
    );
  }
  if (args.readerScaling !== undefined && readers < 1) {
    refuse(name, 'Reader scaling needs a reader to measure.', 'Name a second instance in another zone.');
  }
  if (most < readers)
    refuse(
      name,
      `readerScaling.max ${most} is below the ${readers} readers named.`,
      'Raise it, or name fewer instances.',
    );
  const backupDays = args.backupDays ?? 7;
  if (!Number.isInteger(backupDays) || backupDays < 1 || backupDays > 35)
    refuse(name, `backupDays is ${backupDays}.`, 'Aurora keeps backups for 1 to 35 days.');
  if (typeof args.size === 'string') return;
  const { minUnits, maxUnits } = args.size;
  if (
    minUnits < 0 ||
    maxUnits > 256 ||
    minUnits > maxUnits ||
    (minUnits * 2) % 1 !== 0 ||
    (maxUnits * 2) % 1 !== 0 ||
    maxUnits < 1
  ) {
    refuse(
      name,
      `It cannot scale between ${minUnits} and ${maxUnits} capacity units.`,
      'Use half steps from 0 to 256, with at least 1 at the top.',
    );
  }
}
