/**
 * Connections that logs show -> flows. One that is known gets what was seen as further evidence; one that nobody
 * declared becomes a flow of its own, which then has to keep working.
 */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Connection, Evidence, Tally } from '../../estate/evidence.ts';
import type { Flow, FlowEnd, FlowEvidence } from '../../estate/flow.ts';
import type { EcsTask } from '../../estate/kinds/compute.ts';
import type { Resource } from '../../estate/resource.ts';
import { addressSetOf, isSubset } from '../../estate/sets/index.ts';
import type { Source } from '../../estate/source.ts';
import { ownerOfAddress } from '../flows/addresses.ts';
import { evidence as because, type Draft, draft, joinFlows, port as portsOf, toResource } from '../flows/make.ts';

/**
 * Who knocks at an open port gets an answer, too. So few packets are a greeting and no work: a session with a database or a
 * shell has more. Such callers are told, and make no flow.
 */
const KNOCK = 10;

/** Blocks in one flow; who comes from more networks than these comes from everywhere. */
const MOST_NETWORKS = 50;

/** Ports by which people come, wherever they are open. */
const PEOPLES_PORTS: ReadonlySet<number> = new Set([22, 3389]);
const STORES: ReadonlySet<string> = new Set(['database', 'databaseCluster', 'cache']);

/** A connection that logs show, and what it is in the estate. */
export interface Observed {
  readonly connection: Connection;
  /** Ids of the flows that it confirms; empty for one that nobody declared. */
  readonly confirms: readonly string[];
  /** The flows that it makes: several where any of the services of a machine may be the caller. */
  readonly makes: readonly string[];
  readonly because: 'known' | 'undeclared' | 'knock' | 'notAccepted' | 'notAnswered' | 'endsNotKnown' | 'itself';
}

export interface WithFlows {
  readonly flows: readonly Flow[];
  readonly observed: readonly Observed[];
}

export function observedFlows(estate: Estate, evidence: Evidence): WithFlows {
  const source: Source = {
    operation: 'observed',
    file: evidence.inputs.find(({ records }) => records.flowLog !== undefined)?.path ?? '',
    path: '',
  };
  const byTarget = new Map<string, Flow[]>();
  for (const flow of estate.flows) {
    const list = byTarget.get(endKey(flow.to));
    if (list) list.push(flow);
    else byTarget.set(endKey(flow.to), [flow]);
  }
  const seen = new Map<string, FlowEvidence[]>();
  const fresh = new Map<string, Fresh>();
  const observed = evidence.connections.map((connection): Observed => {
    const not = (reason: Observed['because']): Observed => ({ connection, confirms: [], makes: [], because: reason });
    if (connection.accepted.count === 0) return not('notAccepted');
    if (connection.protocol === 'tcp' && !connection.answered) return not('notAnswered');
    const ends = endsOf(estate, connection);
    if (ends === undefined) return not('endsNotKnown');
    if (ends.from !== undefined && ends.from === ends.to) return not('itself');
    const known = confirmed(estate, byTarget, connection, ends);
    if (known.length > 0) {
      // that many strangers come to what everybody may reach says nothing new of each of them
      for (const { id } of known)
        push(seen, id, because('observed', `flow logs show it (${when(connection.accepted)})`, source));
      return { connection, confirms: known.map(({ id }) => id), makes: [], because: 'known' };
    }
    if (connection.outside !== null && connection.packets < KNOCK) return not('knock');
    const key = `${connection.outside === 'from' ? 'outside' : ends.from?.id} ${connection.outside === 'to' ? 'outside' : ends.to?.id} ${connection.protocol} ${connection.port}`;
    const one = fresh.get(key) ?? { ends, connections: [] };
    fresh.set(key, one);
    one.connections.push(connection);
    return { connection, confirms: [], makes: [key], because: 'undeclared' };
  });
  for (const use of evidence.buckets) bucketSeen(estate, use.bucket, use.direct, seen, evidence);
  const kindOf = (id: string) => byId(estate, id)?.kind;
  const drafts = new Map([...fresh].map(([key, one]) => [key, draftsOf(estate, one, source)] as const));
  const named = new Map([...drafts].map(([key, made]) => [key, joinFlows(made, kindOf).map(({ id }) => id)] as const));
  const confirmedFlows = estate.flows.map((flow) => {
    const more = seen.get(flow.id);
    return more ? { ...flow, evidence: [...flow.evidence, ...summed(more)] } : flow;
  });
  return {
    flows: drafts.size === 0 ? confirmedFlows : joinFlows([...confirmedFlows, ...[...drafts.values()].flat()], kindOf),
    observed: observed.map((one) => ({ ...one, makes: one.makes.flatMap((key) => named.get(key) ?? []) })),
  };
}

interface Ends {
  readonly from: Resource | undefined;
  readonly to: Resource | undefined;
}

interface Fresh {
  readonly ends: Ends;
  readonly connections: Connection[];
}

/** Undefined when an end that is not outside belongs to nobody in the input. */
function endsOf(estate: Estate, { vpc, from, to, outside }: Connection): Ends | undefined {
  const owner = (address: string): Resource | undefined =>
    ownerOfAddress(estate, address, vpc === '' ? undefined : vpc);
  const ends = { from: outside === 'from' ? undefined : owner(from), to: outside === 'to' ? undefined : owner(to) };
  if (outside !== 'from' && ends.from === undefined) return undefined;
  if (outside !== 'to' && ends.to === undefined) return undefined;
  return ends;
}

/** What runs on a machine, and the group that it is of: settings name those. */
const runsOn = memoised((estate): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const add = (machine: string | undefined, id: string | undefined): void => {
    if (machine === undefined || id === undefined) return;
    const set = found.get(machine);
    if (set) set.add(id);
    else found.set(machine, new Set([id]));
  };
  for (const task of all(estate, 'ecsTask')) {
    const machine = find(estate, task.containerInstance)?.instance?.id;
    add(machine, task.service?.id);
    add(machine, task.id);
  }
  for (const group of all(estate, 'autoScalingGroup')) for (const { id } of group.instances ?? []) add(id, group.id);
  for (const database of all(estate, 'database')) add(database.id, database.cluster?.id);
  return found;
});

const endKey = (end: FlowEnd): string => (end.type === 'resource' ? end.id : 'outside');

function confirmed(
  estate: Estate,
  byTarget: ReadonlyMap<string, readonly Flow[]>,
  connection: Connection,
  { from, to }: Ends,
): readonly Flow[] {
  const callers = from && new Set([from.id as string, ...(runsOn(estate).get(from.id) ?? [])]);
  const targets = to === undefined ? ['outside'] : [to.id as string, ...(runsOn(estate).get(to.id) ?? [])];
  const candidates = targets.flatMap((id) => byTarget.get(id) ?? []);
  return candidates.filter(
    (flow) =>
      (flow.protocol === connection.protocol || flow.protocol === 'any') &&
      (flow.ports === null
        ? flow.protocol !== 'any'
        : flow.ports.from <= connection.port && connection.port <= flow.ports.to) &&
      (callers ? flow.from.type === 'resource' && callers.has(flow.from.id) : comesFrom(flow.from, connection.from)),
  );
}

function comesFrom(end: FlowEnd, network: string): boolean {
  if (end.type !== 'internet' && end.type !== 'people') return false;
  if (end.cidrs === undefined) return true;
  const [outer, inner] = [addressSetOf(end.cidrs), addressSetOf([network])];
  return outer !== undefined && inner !== undefined && isSubset(inner, outer);
}

function draftsOf(estate: Estate, { ends, connections }: Fresh, source: Source): readonly Draft[] {
  const [first] = connections;
  const networks = [...new Set(connections.map(({ from, to, outside }) => (outside === 'from' ? from : to)))].sort();
  const blocks = networks.length > MOST_NETWORKS ? {} : { cidrs: networks };
  const { port = 0, protocol = 'tcp' } = first ?? {};
  const isPeoples = PEOPLES_PORTS.has(port) || (ends.to !== undefined && STORES.has(ends.to.kind));
  const froms: readonly FlowEnd[] = ends.from
    ? callersOn(estate, ends.from).map(toResource)
    : [{ type: isPeoples ? 'people' : 'internet', ...blocks }];
  const to: FlowEnd = ends.to ? toResource(listenerOn(estate, ends.to, port)) : { type: 'internet', ...blocks };
  const why = summed(
    connections.map(({ accepted }) => because('observed', `flow logs show it (${when(accepted)})`, source)),
  );
  const [reason = because('observed', 'flow logs show it', source)] = why;
  const purpose = 'seen in the logs; no setting names it';
  return froms.map((from) => draft(from, to, protocol, portsOf(port), purpose, reason));
}

/**
 * Who calls from a machine: machines come and go, and what runs on them stays. Which of its services it is no log tells, so
 * each of them has to keep the way.
 */
function callersOn(estate: Estate, machine: Resource): readonly Resource[] {
  const inside = [...(runsOn(estate).get(machine.id) ?? [])].flatMap((id) => byId(estate, id) ?? []);
  const services = inside.filter(({ kind }) => kind === 'ecsService');
  const groups = inside.filter(({ kind }) => kind === 'autoScalingGroup');
  return services.length > 0 ? services : groups.length > 0 ? groups : [machine];
}

/** Whose port it is on the machine, where its tasks tell. */
function listenerOn(estate: Estate, machine: Resource, number: number): Resource {
  const task = tasksOn(estate)
    .get(machine.id)
    ?.find(({ hostPorts }) => hostPorts?.some(({ hostPort }) => hostPort === number));
  return find(estate, task?.service) ?? task ?? machine;
}

const tasksOn = memoised((estate): ReadonlyMap<string, readonly EcsTask[]> => {
  const found = new Map<string, EcsTask[]>();
  for (const task of all(estate, 'ecsTask')) {
    const machine = find(estate, task.containerInstance)?.instance?.id;
    if (machine === undefined) continue;
    const list = found.get(machine);
    if (list) list.push(task);
    else found.set(machine, [task]);
  }
  return found;
});

const when = ({ first, last }: Tally): string => `${first?.slice(0, 10)} to ${last?.slice(0, 10)}`;

/** One word for what was seen many times: the first and the last day. */
function summed(all: readonly FlowEvidence[]): readonly FlowEvidence[] {
  const [one] = all;
  const days = all.flatMap(({ detail }) => detail.match(/\d{4}-\d\d-\d\d/g) ?? []).sort();
  if (one === undefined || all.length === 1) return all;
  return [{ ...one, detail: one.detail.replace(/\(.*\)$/, `(${days[0]} to ${days.at(-1)})`) }];
}

function push(map: Map<string, FlowEvidence[]>, id: string, one: FlowEvidence): void {
  const list = map.get(id);
  if (list) list.push(one);
  else map.set(id, [one]);
}

/** Links of the bucket itself that somebody follows. */
function bucketSeen(
  estate: Estate,
  name: string,
  direct: Tally,
  seen: Map<string, FlowEvidence[]>,
  evidence: Evidence,
): void {
  if (direct.count === 0) return;
  const file = evidence.inputs.find(({ records }) => records.bucketLog !== undefined)?.path ?? '';
  for (const flow of estate.flows) {
    if (flow.from.type !== 'internet' || flow.to.type !== 'resource') continue;
    const bucket = byId(estate, flow.to.id);
    if (bucket?.kind === 'bucket' && bucket.name === name)
      push(
        seen,
        flow.id,
        because('observed', `its access log shows it (${when(direct)})`, { operation: 'observed', file, path: '' }),
      );
  }
}
