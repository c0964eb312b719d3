/** Valkey or Redis on ElastiCache: nodes in several zones, failover by itself, encrypted on the wire and at rest. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { ZoneLetter } from '../network/plan.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import { connect, type Peer } from '../security/connect.ts';
import { securityGroup } from '../security/security-group.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import { checkSpread, nameByZone } from './engine.ts';

export interface CacheArgs {
  /** Where it stands: in the data tier. *Replacement*. */
  readonly network: PrivateNetwork;
  /** *In place* from redis to valkey; the other way is *Replacement*. @default 'valkey' */
  readonly engine?: 'valkey' | 'redis';
  /** *Brief interruption* of seconds. @default '8.0' for valkey, '7.1' for redis */
  readonly version?: string;
  /** Node type, like `cache.t4g.small`. *Brief interruption* of seconds. */
  readonly size: string;
  /**
   * Zones of the nodes, one each: the first holds the writer at first, the others take over. Two at least for failover; one alone is for
   * development and switches failover off. AWS reads the zones only when the group is made; the number of nodes is *In place*.
   */
  readonly nodes: readonly ZoneLetter[];
  /** Password of clients (16 to 128 letters), beside the security group and TLS. *In place*. @default none */
  readonly authToken?: pulumi.Input<string>;
  /** Days of snapshots; 0 for a pure cache. *In place*. @default 1 */
  readonly snapshotDays?: number;
  /** KMS key at rest. *Replacement*. @default the key of ElastiCache */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Refuses deletion in Pulumi. *In place*. @default true */
  readonly deletionProtection?: boolean;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** Primary and replicas of a group without shards: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.html */
const MOST_NODES = 6;

export class Cache extends Component implements Peer, Watched {
  readonly peerName: string;
  readonly groupId: pulumi.Output<string>;
  readonly port = 6379;
  readonly owner = this;
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];
  readonly replicationGroup: aws.elasticache.ReplicationGroup;
  /** Always the writer, also after a failover. */
  readonly endpoint: pulumi.Output<string>;
  /** Any replica. */
  readonly readerEndpoint: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Cache', name, args.tags, opts);
    check(name, args);
    this.peerName = name;
    this.watchedName = name;
    const group = securityGroup(this, name, args.network.vpcId, this.tagged(name));
    this.groupId = group.id;
    const subnets = new aws.elasticache.SubnetGroup(
      name,
      { subnetIds: [...args.network.subnetIds('data')], description: `Data tier for ${name}`, tags: this.tagged(name) },
      this.child(),
    );
    const engine = args.engine ?? 'valkey';
    const failover = args.nodes.length > 1;
    this.replicationGroup = new aws.elasticache.ReplicationGroup(
      name,
      {
        description: `Cache ${name}`,
        engine,
        engineVersion: args.version ?? (engine === 'valkey' ? '8.0' : '7.1'),
        nodeType: args.size,
        numCacheClusters: args.nodes.length,
        preferredCacheClusterAzs: args.nodes.map((zone) => args.network.zoneName(zone)),
        automaticFailoverEnabled: failover,
        multiAzEnabled: failover,
        port: this.port,
        subnetGroupName: subnets.name,
        securityGroupIds: [group.id],
        transitEncryptionEnabled: true,
        transitEncryptionMode: 'required',
        atRestEncryptionEnabled: true,
        ...(args.kmsKeyArn === undefined ? {} : { kmsKeyId: args.kmsKeyArn }),
        ...(args.authToken === undefined ? {} : { authToken: pulumi.secret(args.authToken) }),
        snapshotRetentionLimit: args.snapshotDays ?? 1,
        autoMinorVersionUpgrade: true,
        applyImmediately: false,
        tags: this.tagged(name),
      },
      this.child({ protect: args.deletionProtection ?? true }),
    );
    this.endpoint = this.replicationGroup.primaryEndpointAddress;
    this.readerEndpoint = this.replicationGroup.readerEndpointAddress;
    this.alarms = nodeAlarms(this.replicationGroup, nameByZone(args.nodes).length);
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** Lets a peer connect. */
  allowFrom(from: Peer): void {
    connect(from, this);
  }
}

/** ElastiCache numbers the nodes of a group itself (`<group>-001`), so here the numbers are AWS's names and not ours. */
function nodeAlarms(group: aws.elasticache.ReplicationGroup, nodes: number): readonly AlarmSpec[] {
  return Array.from({ length: nodes }, (_, at): AlarmSpec => {
    const node = String(at + 1).padStart(3, '0');
    return {
      about: `node-${node}-memory`,
      description:
        'The cache is nearly full and will evict keys. Look at keys without an expiry, or take a larger node.',
      namespace: 'AWS/ElastiCache',
      metric: 'DatabaseMemoryUsagePercentage',
      dimensions: { CacheClusterId: pulumi.interpolate`${group.replicationGroupId}-${node}` },
      statistic: 'Maximum',
      when: 'above',
      threshold: 85,
      minutes: 10,
    };
  });
}

function check(name: string, args: CacheArgs): void {
  if (args.nodes.length === 0) refuse(name, 'It has no node.', "Name the zones of its nodes, like nodes: ['a', 'c'].");
  if (args.nodes.length > MOST_NODES)
    refuse(
      name,
      `${args.nodes.length} nodes are more than ${MOST_NODES}.`,
      `Use ${MOST_NODES} or fewer, or larger ones.`,
    );
  checkSpread(name, 'nodes', args.nodes, args.network.zones);
  if (/^cache\.t1\./.test(args.size))
    refuse(name, `${args.size} nodes do not fail over.`, 'Use cache.t4g.small or larger.');
}
