/** What runs the team's own code: ECS services, tasks that run alone, functions and instances, with their settings. */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type {
  Container,
  EcsService,
  EcsTask,
  EnvironmentFact,
  Instance,
  LambdaFunction,
  TaskDefinition,
} from '../../estate/kinds/compute.ts';
import type { Source } from '../../estate/source.ts';
import type { Asker } from './resolve.ts';

export interface Runner {
  readonly resource: EcsService | EcsTask | LambdaFunction | Instance;
  readonly asker: Asker;
  readonly taskDefinition: TaskDefinition | undefined;
  readonly containers: readonly Container[];
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly fact: EnvironmentFact;
  /** Where it stands, in words: `the environment of container web`. */
  readonly where: string;
  readonly source: Source;
  /** Names that mean a container of the same task, not a host. */
  readonly neighbours: ReadonlySet<string>;
}

export const runners = memoised((estate): readonly Runner[] => [
  ...all(estate, 'ecsService').map((service) => containerRunner(estate, service)),
  ...tasksAlone(estate).map((task) => containerRunner(estate, task)),
  ...all(estate, 'function').map((fn) => functionRunner(fn)),
  ...all(estate, 'instance')
    .filter((instance) => instance.state !== 'terminated')
    .map((instance) => instanceRunner(estate, instance)),
]);

/** Instances that a cluster's tasks run on, by the cluster's id. */
export const instancesOfCluster = memoised((estate): ReadonlyMap<string, readonly Instance[]> => {
  const byCluster = new Map<string, Instance[]>();
  for (const member of all(estate, 'containerInstance')) {
    const instance = find(estate, member.instance);
    if (!instance || !member.cluster) continue;
    const list = byCluster.get(member.cluster.id);
    if (list) list.push(instance);
    else byCluster.set(member.cluster.id, [instance]);
  }
  return byCluster;
});

/** Instances that a service's tasks may run on; empty on Fargate, where there are none. */
export const hostsOfService = (estate: Estate, service: EcsService | EcsTask): readonly Instance[] =>
  isFargate(service) || service.cluster === undefined ? [] : (instancesOfCluster(estate).get(service.cluster.id) ?? []);

/** Whether a service's tasks may run on an instance. */
export const mayRunOn = (estate: Estate, service: EcsService, instance: string): boolean =>
  !isFargate(service) && service.cluster !== undefined && members(estate).has(`${service.cluster.id} ${instance}`);

const members = memoised(
  (estate): ReadonlySet<string> =>
    new Set(all(estate, 'containerInstance').map((member) => `${member.cluster?.id} ${member.instance?.id}`)),
);

export function isFargate(service: EcsService | EcsTask): boolean {
  const providers = service.kind === 'ecsService' ? (service.capacityProviders ?? []) : [];
  return (
    service.launchType === 'FARGATE' ||
    (providers.length > 0 && providers.every((provider) => provider.startsWith('FARGATE')))
  );
}

/**
 * Running tasks that belong to no service. A task of a service's own definition in its cluster counts as the
 * service's, also where the task does not say so.
 */
function tasksAlone(estate: Estate): readonly EcsTask[] {
  const served = new Set(
    all(estate, 'ecsService').map((service) => `${service.cluster?.id} ${service.taskDefinition?.id}`),
  );
  return all(estate, 'ecsTask').filter(
    (task) =>
      task.service === undefined &&
      task.lastStatus !== 'STOPPED' &&
      !served.has(`${task.cluster?.id} ${task.taskDefinition?.id}`),
  );
}

function containerRunner(estate: Estate, resource: EcsService | EcsTask): Runner {
  const taskDefinition = find(estate, resource.taskDefinition);
  const containers = taskDefinition?.containers ?? [];
  const names = new Set(containers.map((container) => container.name.toLowerCase()));
  return {
    resource,
    asker: { account: resource.account, region: resource.region, vpc: vpcOf(estate, resource) },
    taskDefinition,
    containers,
    settings: containers.flatMap((container) => {
      const neighbours = new Set([...names, ...(container.links ?? []).map(alias)]);
      const where = `the environment of container ${container.name}`;
      const source = taskDefinition?.source ?? resource.source;
      return (container.environment ?? []).map((fact) => ({ fact, where, source, neighbours }));
    }),
  };
}

/** A link is `container` or `container:alias`. */
const alias = (link: string): string => link.replace(/^.*:/, '').toLowerCase();

function vpcOf(estate: Estate, resource: EcsService | EcsTask): string | undefined {
  const subnet = resource.kind === 'ecsService' ? find(estate, resource.network?.subnets?.[0]) : undefined;
  const face = resource.kind === 'ecsTask' ? find(estate, resource.networkInterfaces[0]) : undefined;
  return (subnet ?? face)?.vpc?.id ?? hostsOfService(estate, resource)[0]?.vpc?.id;
}

const NO_NEIGHBOURS: ReadonlySet<string> = new Set();

function functionRunner(fn: LambdaFunction): Runner {
  const { source } = fn;
  return {
    resource: fn,
    asker: { account: fn.account, region: fn.region, vpc: fn.network?.vpc?.id },
    taskDefinition: undefined,
    containers: [],
    settings: (fn.environment ?? []).map((fact) => ({
      fact,
      where: 'the environment',
      source,
      neighbours: NO_NEIGHBOURS,
    })),
  };
}

/** An instance's own user data, or that of the template its group starts it from. */
function instanceRunner(estate: Estate, instance: Instance): Runner {
  const template = find(estate, find(estate, instance.autoScalingGroup)?.launchTemplate);
  const source = instance.userData === undefined ? (template?.source ?? instance.source) : instance.source;
  const where = instance.userData === undefined ? 'the user data of the launch template' : 'the user data';
  return {
    resource: instance,
    asker: { account: instance.account, region: instance.region, vpc: instance.vpc?.id },
    taskDefinition: undefined,
    containers: [],
    settings: (instance.userData ?? template?.userData ?? []).map((fact) => ({
      fact,
      where,
      source,
      neighbours: NO_NEIGHBOURS,
    })),
  };
}
