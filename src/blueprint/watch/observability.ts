/** Who is told when something goes wrong, what is written down about who did what, and what it may cost. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import type { LogBucket } from '../storage/log-bucket.ts';
import type { AlarmSpec, Watched } from './alarm.ts';
import { alarmTopic } from './alarm-topic.ts';
import { auditTrail } from './audit-trail.ts';

export interface ObservabilityArgs {
  /** Who is told, by name; AWS asks each to confirm. *In place*. */
  readonly emails: Readonly<Record<string, string>>;
  /** What is watched: services, databases, caches, queues, functions. *In place*. */
  readonly watch: readonly Watched[];
  /** USD a month; a mail at 80 % spent and at 100 % expected. *In place*. */
  readonly monthlyBudget: number;
  /** Where CloudTrail writes. *Replacement* of nothing: the trail moves *In place*. */
  readonly logs: LogBucket;
  /** A user whose every action raises an alarm. *In place*. @default 'break-glass' */
  readonly breakGlassUser?: string;
  /** Days that CloudTrail stays searchable in CloudWatch; the bucket keeps it longer. *In place*. @default 90 */
  readonly trailDays?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class Observability extends Component {
  /** Alarms go here; add what else should hear them. */
  readonly topic: aws.sns.Topic;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super('Observability', name, args.tags, opts);
    check(name, args);
    const tagged = (child: string): Record<string, string> => this.tagged(child);
    this.topic = alarmTopic(this, name, args.emails, tagged);
    const trail = auditTrail(
      this,
      name,
      { logs: args.logs, days: args.trailDays ?? 90, breakGlassUser: args.breakGlassUser ?? 'break-glass' },
      tagged,
    );
    for (const spec of trail) this.#alarm(name, spec);
    for (const each of args.watch) {
      for (const spec of each.alarms) this.#alarm(each.watchedName, spec);
      if (each.rdsEvents !== undefined) this.#databaseEvents(each.watchedName, each.rdsEvents);
    }
    this.#budget(args);
    this.registerOutputs({ topicArn: this.topic.arn });
  }

  #alarm(of: string, spec: AlarmSpec): void {
    const name = `${of}-${spec.about}`;
    // A sum is of the whole time; anything else must hold minute after minute.
    const measured = spec.measured ?? (spec.statistic === 'Sum' ? spec.minutes : 1);
    new aws.cloudwatch.MetricAlarm(
      `${this.componentName}-${name}`,
      {
        alarmDescription: `${of}: ${spec.description}`,
        namespace: spec.namespace,
        metricName: spec.metric,
        dimensions: { ...spec.dimensions },
        statistic: spec.statistic,
        comparisonOperator: spec.when === 'above' ? 'GreaterThanThreshold' : 'LessThanThreshold',
        threshold: spec.threshold,
        period: measured * 60,
        evaluationPeriods: spec.minutes / measured,
        treatMissingData: spec.silence ?? 'missing',
        alarmActions: [this.topic.arn],
        okActions: [this.topic.arn],
        tags: this.tagged(name),
      },
      this.child(),
    );
  }

  #databaseEvents(of: string, events: NonNullable<Watched['rdsEvents']>): void {
    const name = `${this.componentName}-${of}-events`;
    const common = ['failover', 'failure', 'maintenance', 'notification'];
    new aws.rds.EventSubscription(
      name,
      {
        snsTopic: this.topic.arn,
        sourceType: events.sourceType,
        sourceIds: [...events.sourceIds],
        eventCategories: events.sourceType === 'db-instance' ? [...common, 'low storage'] : common,
        tags: this.tagged(name),
      },
      this.child(),
    );
  }

  #budget(args: ObservabilityArgs): void {
    const name = `${this.componentName}-budget`;
    const mail = (type: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      comparisonOperator: 'GREATER_THAN',
      notificationType: type,
      threshold,
      thresholdType: 'PERCENTAGE',
      subscriberEmailAddresses: Object.values(args.emails),
    });
    new aws.budgets.Budget(
      name,
      {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: String(args.monthlyBudget),
        limitUnit: 'USD',
        notifications: [mail('ACTUAL', 80), mail('FORECASTED', 100)],
        tags: this.tagged(name),
      },
      this.child(),
    );
  }
}

function check(name: string, args: ObservabilityArgs): void {
  if (Object.keys(args.emails).length === 0)
    refuse(name, 'Nobody would be told.', "Name somebody, like emails: { team: 'team@example.com' }.");
  const wrong = Object.values(args.emails).find((each) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(each));
  if (wrong !== undefined) refuse(name, `'${wrong}' is no e-mail address.`, 'Write it like team@example.com.');
  if (!(args.monthlyBudget > 0))
    refuse(name, `The budget is ${args.monthlyBudget} USD.`, 'Give what a month may cost.');
}
