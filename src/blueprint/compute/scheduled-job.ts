/** A program that runs at set times as one task and ends. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { policyDocument, trustService } from '../security/grant.ts';
import { FargateTask, type TaskArgs } from './task.ts';

export interface ScheduledJobArgs extends TaskArgs {
  /** `cron(0 3 * * ? *)` or `rate(1 hour)`. *In place*. */
  readonly schedule: string;
  /** Of the IANA database, like `Europe/Madrid`: three o'clock stays three o'clock in summer. *In place*. @default 'UTC' */
  readonly timezone?: string;
  /** Whether it runs at all. *In place*. @default true */
  readonly enabled?: boolean;
}

export class ScheduledJob extends FargateTask implements Peer {
  readonly schedule: aws.scheduler.Schedule;

  constructor(name: string, args: ScheduledJobArgs, opts?: pulumi.ComponentResourceOptions) {
    if (!/^(cron|rate|at)\(.+\)$/.test(args.schedule)) {
      refuse(name, `'${args.schedule}' is no schedule.`, 'Write it like cron(0 3 * * ? *) or rate(1 hour).');
    }
    super('ScheduledJob', name, args, undefined, opts);
    const starter = new aws.iam.Role(
      `${name}-schedule`,
      { assumeRolePolicy: trustService('scheduler.amazonaws.com'), tags: this.tagged(`${name}-schedule`) },
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
        ]),
      },
      this.child(),
    );
    this.schedule = new aws.scheduler.Schedule(
      name,
      {
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
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
        },
      },
      this.child({ dependsOn: [mayRun, ...this.startsAfter] }),
    );
    this.registerOutputs({});
  }
}
