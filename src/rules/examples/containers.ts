/** ECS clusters, services and tasks of example inventories. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';
import { privateSubnet } from './network.ts';

const arn = (rest: string): string => `arn:aws:ecs:${REGION}:${ACCOUNT}:${rest}`;
export const CLUSTER = arn('cluster/shop');

/** A service on Fargate in two private subnets, unless the fields say otherwise. */
export const service = (name: string, fields: Readonly<Record<string, unknown>> = {}): object => ({
  serviceArn: arn(`service/shop/${name}`),
  serviceName: name,
  clusterArn: CLUSTER,
  status: 'ACTIVE',
  launchType: 'FARGATE',
  platformVersion: 'LATEST',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  schedulingStrategy: 'REPLICA',
  taskDefinition: arn(`task-definition/${name}:1`),
  loadBalancers: [],
  networkConfiguration: {
    awsvpcConfiguration: {
      subnets: [privateSubnet('eu-west-1a'), privateSubnet('eu-west-1b')],
      securityGroups: [],
      assignPublicIp: 'DISABLED',
    },
  },
  ...fields,
});

/** A running task of a service in a zone. */
export const task = (of: string, number: number, zone: string): object => ({
  taskArn: arn(`task/shop/${of}-${number}`),
  clusterArn: CLUSTER,
  group: `service:${of}`,
  lastStatus: 'RUNNING',
  launchType: 'FARGATE',
  availabilityZone: zone,
  taskDefinitionArn: arn(`task-definition/${of}:1`),
  attachments: [],
  containers: [],
});

export const serviceAnswer = (...services: readonly object[]): Example => ({
  'ecs:DescribeServices': { services, failures: [] },
});

export const taskAnswer = (...tasks: readonly object[]): Example => ({
  'ecs:DescribeTasks': { tasks, failures: [] },
});

/** What Application Auto Scaling may change the number of. */
export const scalableTarget = (of: string, min: number, max: number): object => ({
  ServiceNamespace: 'ecs',
  ResourceId: `service/shop/${of}`,
  ScalableDimension: 'ecs:service:DesiredCount',
  MinCapacity: min,
  MaxCapacity: max,
});

export const scalableTargetAnswer = (...targets: readonly object[]): Example => ({
  'application-autoscaling:DescribeScalableTargets': { ScalableTargets: targets },
});
