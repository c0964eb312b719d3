/** A program that takes jobs from a queue: tasks in private subnets that nothing can connect to, scaled by the waiting jobs. */
import type * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { JobQueue } from '../messaging/job-queue.ts';
import { refuse } from '../refuse.ts';
import type { Peer } from '../security/connect.ts';
import { ecsService, limits, type Scaling, scalableTarget, trackTarget } from './service.ts';
import { FargateTask, type TaskArgs } from './task.ts';

export interface WorkerArgs extends TaskArgs {
  /** The queue it takes jobs from; it may receive and delete there. *In place*. @default none: scaled by CPU */
  readonly queue?: JobQueue;
  /** Waiting jobs per task that scaling aims at. *In place*. @default 100 */
  readonly jobsPerTask?: number;
  /** How many tasks. *In place*. @default 2 to 8, by the queue, or by CPU without one */
  readonly scaling?: Scaling;
}

export class Worker extends FargateTask implements Peer {
  readonly service: aws.ecs.Service;

  constructor(name: string, args: WorkerArgs, opts?: pulumi.ComponentResourceOptions) {
    if (args.queue !== undefined && args.scaling?.cpu !== undefined) {
      refuse(name, 'It scales by its queue, so scaling.cpu does nothing.', 'Leave out cpu, or the queue.');
    }
    super('Worker', name, args, undefined, opts);
    args.queue?.allowConsume(this);
    const limit = limits(name, args.scaling);
    this.service = ecsService(
      this,
      name,
      args.cluster,
      limit.min,
      {
        taskDefinition: this.taskDefinition.arn,
        networkConfiguration: this.placement(args.network),
        enableExecuteCommand: args.exec ?? false,
      },
      this.tagged(name),
      this.startsAfter,
    );
    const target = scalableTarget(this, name, args.cluster, this.service, limit);
    if (args.queue === undefined) {
      trackTarget(this, `${name}-by-cpu`, target, {
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        targetValue: args.scaling?.cpu ?? 60,
      });
    } else {
      trackTarget(this, `${name}-by-queue`, target, {
        targetValue: args.jobsPerTask ?? 100,
        customizedMetricSpecification: {
          metrics: backlogPerTask(args.queue.queue, args.cluster.cluster, this.service),
        },
      });
    }
    this.registerOutputs({});
  }
}

/**
 * Waiting jobs over running tasks: the queue's length alone would ask for the same number of tasks however many are at work.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-create-policy.html
 */
function backlogPerTask(
  queue: aws.sqs.Queue,
  cluster: aws.ecs.Cluster,
  service: aws.ecs.Service,
): aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetric[] {
  return [
    {
      id: 'waiting',
      returnData: false,
      metricStat: {
        stat: 'Sum',
        metric: {
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: [{ name: 'QueueName', value: queue.name }],
        },
      },
    },
    {
      id: 'running',
      returnData: false,
      metricStat: {
        stat: 'Average',
        metric: {
          namespace: 'ECS/ContainerInsights',
          metricName: 'RunningTaskCount',
          dimensions: [
            { name: 'ClusterName', value: cluster.name },
            { name: 'ServiceName', value: service.name },
          ],
        },
      },
    },
    { id: 'backlog', label: 'Waiting jobs per task', expression: 'waiting / running', returnData: true },
  ];
}
