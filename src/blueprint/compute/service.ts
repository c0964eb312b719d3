/** The ECS service of a web service or a worker, and how it scales. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuse } from '../refuse.ts';
import type { ServiceCluster } from './service-cluster.ts';

export interface Scaling {
  /** Tasks that always run; two or more live in two zones. *In place*. @default 2 */
  readonly min?: number;
  /** *In place*. @default four times `min` */
  readonly max?: number;
  /** Percent of CPU that scaling aims at. *In place*. @default 60 */
  readonly cpu?: number;
}

export function limits(name: string, scaling: Scaling | undefined): { readonly min: number; readonly max: number } {
  const min = scaling?.min ?? 2;
  const max = scaling?.max ?? min * 4;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min) {
    refuse(
      name,
      `It cannot scale between ${min} and ${max} tasks.`,
      'Give whole numbers, one task at least, and max not below min.',
    );
  }
  return { min, max };
}

type ServiceArgs = Pick<
  aws.ecs.ServiceArgs,
  'taskDefinition' | 'networkConfiguration' | 'loadBalancers' | 'healthCheckGracePeriodSeconds' | 'enableExecuteCommand'
>;

/** A rolling deployment that keeps the old tasks until the new ones are healthy, and goes back by itself when they do not get so. */
export function ecsService(
  owner: pulumi.Resource,
  name: string,
  cluster: ServiceCluster,
  min: number,
  args: ServiceArgs,
  tags: Record<string, string>,
  dependsOn: pulumi.Resource[],
): aws.ecs.Service {
  return new aws.ecs.Service(
    name,
    {
      ...args,
      cluster: cluster.cluster.arn,
      desiredCount: min,
      // Not launchType: a change between the two replaced the service in older providers.
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: 'ENABLED',
      propagateTags: 'SERVICE',
      waitForSteadyState: true,
      tags,
    },
    // Autoscaling owns the number of tasks after the first deployment.
    { parent: owner, dependsOn, ignoreChanges: ['desiredCount'] },
  );
}

export function scalableTarget(
  owner: pulumi.Resource,
  name: string,
  cluster: ServiceCluster,
  service: aws.ecs.Service,
  limit: { readonly min: number; readonly max: number },
): aws.appautoscaling.Target {
  return new aws.appautoscaling.Target(
    name,
    {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: pulumi.interpolate`service/${cluster.cluster.name}/${service.name}`,
      minCapacity: limit.min,
      maxCapacity: limit.max,
    },
    { parent: owner },
  );
}

/** Keeps one number near its target: quickly up, slowly down. */
export function trackTarget(
  owner: pulumi.Resource,
  name: string,
  target: aws.appautoscaling.Target,
  what: Omit<
    aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration,
    'scaleInCooldown' | 'scaleOutCooldown'
  >,
): void {
  new aws.appautoscaling.Policy(
    name,
    {
      policyType: 'TargetTrackingScaling',
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: { ...what, scaleOutCooldown: 60, scaleInCooldown: 300 },
    },
    { parent: owner },
  );
}
