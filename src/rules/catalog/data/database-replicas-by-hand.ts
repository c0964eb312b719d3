import { SCALABLE_TARGETS, scalableTargetOf, scalingWasRead } from '../../../analyse/scaling/targets.ts';
import { find } from '../../../estate/estate.ts';
import { absence } from '../../absence.ts';
import { ACCOUNT, join, REGION } from '../../example.ts';
import { scalableTargetAnswer } from '../../examples/containers.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const AURORA = /^aurora/;

const cluster = {
  DBClusterIdentifier: 'orders',
  DBClusterArn: `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:orders`,
  Engine: 'aurora-mysql',
  DBClusterMembers: [{ DBInstanceIdentifier: 'orders-1', IsClusterWriter: true }],
};

export const rule = defineRule({
  id: 'database-replicas-by-hand',
  problem: 9,
  severity: 'low',
  title: 'Read replicas are added and removed by hand',
  why: 'When traffic surges somebody has to notice, make another replica and point the application at it, which takes longer than the surge. The replica then stays and is paid for, because nobody dares to remove it.',
  fix: 'Optional: Aurora, which adds and removes readers behind one reader endpoint by itself.',
  fixedBy: ['aurora'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'],
  messages: {
    classic: '{name} has {n} read replica(s) that somebody made by hand: nothing adds one when traffic grows',
    aurora: 'nothing adds a reader to the Aurora cluster {name} when traffic grows',
  },
  check(subject, estate) {
    if (!subject.cluster) {
      if (subject.replicas === undefined)
        return unknown(subject, 'rds:DescribeDBInstances', 'whether a database has read replicas');
      if (subject.replicas.length === 0) return { state: 'notApplicable' };
      return {
        state: 'fail',
        message: 'classic',
        data: { name: subject.name, n: subject.replicas.length },
        proof: [
          fact(
            subject,
            'ReadReplicaDBInstanceIdentifiers',
            `${subject.name} has ${subject.replicas.length} classic read replica(s), which RDS never adds or removes by itself`,
          ),
        ],
        related: subject.replicas.flatMap((ref) => find(estate, ref) ?? []),
      };
    }
    const cluster = find(estate, subject.cluster);
    const writer = cluster?.members?.find((member) => member.writer);
    if (cluster === undefined || writer === undefined)
      return unknown(subject, 'rds:DescribeDBClusters', 'the writer of a cluster');
    // judged once for a cluster, at its writer
    if (writer.ref.id !== subject.id || cluster.engine === undefined || !AURORA.test(cluster.engine))
      return { state: 'notApplicable' };
    const target = scalableTargetOf(estate, cluster, `cluster:${cluster.identifier}`, 'rds:cluster:ReadReplicaCount');
    if (target) return { state: 'pass' };
    if (!scalingWasRead(estate, cluster, 'rds'))
      return unknown(subject, SCALABLE_TARGETS, 'what scales by itself (ServiceNamespace rds)');
    return {
      state: 'fail',
      message: 'aurora',
      data: { name: cluster.name },
      severity: 'info',
      proof: [
        fact(cluster, '', `${cluster.name} has ${cluster.members?.length ?? 0} instance(s)`),
        ...absence(
          estate,
          cluster,
          SCALABLE_TARGETS,
          { account: cluster.account, region: cluster.region, target: 'ServiceNamespace=rds' },
          `no target for cluster:${cluster.identifier}`,
        ),
      ],
      related: [cluster],
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html'],
  examples: {
    bad: databaseAnswer(
      database('orders', { ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      database('orders-replica', { ReadReplicaSourceDBInstanceIdentifier: 'orders' }),
    ),
    good: join(
      databaseAnswer(database('orders-1', { Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' })),
      { 'rds:DescribeDBClusters': { DBClusters: [cluster] } },
      scalableTargetAnswer({
        ServiceNamespace: 'rds',
        ResourceId: 'cluster:orders',
        ScalableDimension: 'rds:cluster:ReadReplicaCount',
        MinCapacity: 1,
        MaxCapacity: 4,
      }),
    ),
  },
});
