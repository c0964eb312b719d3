import type { Answers } from '../../answers.ts';
import { allStrings } from '../../fields.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import type { Properties } from '../../pulumi/recorded.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { values } from '../values.ts';

const TYPE = 'aws:ecs/service:Service';

/** Subnets and groups of tasks with addresses of their own; null for tasks that have none, as the reader takes it. */
function networkOf(item: Item): Properties | null | undefined {
  const network = item.item('networkConfiguration')?.item('awsvpcConfiguration');
  if (!network)
    return item.has('networkConfiguration') || item.string('launchType') === 'FARGATE' || item.has('platformVersion')
      ? undefined
      : null;
  const [subnets, securityGroups] = [allStrings(network, 'subnets'), allStrings(network, 'securityGroups')];
  const assign = network.string('assignPublicIp');
  if (subnets === undefined || securityGroups === undefined || assign === undefined) return undefined;
  return { subnets, securityGroups, assignPublicIp: assign === 'ENABLED' };
}

const balancersOf = (item: Item): readonly Properties[] | undefined =>
  allItems(item, 'loadBalancers')?.map((one) =>
    said({
      targetGroupArn: one.string('targetGroupArn'),
      elbName: one.string('loadBalancerName'),
      containerName: one.string('containerName'),
      containerPort: one.number('containerPort'),
    }),
  );

const strategiesOf = (item: Item): readonly Properties[] | undefined =>
  item.has('capacityProviderStrategy')
    ? allItems(item, 'capacityProviderStrategy')?.map((one) =>
        said({
          capacityProvider: one.string('capacityProvider'),
          weight: one.number('weight'),
          base: one.number('base'),
        }),
      )
    : [];

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** AWS tells the default alarms and the strategy of a rolling deployment as well; only what differs from them is declared. */
function deploymentOf(item: Item): Properties {
  const deployment = item.item('deploymentConfiguration');
  const breaker = deployment?.item('deploymentCircuitBreaker');
  const alarms = deployment?.item('alarms');
  const names = alarms && allStrings(alarms, 'alarmNames');
  return said({
    deploymentCircuitBreaker: breaker && {
      enable: breaker.boolean('enable') ?? false,
      rollback: breaker.boolean('rollback') ?? false,
    },
    deploymentMaximumPercent: deployment?.number('maximumPercent'),
    deploymentMinimumHealthyPercent: deployment?.number('minimumHealthyPercent'),
    alarms: names?.length
      ? {
          alarmNames: names,
          enable: alarms?.boolean('enable') ?? false,
          rollback: alarms?.boolean('rollback') ?? false,
        }
      : undefined,
  });
}

/** What is not declared here yet, though a service may have it: leaving it out would take it away. */
const UNDECLARED: readonly (readonly [field: string, name: string])[] = [
  ['volumeConfigurations', 'volumes of its own'],
  ['vpcLatticeConfigurations', 'VPC Lattice'],
];

function beyond(item: Item): string | undefined {
  const strategy = item.item('deploymentConfiguration')?.string('strategy') ?? 'ROLLING';
  if (strategy !== 'ROLLING') return `it deploys by ${strategy}, which is not adopted`;
  const connect = (item.items('deployments') ?? []).some((one) =>
    one.item('serviceConnectConfiguration')?.boolean('enabled'),
  );
  if (connect) return 'it uses Service Connect, which is not adopted';
  const more = UNDECLARED.find(([field]) =>
    [item, ...(item.items('deployments') ?? [])].some((one) => (one.items(field) ?? []).length > 0),
  );
  return more && `it uses ${more[1]}, which is not adopted`;
}

function service(answers: Answers, item: Item): readonly Adoption[] {
  const arn = item.string('serviceArn');
  // a deleted service stays visible for a while
  if (arn === undefined || item.string('status') === 'INACTIVE') return [];
  const of: Whole = { kind: 'ecsService', id: arn };
  const tags = tagged(answers, arn, item.tags('tags'));
  const manager = managed(TYPE, of, tags);
  if (manager) return [manager];
  const controller = item.item('deploymentController')?.string('type');
  // with another controller the task sets have the definition, the network and the balancers
  if (controller === 'EXTERNAL') return [refused(TYPE, of, 'a tool outside of ECS deploys it by task sets')];
  const strategies = strategiesOf(item);
  const launchType = item.string('launchType');
  const schedulingStrategy = item.string('schedulingStrategy');
  const read = {
    serviceName: item.string('serviceName'),
    clusterArn: item.string('clusterArn'),
    taskDefinition: item.string('taskDefinition'),
    desiredCount: item.number('desiredCount'),
    schedulingStrategy,
    loadBalancers: balancersOf(item),
    networkConfiguration: networkOf(item),
    capacityProviderStrategy: strategies,
    launchType: launchType ?? (strategies?.length ? null : undefined),
    deploymentController: controller,
    deploymentCircuitBreaker: item.item('deploymentConfiguration')?.item('deploymentCircuitBreaker')?.boolean('enable'),
    enableExecuteCommand: item.boolean('enableExecuteCommand'),
    placementStrategy: allItems(item, 'placementStrategy'),
  };
  if (!isKnown(read)) return [refused(TYPE, of, untold(item.context.operation, read))];
  const other = beyond(item);
  if (other !== undefined) return [refused(TYPE, of, other)];
  const daemon = schedulingStrategy === 'DAEMON';
  const cluster = nameOfArn(read.clusterArn);
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: tags.tags?.Name ?? `${cluster}-${read.serviceName}`,
      id: arn,
      importId: `${cluster}/${read.serviceName}`,
      inputs: said({
        name: read.serviceName,
        cluster: read.clusterArn,
        taskDefinition: read.taskDefinition,
        desiredCount: daemon ? undefined : read.desiredCount,
        launchType: read.launchType,
        platformVersion: item.string('platformVersion'),
        capacityProviderStrategies: some(read.capacityProviderStrategy),
        schedulingStrategy: read.schedulingStrategy,
        loadBalancers: some(read.loadBalancers),
        networkConfiguration: read.networkConfiguration,
        ...deploymentOf(item),
        deploymentController: { type: read.deploymentController },
        healthCheckGracePeriodSeconds: item.number('healthCheckGracePeriodSeconds'),
        enableEcsManagedTags: item.boolean('enableECSManagedTags'),
        enableExecuteCommand: read.enableExecuteCommand,
        propagateTags: item.string('propagateTags'),
        availabilityZoneRebalancing: item.string('availabilityZoneRebalancing'),
        orderedPlacementStrategies: some(
          read.placementStrategy.map((one) =>
            said({ type: one.string('type'), field: one.string('field') || undefined }),
          ),
        ),
        placementConstraints: values(item.value.placementConstraints, { empty: false }),
        serviceRegistries: registryOf(item),
        ...tags.inputs,
      }),
      outputs: said({ arn, desiredCount: daemon ? read.desiredCount : undefined, ...tags.outputs }),
      // Auto Scaling and the pipeline change these
      ignoreChanges: ['desiredCount', 'taskDefinition', ...tags.ignoreChanges],
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

function registryOf(item: Item): Properties | undefined {
  const [registry] = item.items('serviceRegistries') ?? [];
  return (
    registry &&
    said({
      registryArn: registry.string('registryArn'),
      port: registry.number('port'),
      containerName: registry.string('containerName'),
      containerPort: registry.number('containerPort'),
    })
  );
}

export const adopter: Adopter = {
  name: 'ecs-service',
  types: [TYPE],
  operations: ['ecs:DescribeServices'],
  adopt: (answers) =>
    answers.items('ecs:DescribeServices', 'services').flatMap((item): readonly Adoption[] => service(answers, item)),
  observed: { ecsService: ['running'] },
};
