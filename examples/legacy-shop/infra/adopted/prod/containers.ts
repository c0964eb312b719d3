/** What was built by hand: prod: clusters and services of containers. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdWeb2, legacyProdWorker2 } from '../../target/prod/tasks.js';
import { legacyProdAsg } from './machines.js';
import { legacyProdWebTargetGroup } from './targets.js';
import { legacyProdWebTaskDefinition, legacyProdWorkerTaskDefinition } from './tasks.js';

const legacyProdCp = steps.until(
  'legacy-prod-machines-forgotten',
  (now) =>
    new aws.ecs.CapacityProvider(
      'legacy-prod-cp',
      {
        name: 'legacy-prod-cp',
        autoScalingGroupProvider: {
          autoScalingGroupArn: now(legacyProdAsg).arn,
          managedScaling: {
            instanceWarmupPeriod: 300,
            maximumScalingStepSize: 10000,
            minimumScalingStepSize: 1,
            status: 'DISABLED',
            targetCapacity: 100,
          },
          managedTerminationProtection: 'DISABLED',
        },
      },
      adopted('arn:aws:ecs:ap-northeast-2:111122223333:capacity-provider/legacy-prod-cp', {
        protect: steps.at({ adopt: true, 'legacy-prod-machines-gone': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

export const legacyProdCluster = new aws.ecs.Cluster(
  'legacy-prod',
  {
    name: 'legacy-prod',
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    tags: { Environment: 'prod' },
  },
  adopted('legacy-prod', { ignoreChanges: ['configuration'] }),
);

new aws.ecs.ClusterCapacityProviders(
  'legacy-prod',
  {
    clusterName: legacyProdCluster.name,
    capacityProviders: steps.at({
      adopt: (now) => [now(legacyProdCp).name],
      'legacy-prod-fargate-prepared': (now) => [now(legacyProdCp).name, 'FARGATE'],
      'legacy-prod-machines-forgotten': ['FARGATE'],
    }),
    defaultCapacityProviderStrategies: [
      {
        capacityProvider: steps.at({
          adopt: (now) => now(legacyProdCp).name,
          'legacy-prod-machines-forgotten': 'FARGATE',
        }),
        weight: 1,
        base: 0,
      },
    ],
  },
  adopted('legacy-prod'),
);

// From 'legacy-prod-web-task-taken-up' on the program changes what it left alone until then.
// From 'legacy-prod-old-services-stopped' on the program changes what it left alone until then.
steps.until(
  'legacy-prod-old-services-gone',
  (now) =>
    new aws.ecs.Service(
      'legacy-prod-web',
      {
        name: 'web',
        cluster: legacyProdCluster.arn,
        taskDefinition: steps.from('adopt', 'legacy-prod-old-services-gone').at({
          adopt: (now) => now(legacyProdWebTaskDefinition).arn,
          'legacy-prod-web-task-taken-up': (now) => now(legacyProdWeb2).arn,
        }),
        desiredCount: steps.at({ adopt: 2, 'legacy-prod-old-services-stopped': 0 }),
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        loadBalancers: [
          { targetGroupArn: now(legacyProdWebTargetGroup).arn, containerName: 'web', containerPort: 8080 },
        ],
        deploymentCircuitBreaker: { enable: false, rollback: false },
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 50,
        deploymentController: { type: 'ECS' },
        healthCheckGracePeriodSeconds: 0,
        enableEcsManagedTags: false,
        enableExecuteCommand: false,
        propagateTags: 'NONE',
        tags: { Environment: 'prod' },
      },
      adopted('legacy-prod/web', {
        protect: steps.at({ adopt: true, 'legacy-prod-old-services-stopped': false }),
        ignoreChanges: steps.at({
          adopt: ['desiredCount', 'taskDefinition'],
          'legacy-prod-web-task-taken-up': ['desiredCount'],
          'legacy-prod-old-services-stopped': [],
        }),
      }),
    ),
);

// From 'legacy-prod-worker-task-taken-up' on the program changes what it left alone until then.
// From 'legacy-prod-old-services-stopped' on the program changes what it left alone until then.
steps.until(
  'legacy-prod-old-services-gone',
  () =>
    new aws.ecs.Service(
      'legacy-prod-worker',
      {
        name: 'worker',
        cluster: legacyProdCluster.arn,
        taskDefinition: steps.from('adopt', 'legacy-prod-old-services-gone').at({
          adopt: (now) => now(legacyProdWorkerTaskDefinition).arn,
          'legacy-prod-worker-task-taken-up': (now) => now(legacyProdWorker2).arn,
        }),
        desiredCount: steps.at({ adopt: 1, 'legacy-prod-old-services-stopped': 0 }),
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        deploymentCircuitBreaker: { enable: false, rollback: false },
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 50,
        deploymentController: { type: 'ECS' },
        enableEcsManagedTags: false,
        enableExecuteCommand: false,
        propagateTags: 'NONE',
        tags: { Environment: 'prod' },
      },
      adopted('legacy-prod/worker', {
        protect: steps.at({ adopt: true, 'legacy-prod-old-services-stopped': false }),
        ignoreChanges: steps.at({
          adopt: ['desiredCount', 'taskDefinition'],
          'legacy-prod-worker-task-taken-up': ['desiredCount'],
          'legacy-prod-old-services-stopped': [],
        }),
      }),
    ),
);
