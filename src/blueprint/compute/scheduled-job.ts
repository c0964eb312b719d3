/** A program that runs at set times as one task and ends; a run that fails, or does not begin, raises an alarm. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { policyDocument, trustService } from '../security/grant.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import { failedRuns } from './failed-runs.ts';
import { checkSchedule, longestSilence, MOST_HOURS } from './schedule.ts';
import { FargateTask, type TaskArgs } from './task.ts';

export interface ScheduledJobArgs extends TaskArgs {
  /** `cron(0 3 * * ? *)` or `rate(1 hour)`. *In place*. */
  readonly schedule: string;
  /** Of the IANA database, like `Europe/Madrid`: three o'clock stays three o'clock in summer. *In place*. @default 'UTC' */
  readonly timezone?: string;
  /** Whether it runs at all. *In place*. @default true */
  readonly enabled?: boolean;
  /** How often AWS tries to start a run (0 to 185 more times, within an hour); a run that started is not repeated. *In place*. @default 3 */
  readonly retries?: number;
  /**
   * Hours within which a run must begin, 1 to 168, else an alarm; `never` for none. *In place*.
   * @default an hour more than the schedule's longest pause, for rate(…) and for cron(…) of every day; other schedules must say
   */
  readonly silenceAlarm?: number | 'never';
}

export class ScheduledJob extends FargateTask implements Peer, Watched {
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];
  readonly schedule: aws.scheduler.Schedule;
  /** One message for each run that could not be started or ended with an error, for people to look at. */
  readonly deadLetters: aws.sqs.Queue;

  constructor(name: string, args: ScheduledJobArgs, opts?: pulumi.ComponentResourceOptions) {
    checkSchedule(name, args.schedule);
    const silence = silenceHours(name, args);
    super('ScheduledJob', name, args, undefined, opts);
    this.watchedName = name;
    const tagged = (child: string): Record<string, string> => this.tagged(child);
    this.deadLetters = failedRuns(this, name, args.cluster.cluster, this.taskDefinition.family, tagged);
    // A group of its own: Scheduler counts by group and not by schedule, and it is what a role can be tied to:
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    const group = new aws.scheduler.ScheduleGroup(name, { tags: this.tagged(name) }, this.child());
    const starter = new aws.iam.Role(
      `${name}-schedule`,
      {
        assumeRolePolicy: trustService('scheduler.amazonaws.com', { ArnEquals: { 'aws:SourceArn': group.arn } }),
        tags: this.tagged(`${name}-schedule`),
      },
      this.child(),
    );
    const mayRun = new aws.iam.RolePolicy(
      `${name}-schedule-may-run`,
      {
        role: starter.name,
        policy: policyDocument([
          {
            Action: ['ecs:RunTask'],
            Resource: pulumi.interpolate`${this.taskDefinition.arnWithoutRevision}:*`,
            Condition: { ArnEquals: { 'ecs:cluster': args.cluster.cluster.arn } },
          },
          {
            Action: ['iam:PassRole'],
            Resource: [this.role.arn, this.executionRole.arn],
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          },
          { Action: ['sqs:SendMessage'], Resource: this.deadLetters.arn },
        ]),
      },
      this.child(),
    );
    this.schedule = new aws.scheduler.Schedule(
      name,
      {
        groupName: group.name,
        scheduleExpression: args.schedule,
        scheduleExpressionTimezone: args.timezone ?? 'UTC',
        state: (args.enabled ?? true) ? 'ENABLED' : 'DISABLED',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: args.cluster.cluster.arn,
          roleArn: starter.arn,
          ecsParameters: {
            taskDefinitionArn: this.taskDefinition.arn,
            taskCount: 1,
            capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
            networkConfiguration: this.placement(args.network),
          },
          retryPolicy: { maximumRetryAttempts: args.retries ?? 3, maximumEventAgeInSeconds: 3600 },
          deadLetterConfig: { arn: this.deadLetters.arn },
        },
      },
      this.child({ dependsOn: [mayRun, ...this.startsAfter] }),
    );
    this.alarms = jobAlarms(this.deadLetters, group, silence);
    this.registerOutputs({});
  }
}

function silenceHours(name: string, args: ScheduledJobArgs): number | undefined {
  const retries = args.retries ?? 3;
  if (!Number.isInteger(retries) || retries < 0 || retries > 185)
    refuse(name, `retries is ${retries}.`, 'Scheduler tries 0 to 185 more times.');
  const { silenceAlarm = longestSilence(args.schedule) } = args;
  if (silenceAlarm === 'never' || args.enabled === false || args.schedule.startsWith('at(')) return undefined;
  if (silenceAlarm === undefined) {
    return refuse(
      name,
      `How long ${args.schedule} may be silent cannot be told from it.`,
      `Say within how many hours a run must begin, silenceAlarm: 49 (${MOST_HOURS} at most), or silenceAlarm: 'never'.`,
    );
  }
  if (!Number.isInteger(silenceAlarm) || silenceAlarm < 1 || silenceAlarm > MOST_HOURS)
    refuse(name, `silenceAlarm is ${silenceAlarm}.`, `Give whole hours, 1 to ${MOST_HOURS}, or 'never'.`);
  return silenceAlarm;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
function jobAlarms(
  failed: aws.sqs.Queue,
  group: aws.scheduler.ScheduleGroup,
  silence: number | undefined,
): readonly AlarmSpec[] {
  const failure: AlarmSpec = {
    about: 'failed-runs',
    description: 'A run could not start or ended with an error. Read why in its dead letters, then its log.',
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: failed.name },
    statistic: 'Maximum',
    when: 'above',
    threshold: 0,
    minutes: 1,
    silence: 'notBreaching',
  };
  if (silence === undefined) return [failure];
  const missed: AlarmSpec = {
    about: 'no-run',
    description: `No run was begun for ${silence} hours. Look whether the schedule is there and enabled, and whether its role still may start tasks.`,
    namespace: 'AWS/Scheduler',
    metric: 'InvocationAttemptCount',
    dimensions: { ScheduleGroup: group.name },
    statistic: 'Sum',
    when: 'below',
    threshold: 1,
    minutes: silence * 60,
    measured: 60,
    silence: 'breaching',
  };
  return [failure, missed];
}
