/** ECS, Application Auto Scaling, image repositories. */
import { isProperties, type Value } from '../../pulumi/recorded.ts';
import type { Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { isUnknown, UNKNOWN } from '../values.ts';

const cluster = row(
  'AWS::ECS::Cluster',
  'aws:ecs/cluster:Cluster',
  (one) => ({ name: one.text('ClusterName'), tags: one.tags() }),
  {
    ref: 'name',
    attributes: { Arn: 'arn' },
    beside: (one, self) =>
      one.has('CapacityProviders')
        ? [
            {
              token: 'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders',
              part: 'providers',
              inputs: { clusterName: self.outputs.name, capacityProviders: one.list('CapacityProviders') },
            },
          ]
        : [],
  },
);

const providers = row(
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders',
  (one) => ({ clusterName: one.text('Cluster'), capacityProviders: one.list('CapacityProviders') }),
  { belongs: ['clusterName'], untagged: true },
);

const ASSIGNED: Readonly<Record<string, boolean>> = { ENABLED: true, DISABLED: false };

const network = (one: Given): Value | undefined => {
  const vpc = one.block('NetworkConfiguration')?.block('AwsvpcConfiguration');
  if (vpc === undefined) return one.has('NetworkConfiguration') ? UNKNOWN : undefined;
  if (!vpc.known) return UNKNOWN;
  const assign = vpc.has('AssignPublicIp') ? (ASSIGNED[vpc.sure('AssignPublicIp') ?? ''] ?? UNKNOWN) : false;
  const groups = vpc.list('SecurityGroups');
  return {
    subnets: vpc.list('Subnets') ?? UNKNOWN,
    assignPublicIp: assign,
    ...(groups === undefined ? {} : { securityGroups: groups }),
  };
};

/** Of a service that names no number one task runs. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html */
const count = (one: Given): Value | undefined =>
  one.number('DesiredCount') ?? (one.sure('SchedulingStrategy') === 'DAEMON' ? undefined : 1);

const service = row(
  'AWS::ECS::Service',
  'aws:ecs/service:Service',
  (one) => ({
    name: one.text('ServiceName'),
    cluster: one.text('Cluster'),
    taskDefinition: one.text('TaskDefinition'),
    launchType: one.text('LaunchType'),
    capacityProviderStrategies: one.each('CapacityProviderStrategy', (each) => ({
      capacityProvider: each.text('CapacityProvider'),
    })),
    desiredCount: count(one),
    schedulingStrategy: one.text('SchedulingStrategy'),
    loadBalancers: one.each('LoadBalancers', (each) => ({
      targetGroupArn: each.text('TargetGroupArn'),
      elbName: each.text('LoadBalancerName'),
      containerName: each.text('ContainerName'),
      containerPort: each.number('ContainerPort'),
    })),
    networkConfiguration: network(one),
    deploymentCircuitBreaker:
      one.block('DeploymentConfiguration')?.known === false
        ? UNKNOWN
        : one
            .block('DeploymentConfiguration')
            ?.one('DeploymentCircuitBreaker', (breaker) => ({ enable: breaker.flag('Enable') })),
    deploymentController: one.one('DeploymentController', (each) => ({ type: each.text('Type') })),
    enableExecuteCommand: one.flag('EnableExecuteCommand'),
    orderedPlacementStrategies: one.each('PlacementStrategies', (each) => ({
      type: each.text('Type'),
      field: each.text('Field'),
    })),
    tags: one.tags(),
  }),
  { attributes: { Name: 'name', ServiceArn: 'arn' } },
);

/** Mappings whose keys are the user's own, and stay as they are. */
const OWN_KEYS = new Set(['DockerLabels', 'Options']);

const small = (key: string): string => `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`;

/** The API's names begin with a small letter, CloudFormation's with a capital one. */
const apiNames = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(apiNames);
  if (!isProperties(value) || isUnknown(value)) return value;
  if (value.$secret !== undefined) return value.$secret;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [small(key), OWN_KEYS.has(key) ? one : apiNames(one)]),
  );
};

/** The containers as JSON text; null stands for what is not known, and a list with something unknown in it is not known. */
const containers = (one: Given): Value | undefined => {
  const value = one.value('ContainerDefinitions');
  if (value === undefined || isUnknown(value)) return value;
  if (Array.isArray(value) && value.some((each) => isUnknown(each))) return UNKNOWN;
  return JSON.stringify(apiNames(value), (_, each: unknown) =>
    typeof each === 'object' && each !== null && '$unknown' in each ? null : each,
  );
};

const task = row(
  'AWS::ECS::TaskDefinition',
  'aws:ecs/taskDefinition:TaskDefinition',
  (one) => ({
    family: one.text('Family'),
    networkMode: one.text('NetworkMode'),
    requiresCompatibilities: one.list('RequiresCompatibilities'),
    cpu: one.text('Cpu'),
    memory: one.text('Memory'),
    taskRoleArn: one.text('TaskRoleArn'),
    executionRoleArn: one.text('ExecutionRoleArn'),
    runtimePlatform: one.one('RuntimePlatform', (each) => ({ cpuArchitecture: each.text('CpuArchitecture') })),
    containerDefinitions: containers(one),
    volumes: one.each('Volumes', (each) => ({ hostPath: each.text('Host.SourcePath') })),
    tags: one.tags(),
  }),
  { named: 'family', ref: 'arn', attributes: { TaskDefinitionArn: 'arn' } },
);

export const containersTypes: readonly TypeRow[] = [
  cluster,
  providers,
  service,
  task,
  row(
    'AWS::ECS::CapacityProvider',
    'aws:ecs/capacityProvider:CapacityProvider',
    (one) => ({ name: one.text('Name'), tags: one.tags() }),
    { ref: 'name' },
  ),
  row(
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'aws:appautoscaling/target:Target',
    (one) => ({
      serviceNamespace: one.text('ServiceNamespace'),
      resourceId: one.text('ResourceId'),
      scalableDimension: one.text('ScalableDimension'),
      minCapacity: one.number('MinCapacity'),
      maxCapacity: one.number('MaxCapacity'),
    }),
    { untagged: true },
  ),
  row(
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    'aws:appautoscaling/policy:Policy',
    (one) => ({ name: one.text('PolicyName'), policyType: one.text('PolicyType') }),
    { ref: 'arn', untagged: true },
  ),
  row(
    'AWS::ECR::Repository',
    'aws:ecr/repository:Repository',
    (one) => ({ name: one.text('RepositoryName'), tags: one.tags() }),
    {
      lower: true,
      attributes: { Arn: 'arn', RepositoryUri: 'repositoryUrl' },
    },
  ),
];
