/** A Lambda function with a role, a log and a place for failures of its own. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import type { JobQueue } from '../messaging/job-queue.ts';
import type { PrivateNetwork } from '../network/private-network.ts';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { type Grantee, grant, policyDocument, type Statement, trustService } from '../security/grant.ts';
import { securityGroup } from '../security/security-group.ts';
import { allowWayOut } from '../security/way-out.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';

export interface FunctionHandlerArgs {
  /** A folder or zip: `new pulumi.asset.FileArchive('dist')`. *In place*. */
  readonly code: pulumi.asset.Archive;
  /** Like `index.handler`. *In place*. @default 'index.handler' */
  readonly handler?: string;
  /** *In place*. @default 'nodejs24.x' */
  readonly runtime?: string;
  /** *In place*. @default 'arm64' */
  readonly architecture?: 'arm64' | 'x86_64';
  /** MiB, 128 to 10240. *In place*. @default 256 */
  readonly memory?: number;
  /** Seconds, 1 to 900. *In place*. @default 10 */
  readonly timeout?: number;
  /** *In place*. @default {} */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Only when it must reach a database or cache: it then stands in the app tier. *In place*, in a minute. @default outside any VPC */
  readonly network?: PrivateNetwork;
  /** How many may run at once; protects what is behind. *In place*. @default the account's limit */
  readonly concurrency?: number;
  /** Days that logs are kept. *In place*. @default 30 */
  readonly logDays?: number;
  /** *In place*. @default none */
  readonly tags?: Tags;
}

/** Lambda makes its interfaces with the function's role; these know no narrower resource at the time of making. */
const INTERFACES: Statement = {
  Sid: 'LambdaMayAttachToTheNetwork',
  Action: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  Resource: '*',
};

export class FunctionHandler extends Component implements Grantee, Watched {
  readonly granteeName: string;
  readonly watchedName: string;
  readonly owner = this;
  readonly role: aws.iam.Role;
  readonly function: aws.lambda.Function;
  readonly alarms: readonly AlarmSpec[];
  /** Events that failed on every attempt, when they came asynchronously. */
  readonly deadLetters: aws.sqs.Queue;
  readonly #peer: Peer | undefined;
  readonly #timeout: number;

  constructor(name: string, args: FunctionHandlerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('FunctionHandler', name, args.tags, opts);
    check(name, args);
    this.granteeName = name;
    this.watchedName = name;
    this.#timeout = args.timeout ?? 10;
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: args.logDays ?? 30, tags: this.tagged(name) },
      this.child(),
    );
    this.role = new aws.iam.Role(
      name,
      { assumeRolePolicy: trustService('lambda.amazonaws.com'), tags: this.tagged(name) },
      this.child(),
    );
    this.deadLetters = new aws.sqs.Queue(
      `${name}-dead-letters`,
      { messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags: this.tagged(`${name}-dead-letters`) },
      this.child(),
    );
    const mayRun = new aws.iam.RolePolicy(
      `${name}-may-run`,
      {
        role: this.role.name,
        policy: policyDocument([
          { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: pulumi.interpolate`${logGroup.arn}:*` },
          { Action: ['sqs:SendMessage'], Resource: this.deadLetters.arn },
          ...(args.network === undefined ? [] : [INTERFACES]),
        ]),
      },
      this.child(),
    );
    this.#peer = args.network === undefined ? undefined : this.#placed(args.network);
    this.function = this.#function(args, logGroup, mayRun);
    new aws.lambda.FunctionEventInvokeConfig(
      name,
      {
        functionName: this.function.name,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: this.deadLetters.arn } },
      },
      this.child({ dependsOn: [mayRun] }),
    );
    this.alarms = functionAlarms(this.function, this.deadLetters);
    this.registerOutputs({ arn: this.function.arn });
  }

  /** The function as an end of a connection; refused when it is in no network. */
  inNetwork(): Peer {
    return (
      this.#peer ??
      refuse(this.componentName, 'It is in no network, so it has no group to connect.', 'Give it a network.')
    );
  }

  /** Takes jobs from a queue. Answering with the failed ones leaves only these in the queue. */
  consume(queue: JobQueue, batchSize = 10): void {
    if (queue.jobSeconds < this.#timeout) {
      refuse(
        this.componentName,
        `It may run for ${this.#timeout} s, but ${queue.componentName} hands a job out again after ${queue.jobSeconds} s.`,
        `Set jobSeconds of the queue to ${this.#timeout * 6} or more: six times the timeout, as AWS advises.`,
      );
    }
    queue.allowConsume(this);
    new aws.lambda.EventSourceMapping(
      `${this.componentName}-from-${queue.componentName}`,
      {
        functionName: this.function.arn,
        eventSourceArn: queue.queue.arn,
        batchSize,
        functionResponseTypes: ['ReportBatchItemFailures'],
      },
      this.child(),
    );
  }

  /** Lets `to` call it. */
  allowInvoke(to: Grantee): void {
    grant(to, `invoke-${this.componentName}`, [{ Action: ['lambda:InvokeFunction'], Resource: this.function.arn }]);
  }

  #placed(network: PrivateNetwork): Peer {
    const group = securityGroup(this, this.componentName, network.vpcId, this.tagged(this.componentName));
    const peer = { peerName: this.componentName, groupId: group.id, owner: this };
    allowWayOut(peer, network);
    return peer;
  }

  #function(
    args: FunctionHandlerArgs,
    logGroup: aws.cloudwatch.LogGroup,
    mayRun: aws.iam.RolePolicy,
  ): aws.lambda.Function {
    const network = args.network;
    const peer = this.#peer;
    return new aws.lambda.Function(
      this.componentName,
      {
        role: this.role.arn,
        code: args.code,
        packageType: 'Zip',
        handler: args.handler ?? 'index.handler',
        runtime: args.runtime ?? 'nodejs24.x',
        architectures: [args.architecture ?? 'arm64'],
        memorySize: args.memory ?? 256,
        timeout: this.#timeout,
        environment: { variables: { ...args.environment } },
        ...(args.concurrency === undefined ? {} : { reservedConcurrentExecutions: args.concurrency }),
        ...(network === undefined || peer === undefined
          ? {}
          : { vpcConfig: { subnetIds: [...network.subnetIds('app')], securityGroupIds: [peer.groupId] } }),
        loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
        tags: this.tagged(this.componentName),
      },
      this.child({ dependsOn: [mayRun] }),
    );
  }
}

function functionAlarms(handler: aws.lambda.Function, deadLetters: aws.sqs.Queue): readonly AlarmSpec[] {
  const common = {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: handler.name },
    statistic: 'Sum',
    when: 'above',
    threshold: 0,
    silence: 'notBreaching',
  } as const;
  return [
    {
      ...common,
      about: 'errors',
      description: 'The function fails. Look at its log; events that came asynchronously are in its failed queue.',
      metric: 'Errors',
      minutes: 5,
    },
    {
      ...common,
      about: 'throttles',
      description: 'The function is called more often than it may run at once. Raise concurrency, or slow the caller.',
      metric: 'Throttles',
      minutes: 5,
    },
    {
      about: 'dead-letters',
      description: 'An event failed on every attempt and was set aside. Read it in the dead letters of the function.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: deadLetters.name },
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      minutes: 1,
      silence: 'notBreaching',
    },
  ];
}

function check(name: string, args: FunctionHandlerArgs): void {
  const { timeout = 10, memory = 256 } = args;
  if (timeout < 1 || timeout > 900)
    refuse(
      name,
      `timeout is ${timeout} s.`,
      'Lambda runs for 1 to 900 seconds; use a ScheduledJob or Worker for longer work.',
    );
  if (memory < 128 || memory > 10_240) refuse(name, `memory is ${memory} MiB.`, 'Lambda takes 128 to 10240 MiB.');
}
