/**
 * Lose a zone, or one machine: which flows still have both ends and a way between them, what fails over and in how
 * long, what is gone. A path argument on the estate without what is lost; what the input does not tell is unknown.
 */
import type { Estate } from '../../estate/estate.ts';
import { all, byId } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import { GLOBAL } from '../../estate/ids.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Hop, Missing } from '../verdict.ts';
import { balancerStanding, targetGroupStanding } from './balance.ts';
import { hop, lacks } from './codes.ts';
import { functionStanding, groupStanding, instanceStanding } from './compute.ts';
import type { Context } from './context.ts';
import { cacheStanding, clusterStanding, databaseStanding } from './data.ts';
import { serviceStanding, taskStanding } from './ecs.ts';
import { egressStanding, serviceOf } from './egress.ts';
import type { Failover } from './failover.ts';
import { hostStanding, standsInside } from './hosts.ts';
import { type Loss, losesResource, losesZone, NOTHING, nameOfLoss } from './loss.ts';
import { heldByNames } from './names.ts';
import { type Capacity, gone, type Standing, stands, together, unknown } from './standing.ts';
import { hostKey, topologyOf } from './topology.ts';
import { zonesOf } from './zones.ts';

export type Outcome = 'survives' | 'survivesAfterFailover' | 'lost' | 'unknown';

export interface FlowSurvival {
  readonly flow: string;
  readonly outcome: Outcome;
  /** For unknown: empty, see `missing`. */
  readonly because: readonly Hop[];
  /** Empty but for `survivesAfterFailover`; all of them are needed. */
  readonly failover: readonly Failover[];
  /** Empty but for `unknown`. */
  readonly missing: readonly Missing[];
}

export interface Survival {
  /** The zone or the resource that is lost. */
  readonly without: string;
  readonly flows: readonly FlowSurvival[];
  /** Of every end of a flow that has several parts: how many are left. */
  readonly capacity: readonly Capacity[];
}

export interface ZoneSurvival extends Survival {
  readonly zone: string;
}

function contextOf(estate: Estate, loss: Loss): Context {
  const known = new Map<string, Standing>();
  const context: Context = {
    estate,
    loss,
    topology: topologyOf(estate),
    standingOf: (resource) => {
      const answer = known.get(resource.id);
      if (answer) return answer;
      known.set(
        resource.id,
        unknown(lacks(resource, `${resource.name} depends on itself.`, resource.source.operation)),
      );
      const standing = judge(context, resource);
      known.set(resource.id, standing);
      return standing;
    },
  };
  return context;
}

/** Zones are of one region: what is in another one does not feel the loss. */
function elsewhere(context: Context, resource: Resource): boolean {
  if (context.loss.type !== 'zone' || resource.region === GLOBAL) return false;
  const zone = byId(context.estate, context.loss.zone);
  if (zone?.kind !== 'zone' || zone.region === resource.region) return false;
  // a region may be taken for want of one that is told, as for a template: the zones tell it where they are known
  const own = zonesOf(context.estate, resource);
  const zones = !own.known ? own.possible : own.scope === 'zonal' ? own.zones : undefined;
  return zones
    ? !zones.includes(zone.id)
    : all(context.estate, 'zone').some(({ region }) => region === resource.region);
}

/** Their loss is the loss of one machine of several, and theirs to judge. */
const HAS_STANDBY = new Set<Resource['kind']>(['database', 'databaseCluster', 'cache', 'instance']);

function judge(context: Context, resource: Resource): Standing {
  if (elsewhere(context, resource))
    return stands(hop('zone-left', resource, `${resource.name} is in ${resource.region}.`));
  if (losesResource(context.loss, resource.id) && !HAS_STANDBY.has(resource.kind)) {
    return gone(hop('itself-lost', resource, `${resource.name} is what is lost.`));
  }
  switch (resource.kind) {
    case 'instance':
      return instanceStanding(context, resource);
    case 'autoScalingGroup':
      return groupStanding(context, resource);
    case 'ecsService':
      return serviceStanding(context, resource);
    case 'ecsTask':
      return taskStanding(context, resource);
    case 'function':
      return functionStanding(context, resource);
    case 'loadBalancer':
      return balancerStanding(context, resource);
    case 'targetGroup':
      return targetGroupStanding(context, resource, undefined);
    case 'database':
      return databaseStanding(context, resource);
    case 'databaseCluster':
      return clusterStanding(context, resource);
    case 'cache':
      return cacheStanding(context, resource);
    case 'distribution':
      return distributionStanding(context, resource);
    default:
      return placed(context, resource);
  }
}

/** Whatever has no failover of its own: it is where it is. */
function placed(context: Context, resource: Resource): Standing {
  const { loss, estate } = context;
  const zones = zonesOf(estate, resource);
  if (!zones.known) return loss.type === 'zone' ? { state: 'unknown', missing: zones.missing } : stands();
  if (zones.scope === 'regional')
    return stands(
      hop('regional-service', resource, `${resource.name} (${resource.kind}) is run by AWS over several zones.`),
    );
  if (loss.type !== 'zone' || zones.zones.some((zone) => !losesZone(loss, zone))) {
    return stands(hop('zone-left', resource, `${resource.name} stands in ${zones.zones.join(', ')}.`));
  }
  return gone(hop('zone-single', resource, `${resource.name} stands in ${loss.zone} only.`, loss.zone));
}

/** CloudFront itself stands everywhere; what it fetches from may not. */
function distributionStanding(context: Context, distribution: Resource & { readonly kind: 'distribution' }): Standing {
  const own = stands(
    hop('regional-service', distribution, `${distribution.name} runs at CloudFront’s edges, not in a zone.`),
  );
  if (distribution.origins === undefined)
    return unknown(
      lacks(distribution, `The origins of ${distribution.name} are not told.`, 'cloudfront:ListDistributions'),
    );
  const behind = distribution.origins.flatMap((origin): Standing[] => {
    const balancer =
      origin.domain === undefined ? undefined : context.topology.balancerByName.get(hostKey(origin.domain));
    if (balancer) return [context.standingOf(balancer)];
    if (origin.type === 's3') return [];
    const where = `Origin ${origin.domain ?? origin.id} of ${distribution.name}`;
    if (origin.domain === undefined || origin.type === 'vpc' || /\.elb\.amazonaws\.com$/i.test(origin.domain)) {
      return [unknown(lacks(distribution, `${where} is not in the input.`, 'elbv2:DescribeLoadBalancers'))];
    }
    return [stands(hop('outside-estate', distribution, `${where} is outside of what was read.`))];
  });
  return together([own, ...behind]);
}

function endStanding(context: Context, end: FlowEnd): Standing {
  switch (end.type) {
    case 'resource': {
      const resource = byId(context.estate, end.id);
      if (resource) return context.standingOf(resource);
      return unknown({ operation: 'unknown', reason: `${end.id} is not in the input.`, resource: end.id });
    }
    case 'host':
      return hostStanding(context, end.host);
    case 'internet':
    case 'people':
    case 'service':
      return STANDS;
  }
}

const STANDS = stands();

/** Kinds that send from inside the VPC, so that their way out is a route. */
const inVpc = (resource: Resource): boolean =>
  ['instance', 'autoScalingGroup', 'ecsService', 'ecsTask'].includes(resource.kind) ||
  (resource.kind === 'function' && resource.network !== null);

function wayBetween(context: Context, flow: Flow, from: Standing): Standing {
  if (from.state !== 'stands' && from.state !== 'standsAfter') return STANDS;
  const receiver = flow.to.type === 'resource' ? byId(context.estate, flow.to.id) : undefined;
  const service = flow.to.type === 'service' ? flow.to.service : receiver && serviceOf(receiver);
  const toOutside = flow.to.type === 'internet' || (flow.to.type === 'host' && !standsInside(flow.to.host));
  const goesOut = toOutside || service !== undefined;
  const sender = goesOut && flow.from.type === 'resource' ? byId(context.estate, flow.from.id) : undefined;
  if (!sender || !inVpc(sender) || elsewhere(context, sender)) return STANDS;
  return egressStanding(context, sender, from.units ?? [], service);
}

function flowStanding(context: Context, flow: Flow): Standing {
  const from = endStanding(context, flow.from);
  return together([from, endStanding(context, flow.to), wayBetween(context, flow, from)]);
}

/** One list for all, for there is an answer for every flow and every zone. */
const NONE: readonly never[] = [];

function answerOf(flow: Flow, standing: Standing): FlowSurvival {
  const { id } = flow;
  switch (standing.state) {
    case 'unknown':
      return { flow: id, because: NONE, failover: NONE, missing: standing.missing, outcome: 'unknown' };
    case 'stands':
      return { flow: id, because: standing.because, failover: NONE, missing: NONE, outcome: 'survives' };
    case 'standsAfter': {
      const { because, failover } = standing;
      return { flow: id, because, failover, missing: NONE, outcome: 'survivesAfterFailover' };
    }
    case 'gone':
      return { flow: id, because: standing.because, failover: NONE, missing: NONE, outcome: 'lost' };
  }
}

/** A flow by itself: what names hold up is seen when all flows are judged. */
export interface JudgedFlow {
  readonly answer: FlowSurvival;
  readonly capacity: readonly Capacity[];
}

function judgeFlow(today: Context, after: Context, flow: Flow): JudgedFlow {
  const standing = flowStanding(after, flow);
  const capacity = standing.capacity ?? [];
  if (standing.state !== 'gone') return { answer: answerOf(flow, standing), capacity };
  // "the loss breaks it" can only be said of what works now
  const now = flowStanding(today, flow);
  if (now.state !== 'gone') return { answer: answerOf(flow, standing), capacity };
  const missing = now.because.map((because) => ({
    operation: because.provenance?.operation ?? 'unknown',
    reason: `By this input the flow does not work today either: ${because.detail}`,
    resource: because.resource,
  }));
  return { answer: answerOf(flow, unknown(...missing)), capacity };
}

/** What may be taken away: a zone by its name, or one resource by its id. */
export type Without = { readonly zone: string } | { readonly resource: string };

/** Every flow of the estate without a zone or without one resource. */
export function survive(estate: Estate, without: Without): Survival {
  const loss: Loss =
    'zone' in without ? { type: 'zone', zone: without.zone } : { type: 'resource', id: without.resource };
  const [today, after] = [contextOf(estate, NOTHING), contextOf(estate, loss)];
  return surviveWith(estate, loss, (flow) => judgeFlow(today, after, flow));
}

function surviveWith(estate: Estate, loss: Loss, judgedOf: (flow: Flow) => JudgedFlow): Survival {
  const capacity = new Map<string, Map<string, Capacity>>();
  const judged = estate.flows.map((flow) => {
    const { answer, capacity: parts } = judgedOf(flow);
    for (const part of parts) {
      const ofResource = capacity.get(part.resource) ?? new Map<string, Capacity>();
      capacity.set(part.resource, ofResource.set(part.unit, part));
    }
    return answer;
  });
  const outcomes = new Map(judged.map(({ flow, outcome }) => [flow, outcome]));
  const isLeft = ({ id }: Flow): boolean | undefined => {
    const outcome = outcomes.get(id);
    return outcome === 'unknown' ? undefined : outcome?.startsWith('survives') === true;
  };
  const flows = estate.flows.flatMap((flow, at) => {
    const own = judged[at];
    const held = own?.outcome === 'lost' ? heldByNames(estate, flow, isLeft) : undefined;
    return held?.state === 'standsAfter' || held?.state === 'unknown' ? answerOf(flow, held) : (own ?? []);
  });
  const key = ({ resource, unit }: Capacity): string => `${resource} ${unit}`;
  const sorted = [...capacity.values()]
    .flatMap((ofResource) => [...ofResource.values()])
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { without: nameOfLoss(loss), flows, capacity: sorted };
}

/** The loss of each zone that the estate has anything in. Zones without a subnet are left out: nothing of the VPCs is there. */
export const survivals = (estate: Estate): { readonly zones: readonly ZoneSurvival[] } => ({
  zones: survivalsBy(estate, judging(estate)),
});

export type Judge = (zone: string, flow: Flow) => JudgedFlow;

export const survivalsBy = (estate: Estate, judge: Judge): readonly ZoneSurvival[] =>
  zonesIn(estate).map((zone) => ({
    zone,
    ...surviveWith(estate, { type: 'zone', zone }, (flow) => judge(zone, flow)),
  }));

/** Judges flows without zones; what each zone leaves standing is kept for all flows, and of a large estate weighs much. */
export function judging(estate: Estate): Judge {
  const today = contextOf(estate, NOTHING);
  const contexts = new Map<string, Context>();
  return (zone, flow) => {
    const after = contexts.get(zone) ?? contextOf(estate, { type: 'zone', zone });
    contexts.set(zone, after);
    return judgeFlow(today, after, flow);
  };
}

/** The zones that hold something. */
export function zonesIn(estate: Estate): readonly string[] {
  const used = new Set<string>(all(estate, 'subnet').flatMap((subnet) => subnet.zone?.id ?? []));
  for (const database of all(estate, 'database')) if (database.zone) used.add(database.zone.id);
  for (const instance of all(estate, 'instance')) if (instance.zone) used.add(instance.zone.id);
  return [...used].sort();
}
