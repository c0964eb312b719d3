import { type Each, each, NEXT_MARKER, NEXT_TOKEN, nextToken, type Row, regional } from '../row.ts';

const LARGE = { ...NEXT_TOKEN, inputs: [{ MaxResults: 1000 }] };
const CLUSTERS = ['ecs:ListClusters', 'clusterArns[]', 'cluster'] as const;
const FUNCTIONS = ['lambda:ListFunctions', 'Functions[].FunctionName', 'FunctionName'] as const;

/** Things of a cluster, described several at a time. */
const inCluster = (
  of: string,
  items: string,
  parameter: string,
  batch: number,
): { readonly each: readonly Each[] } => ({
  each: [{ of, items, input: { cluster: '<cluster', [parameter]: ['@'], include: ['=TAGS'] }, batch }],
});

export const COMPUTE: readonly Row[] = [
  regional('ec2:DescribeInstances', LARGE),
  regional('ec2:DescribeInstanceAttribute', {
    each: [
      {
        of: 'ec2:DescribeInstances',
        items: "Reservations[].Instances[?State.Name!='terminated'].InstanceId",
        input: { InstanceId: '@', Attribute: '=userData' },
      },
    ],
  }),
  regional('ec2:DescribeInstanceTypes', {
    ...NEXT_TOKEN,
    each: [
      ['ec2:DescribeInstances', 'Reservations[].Instances[].InstanceType'] as const,
      ['ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions[].LaunchTemplateData.InstanceType'] as const,
    ].map(([of, items]) => ({ of, items, input: { InstanceTypes: ['@'] as const }, batch: 100 })),
  }),
  regional('ec2:DescribeIamInstanceProfileAssociations', NEXT_TOKEN),
  regional('ec2:DescribeVolumes', { ...NEXT_TOKEN, inputs: [{ MaxResults: 500 }] }),
  regional('ec2:DescribeSnapshots', { ...NEXT_TOKEN, inputs: [{ OwnerIds: ['self'], MaxResults: 1000 }] }),
  regional('ec2:DescribeKeyPairs'),
  regional('ec2:DescribeReservedInstances'),
  regional('ec2:DescribeLaunchTemplates', NEXT_TOKEN),
  regional('ec2:DescribeLaunchTemplateVersions', {
    ...NEXT_TOKEN,
    each: [
      {
        of: 'ec2:DescribeLaunchTemplates',
        items: 'LaunchTemplates[].LaunchTemplateId',
        input: { LaunchTemplateId: '@' },
      },
    ],
  }),
  regional('autoscaling:DescribeAutoScalingGroups', NEXT_TOKEN),
  regional('autoscaling:DescribeAutoScalingInstances', NEXT_TOKEN),
  regional('autoscaling:DescribeLaunchConfigurations', NEXT_TOKEN),
  regional('application-autoscaling:DescribeScalableTargets', {
    ...NEXT_TOKEN,
    inputs: ['ecs', 'rds', 'dynamodb', 'lambda', 'elasticache', 'ec2'].map((ServiceNamespace) => ({
      ServiceNamespace,
    })),
  }),
  regional('ssm:DescribeInstanceInformation', NEXT_TOKEN),

  regional('ecs:ListClusters', nextToken),
  regional('ecs:DescribeClusters', {
    each: [
      { of: 'ecs:ListClusters', items: 'clusterArns[]', input: { clusters: ['@'], include: ['=TAGS'] }, batch: 100 },
    ],
  }),
  regional('ecs:DescribeCapacityProviders', { ...nextToken, inputs: [{ include: ['TAGS'] }] }),
  regional('ecs:ListServices', { ...nextToken, ...each(...CLUSTERS) }),
  regional('ecs:DescribeServices', inCluster('ecs:ListServices', 'serviceArns[]', 'services', 10)),
  regional('ecs:ListTasks', { ...nextToken, ...each(...CLUSTERS) }),
  regional('ecs:DescribeTasks', inCluster('ecs:ListTasks', 'taskArns[]', 'tasks', 100)),
  regional('ecs:ListContainerInstances', { ...nextToken, ...each(...CLUSTERS) }),
  regional(
    'ecs:DescribeContainerInstances',
    inCluster('ecs:ListContainerInstances', 'containerInstanceArns[]', 'containerInstances', 100),
  ),
  regional('ecs:DescribeTaskDefinition', {
    each: [
      ['ecs:DescribeServices', 'services[].taskDefinition'] as const,
      ['ecs:DescribeTasks', 'tasks[].taskDefinitionArn'] as const,
      // what runs only at times
      ['events:ListTargetsByRule', 'Targets[].EcsParameters.TaskDefinitionArn'] as const,
      ['scheduler:GetSchedule', 'Target.EcsParameters.TaskDefinitionArn'] as const,
    ].map(([of, items]) => ({ of, items, input: { taskDefinition: '@', include: ['=TAGS'] as const } })),
  }),
  regional('ecr:DescribeRepositories', nextToken),
  regional('ecr:ListTagsForResource', {
    ...each('ecr:DescribeRepositories', 'repositories[].repositoryArn', 'resourceArn'),
    unless: 'resourcegroupstaggingapi:GetResources',
  }),

  regional('lambda:ListFunctions', NEXT_MARKER),
  // says what the listing says, and where the code can be fetched
  regional('lambda:GetFunction', { ...each(...FUNCTIONS), unless: 'lambda:ListFunctions' }),
  regional('lambda:GetFunctionConfiguration', { ...each(...FUNCTIONS), unless: 'lambda:ListFunctions' }),
  regional('lambda:GetPolicy', each(...FUNCTIONS)),
  regional('lambda:ListAliases', { ...NEXT_MARKER, ...each(...FUNCTIONS) }),
  regional('lambda:ListVersionsByFunction', { ...NEXT_MARKER, ...each(...FUNCTIONS) }),
  regional('lambda:ListFunctionUrlConfigs', { ...NEXT_MARKER, ...each(...FUNCTIONS) }),
  regional('lambda:ListTags', each('lambda:ListFunctions', 'Functions[].FunctionArn', 'Resource')),
  regional('lambda:ListEventSourceMappings', NEXT_MARKER),
  regional('lambda:ListLayers', NEXT_MARKER),

  regional('apprunner:ListServices', NEXT_TOKEN),
  regional('eks:ListClusters', nextToken),
  regional('elasticbeanstalk:DescribeEnvironments', NEXT_TOKEN),
  regional('lightsail:GetInstances', { pages: { nextPageToken: 'pageToken' } }),
];
