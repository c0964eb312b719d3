import type { EcsLoadBalancer, EcsService } from '../../estate/kinds/compute.ts';
import { listedOnly } from '../ecs.ts';
import { allRefs } from '../fields.ts';
import { ecsClusterArn, nameOfArn, taskDefinitionArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

function networkOf(item: Item): EcsService['network'] {
  const configuration = item.item('networkConfiguration');
  const awsvpc = configuration?.item('awsvpcConfiguration');
  if (awsvpc) {
    const assign = choice(awsvpc, 'assignPublicIp', ['ENABLED', 'DISABLED']);
    return {
      subnets: allRefs(awsvpc, 'subnets'),
      // without groups of its own a task gets the default group of the VPC, which is not told here
      securityGroups: allRefs(awsvpc, 'securityGroups'),
      assignPublicIp: assign === undefined ? undefined : assign === 'ENABLED',
    };
  }
  // Fargate always has a network configuration: one that is missing was not told
  const fargate = item.string('launchType') === 'FARGATE' || item.has('platformVersion');
  const told = item.has('networkConfiguration') && (!configuration || configuration.has('awsvpcConfiguration'));
  return fargate || told ? undefined : null;
}

const loadBalancersOf = (item: Item): readonly EcsLoadBalancer[] | undefined =>
  allItems(item, 'loadBalancers')?.map((one) => ({
    targetGroup: one.ref('targetGroupArn'),
    containerName: one.string('containerName'),
    containerPort: one.number('containerPort'),
  }));

/** AWS leaves the launch type out of a service with a capacity provider strategy, and the strategy out of the others. */
function capacityProvidersOf(item: Item): EcsService['capacityProviders'] {
  if (item.has('capacityProviderStrategy'))
    return allItems(item, 'capacityProviderStrategy')?.flatMap((one) => one.string('capacityProvider') ?? []);
  return item.has('launchType') ? [] : undefined;
}

function service(item: Item): EcsService {
  const arn = idOf(item, 'serviceArn');
  const { account, region } = item.context;
  return {
    kind: 'ecsService',
    ...base('ecsService', item, { id: arn, name: item.string('serviceName') ?? nameOfArn(arn), arn }),
    cluster: item.ref('clusterArn', (cluster) => ecsClusterArn(account, region, cluster)),
    taskDefinition: item.ref('taskDefinition', (task) => taskDefinitionArn(account, region, task)),
    launchType: choice(item, 'launchType', ['EC2', 'FARGATE', 'EXTERNAL']),
    capacityProviders: capacityProvidersOf(item),
    desired: item.number('desiredCount'),
    running: item.number('runningCount'),
    schedulingStrategy: item.string('schedulingStrategy'),
    loadBalancers: loadBalancersOf(item),
    network: networkOf(item),
    circuitBreaker: item.item('deploymentConfiguration')?.item('deploymentCircuitBreaker')?.boolean('enable'),
    executeCommand: item.boolean('enableExecuteCommand'),
    deploymentController: item.item('deploymentController')?.string('type'),
    placementStrategy: allItems(item, 'placementStrategy')?.map((one) =>
      [one.string('type'), one.string('field')].filter((part) => part).join(':'),
    ),
  };
}

/** ECS services; one that is listed but was not described is there, with all else unknown. */
export const reader: Reader = {
  name: 'ecs-service',
  kinds: ['ecsService'],
  operations: ['ecs:ListServices', 'ecs:DescribeServices'],
  read: (answers) => {
    // a deleted service stays visible for a while
    const described = answers
      .items('ecs:DescribeServices', 'services')
      .filter((item) => item.string('status') !== 'INACTIVE')
      .map(service);
    const listed = listedOnly(answers, 'ecs:ListServices', 'serviceArns', new Set(described.map(({ id }) => id)));
    return [
      ...described,
      ...listed.map(({ arn, at, cluster }): EcsService => {
        const { account, region } = at.context;
        return {
          kind: 'ecsService',
          ...base('ecsService', at, { id: arn, name: nameOfArn(arn), arn }),
          cluster: cluster === undefined ? undefined : at.refTo('', ecsClusterArn(account, region, cluster)),
          taskDefinition: undefined,
          launchType: undefined,
          capacityProviders: undefined,
          desired: undefined,
          running: undefined,
          schedulingStrategy: undefined,
          loadBalancers: undefined,
          network: undefined,
          circuitBreaker: undefined,
          executeCommand: undefined,
          deploymentController: undefined,
          placementStrategy: undefined,
        };
      }),
    ];
  },
};
