/** Instances, Auto Scaling groups, ECS services and functions after a loss. */
import { find } from '../../estate/estate.ts';
import type { ResourceOf } from '../../estate/resource.ts';
import { hop, lacks } from './codes.ts';
import type { Context } from './context.ts';
import { INSTANCES_REPLACED } from './failover.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { gone, type Standing, stands, standsAfter, unknown } from './standing.ts';
import { zoneOfInstance } from './zones.ts';

const INSTANCES = 'ec2:DescribeInstances';

export const runs = (instance: ResourceOf<'instance'>): boolean =>
  instance.state === undefined || instance.state === 'running';

/** Whether an instance is lost; undefined when the input does not tell. */
export function isLost(context: Context, instance: ResourceOf<'instance'>): boolean | undefined {
  const { loss, estate } = context;
  if (loss.type === 'nothing') return false;
  if (loss.type === 'resource') return losesResource(loss, instance.id);
  const zone = zoneOfInstance(estate, instance);
  return zone === undefined ? undefined : losesZone(loss, zone);
}

export function instanceStanding(context: Context, instance: ResourceOf<'instance'>): Standing {
  if (!runs(instance)) return gone(hop('not-running', instance, `${instance.name} is ${instance.state}.`));
  const units = [{ id: instance.id, subnet: instance.subnet?.id }];
  const lost = isLost(context, instance);
  if (lost === undefined) return unknown(lacks(instance, `The zone of ${instance.name} is not told.`, INSTANCES));
  if (!lost)
    return {
      ...stands(hop('zone-left', instance, `${instance.name} does not stand in ${nameOfLoss(context.loss)}.`)),
      units,
    };
  const group = find(context.estate, instance.autoScalingGroup);
  const itself = context.loss.type === 'resource';
  const detail = itself ? `${instance.name} is lost.` : `${instance.name} stands in ${nameOfLoss(context.loss)}.`;
  const replaced = group ? ' Its Auto Scaling group starts another one, with another address.' : '';
  return gone(hop(itself ? 'itself-lost' : 'zone-single', instance, detail + replaced, nameOfLoss(context.loss)));
}

/** Zones in which a group may start instances after the loss; undefined when not told. */
function zonesLeft(context: Context, group: ResourceOf<'autoScalingGroup'>): readonly string[] | undefined {
  const zones = group.zones?.map((zone) => zone.id) ?? group.subnets?.map((ref) => find(context.estate, ref)?.zone?.id);
  if (zones === undefined || zones.includes(undefined)) return undefined;
  return [...new Set(zones)].filter(
    (zone) => zone !== undefined && !losesZone(context.loss, zone),
  ) as readonly string[];
}

/**
 * Without these a group replaces nothing:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
const REPLACING = ['Launch', 'Terminate', 'HealthCheck', 'ReplaceUnhealthy'];

/** `open`: the zones in which it may start instances. */
function replaces(
  { max, suspendedProcesses }: ResourceOf<'autoScalingGroup'>,
  open: readonly string[] | undefined,
): 'yes' | 'no' | 'unknown' {
  if (open?.length === 0 || max === 0 || suspendedProcesses?.some((one) => REPLACING.includes(one))) return 'no';
  return open === undefined || suspendedProcesses === undefined ? 'unknown' : 'yes';
}

export function groupStanding(context: Context, group: ResourceOf<'autoScalingGroup'>): Standing {
  const { estate, loss } = context;
  if (group.instances === undefined)
    return unknown(
      lacks(group, `The instances of ${group.name} are not told.`, 'autoscaling:DescribeAutoScalingGroups'),
    );
  const instances = group.instances.map((ref) => ({ ref, instance: find(estate, ref) }));
  const running = instances.filter((one) => one.instance === undefined || runs(one.instance));
  const judged = running.map((one) => ({
    ...one,
    lost: one.instance ? isLost(context, one.instance) : loss.type === 'nothing' ? false : undefined,
  }));
  const left = judged.filter((one) => one.lost === false);
  const open = zonesLeft(context, group);
  const canReplace = replaces(group, open);
  const units = (left.length > 0 ? left.map((one) => one.instance) : []).map((instance) => ({
    id: instance?.id ?? group.id,
    subnet: instance?.subnet?.id,
  }));
  const capacity = [
    {
      resource: group.id,
      unit: 'instance' as const,
      left: left.length,
      now: running.length,
      restored: canReplace,
    } as const,
  ];
  if (left.length > 0)
    return {
      ...stands(hop('instances-left', group, `${left.length} of ${running.length} instances are left.`)),
      units,
      capacity,
    };
  if (judged.some((one) => one.lost === undefined))
    return unknown(lacks(group, `The zones of the instances of ${group.name} are not told.`, INSTANCES));
  if (running.length === 0) return gone(hop('not-running', group, `${group.name} runs no instance.`));
  if (canReplace === 'unknown') {
    const reason =
      open === undefined
        ? `The zones of ${group.name} are not told.`
        : `Which of its processes ${group.name} leaves off is not told.`;
    return unknown(lacks(group, reason, 'autoscaling:DescribeAutoScalingGroups'));
  }
  if (canReplace === 'no') {
    const detail =
      open?.length === 0
        ? `${group.name} has no zone but ${nameOfLoss(loss)}.`
        : `${group.name} starts no other instance: it is not allowed to.`;
    return { ...gone(hop('zone-single', group, detail, nameOfLoss(loss))), capacity };
  }
  const subnets = (group.subnets ?? []).filter((ref) => open?.includes(find(estate, ref)?.zone?.id ?? ''));
  const detail = `No instance of ${group.name} is left; it starts new ones in ${open?.join(', ')}.`;
  return {
    ...standsAfter(INSTANCES_REPLACED, hop('instances-replaced', group, detail)),
    units: subnets.map((ref) => ({ id: group.id, subnet: ref.id })),
    capacity,
  };
}

export function functionStanding(context: Context, lambda: ResourceOf<'function'>): Standing {
  const { estate, loss } = context;
  if (losesResource(loss, lambda.id)) return gone(hop('itself-lost', lambda, `${lambda.name} is lost.`));
  if (lambda.network === null) {
    return stands(
      hop('regional-service', lambda, `${lambda.name} is in no VPC; Lambda runs it over the zones of the region.`),
    );
  }
  const subnets = lambda.network?.subnets;
  if (subnets === undefined || subnets.length === 0)
    return unknown(lacks(lambda, `The subnets of ${lambda.name} are not told.`, 'lambda:ListFunctions'));
  const zones = subnets.map((ref) => ({ ref, zone: find(estate, ref)?.zone?.id }));
  const left = zones.filter((one) => one.zone !== undefined && !losesZone(loss, one.zone));
  if (left.length > 0 || loss.type !== 'zone') {
    const kept = loss.type === 'zone' ? left : zones;
    return {
      units: kept.map((one) => ({ id: lambda.id, subnet: one.ref.id })),
      ...stands(
        hop('function-subnets-left', lambda, `${lambda.name} runs in ${kept.length} of ${zones.length} subnets.`),
      ),
    };
  }
  if (zones.some((one) => one.zone === undefined))
    return unknown(lacks(lambda, `The zones of the subnets of ${lambda.name} are not told.`, 'ec2:DescribeSubnets'));
  return gone(
    hop('zone-single', lambda, `Every subnet of ${lambda.name} is in ${nameOfLoss(loss)}.`, nameOfLoss(loss)),
  );
}
