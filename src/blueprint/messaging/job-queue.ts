/** An SQS queue of jobs, with a second queue for those that keep failing. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { type Grantee, grant, policyDocument, type Statement } from '../security/grant.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import type { Announcements } from './announcements.ts';

export interface JobQueueArgs {
  /** Seconds that a taken job is hidden from others: longer than the longest job. *In place*. @default 60 */
  readonly jobSeconds?: number;
  /** How often a job is tried before it goes to the failed ones. *In place*. @default 5 */
  readonly attempts?: number;
  /** Days that a waiting job is kept, 1 to 14; failed ones are kept 14. *In place*. @default 4 */
  readonly keepDays?: number;
  /** Topics whose messages come here. *In place*. @default [] */
  readonly fedBy?: readonly Announcements[];
  /** Minutes that the oldest job may wait before an alarm. *In place*. @default 15 */
  readonly waitAlarm?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

export class JobQueue extends Component implements Watched {
  readonly watchedName: string;
  readonly owner = this;
  readonly alarms: readonly AlarmSpec[];
  readonly queue: aws.sqs.Queue;
  /** Jobs that failed too often, for people to look at. */
  readonly deadLetters: aws.sqs.Queue;
  readonly jobSeconds: number;

  constructor(name: string, args: JobQueueArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super('JobQueue', name, args.tags, opts);
    check(name, args);
    this.watchedName = name;
    this.jobSeconds = args.jobSeconds ?? 60;
    this.deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      { messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags: this.tagged(`${name}-dead-letters`) },
      this.child(),
    );
    this.queue = new aws.sqs.Queue(
      name,
      {
        visibilityTimeoutSeconds: this.jobSeconds,
        messageRetentionSeconds: (args.keepDays ?? 4) * 86_400,
        receiveWaitTimeSeconds: 20,
        sqsManagedSseEnabled: true,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: this.deadLetters.arn,
          maxReceiveCount: args.attempts ?? 5,
        }),
        tags: this.tagged(name),
      },
      this.child(),
    );
    new aws.sqs.RedriveAllowPolicy(
      `${name}-dead-letters-only-from-${name}`,
      {
        queueUrl: this.deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: 'byQueue', sourceQueueArns: [this.queue.arn] }),
      },
      this.child(),
    );
    const topics = args.fedBy ?? [];
    // One statement for all: a policy takes no name of a statement twice.
    const feeding: readonly Statement[] =
      topics.length === 0
        ? []
        : [
            {
              Sid: 'TopicsMaySend',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: ['sqs:SendMessage'],
              Resource: this.queue.arn,
              Condition: { ArnEquals: { 'aws:SourceArn': topics.map((each) => each.topic.arn) } },
            },
          ];
    new aws.sqs.QueuePolicy(
      name,
      { queueUrl: this.queue.url, policy: policyDocument([...onlyTls(this.queue.arn), ...feeding]) },
      this.child(),
    );
    for (const topic of topics) topic.feed(this);
    this.alarms = queueAlarms(this.queue, this.deadLetters, args.waitAlarm ?? 15);
    this.registerOutputs({ url: this.queue.url });
  }

  /** Lets `to` put jobs in, and nothing more. */
  allowSend(to: Grantee): void {
    grant(to, `send-${this.componentName}`, [
      { Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: this.queue.arn },
    ]);
  }

  /** Lets `to` take jobs and finish them, and nothing more. */
  allowConsume(to: Grantee): void {
    grant(to, `consume-${this.componentName}`, [
      {
        Action: [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
        ],
        Resource: this.queue.arn,
      },
    ]);
  }
}

function onlyTls(arn: pulumi.Output<string>): readonly Statement[] {
  return [
    {
      Sid: 'OnlyByTls',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sqs:*'],
      Resource: arn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

function queueAlarms(queue: aws.sqs.Queue, failed: aws.sqs.Queue, waitMinutes: number): readonly AlarmSpec[] {
  return [
    {
      about: 'oldest-job',
      description: 'Jobs wait too long. Look whether the workers run, and whether one kind of job blocks them.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: queue.name },
      statistic: 'Maximum',
      when: 'above',
      threshold: waitMinutes * 60,
      minutes: 5,
      silence: 'notBreaching',
    },
    {
      about: 'failed-jobs',
      description: 'A job failed on every attempt and was set aside. Read it in the queue of failed jobs.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: failed.name },
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      minutes: 1,
      silence: 'notBreaching',
    },
  ];
}

function check(name: string, args: JobQueueArgs): void {
  const { jobSeconds = 60, attempts = 5, keepDays = 4 } = args;
  if (jobSeconds < 1 || jobSeconds > 43_200)
    refuse(name, `jobSeconds is ${jobSeconds}.`, 'A job may take from a second to 12 hours.');
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 1000)
    refuse(name, `attempts is ${attempts}.`, 'Try a job once at least and 1000 times at most.');
  if (keepDays < 1 || keepDays > 14)
    refuse(name, `keepDays is ${keepDays}.`, 'SQS keeps messages for 1 to 14 days here.');
}
