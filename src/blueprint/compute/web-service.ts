/** A program that answers HTTP: tasks in private subnets behind a load balancer, exchanged without a gap, scaled by load. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { LoadBalancer } from '../edge/load-balancer.ts';
import { refuse } from '../refuse.ts';
import { connect, type Peer } from '../security/connect.ts';
import type { AlarmSpec, Watched } from '../watch/alarm.ts';
import { ecsService, limits, type Scaling, scalableTarget, trackTarget } from './service.ts';
import { FargateTask, type TaskArgs } from './task.ts';

export interface WebServiceArgs extends TaskArgs {
  /** *Replacement* of the target group and the service. */
  readonly balancer: LoadBalancer;
  /** Where the program listens. *Replacement* of the target group. @default 8080 */
  readonly port?: number;
  /** Which requests it gets. *In place*. @default everything, at priority 1000 */
  readonly route?: {
    /** 1 to 50000; the lower is asked first. Two services on one balancer need two. */
    readonly priority: number;
    /** Like `/api/*`; four at most with hosts and the secret header. */
    readonly paths?: readonly string[];
    readonly hosts?: readonly string[];
  };
  /** Must answer 200 within 5 s when the program can work, without asking the database. *In place*. @default '/health' */
  readonly healthPath?: string;
  /** Seconds after the start in which a failing check does not end a task. *In place*. @default 60 */
  readonly startSeconds?: number;
  /** Seconds that running requests of a leaving task may still take. Below `stopTimeout`. *In place*. @default 30 */
  readonly drainSeconds?: number;
  /** How many tasks. *In place*. @default 2 to 8, by CPU */
  readonly scaling?: Scaling & {
    /** Requests a minute and task that scaling aims at. @default none: by CPU only */
    readonly requestsPerTask?: number;
  };
}

export class WebService extends FargateTask implements Peer, Watched {
  readonly port: number;
  readonly watchedName: string;
  readonly alarms: readonly AlarmSpec[];
  readonly targetGroup: aws.lb.TargetGroup;
  readonly service: aws.ecs.Service;

  constructor(name: string, args: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const port = args.port ?? 8080;
    check(name, args);
    super('WebService', name, args, port, opts);
    this.port = port;
    this.watchedName = name;
    this.targetGroup = this.#targetGroup(args);
    const rule = this.#rule(args);
    connect(args.balancer, this);
    const limit = limits(name, args.scaling);
    this.service = ecsService(
      this,
      name,
      args.cluster,
      limit.min,
      {
        taskDefinition: this.taskDefinition.arn,
        networkConfiguration: this.placement(args.network),
        loadBalancers: [{ targetGroupArn: this.targetGroup.arn, containerName: 'main', containerPort: port }],
        healthCheckGracePeriodSeconds: args.startSeconds ?? 60,
        enableExecuteCommand: args.exec ?? false,
      },
      this.tagged(name),
      // ECS takes a target group only when a listener forwards to it.
      [rule, ...this.startsAfter],
    );
    this.#scale(args, limit);
    this.alarms = webAlarms(args.balancer.balancer, this.targetGroup);
    this.registerOutputs({});
  }

  #targetGroup(args: WebServiceArgs): aws.lb.TargetGroup {
    return new aws.lb.TargetGroup(
      this.componentName,
      {
        vpcId: args.network.vpcId,
        targetType: 'ip',
        protocol: 'HTTP',
        port: this.port,
        deregistrationDelay: args.drainSeconds ?? 30,
        healthCheck: {
          path: args.healthPath ?? '/health',
          matcher: '200',
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        tags: this.tagged(this.componentName),
      },
      this.child(),
    );
  }

  #rule(args: WebServiceArgs): aws.lb.ListenerRule {
    const { requiredHeader } = args.balancer;
    const paths = args.route?.paths ?? (args.route?.hosts === undefined ? ['/*'] : []);
    return new aws.lb.ListenerRule(
      this.componentName,
      {
        listenerArn: args.balancer.listener.arn,
        priority: args.route?.priority ?? 1000,
        conditions: [
          ...(requiredHeader === undefined
            ? []
            : [{ httpHeader: { httpHeaderName: requiredHeader.name, values: [...requiredHeader.values] } }]),
          ...(args.route?.hosts === undefined ? [] : [{ hostHeader: { values: [...args.route.hosts] } }]),
          ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
        ],
        actions: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
        tags: this.tagged(this.componentName),
      },
      this.child(),
    );
  }

  #scale(args: WebServiceArgs, limit: { readonly min: number; readonly max: number }): void {
    const target = scalableTarget(this, this.componentName, args.cluster, this.service, limit);
    trackTarget(this, `${this.componentName}-by-cpu`, target, {
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      targetValue: args.scaling?.cpu ?? 60,
    });
    if (args.scaling?.requestsPerTask === undefined) return;
    const resourceLabel = pulumi.interpolate`${args.balancer.balancer.arnSuffix}/${this.targetGroup.arnSuffix}`;
    trackTarget(this, `${this.componentName}-by-requests`, target, {
      predefinedMetricSpecification: { predefinedMetricType: 'ALBRequestCountPerTarget', resourceLabel },
      targetValue: args.scaling.requestsPerTask,
    });
  }
}

function webAlarms(balancer: aws.lb.LoadBalancer, targetGroup: aws.lb.TargetGroup): readonly AlarmSpec[] {
  const common = {
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
  };
  return [
    {
      ...common,
      about: '5xx',
      description: 'The service answers with errors of its own. Look at its log first, then at the last deployment.',
      metric: 'HTTPCode_Target_5XX_Count',
      statistic: 'Sum',
      when: 'above',
      threshold: 10,
      minutes: 5,
      silence: 'notBreaching',
    },
    {
      ...common,
      about: 'unhealthy',
      description: 'Tasks fail their health check. Look at the stopped tasks of the service and why they stopped.',
      metric: 'UnHealthyHostCount',
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      minutes: 5,
    },
  ];
}

function check(name: string, args: WebServiceArgs): void {
  const drain = args.drainSeconds ?? 30;
  const stop = args.stopTimeout ?? 60;
  if (drain >= stop) {
    refuse(
      name,
      `A leaving task gets ${drain} s for its requests but is killed after ${stop} s.`,
      'Make stopTimeout longer than drainSeconds.',
    );
  }
  const priority = args.route?.priority ?? 1000;
  if (!Number.isInteger(priority) || priority < 1 || priority > 50_000)
    refuse(name, `Priority ${priority} is none.`, 'Use a whole number from 1 to 50000.');
  const values =
    (args.route?.paths?.length ?? 1) +
    (args.route?.hosts?.length ?? 0) +
    (args.balancer.requiredHeader?.values.length ?? 0);
  if (values > 5) {
    refuse(
      name,
      `Its route has ${values} values, the secret header's among them; a rule takes five.`,
      'Use fewer paths and hosts, with wildcards.',
    );
  }
}
