/** What the journey makes: prod: clusters and services of containers. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { legacyProdCluster } from '../../adopted/prod/containers.js';
import { steps } from '../../steps.js';
import { legacyProdWebFargateGroup, legacyProdWorkerFargateGroup } from './groups.js';
import { legacyProdNetwork } from './network.js';
import { legacyProdWebFargateTargetGroup } from './targets.js';
import { legacyProdWebFargateTaskDefinition, legacyProdWorkerFargateTaskDefinition } from './tasks.js';

const legacyProdWebFargateService = steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.ecs.Service('legacy-prod-web-fargate', {
      name: 'legacy-prod-web-fargate',
      cluster: legacyProdCluster.id,
      taskDefinition: now(legacyProdWebFargateTaskDefinition).arn,
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      schedulingStrategy: 'REPLICA',
      networkConfiguration: {
        subnets: [now(legacyProdNetwork).subnet('app-a').id, now(legacyProdNetwork).subnet('app-c').id],
        securityGroups: [now(legacyProdWebFargateGroup).groupId],
        assignPublicIp: false,
      },
      loadBalancers: [
        { targetGroupArn: now(legacyProdWebFargateTargetGroup).arn, containerName: 'web', containerPort: 8080 },
      ],
      healthCheckGracePeriodSeconds: 60,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentController: { type: 'ECS' },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { Environment: 'prod', Name: 'legacy-prod-web-fargate', ManagedBy: 'underpin' },
    }),
);

const legacyProdWorkerFargateService = steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.ecs.Service('legacy-prod-worker-fargate', {
      name: 'legacy-prod-worker-fargate',
      cluster: legacyProdCluster.id,
      taskDefinition: now(legacyProdWorkerFargateTaskDefinition).arn,
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      schedulingStrategy: 'REPLICA',
      networkConfiguration: {
        subnets: [now(legacyProdNetwork).subnet('app-a').id, now(legacyProdNetwork).subnet('app-c').id],
        securityGroups: [now(legacyProdWorkerFargateGroup).groupId],
        assignPublicIp: false,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentController: { type: 'ECS' },
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { Environment: 'prod', Name: 'legacy-prod-worker-fargate', ManagedBy: 'underpin' },
    }),
);

const legacyProdWebFargateTasks = steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.appautoscaling.Target('legacy-prod-web-fargate-tasks', {
      serviceNamespace: 'ecs',
      resourceId: pulumi.interpolate`service/legacy-prod/${now(legacyProdWebFargateService).name}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: 2,
      maxCapacity: 4,
    }),
);

const legacyProdWorkerFargateTasks = steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.appautoscaling.Target('legacy-prod-worker-fargate-tasks', {
      serviceNamespace: 'ecs',
      resourceId: pulumi.interpolate`service/legacy-prod/${now(legacyProdWorkerFargateService).name}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: 2,
      maxCapacity: 4,
    }),
);

steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.appautoscaling.Policy('legacy-prod-web-fargate-by-cpu', {
      name: 'legacy-prod-web-fargate-by-cpu',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      resourceId: now(legacyProdWebFargateTasks).resourceId,
      scalableDimension: 'ecs:service:DesiredCount',
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
);

steps.since(
  'legacy-prod-fargate-beside',
  (now) =>
    new aws.appautoscaling.Policy('legacy-prod-worker-fargate-by-cpu', {
      name: 'legacy-prod-worker-fargate-by-cpu',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: 'ecs',
      resourceId: now(legacyProdWorkerFargateTasks).resourceId,
      scalableDimension: 'ecs:service:DesiredCount',
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    }),
);
