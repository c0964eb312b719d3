/**
 * ECS after a loss: which tasks are left, and whether the others can be started again elsewhere. Fargate finds room by
 * itself in the subnets that are left; on EC2 the room is what is left of the cluster's instances, or what their
 * Auto Scaling group starts anew.
 */
import { byId, find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { hop, lacks } from './codes.ts';
import { isLost, runs } from './compute.ts';
import type { Context } from './context.ts';
import { INSTANCES_REPLACED, TASKS_RESCHEDULED } from './failover.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { type Capacity, gone, type Standing, stands, standsAfter, type Unit, unknown } from './standing.ts';
import { isRunning, zoneOfTask, zonesOfSubnets } from './zones.ts';

type Service = ResourceOf<'ecsService'>;
type Task = ResourceOf<'ecsTask'>;

export const onFargate = (service: Service): boolean | undefined =>
  service.launchType !== undefined
    ? service.launchType === 'FARGATE'
    : service.capacityProviders?.length
      ? service.capacityProviders.some((one) => one.startsWith('FARGATE'))
      : undefined;

function taskLost(context: Context, task: Task): boolean | undefined {
  const { loss, estate } = context;
  if (loss.type === 'nothing') return false;
  if (loss.type === 'resource') {
    return (
      losesResource(loss, task.id) || losesResource(loss, find(estate, task.containerInstance)?.instance?.id ?? '')
    );
  }
  const zone = zoneOfTask(estate, task);
  return zone === undefined ? undefined : losesZone(loss, zone);
}

function unitOf(context: Context, task: Task): Unit {
  const { estate } = context;
  for (const ref of task.networkInterfaces) {
    const subnet = find(estate, ref)?.subnet;
    if (subnet) return { id: task.id, subnet: subnet.id };
  }
  const host = find(estate, find(estate, task.containerInstance)?.instance);
  if (host) return { id: task.id, subnet: host.subnet?.id };
  const zone = zoneOfTask(estate, task);
  const inZone =
    find(estate, task.service)?.network?.subnets?.filter((ref) => find(estate, ref)?.zone?.id === zone) ?? [];
  return { id: task.id, subnet: inZone.length === 1 ? inZone[0]?.id : undefined };
}

export function taskStanding(context: Context, task: Task): Standing {
  if (!isRunning(task)) return gone(hop('zone-single', task, `${task.name} is ${task.lastStatus}.`));
  const lost = taskLost(context, task);
  if (lost === undefined) return unknown(lacks(task, `The zone of ${task.name} is not told.`, 'ecs:DescribeTasks'));
  if (lost)
    return gone(
      hop('zone-single', task, `${task.name} stands in ${nameOfLoss(context.loss)}.`, nameOfLoss(context.loss)),
    );
  return {
    ...stands(hop('zone-left', task, `${task.name} does not stand in ${nameOfLoss(context.loss)}.`)),
    units: [unitOf(context, task)],
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

type Room = {
  readonly answer: 'yes' | 'no' | 'unknown' | 'afterScaling';
  readonly units: readonly Unit[];
  readonly detail: string;
};

function roomOnFargate(context: Context, service: Service): Room {
  const subnets = service.network?.subnets;
  if (!subnets) return { answer: 'unknown', units: [], detail: `The subnets of ${service.name} are not told.` };
  const zones = subnets.map((ref) => ({ ref, zone: find(context.estate, ref)?.zone?.id }));
  const left = zones.filter((one) => one.zone !== undefined && !losesZone(context.loss, one.zone));
  const units = left.map((one) => ({ id: service.id, subnet: one.ref.id }));
  if (left.length > 0)
    return {
      answer: 'yes',
      units,
      detail: `Fargate starts them in ${[...new Set(left.map((one) => one.zone))].sort().join(', ')}.`,
    };
  if (zones.some((one) => one.zone === undefined))
    return { answer: 'unknown', units, detail: `The zones of the subnets of ${service.name} are not told.` };
  return { answer: 'no', units, detail: `Every subnet of ${service.name} is in ${nameOfLoss(context.loss)}.` };
}

function roomOnInstances(context: Context, service: Service): Room {
  const { estate, topology } = context;
  const hosts = (topology.containerInstancesOf.get(service.cluster?.id ?? '') ?? [])
    .filter((host) => host.status === undefined || host.status === 'ACTIVE')
    .map((host) => ({ host, instance: find(estate, host.instance) }));
  if (hosts.length === 0)
    return { answer: 'unknown', units: [], detail: 'The instances of its cluster are not in the input.' };
  const judged = hosts.map((one) => ({
    ...one,
    lost: one.instance && runs(one.instance) ? isLost(context, one.instance) : undefined,
  }));
  const left = judged.filter((one) => one.lost === false && one.host.agentConnected !== false);
  const units = left.map((one) => ({ id: one.host.id, subnet: one.instance?.subnet?.id }));
  if (left.length === 0) {
    if (judged.some((one) => one.lost === undefined))
      return { answer: 'unknown', units, detail: 'The zones of the instances of its cluster are not told.' };
    return newInstances(
      context,
      judged.map((one) => one.instance?.autoScalingGroup),
    );
  }
  const need = memoryOf(context, service);
  let told = need !== undefined && tasksAreTold(context, service);
  for (const { host, instance } of left) {
    const total = topology.instanceTypes.get(`${instance?.region} ${instance?.instanceType}`)?.memoryMiB;
    const taken = (topology.tasksOnHost.get(host.id) ?? []).filter(isRunning).map((task) => memoryOf(context, task));
    if (total === undefined || taken.includes(undefined)) told = false;
    if (!told || need === undefined || total === undefined) continue;
    // The agent and the operating system take some: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
    const free = total * 0.9 - taken.reduce<number>((sum, memory) => sum + (memory ?? 0), 0);
    if (free >= need) {
      return { answer: 'yes', units, detail: `${instance?.name ?? host.id} has room for a task of ${need} MiB.` };
    }
  }
  if (!told) {
    const detail = `Whether the ${left.length} instances that are left have room is not told (tasks, their memory, or instance types).`;
    return { answer: 'unknown', units, detail };
  }
  return { answer: 'no', units, detail: `No instance that is left has ${need} MiB of memory free for a task.` };
}

/** Room is only known where every task of the cluster is in the input: an unseen one takes memory too. */
function tasksAreTold(context: Context, service: Service): boolean {
  const { servicesOfCluster, tasksOf } = context.topology;
  return (servicesOfCluster.get(service.cluster?.id ?? '') ?? []).every((one) => {
    const expected = one.running ?? one.desired;
    const tasks = (tasksOf.get(one.id) ?? []).filter(isRunning);
    const placed = tasks.every((task) => task.containerInstance !== undefined || task.launchType === 'FARGATE');
    return expected !== undefined && tasks.length >= expected && placed;
  });
}

function newInstances(
  context: Context,
  groups: readonly (ResourceOf<'instance'>['autoScalingGroup'] | undefined)[],
): Room {
  for (const ref of groups) {
    const group = find(context.estate, ref);
    const standing = group && context.standingOf(group);
    if (standing?.state === 'standsAfter')
      return { answer: 'afterScaling', units: standing.units ?? [], detail: standing.because[0]?.detail ?? '' };
  }
  if (groups.some((ref) => ref === undefined))
    return { answer: 'unknown', units: [], detail: 'Whether its instances are in an Auto Scaling group is not told.' };
  return {
    answer: 'no',
    units: [],
    detail: `No instance of its cluster is outside of ${nameOfLoss(context.loss)}, and nothing starts one.`,
  };
}

/** How many of the cluster's instances are lost: there its tasks on EC2 are, even those that the input does not list. */
function hostsLost(context: Context, service: Service): 'all' | 'none' | 'unknown' {
  const hosts = context.topology.containerInstancesOf.get(service.cluster?.id ?? '') ?? [];
  const lost = hosts.map((host) => {
    const instance = find(context.estate, host.instance);
    return instance && isLost(context, instance);
  });
  if (lost.length === 0) return 'unknown';
  return lost.every((one) => one === true) ? 'all' : lost.every((one) => one === false) ? 'none' : 'unknown';
}

/** Whether the loss can take a task: a zone, an instance or a task can. */
function touchesTasks(context: Context): boolean {
  const { loss, estate } = context;
  if (loss.type !== 'resource') return loss.type === 'zone';
  const lost = byId(estate, loss.id);
  return lost === undefined || lost.kind === 'instance' || lost.kind === 'ecsTask';
}

export function serviceStanding(context: Context, service: Service): Standing {
  const { topology, loss } = context;
  const operation = 'ecs:DescribeTasks';
  if (service.desired === 0) return gone(hop('zone-single', service, `${service.name} is set to run no task.`));
  const tasks = (topology.tasksOf.get(service.id) ?? []).filter(isRunning);
  const expected = service.running ?? service.desired;
  const judged = tasks.map((task) => ({ task, lost: taskLost(context, task) }));
  const left = judged.filter((one) => one.lost === false).map((one) => one.task);
  const now = Math.max(tasks.length, expected ?? 0);
  const fargate = onFargate(service);
  const subnets = service.network?.subnets ?? [];
  const everywhere = subnets.map((ref) => ({ id: service.id, subnet: ref.id }));
  if (tasks.length === 0 && expected !== 0 && !touchesTasks(context)) {
    return { ...stands(hop('zone-left', service, `${service.name} is not what is lost.`)), units: everywhere };
  }
  const possible = zonesOfSubnets(context.estate, service.network?.subnets);
  if (loss.type === 'zone' && possible && possible.length > 0 && !possible.includes(loss.zone)) {
    const detail = `${service.name} has no subnet in ${loss.zone}.`;
    return { ...stands(hop('zone-left', service, detail)), units: everywhere };
  }
  const room: Room =
    fargate === undefined
      ? { answer: 'unknown', units: [], detail: `Whether ${service.name} runs on Fargate or on EC2 is not told.` }
      : fargate
        ? roomOnFargate(context, service)
        : service.launchType === 'EXTERNAL'
          ? { answer: 'unknown', units: [], detail: `${service.name} runs on machines outside of AWS.` }
          : roomOnInstances(context, service);
  const restored = room.answer === 'yes' || room.answer === 'afterScaling' ? 'yes' : room.answer;
  const capacity: readonly Capacity[] = [{ resource: service.id, unit: 'task', left: left.length, now, restored }];
  if (left.length > 0) {
    const detail = `${left.length} of ${now} tasks of ${service.name} run outside of ${nameOfLoss(loss)}.`;
    return {
      ...stands(hop('tasks-left', service, detail)),
      units: left.map((task) => unitOf(context, task)),
      capacity,
    };
  }
  if (fargate && room.answer === 'no')
    return { ...gone(hop('zone-single', service, room.detail, nameOfLoss(loss))), capacity };
  if (fargate && room.answer === 'yes' && tasks.length === 0 && expected !== undefined && expected > 0) {
    const detail = `Where the tasks of ${service.name} run is not told. If none is left, ${room.detail}`;
    return { ...standsAfter(TASKS_RESCHEDULED, hop('tasks-rescheduled', service, detail)), units: room.units };
  }
  const hosts = fargate ? 'unknown' : hostsLost(context, service);
  if (hosts === 'none' && judged.every((one) => one.lost === false)) {
    const detail = `Its tasks run on the instances of its cluster, and none of these stands in ${nameOfLoss(loss)}.`;
    return stands(hop('zone-left', service, detail));
  }
  const told = expected !== undefined && tasks.length >= expected && tasks.length > 0;
  if (hosts !== 'all' && (!told || judged.some((one) => one.lost === undefined))) {
    return unknown(lacks(service, `Where the tasks of ${service.name} run is not told.`, operation));
  }
  switch (room.answer) {
    case 'yes':
      return {
        ...standsAfter(
          TASKS_RESCHEDULED,
          hop('tasks-rescheduled', service, `No task of ${service.name} is left. ${room.detail}`),
        ),
        units: room.units,
        capacity,
      };
    case 'afterScaling':
      return {
        ...standsAfter(
          INSTANCES_REPLACED,
          hop('tasks-rescheduled', service, `No task of ${service.name} is left. ${room.detail}`),
        ),
        units: room.units,
        capacity,
      };
    case 'no':
      return {
        ...gone(
          hop('no-room-for-tasks', service, `No task of ${service.name} is left. ${room.detail}`, nameOfLoss(loss)),
        ),
        capacity,
      };
    case 'unknown':
      return unknown(
        lacks(service, room.detail, fargate === undefined ? 'ecs:DescribeServices' : 'ecs:DescribeContainerInstances'),
      );
  }
}
