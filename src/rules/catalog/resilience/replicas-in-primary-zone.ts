import { find } from '../../../estate/estate.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { fact } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'replicas-in-primary-zone',
  problem: 3,
  severity: 'high',
  title: 'All read replicas stand in the zone of their primary',
  why: 'Replicas look like a safety net, but these fall together when the zone of their primary does: no reader is left. Without a standby elsewhere no writer is left either, and a restore from backup takes hours.',
  fix: 'Add replicas in other zones, move the readers over, then remove the old ones.',
  fixedBy: ['replicas-over-zones'],
  subject: 'database',
  needs: ['rds:DescribeDBInstances'],
  messages: {
    together: '{name} and its {n} read replica(s) are all in {zone}: one zone lost is all of them lost',
    readers: '{n} read replica(s) of {name} are all in its zone {zone}: one zone lost is every reader lost',
  },
  check(primary, estate) {
    if (primary.cluster || (primary.replicas !== undefined && primary.replicas.length === 0))
      return { state: 'notApplicable' };
    if (primary.replicas === undefined || primary.zone === undefined)
      return {
        state: 'unknown',
        missing: [
          {
            operation: 'rds:DescribeDBInstances',
            reason: 'the zone or the replicas of a database are not in the answer',
            resource: primary.id,
          },
        ],
      };
    const { zone } = primary;
    const replicas = primary.replicas.map((ref) => find(estate, ref));
    const isElsewhere = (replica: (typeof replicas)[number]): boolean =>
      // a standby is never in the zone of what it stands in for
      replica?.multiAz === true || (replica?.zone !== undefined && replica.zone.id !== zone.id);
    if (replicas.some(isElsewhere)) return { state: 'pass' };
    const known = replicas.flatMap((replica) =>
      replica?.zone === undefined || replica.multiAz === undefined ? [] : [replica],
    );
    if (known.length < replicas.length)
      return {
        state: 'unknown',
        missing: [
          {
            operation: 'rds:DescribeDBInstances',
            reason: 'the zones of its replicas are not all in the input',
            resource: primary.id,
          },
        ],
      };
    return {
      state: 'fail',
      // a primary with a standby outlives its zone
      message: primary.multiAz === false ? 'together' : 'readers',
      ...(primary.multiAz === true && { severity: 'medium' as const }),
      data: { name: primary.name, n: known.length, zone: zone.id },
      proof: [
        fact(primary, 'AvailabilityZone', `${primary.name} (primary) is in ${zone.id}`),
        ...(primary.multiAz === false ? [fact(primary, 'MultiAZ', `${primary.name} has no standby`)] : []),
        ...known.flatMap((replica) => [
          fact(replica, 'AvailabilityZone', `${replica.name} (replica) is in ${zone.id}`),
          fact(replica, 'MultiAZ', `${replica.name} has no standby`),
        ]),
      ],
      related: known,
    };
  },
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html'],
  examples: {
    bad: databaseAnswer(
      database('orders', { MultiAZ: false, ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      database('orders-replica', { MultiAZ: false, ReadReplicaSourceDBInstanceIdentifier: 'orders' }),
    ),
    good: databaseAnswer(
      database('orders', { MultiAZ: false, ReadReplicaDBInstanceIdentifiers: ['orders-replica'] }),
      database('orders-replica', {
        AvailabilityZone: 'eu-west-1b',
        MultiAZ: false,
        ReadReplicaSourceDBInstanceIdentifier: 'orders',
      }),
    ),
  },
});
