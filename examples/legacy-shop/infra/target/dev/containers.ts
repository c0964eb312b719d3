/** What the journey makes: dev: clusters and services of containers. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { legacyDevCluster } from '../../adopted/dev/containers.js';
import { steps } from '../../steps.js';
import { legacyDevWebFargateGroup, legacyDevWorkerFargateGroup } from './groups.js';
import { legacyDevNetwork } from './network.js';
import { legacyDevWebFargateTargetGroup } from './targets.js';
import { legacyDevWebFargateTaskDefinition, legacyDevWorkerFargateTaskDefinition } from './tasks.js';

const legacyDevWebFargateService = steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.ecs.Service('legacy-dev-web-fargate', {
      name: 'legacy-dev-web-fargate',
      cluster: now(legacyDevCluster).id,
      taskDefinition: now(legacyDevWebFargateTaskDefinition).arn,
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      schedulingStrategy: 'REPLICA',
      networkConfiguration: {
        subnets: [now(legacyDevNetwork).subnet('app-a').id, now(legacyDevNetwork).subnet('app-c').id],
        securityGroups: [now(legacyDevWebFargateGroup).groupId],
        assignPublicIp: false,
      },
      loadBalancers: [
        { targetGroupArn: now(legacyDevWebFargateTargetGroup).arn, containerName: 'web', containerPort: 8080 },
      ],
      healthCheckGracePeriodSeconds: 60,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentController: { type: 'ECS' },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { Environment: 'dev', Name: 'legacy-dev-web-fargate', ManagedBy: 'underpin' },
    }),
);

const legacyDevWorkerFargateService = steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.ecs.Service('legacy-dev-worker-fargate', {
      name: 'legacy-dev-worker-fargate',
      cluster: now(legacyDevCluster).id,
      taskDefinition: now(legacyDevWorkerFargateTaskDefinition).arn,
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      schedulingStrategy: 'REPLICA',
      networkConfiguration: {
        subnets: [now(legacyDevNetwork).subnet('app-a').id, now(legacyDevNetwork).subnet('app-c').id],
        securityGroups: [now(legacyDevWorkerFargateGroup).groupId],
        assignPublicIp: false,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentController: { type: 'ECS' },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { Environment: 'dev', Name: 'legacy-dev-worker-fargate', ManagedBy: 'underpin' },
    }),
);

const legacyDevWebFargateTasks = steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-doors',
  (now) =>
    new aws.appautoscaling.Target('legacy-dev-web-fargate-tasks', {
      serviceNamespace: 'ecs',
      resourceId: pulumi.interpolate`service/legacy-dev/${now(legacyDevWebFargateService).name}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: 2,
      maxCapacity: 4,
    }),
);

const legacyDevWorkerFargateTasks = steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-doors',
  (now) =>
    new aws.appautoscaling.Target('legacy-dev-worker-fargate-tasks', {
      serviceNamespace: 'ecs',
      resourceId: pulumi.interpolate`service/legacy-dev/${now(legacyDevWorkerFargateService).name}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: 2,
      maxCapacity: 4,
    }),
);

steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-doors',
  (now) =>
    new aws.appautoscaling.Policy('legacy-dev-web-fargate-by-cpu', {
      name: 'legacy-dev-web-fargate-by-cpu',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      resourceId: now(legacyDevWebFargateTasks).resourceId,
      scalableDimension: 'ecs:service:DesiredCount',
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
);

steps.during(
  'legacy-dev-fargate-beside',
  'legacy-dev-retired-doors',
  (now) =>
    new aws.appautoscaling.Policy('legacy-dev-worker-fargate-by-cpu', {
      name: 'legacy-dev-worker-fargate-by-cpu',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      resourceId: now(legacyDevWorkerFargateTasks).resourceId,
      scalableDimension: 'ecs:service:DesiredCount',
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
);
