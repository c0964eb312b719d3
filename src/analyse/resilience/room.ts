/** Whether ECS finds room to start tasks again: on Fargate by the subnets, on EC2 by the instances that are left. */
import { find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { isLost, runs } from './compute.ts';
import type { Context } from './context.ts';
import { losesZone, nameOfLoss } from './loss.ts';
import type { Unit } from './standing.ts';
import { isRunning } from './zones.ts';

type Service = ResourceOf<'ecsService'>;
type Task = ResourceOf<'ecsTask'>;

export interface Room {
  /** `afterScaling`: an Auto Scaling group must start instances first. */
  readonly answer: 'yes' | 'no' | 'unknown' | 'afterScaling';
  /** From where the new tasks go out. */
  readonly units: readonly Unit[];
  readonly detail: string;
}

/** A cluster's instances after the loss. */
interface ClusterAfter {
  readonly hosts: number;
  readonly lost: 'all' | 'none' | 'some' | 'unknown';
  readonly left: number;
  readonly units: readonly Unit[];
  /** MiB free on the instance that has most; undefined when the input does not tell of all. */
  readonly mostFree: number | undefined;
  readonly groups: readonly ResourceOf<'instance'>['autoScalingGroup'][];
}

const clusters = new WeakMap<Context, Map<string, ClusterAfter>>();

export function clusterAfter(context: Context, service: Service): ClusterAfter {
  const id = service.cluster?.id ?? '';
  const known = clusters.get(context) ?? new Map<string, ClusterAfter>();
  clusters.set(context, known);
  const answer = known.get(id) ?? judgeCluster(context, id);
  known.set(id, answer);
  return answer;
}

function judgeCluster(context: Context, cluster: string): ClusterAfter {
  const { estate, topology } = context;
  const hosts = (topology.containerInstancesOf.get(cluster) ?? [])
    .map((host) => ({ host, instance: find(estate, host.instance) }))
    .filter((one) => one.instance === undefined || runs(one.instance))
    .map((one) => ({ ...one, lost: one.instance && isLost(context, one.instance) }));
  const left = hosts.filter(
    (one) =>
      one.lost === false &&
      one.host.agentConnected !== false &&
      (one.host.status === undefined || one.host.status === 'ACTIVE'),
  );
  const free = left.map(({ host, instance }) => {
    const total = topology.instanceTypes.get(`${instance?.region} ${instance?.instanceType}`)?.memoryMiB;
    const taken = (topology.tasksOnHost.get(host.id) ?? []).filter(isRunning).map((task) => memoryOf(context, task));
    if (total === undefined || taken.includes(undefined)) return undefined;
    // The agent and the operating system take some: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
    return total * 0.9 - taken.reduce<number>((sum, memory) => sum + (memory ?? 0), 0);
  });
  const told = !free.includes(undefined) && tasksAreTold(context, cluster);
  const unknown = hosts.length === 0 || hosts.some((one) => one.lost === undefined);
  return {
    hosts: hosts.length,
    lost: unknown
      ? 'unknown'
      : hosts.every((one) => one.lost)
        ? 'all'
        : hosts.some((one) => one.lost)
          ? 'some'
          : 'none',
    left: left.length,
    units: left.map((one) => ({ id: one.host.id, subnet: one.instance?.subnet?.id })),
    mostFree: told ? free.reduce<number>((most, one) => Math.max(most, one ?? 0), 0) : undefined,
    groups: hosts.map((one) => one.instance?.autoScalingGroup),
  };
}

/** MiB that a task reserves; undefined when the input does not tell. */
function memoryOf(context: Context, task: Task | Service): number | undefined {
  const definition = find(context.estate, task.taskDefinition);
  if (definition?.memory !== undefined) return definition.memory;
  const containers = definition?.containers?.map((container) => container.memory);
  if (!containers || containers.includes(undefined)) return undefined;
  return containers.reduce<number>((sum, memory) => sum + (memory ?? 0), 0);
}

/** Room is only known where every task of the cluster is in the input: an unseen one takes memory too. */
function tasksAreTold(context: Context, cluster: string): boolean {
  const { servicesOfCluster, tasksOf } = context.topology;
  return (servicesOfCluster.get(cluster) ?? []).every((one) => {
    if (takesNoRoom(one)) return true;
    const expected = one.running ?? one.desired;
    const tasks = (tasksOf.get(one.id) ?? []).filter(isRunning);
    const placed = tasks.every((task) => task.containerInstance !== undefined || task.launchType === 'FARGATE');
    return expected !== undefined && tasks.length >= expected && placed;
  });
}

/** Tasks on Fargate are in the cluster and on none of its instances. */
const takesNoRoom = ({ launchType, capacityProviders }: Service): boolean =>
  launchType === 'FARGATE' ||
  (launchType === undefined &&
    capacityProviders !== undefined &&
    capacityProviders.length > 0 &&
    capacityProviders.every((one) => one.startsWith('FARGATE')));

export function roomOnFargate(context: Context, service: Service): Room {
  const subnets = service.network?.subnets;
  if (!subnets) return { answer: 'unknown', units: [], detail: `The subnets of ${service.name} are not told.` };
  const zones = subnets.map((ref) => ({ ref, zone: find(context.estate, ref)?.zone?.id }));
  const left = zones.filter((one) => one.zone !== undefined && !losesZone(context.loss, one.zone));
  const units = left.map((one) => ({ id: service.id, subnet: one.ref.id }));
  if (left.length > 0) {
    const names = [...new Set(left.map((one) => one.zone))].sort().join(', ');
    return { answer: 'yes', units, detail: `Fargate starts them in ${names}.` };
  }
  if (zones.some((one) => one.zone === undefined)) {
    return { answer: 'unknown', units, detail: `The zones of the subnets of ${service.name} are not told.` };
  }
  return { answer: 'no', units, detail: `Every subnet of ${service.name} is in ${nameOfLoss(context.loss)}.` };
}

export function roomOnInstances(context: Context, service: Service): Room {
  const cluster = clusterAfter(context, service);
  const { units } = cluster;
  if (cluster.hosts === 0) {
    return { answer: 'unknown', units, detail: 'The instances of its cluster are not in the input.' };
  }
  if (cluster.left === 0) {
    if (cluster.lost !== 'unknown') return newInstances(context, cluster.groups);
    return { answer: 'unknown', units, detail: 'The zones of the instances of its cluster are not told.' };
  }
  const need = memoryOf(context, service);
  if (need === undefined || cluster.mostFree === undefined) {
    const detail = `Whether the instances that are left (${cluster.left}) have room is not told (tasks, their memory, or instance types).`;
    return { answer: 'unknown', units, detail };
  }
  return cluster.mostFree >= need
    ? { answer: 'yes', units, detail: `An instance that is left has room for a task of ${need} MiB.` }
    : { answer: 'no', units, detail: `No instance that is left has ${need} MiB of memory free for a task.` };
}

function newInstances(context: Context, groups: ClusterAfter['groups']): Room {
  const seen = new Set<string>();
  let untold: string | undefined;
  for (const ref of groups) {
    if (!ref || seen.has(ref.id)) continue;
    seen.add(ref.id);
    const group = find(context.estate, ref);
    const standing = group && context.standingOf(group);
    if (standing?.state === 'standsAfter')
      return { answer: 'afterScaling', units: standing.units ?? [], detail: standing.because[0]?.detail ?? '' };
    if (standing === undefined || standing.state === 'unknown') untold ??= group?.name ?? ref.id;
  }
  if (groups.includes(undefined)) {
    return { answer: 'unknown', units: [], detail: 'Whether its instances are in an Auto Scaling group is not told.' };
  }
  if (untold !== undefined)
    return {
      answer: 'unknown',
      units: [],
      detail: `Whether the Auto Scaling group ${untold} starts others is not told.`,
    };
  const detail = `No instance of its cluster is outside of ${nameOfLoss(context.loss)}, and nothing starts one.`;
  return { answer: 'no', units: [], detail };
}
