/** ECS: clusters, services, task definitions; what Application Auto Scaling moves; image repositories. */
import type { Block, Declared } from '../declared.ts';
import { type Body, detail, isUntold, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const CLUSTER = ['aws:ecs/cluster:Cluster'];
const SERVICE = ['aws:ecs/service:Service'];
const TASK = ['aws:ecs/taskDefinition:TaskDefinition'];

const lower = (tags: readonly Readonly<Record<string, string>>[] | undefined): Body => ({ tags });

const PROVIDERS = ['aws:ecs/clusterCapacityProviders:ClusterCapacityProviders'];

const cluster = (one: Declared, world: World): Body => {
  const [providers] = world.pointing(PROVIDERS, 'clusterName', one.either('name'));
  // what is given to something unknown may be given to this
  const elsewhere = world.unknown(PROVIDERS, 'clusterName').length > 0;
  return {
    clusterArn: one.made('arn'),
    clusterName: one.either('name'),
    status: 'ACTIVE',
    capacityProviders: providers ? providers.texts('capacityProviders') : elsewhere ? undefined : [],
    ...lower(one.tags('key', 'value')),
  };
};

/** A service names its cluster and its task definition by ARN, name or family. */
const clusterArn = (one: Declared, world: World): string | undefined => {
  const given = one.text('cluster');
  const found = world.byId(given);
  // a name may be another thing's as well
  if (found && CLUSTER.includes(found.resource.type)) return found.made('arn') ?? given;
  const named = world.of(...CLUSTER).find((each) => each.either('name') === given);
  return named?.made('arn') ?? given;
};

const taskArn = (given: string | undefined, world: World): string | undefined => {
  const all = world.of(...TASK);
  const exact = all.find((each) => each.made('arn') === given);
  // an ARN of a revision that the program does not declare is that revision and no other
  if (exact || given === undefined || given.startsWith('arn:')) return exact?.made('arn') ?? given;
  const [family = '', revision] = given.split(':');
  const revisions = all.filter((each) => each.text('family') === family);
  const named = revisions.find((each) => revision !== undefined && each.made('arn')?.endsWith(`:${revision}`));
  return (named ?? revisions.at(-1))?.made('arn') ?? given;
};

const loadBalancer = (one: Block): Body => ({
  targetGroupArn: one.text('targetGroupArn'),
  containerName: one.text('containerName'),
  containerPort: one.number('containerPort'),
});

/** The provider asks for no task where the program names no number; auto scaling may then ask for more, and so does a daemon. */
const unsaidCount = (one: Declared, world: World): number | undefined =>
  one.text('schedulingStrategy', 'REPLICA') === 'REPLICA' && world.of(...SCALABLE).length === 0 ? 0 : undefined;

/** A configuration that is set and not known must not look like none. */
function networkOf(one: Declared): Body | undefined {
  if (!one.has('networkConfiguration')) return undefined;
  const network = one.block('networkConfiguration');
  const assign = network?.flag('assignPublicIp', false);
  return {
    awsvpcConfiguration: {
      subnets: network?.texts('subnets'),
      securityGroups: network?.has('securityGroups') ? network.texts('securityGroups') : undefined,
      assignPublicIp: assign === undefined ? undefined : assign ? 'ENABLED' : 'DISABLED',
    },
  };
}

const service = (one: Declared, world: World): Body => {
  const strategies = one.blocks('capacityProviderStrategies');
  const launchType = strategies?.length === 0 ? one.text('launchType', 'EC2') : one.text('launchType');
  const breaker = one.block('deploymentCircuitBreaker');
  return {
    serviceArn: one.made('arn'),
    serviceName: one.either('name'),
    clusterArn: clusterArn(one, world),
    taskDefinition: taskArn(one.text('taskDefinition'), world),
    status: 'ACTIVE',
    launchType,
    capacityProviderStrategy: strategies?.length
      ? strategies.map((each) => ({ capacityProvider: each.text('capacityProvider') }))
      : undefined,
    desiredCount: one.number('desiredCount', unsaidCount(one, world)),
    schedulingStrategy: one.text('schedulingStrategy', 'REPLICA'),
    loadBalancers: one.blocks('loadBalancers')?.map(loadBalancer),
    networkConfiguration: networkOf(one),
    deploymentConfiguration: {
      deploymentCircuitBreaker: {
        enable: breaker ? breaker.flag('enable') : one.has('deploymentCircuitBreaker') ? undefined : false,
      },
    },
    deploymentController: { type: one.block('deploymentController')?.text('type') ?? 'ECS' },
    enableExecuteCommand: one.flag('enableExecuteCommand', false),
    placementStrategy: one
      .blocks('orderedPlacementStrategies')
      ?.map((each) => ({ type: each.text('type'), field: each.text('field') })),
    ...lower(one.tags('key', 'value')),
  };
};

/** The containers stand in a JSON text in the form of the API. */
function containersOf(one: Declared): unknown {
  const given = one.value('containerDefinitions');
  if (typeof given !== 'string') return given;
  try {
    const containers: unknown = JSON.parse(given);
    return Array.isArray(containers) ? containers.map(normalised) : undefined;
  } catch {
    return undefined;
  }
}

/** AWS answers with empty lists where a definition says nothing. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const normalised = (container: unknown): unknown =>
  typeof container === 'object' && container !== null
    ? { essential: true, environment: [], portMappings: [], cpu: 0, ...container }
    : container;

const revisionOf = (one: Declared): number => Number(/:(\d+)$/.exec(one.made('arn') ?? '')?.[1] ?? 1);

/** What AWS found the definition fit for when it was registered, which can be more than the program requires. */
function compatibilitiesOf(one: Declared): readonly string[] | undefined {
  const found = one.resource.outputs.compatibilities;
  const fit = Array.isArray(found) ? found.filter((each): each is string => typeof each === 'string') : undefined;
  const required = one.texts('requiresCompatibilities', []);
  return required?.every((each) => fit?.includes(each)) ? fit : undefined;
}

/** A definition of AWS that names none may run on either; of a program's own, X86_64 is what it gets on Fargate. */
function architectureOf(one: Declared): string | undefined {
  const named = one.block('runtimePlatform')?.text('cpuArchitecture');
  return named ?? (one.has('runtimePlatform') || isUntold(one, 'runtimePlatform') ? undefined : 'X86_64');
}

const taskDefinition = (one: Declared): Body => ({
  taskDefinition: {
    taskDefinitionArn: one.made('arn'),
    family: one.text('family'),
    revision: revisionOf(one),
    networkMode: one.text('networkMode', 'bridge'),
    requiresCompatibilities: one.texts('requiresCompatibilities', ['EC2']),
    compatibilities: compatibilitiesOf(one),
    cpu: one.text('cpu') ?? one.number('cpu'),
    memory: one.text('memory') ?? one.number('memory'),
    taskRoleArn: roleOf(one, 'taskRoleArn'),
    executionRoleArn: roleOf(one, 'executionRoleArn'),
    runtimePlatform: { cpuArchitecture: architectureOf(one) },
    containerDefinitions: containersOf(one),
    volumes: one
      .blocks('volumes')
      ?.map((each) => ({ host: each.has('hostPath') ? { sourcePath: each.text('hostPath') } : undefined })),
  },
  ...lower(one.tags('key', 'value')),
});

/** A role that is set and not known must not look like none. */
const roleOf = (one: Declared, key: string): unknown => (one.has(key) ? (one.text(key) ?? {}) : undefined);

const SCALABLE = ['aws:appautoscaling/target:Target'];

export const containers: readonly Translation[] = [
  listing('ecs:DescribeClusters', 'clusters', CLUSTER, cluster),
  {
    ...listing('ecs:ListClusters', 'clusterArns', CLUSTER, () => undefined),
    types: [],
    tell: (world) => world.of(...CLUSTER).map((one) => ({ from: one, body: { clusterArns: [one.made('arn')] } })),
  },
  listing('ecs:DescribeServices', 'services', SERVICE, service),
  {
    operation: 'ecs:ListServices',
    types: [],
    tell: (world) =>
      world.of(...SERVICE).map((one) => ({
        from: one,
        input: { cluster: clusterArn(one, world) },
        body: { serviceArns: [one.made('arn')] },
      })),
    none: { serviceArns: [] },
  },
  {
    ...detail('ecs:DescribeTaskDefinition', TASK, (one) => ({ taskDefinition: one.made('arn') }), taskDefinition),
    types: TASK,
  },
  listing('application-autoscaling:DescribeScalableTargets', 'ScalableTargets', SCALABLE, (one) => ({
    ServiceNamespace: one.text('serviceNamespace'),
    ResourceId: one.text('resourceId'),
    ScalableDimension: one.text('scalableDimension'),
    ScalableTargetARN: one.made('arn'),
    MinCapacity: one.number('minCapacity'),
    MaxCapacity: one.number('maxCapacity'),
  })),
  listing('ecr:DescribeRepositories', 'repositories', ['aws:ecr/repository:Repository'], (one) => ({
    repositoryName: one.id,
    repositoryArn: one.made('arn'),
    repositoryUri: one.made('repositoryUrl'),
  })),
  {
    operation: 'ecs:DescribeClusters',
    types: [...PROVIDERS, 'aws:ecs/capacityProvider:CapacityProvider', 'aws:appautoscaling/policy:Policy'],
    tell: () => [],
  },
];
