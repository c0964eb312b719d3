import { call, type Kind, tags } from '../kind.ts';

export const CONTAINERS: readonly Kind[] = [
  {
    of: ['ecr:DescribeRepositories', 'repositories[]'],
    calls: (repository) => [
      call(
        'ecr:CreateRepository',
        repository.only('repositoryName', 'imageTagMutability', 'imageScanningConfiguration'),
      ),
    ],
  },
  {
    of: ['logs:DescribeLogGroups', 'logGroups[]'],
    calls: (group) => [call('logs:CreateLogGroup', group.only('logGroupName'))],
  },
  {
    of: ['ecs:DescribeCapacityProviders', "capacityProviders[?autoScalingGroupProvider!='undefined']"],
    calls: (provider) =>
      provider.asked.capacityProviders === undefined
        ? [call('ecs:CreateCapacityProvider', provider.only('name', 'autoScalingGroupProvider'))]
        : [],
  },
  {
    of: ['ecs:DescribeClusters', 'clusters[]'],
    calls: (cluster) => [
      call('ecs:CreateCluster', {
        ...cluster.only('clusterName'),
        ...tags(cluster, 'tags[]'),
        settings: cluster.all('settings[]'),
        capacityProviders: cluster.all('capacityProviders[]'),
        defaultCapacityProviderStrategy: cluster.all('defaultCapacityProviderStrategy[]'),
      }),
    ],
  },
  {
    of: ['ecs:DescribeContainerInstances', 'containerInstances[]'],
    calls: (machine) => [
      call(
        'ecs:RegisterContainerInstance',
        {
          cluster: machine.asked.cluster,
          instanceIdentityDocument: JSON.stringify({ instanceId: machine.text('ec2InstanceId') }),
        },
        { 'containerInstance.containerInstanceArn': machine.text('containerInstanceArn') },
      ),
    ],
  },
  {
    of: ['ecs:DescribeTaskDefinition'],
    calls: (definition) =>
      definition.each('taskDefinition').map((one) =>
        call('ecs:RegisterTaskDefinition', {
          ...one.only('family', 'taskRoleArn', 'executionRoleArn', 'networkMode', 'cpu', 'memory'),
          requiresCompatibilities: one.all('requiresCompatibilities[]'),
          containerDefinitions: one.all('containerDefinitions[]'),
          ...tags(definition, 'tags[]'),
        }),
      ),
  },
  {
    of: ['ecs:DescribeServices', 'services[]'],
    calls: (service) => [
      call('ecs:CreateService', {
        cluster: service.asked.cluster,
        ...service.only('serviceName', 'taskDefinition', 'desiredCount', 'launchType', 'deploymentConfiguration'),
        loadBalancers: service.all('loadBalancers[]'),
        ...tags(service, 'tags[]'),
      }),
    ],
  },
  {
    of: ['ecs:DescribeTasks', 'tasks[]'],
    calls: (task) => [
      call(
        'ecs:StartTask',
        {
          cluster: task.asked.cluster,
          taskDefinition: task.text('taskDefinitionArn'),
          containerInstances: [task.text('containerInstanceArn')],
          ...task.only('group', 'startedBy'),
        },
        { 'tasks[].taskArn': task.text('taskArn') },
      ),
    ],
  },
];
