/**
 * ECS after a loss: which tasks are left, and whether the others can be started again elsewhere. Fargate finds room by
 * itself in the subnets that are left; on EC2 the room is what is left of the cluster's instances, or what their
 * Auto Scaling group starts anew.
 */
import { byId, find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { hop, lacks } from './codes.ts';
import type { Context } from './context.ts';
import { INSTANCES_REPLACED, TASKS_RESCHEDULED } from './failover.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { clusterAfter, type Room, roomOnFargate, roomOnInstances } from './room.ts';
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
  if (!isRunning(task)) return gone(hop('not-running', task, `${task.name} is ${task.lastStatus}.`));
  const lost = taskLost(context, task);
  if (lost === undefined) return unknown(lacks(task, `The zone of ${task.name} is not told.`, 'ecs:DescribeTasks'));
  if (lost)
    return gone(
      hop('zone-single', task, `${task.name} stands in ${nameOfLoss(context.loss)}.`, nameOfLoss(context.loss)),
    );
  return {
    units: [unitOf(context, task)],
    ...stands(hop('zone-left', task, `${task.name} does not stand in ${nameOfLoss(context.loss)}.`)),
  };
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
  if (service.desired === 0) return gone(hop('not-running', service, `${service.name} is set to run no task.`));
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
      units: left.map((task) => unitOf(context, task)),
      capacity,
      ...stands(hop('tasks-left', service, detail)),
    };
  }
  if (fargate && room.answer === 'no')
    return { ...gone(hop('zone-single', service, room.detail, nameOfLoss(loss))), capacity };
  if (fargate && room.answer === 'yes' && tasks.length === 0 && expected !== undefined && expected > 0) {
    const detail = `Where the tasks of ${service.name} run is not told. If none is left, ${room.detail}`;
    return { ...standsAfter(TASKS_RESCHEDULED, hop('tasks-rescheduled', service, detail)), units: room.units };
  }
  const hosts = fargate ? 'unknown' : clusterAfter(context, service).lost;
  if (hosts === 'none' && judged.every((one) => one.lost === false)) {
    const detail = `Its tasks run on the instances of its cluster, and none of these stands in ${nameOfLoss(loss)}.`;
    return { ...stands(hop('zone-left', service, detail)), units: clusterAfter(context, service).units };
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
