/**
 * Condition 1: nobody is cut off. Every flow that worked works, itself or by who took over from its ends; the
 * developers keep a way in; and what is new works from its first moment.
 */

import { trafficOf } from '../../analyse/exposure/index.ts';
import { reach, resourceEnd } from '../../analyse/reachability/index.ts';
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { addressSetOf, isSubsetTraffic, tcp } from '../../estate/sets/index.ts';
import { HEALTH_CHECK } from '../../inventory/flows/balancers.ts';
import { estateAt, type State } from '../state.ts';
import type { Succession } from '../step.ts';
import { changesBetween, touchesNetwork } from './difference.ts';
import { isForgotten } from './forgotten.ts';
import { counterexample, type Findings, noFindings, type Proof, proofOf } from './proof.ts';
import { requestsArrive } from './requests.ts';
import { deadShares } from './shares.ts';
import { stillNamed } from './still-named.ts';
import { unheard } from './unheard.ts';
import { keeps, told, working } from './working.ts';

export function proveFlows(before: State, after: State): Proof {
  const [then, now] = [estateAt(before), estateAt(after)];
  const found = noFindings();
  const quiet = !changesBetween(then, now).some(touchesNetwork) && sameFlows(then, now);
  if (quiet)
    return proofOf(
      'flows',
      `nothing that moves packets changes: all ${then.flows.length} flows stay as they are`,
      found,
    );
  const kept = then.flows.filter((flow) => judge(flow, then, now, after, found)).length;
  const fresh = newFlows(then, now, after, found);
  deadShares(then, now, found);
  requestsArrive(then, now, after, found);
  unheard(then, now, after, found);
  const claim = `${kept} of ${then.flows.length} flows work as before${fresh > 0 ? `, ${fresh} new ones work` : ''}`;
  return proofOf('flows', claim, found);
}

const flowsById = memoised((estate): ReadonlyMap<string, Flow> => new Map(estate.flows.map((flow) => [flow.id, flow])));

const sameFlows = (then: Estate, now: Estate): boolean =>
  then.flows.length === now.flows.length && then.flows.every(({ id }) => flowsById(now).has(id));

/** AWS itself makes the connection since it is told to: when nothing tells it any more, there is none. */
const MADE_BY_AWS: ReadonlySet<string> = new Set(['targetGroup', 'eventSource', 'subscription']);
const isMadeByAws = (flow: Flow): boolean => flow.evidence.some(({ type }) => MADE_BY_AWS.has(type));

/** Nobody said that it is used: it is only open. */
const isGuess = (flow: Flow): boolean => flow.evidence.every(({ type }) => type === 'open');

function judge(flow: Flow, then: Estate, now: Estate, after: State, found: Findings): boolean {
  const was = working(then, flow);
  if (was.answer === 'no') return true;
  const stays = flowsById(now).get(flow.id);
  const twin = stays ?? (endsStand(now, flow) && !isMadeByAws(flow) ? flow : undefined);
  const is = twin && working(now, twin);
  const forgotten = stays === undefined && isForgotten(flow, then, now);
  if (!forgotten && is && keeps(was, is) && !(was.answer === 'unknown' && is.answer === 'no')) {
    return true;
  }
  const named = stillNamed(flow, then, now) ?? stays?.evidence.find(({ type }) => type === 'dns')?.detail;
  if (named !== undefined) {
    found.violations.push(counterexample(flow.id, `it goes, and is still asked for: ${named}`));
    return false;
  }
  const instead = covered(flow, now, after);
  if (instead !== undefined) {
    found.evidence.push(`${flow.id}: ${instead}`);
    return true;
  }
  // nobody knows of it today either, and who took over asks the same in its place: the plan lists it once
  if (was.answer === 'unknown' && is === undefined && !forgotten && isTakenOver(flow, now, after)) return true;
  if (forgotten) {
    found.unknowns.push(
      counterexample(
        flow.id,
        'the settings of its caller no longer name it, and nothing in its place: whether it is still found is not known',
      ),
    );
    return false;
  }
  if (is?.answer === 'unknown') {
    if (was.answer === 'unknown') return true; // nobody knows today either: the plan lists it once
    found.unknowns.push(
      counterexample(flow.id, `whether ${flow.purpose} still works is not known`, [], missingOf(now, twin ?? flow)),
    );
    return false;
  }
  const lost = is?.parts.find((part) => part.answer !== 'yes');
  const because = is
    ? lost
      ? `${lost.key} worked and would not`
      : 'somebody who gets through today would be kept out'
    : endsStand(now, flow)
      ? 'what makes AWS connect them goes, and nothing takes over'
      : 'one of its ends goes, and nothing takes over';
  const hops = lost && twin ? told(now, twin)[is?.parts.indexOf(lost) ?? 0]?.hops : told(then, flow)[0]?.hops;
  found.violations.push(counterexample(flow.id, because, hops ?? []));
  return false;
}

const missingOf = (estate: Estate, flow: Flow) => told(estate, flow).flatMap(({ missing }) => missing);

const endsStand = (estate: Estate, flow: Flow): boolean =>
  [flow.from, flow.to].every((end) => end.type !== 'resource' || byId(estate, end.id) !== undefined);

/** Who stands for an end now: itself, and those who took over, as far as they are there. */
export function standFor(end: FlowEnd, now: Estate, after: State, caller?: FlowEnd): readonly string[] {
  if (end.type !== 'resource') return [];
  const found = new Set<string>();
  const queue: string[] = [end.id];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const one of after.successions)
      if (one.from === id && (one.only === undefined || caller === undefined || caller.type === one.only))
        queue.push(...one.to);
  }
  return [...found].filter((id) => byId(now, id) !== undefined);
}

/** Why nobody asks for the flow any more, where the team said so in writing. */
export function writtenOff(flow: Flow, after: State): string | undefined {
  const agreed = (end: FlowEnd): Succession | undefined =>
    end.type === 'resource'
      ? after.successions.find(({ from, agreed: written }) => written === true && from === end.id)
      : undefined;
  const [caller, called] = [agreed(flow.from), agreed(flow.to)];
  // what stays and still uses it would be cut off, whatever was agreed
  return caller?.because ?? (flow.from.type === 'resource' ? undefined : called?.because);
}

/** How a flow that no longer works itself is served; undefined when it is not. */
function covered(flow: Flow, now: Estate, after: State): string | undefined {
  if (flow.from.type === 'people') {
    const way = wayIn(flow, now, after);
    if (way !== undefined) return way;
  }
  const written = writtenOff(flow, after);
  if (written !== undefined) return `given up in writing: ${written}`;
  const givenUp = (end: FlowEnd) =>
    end.type === 'resource' ? after.successions.find(({ from, to }) => from === end.id && to.length === 0) : undefined;
  const [caller, called] = [givenUp(flow.from), givenUp(flow.to)];
  if (caller && flow.from.type === 'resource' && !stillRuns(now, flow.from.id)) return `not needed: ${caller.because}`;
  if (called && isGuess(flow)) return `not needed: ${called.because}`;
  const others = inItsPlace(flow, now, after);
  const serving = others.filter((other) => working(now, other).answer === 'yes');
  if (serving.length > 0 && serving.length === others.length)
    return `served by ${serving.map(({ id }) => id).join(' and ')}`;
  return directlyCovered(flow, now, standFor(flow.from, now, after), standFor(flow.to, now, after, flow.from));
}

/** The flows of who took over from its ends that may carry what it does. */
function inItsPlace(flow: Flow, now: Estate, after: State): readonly Flow[] {
  const [froms, tos] = [standFor(flow.from, now, after), standFor(flow.to, now, after, flow.from)];
  const fits = (end: FlowEnd, original: FlowEnd, ids: readonly string[]): boolean =>
    end.type === 'resource' ? ids.includes(end.id) : end.type === original.type && sameEnd(end, original);
  return now.flows.filter(
    (other) =>
      other.id !== flow.id &&
      !isAnotherErrand(other, flow) &&
      fits(other.from, flow.from, froms) &&
      fits(other.to, flow.to, tos) &&
      carries(other, flow, now),
  );
}

/** A health check brings no request; and what the old target got beside its check says nothing of the check of the new one. */
const isAnotherErrand = (other: Flow, flow: Flow): boolean =>
  other.purpose === HEALTH_CHECK
    ? flow.purpose !== HEALTH_CHECK
    : flow.purpose === HEALTH_CHECK && sameResource(other.to, flow.to);

const sameResource = (a: FlowEnd, b: FlowEnd): boolean =>
  a.type === 'resource' && b.type === 'resource' && a.id === b.id;

/** Whether those who took over make the same connection, and of no part of it is it sure that it does not work. */
function isTakenOver(flow: Flow, now: Estate, after: State): boolean {
  const others = inItsPlace(flow, now, after);
  return others.length > 0 && others.every((other) => ['yes', 'unknown'].includes(working(now, other).answer));
}

/** Whether what goes by one flow could go by the other: on the same ports, or as the settings of the caller in AWS have it. */
function carries(other: Flow, flow: Flow, now: Estate): boolean {
  if (isSubsetTraffic(trafficOf(flow), trafficOf(other))) return true;
  const caller = other.from.type === 'resource' ? byId(now, other.from.id) : undefined;
  return caller?.kind === 'loadBalancer' || caller?.kind === 'distribution';
}

/** Where the evidence of the flow does not name its new end, the way itself is asked. */
function directlyCovered(
  flow: Flow,
  now: Estate,
  froms: readonly string[],
  tos: readonly string[],
): string | undefined {
  const changed = (end: FlowEnd, ids: readonly string[]): boolean =>
    end.type === 'resource' && ids.some((id) => id !== end.id);
  if (!changed(flow.from, froms) && !changed(flow.to, tos)) return undefined;
  // a program that still names who is gone does not find who took over: its settings have to name that one
  if (changed(flow.to, tos) && flow.from.type === 'resource' && !isGuess(flow)) return undefined;
  const ends = (end: FlowEnd, ids: readonly string[]): readonly FlowEnd[] =>
    end.type === 'resource' ? ids.filter((id) => id !== end.id || ids.length === 1).map((id) => endFor(id)) : [end];
  const pairs = ends(flow.from, froms).flatMap((from) => ends(flow.to, tos).map((to) => ({ from, to })));
  const asked = pairs.map(({ from, to }) => ({ ...flow, id: `${textOf(from)} => ${textOf(to)} ${flow.id}`, from, to }));
  return asked.length > 0 && asked.every((one) => working(now, one).answer === 'yes')
    ? `served by ${[...new Set(pairs.map(({ from, to }) => `${textOf(from)} to ${textOf(to)}`))].join(' and ')}`
    : undefined;
}

const endFor = (id: string): FlowEnd => ({ type: 'resource', id: id as Extract<FlowEnd, { type: 'resource' }>['id'] });
const textOf = (end: FlowEnd): string => (end.type === 'resource' ? end.id : end.type);

const sameEnd = (a: FlowEnd, b: FlowEnd): boolean =>
  a.type === 'host' && b.type === 'host'
    ? a.host === b.host
    : a.type === 'service' && b.type === 'service'
      ? a.service === b.service && a.region === b.region
      : a.type === b.type;

/** Whether it still does anything: a service at zero has no tasks to call from. */
export function stillRuns(now: Estate, id: string): boolean {
  const found = byId(now, id);
  if (found === undefined) return false;
  if (found.kind === 'ecsService' || found.kind === 'autoScalingGroup') return found.desired !== 0;
  return true;
}

/** People come by a way in of the plan: they get into it, and from it to what they want to reach. */
function wayIn(flow: Flow, now: Estate, after: State): string | undefined {
  for (const id of after.waysIn) {
    const way = byId(now, id);
    if (!way || !entered(way, now, after)) continue;
    // to what they want to reach, or to what took over from it
    for (const target of standFor(flow.to, now, after, flow.from)) {
      const to = byId(now, target);
      if (to && reach(now, resourceEnd(way), resourceEnd(to), trafficOf(flow)).verdict.answer === 'yes')
        return `people come by ${way.name}`;
    }
  }
  return undefined;
}

/** By SSH from the named addresses, or by Session Manager, to which the way in itself opens the connection. */
function entered(way: Resource, now: Estate, after: State): boolean {
  const cidrs = after.exposed.find(({ resource }) => resource === way.id)?.cidrs;
  const set = cidrs && addressSetOf(cidrs);
  const answer = set
    ? reach(now, { type: 'addresses', text: cidrs.join(', '), set }, resourceEnd(way), tcp(22))
    : reach(now, resourceEnd(way), { type: 'service', service: 'ssm' }, tcp(443));
  return answer.verdict.answer === 'yes';
}

/** What a step brings must work at once: a service that cannot reach its database is none. */
function newFlows(then: Estate, now: Estate, after: State, found: Findings): number {
  const known = new Set(then.flows.map(({ id }) => id));
  let count = 0;
  for (const flow of now.flows) {
    if (known.has(flow.id) || isGuess(flow)) continue;
    const is = working(now, flow);
    count += 1;
    if (is.answer === 'yes') found.evidence.push(`${flow.id}: new, and works`);
    else if (is.answer === 'unknown') {
      const before = then.flows.find((other) => replaces(flow, other, then, after));
      if (before && working(then, before).answer === 'unknown') continue;
      found.unknowns.push(counterexample(flow.id, `whether it works is not known`, [], missingOf(now, flow)));
    } else {
      const before = then.flows.find((other) => replaces(flow, other, then, after));
      if (before && working(then, before).answer === 'no') continue; // it did not work for its predecessor
      const bad = is.parts.find((part) => part.answer === 'no');
      const hops = bad && told(now, flow)[is.parts.indexOf(bad)]?.hops;
      found.violations.push(counterexample(flow.id, 'it is new and would not work', hops ?? []));
    }
  }
  return count;
}

/** Whether the new flow does what another did for somebody whom its ends take over from. */
function replaces(flow: Flow, other: Flow, then: Estate, after: State): boolean {
  const stands = (original: FlowEnd, end: FlowEnd): boolean =>
    original.type === 'resource'
      ? end.type === 'resource' &&
        (original.id === end.id ||
          after.successions.some(({ from, to }) => from === original.id && to.includes(end.id)))
      : sameEnd(original, end);
  return then.flows.length > 0 && stands(other.from, flow.from) && stands(other.to, flow.to);
}
