import { find } from '../../../estate/estate.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'database-single-zone',
  problem: 3,
  severity: 'high',
  title: 'A database runs in one zone, without a standby',
  why: 'When its zone or its machine fails, writes stop until somebody restores a backup or promotes a replica by hand. With a standby in another zone the same failure costs one or two minutes.',
  fix: 'Turn on Multi-AZ: AWS keeps a synchronous standby in another zone and fails over by itself.',
  fixedBy: ['database-two-zones', 'aurora'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances'],
  messages: {
    primary: '{name} ({engine}) runs in {zone} only, with no standby',
    aurora: 'the Aurora cluster {cluster} has one instance, in {zone}: nothing takes over at once',
  },
  check(subject, estate) {
    if (subject.replicaOf) return { state: 'notApplicable' };
    const zone = subject.zone?.id ?? 'one zone';
    if (subject.cluster) {
      const cluster = find(estate, subject.cluster);
      if (cluster?.members === undefined)
        return unknown(subject, 'rds:DescribeDBClusters', 'the members of its cluster');
      const zones = new Set(cluster.members.flatMap(({ ref }) => find(estate, ref)?.zone?.id ?? []));
      if (zones.size > 1) return { state: 'pass' };
      if (cluster.members.length > 1 && zones.size === 0)
        return unknown(subject, 'rds:DescribeDBInstances', 'the zones of its cluster');
      if (cluster.members.length > 1 && cluster.members.some(({ ref }) => find(estate, ref)?.zone === undefined))
        return unknown(subject, 'rds:DescribeDBInstances', 'the zone of each member of its cluster');
      return {
        state: 'fail',
        message: 'aurora',
        data: { cluster: cluster.name, zone },
        proof: [
          fact(
            cluster,
            'DBClusterMembers',
            `${cluster.name} has ${cluster.members.length} instance(s), all in ${zone}`,
          ),
        ],
        severity: 'medium',
      };
    }
    if (subject.multiAz === undefined)
      return unknown(subject, 'rds:DescribeDBInstances', 'whether a database is Multi-AZ');
    if (subject.multiAz) return { state: 'pass' };
    if (subject.replicaOf === undefined)
      return unknown(subject, 'rds:DescribeDBInstances', 'whether a database is a replica');
    return {
      state: 'fail',
      message: 'primary',
      data: { name: subject.name, engine: subject.engine ?? 'unknown engine', zone },
      proof: [
        fact(subject, 'MultiAZ', `${subject.name} has Multi-AZ off`),
        ...(subject.zone ? [fact(subject, 'AvailabilityZone', `it runs in ${zone}`)] : []),
      ],
    };
  },
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
  ],
  examples: {
    bad: databaseAnswer(database('orders', { MultiAZ: false })),
    good: databaseAnswer(database('orders', { MultiAZ: true, SecondaryAvailabilityZone: 'eu-west-1b' })),
  },
});
