/** What was built by hand: dev: clusters and services of containers. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevWeb2, legacyDevWorker2 } from '../../target/dev/tasks.js';
import { legacyDevAsg } from './machines.js';
import { legacyDevWebTargetGroup } from './targets.js';
import { legacyDevWebTaskDefinition, legacyDevWorkerTaskDefinition } from './tasks.js';

const legacyDevCp = steps.until(
  'legacy-dev-machines-forgotten',
  (now) =>
    new aws.ecs.CapacityProvider(
      'legacy-dev-cp',
      {
        name: 'legacy-dev-cp',
        autoScalingGroupProvider: {
          autoScalingGroupArn: now(legacyDevAsg).arn,
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
      adopted('arn:aws:ecs:ap-northeast-2:111122223333:capacity-provider/legacy-dev-cp', {
        protect: steps.at({ adopt: true, 'legacy-dev-machines-gone': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

export const legacyDevCluster = steps.until(
  'legacy-dev-retired-rest',
  () =>
    new aws.ecs.Cluster(
      'legacy-dev',
      {
        name: 'legacy-dev',
        settings: [{ name: 'containerInsights', value: 'disabled' }],
        tags: { Environment: 'dev' },
      },
      adopted('legacy-dev', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
        ignoreChanges: ['configuration'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-rest',
  (now) =>
    new aws.ecs.ClusterCapacityProviders(
      'legacy-dev',
      {
        clusterName: now(legacyDevCluster).name,
        capacityProviders: steps.from('adopt', 'legacy-dev-retired-rest').at({
          adopt: (now) => [now(legacyDevCp).name],
          'legacy-dev-fargate-prepared': (now) => [now(legacyDevCp).name, 'FARGATE'],
          'legacy-dev-machines-forgotten': ['FARGATE'],
        }),
        defaultCapacityProviderStrategies: [
          {
            capacityProvider: steps.from('adopt', 'legacy-dev-retired-rest').at({
              adopt: (now) => now(legacyDevCp).name,
              'legacy-dev-machines-forgotten': 'FARGATE',
            }),
            weight: 1,
            base: 0,
          },
        ],
      },
      adopted('legacy-dev', { protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }) }),
    ),
);

// From 'legacy-dev-web-task-taken-up' on the program changes what it left alone until then.
// From 'legacy-dev-old-services-stopped' on the program changes what it left alone until then.
steps.until(
  'legacy-dev-old-services-gone',
  (now) =>
    new aws.ecs.Service(
      'legacy-dev-web',
      {
        name: 'web',
        cluster: now(legacyDevCluster).arn,
        taskDefinition: steps.from('adopt', 'legacy-dev-old-services-gone').at({
          adopt: (now) => now(legacyDevWebTaskDefinition).arn,
          'legacy-dev-web-task-taken-up': (now) => now(legacyDevWeb2).arn,
        }),
        desiredCount: steps.at({ adopt: 1, 'legacy-dev-old-services-stopped': 0 }),
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        loadBalancers: [
          { targetGroupArn: now(legacyDevWebTargetGroup).arn, containerName: 'web', containerPort: 8080 },
        ],
        deploymentCircuitBreaker: { enable: false, rollback: false },
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 50,
        deploymentController: { type: 'ECS' },
        healthCheckGracePeriodSeconds: 0,
        enableEcsManagedTags: false,
        enableExecuteCommand: false,
        propagateTags: 'NONE',
        tags: { Environment: 'dev' },
      },
      adopted('legacy-dev/web', {
        protect: steps.at({ adopt: true, 'legacy-dev-old-services-stopped': false }),
        ignoreChanges: steps.at({
          adopt: ['desiredCount', 'taskDefinition'],
          'legacy-dev-web-task-taken-up': ['desiredCount'],
          'legacy-dev-old-services-stopped': [],
        }),
      }),
    ),
);

// From 'legacy-dev-worker-task-taken-up' on the program changes what it left alone until then.
// From 'legacy-dev-old-services-stopped' on the program changes what it left alone until then.
steps.until(
  'legacy-dev-old-services-gone',
  (now) =>
    new aws.ecs.Service(
      'legacy-dev-worker',
      {
        name: 'worker',
        cluster: now(legacyDevCluster).arn,
        taskDefinition: steps.from('adopt', 'legacy-dev-old-services-gone').at({
          adopt: (now) => now(legacyDevWorkerTaskDefinition).arn,
          'legacy-dev-worker-task-taken-up': (now) => now(legacyDevWorker2).arn,
        }),
        desiredCount: steps.at({ adopt: 1, 'legacy-dev-old-services-stopped': 0 }),
        launchType: 'EC2',
        schedulingStrategy: 'REPLICA',
        deploymentCircuitBreaker: { enable: false, rollback: false },
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 50,
        deploymentController: { type: 'ECS' },
        enableEcsManagedTags: false,
        enableExecuteCommand: false,
        propagateTags: 'NONE',
        tags: { Environment: 'dev' },
      },
      adopted('legacy-dev/worker', {
        protect: steps.at({ adopt: true, 'legacy-dev-old-services-stopped': false }),
        ignoreChanges: steps.at({
          adopt: ['desiredCount', 'taskDefinition'],
          'legacy-dev-worker-task-taken-up': ['desiredCount'],
          'legacy-dev-old-services-stopped': [],
        }),
      }),
    ),
);
