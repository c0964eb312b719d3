/** What somebody is woken for: storage that runs out, errors that customers see, copies that fall behind. */
import { type DataMap, type Declaration, tagged } from './declaration.ts';

export const ALARM = 'aws:cloudwatch/metricAlarm:MetricAlarm';

/**
 * What is watched is named by its identifier and not by a reference: an alarm must not hold back what is replaced.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export interface StandardAlarmsArgs<Later = never> {
  /** The topic that is told. *In place*. */
  readonly topicArn: string | Later;
  /** Identifier of a database. *Replacement* of the alarms. @default none: it is a load balancer */
  readonly database?: string | undefined;
  /** GiB of free storage below which it rings. *In place*. @default none: storage has no limit of its own */
  readonly leastStorage?: number | undefined;
  /** Whether it copies another database. *In place*. @default false */
  readonly replica?: boolean | undefined;
  /** `app/NAME/ID` of an application load balancer. *Replacement* of the alarms. @default none: it is a database */
  readonly loadBalancer?: string | undefined;
  /** Tags beside those of everything. *In place*. @default none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

interface Setting {
  /** Ends the alarm's name. */
  readonly key: string;
  readonly properties: DataMap;
}

const GIB = 1024 ** 3;

const ABOVE = { comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching' } as const;

export const standardAlarms = <Later = never>(
  name: string,
  { topicArn, tags = {}, ...args }: StandardAlarmsArgs<NoInfer<Later>>,
): readonly Declaration<Later>[] =>
  settingsOf(name, args).map(({ key, properties }) => {
    const called = `${name}-${key}`;
    return {
      type: ALARM,
      name: called,
      properties: {
        name: called,
        ...properties,
        alarmActions: [topicArn],
        okActions: [topicArn],
        tags: { ...tags, ...tagged(called) },
      },
    };
  });

const settingsOf = (
  name: string,
  { database, loadBalancer, leastStorage, replica = false }: Omit<StandardAlarmsArgs, 'topicArn'>,
): readonly Setting[] => [
  ...(database === undefined ? [] : databaseAlarms(name, database, leastStorage, replica)),
  ...(loadBalancer === undefined ? [] : balancerAlarms(name, loadBalancer)),
];

function databaseAlarms(
  name: string,
  identifier: string,
  leastStorage: number | undefined,
  replica: boolean,
): readonly Setting[] {
  const of = {
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: identifier },
    period: 300,
    treatMissingData: 'missing',
  };
  const storage = (threshold: number): Setting => ({
    key: 'storage',
    properties: {
      ...of,
      alarmDescription: `${name} runs out of storage: it stops writing when it is full`,
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      comparisonOperator: 'LessThanThreshold',
      threshold,
      evaluationPeriods: 2,
    },
  });
  const busy: Setting = {
    key: 'busy',
    properties: {
      ...of,
      ...ABOVE,
      alarmDescription: `${name} has worked at more than 90 % for 15 minutes`,
      metricName: 'CPUUtilization',
      statistic: 'Average',
      threshold: 90,
      evaluationPeriods: 3,
    },
  };
  const behind: Setting = {
    key: 'behind',
    properties: {
      ...of,
      ...ABOVE,
      alarmDescription: `${name} is minutes behind its primary: readers see old data`,
      metricName: 'ReplicaLag',
      statistic: 'Average',
      threshold: 300,
      evaluationPeriods: 2,
    },
  };
  return [...(leastStorage === undefined ? [] : [storage(leastStorage * GIB)]), busy, ...(replica ? [behind] : [])];
}

function balancerAlarms(name: string, loadBalancer: string): readonly Setting[] {
  const of = {
    ...ABOVE,
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: loadBalancer },
    statistic: 'Sum',
    period: 300,
  };
  return [
    {
      key: 'errors',
      properties: {
        ...of,
        alarmDescription: `${name} answers with errors of its own: nothing behind it takes requests`,
        metricName: 'HTTPCode_ELB_5XX_Count',
        threshold: 10,
        evaluationPeriods: 1,
      },
    },
    {
      key: 'target-errors',
      properties: {
        ...of,
        alarmDescription: `The programs behind ${name} answer with errors`,
        metricName: 'HTTPCode_Target_5XX_Count',
        threshold: 20,
        evaluationPeriods: 2,
      },
    },
  ];
}
