/**
 * The private names of a database. The readers' name answers with the replicas in turn and leaves out one that gives no sign
 * of life or is far behind: RDS has no such name for replicas of its own (its proxy takes none of them), and Route 53 cannot
 * knock at a private address, so each record follows the data of an alarm:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html
 */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { PrivateNetwork } from '../network/private-network.ts';

export interface NamedDatabase {
  readonly owner: pulumi.Resource;
  /** The component's name. */
  readonly name: string;
  readonly network: PrivateNetwork;
  readonly writerName: string;
  readonly readerName: string;
  readonly writer: aws.rds.Instance;
  /** By zone, see `nameByZone`. */
  readonly replicas: ReadonlyMap<string, aws.rds.Instance>;
  /** Seconds that a replica may be behind. */
  readonly replicaLag: number;
  readonly tagged: (name: string) => Record<string, string>;
}

export function databaseNames(database: NamedDatabase): void {
  const { owner, name, network, writer, replicas } = database;
  const cname = { zoneId: network.privateZone.zoneId, type: 'CNAME', ttl: 5 };
  new aws.route53.Record(
    `${name}-writer`,
    { ...cname, name: database.writerName, records: [writer.address] },
    { parent: owner },
  );
  const reads = (key: string, instance: aws.rds.Instance, weight: number, check?: aws.route53.HealthCheck): void => {
    new aws.route53.Record(
      `${name}-read-${key}`,
      {
        ...cname,
        name: database.readerName,
        // Weighted also when there is one: a plain record cannot become a weighted one without a gap.
        setIdentifier: key,
        weightedRoutingPolicies: [{ weight }],
        ...(check === undefined ? {} : { healthCheckId: check.id }),
        records: [instance.address],
      },
      { parent: owner },
    );
  };
  // Weight 0 is asked when every other answer is unhealthy, and the writer has no check that could be so:
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
  reads('writer', writer, replicas.size === 0 ? 1 : 0);
  for (const [key, replica] of replicas) reads(key, replica, 1, healthCheck(database, key, replica));
}

/**
 * A replica of a lost zone sends nothing. Route 53 reads the alarm's data, not its state, so what counts then is
 * `insufficientDataHealthStatus`: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
function healthCheck(database: NamedDatabase, key: string, replica: aws.rds.Instance): aws.route53.HealthCheck {
  const name = `${database.name}-replica-${key}-serves`;
  const alarm = new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: `${database.name}: replica ${key} is silent or far behind, so ${database.readerName} does not answer with it.`,
      namespace: 'AWS/RDS',
      metricName: 'ReplicaLag',
      dimensions: { DBInstanceIdentifier: replica.identifier },
      statistic: 'Average',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: database.replicaLag,
      period: 60,
      evaluationPeriods: 2,
      treatMissingData: 'breaching',
      tags: database.tagged(name),
    },
    { parent: database.owner },
  );
  return new aws.route53.HealthCheck(
    name,
    {
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: database.network.region,
      insufficientDataHealthStatus: 'Unhealthy',
      // Route 53 copies the alarm's settings once; a change here makes it look again.
      triggers: { lag: String(database.replicaLag) },
      tags: database.tagged(name),
    },
    { parent: database.owner },
  );
}
