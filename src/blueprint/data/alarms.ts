/** What is worth being woken for on a database. */
import type * as pulumi from '@pulumi/pulumi';
import type { AlarmSpec } from '../watch/alarm.ts';

type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;
const GIB = 1024 ** 3;

/** @param storage GiB allocated; undefined where storage grows without a limit of its own (Aurora). */
export function databaseAlarms(
  dimensions: Dimensions,
  storage: number | undefined,
  connections: number,
): readonly AlarmSpec[] {
  const rds = { namespace: 'AWS/RDS', dimensions };
  const cpu: AlarmSpec = {
    ...rds,
    about: 'cpu',
    description: 'The database has been above 80 % CPU for a quarter of an hour. Look at the slow query log first.',
    metric: 'CPUUtilization',
    statistic: 'Average',
    when: 'above',
    threshold: 80,
    minutes: 15,
  };
  const busy: AlarmSpec = {
    ...rds,
    about: 'connections',
    description: 'More clients are connected than planned for. Look for a service that opens a connection a request.',
    metric: 'DatabaseConnections',
    statistic: 'Maximum',
    when: 'above',
    threshold: connections,
    minutes: 5,
  };
  if (storage === undefined) return [cpu, busy];
  const full: AlarmSpec = {
    ...rds,
    about: 'storage',
    description: 'A tenth of the storage is left. A full database stops; raise maxStorage.',
    metric: 'FreeStorageSpace',
    statistic: 'Minimum',
    when: 'below',
    threshold: Math.floor(storage * GIB * 0.1),
    minutes: 5,
  };
  return [cpu, full, busy];
}

/** RDS reports a lag of -1 while nothing is copied: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html */
export function replicaAlarms(about: string, identifier: pulumi.Input<string>): readonly AlarmSpec[] {
  const lag = {
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: identifier },
    metric: 'ReplicaLag',
    statistic: 'Average',
    minutes: 5,
  } as const;
  return [
    {
      ...lag,
      about: `${about}-lag`,
      description: 'The replica is more than a minute behind, so readers see old data.',
      when: 'above',
      threshold: 60,
    },
    {
      ...lag,
      about: `${about}-stopped`,
      description:
        'The replica copies nothing any more, so readers see data of the time it stopped. Look at its events.',
      when: 'below',
      threshold: 0,
    },
  ];
}
