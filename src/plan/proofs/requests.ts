/**
 * Who asks by a name or at a load balancer gets to whom he got before. The way to a balancer may be open while its rules
 * send the request elsewhere, and a name may lead to something else while all that stood behind it still runs: no packet
 * tells that, so the records and the rules are compared themselves.
 */
import { distributionsBefore } from '../../analyse/internet/fronting.ts';
import { rulesOf } from '../../analyse/internet/web.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { Listener, ListenerAction, RuleCondition } from '../../estate/kinds/balance.ts';
import type { DnsRecord } from '../../estate/kinds/edge.ts';
import { resolveHost } from '../../inventory/flows/resolve.ts';
import { same } from '../merge.ts';
import type { State } from '../state.ts';
import { type Change, changesBetween } from './difference.ts';
import { distributionKeeps } from './distribution-changes.ts';
import { standFor } from './flows.ts';
import { askedBy, keepsBack, turnedAway } from './fronts.ts';
import { counterexample, type Findings } from './proof.ts';
import { hiddenBy, LEADS, otherRecord, overAws } from './resolving.ts';
import { groupsOf, servedBy } from './served.ts';
import { working } from './working.ts';

export function requestsArrive(then: Estate, now: Estate, after: State, found: Findings): void {
  const changes = changesBetween(then, now);
  for (const change of changes) {
    const { before: was, after: is } = change;
    name(change, then, now, after, found);
    if (was === undefined && is?.kind === 'hostedZone') found.unknowns.push(...hiddenBy(is, then, now));
    if (was?.kind === 'distribution' && is?.kind === 'distribution')
      distributionKeeps(was, is, then, now, after, found);
    if (was?.kind === 'loadBalancer' && is?.kind === 'loadBalancer' && is.webAcl !== was.webAcl && is.webAcl !== null)
      found.unknowns.push(
        counterexample(is.id, `whom the web ACL that comes before ${is.name} turns away is not known`),
      );
  }
  const touched = new Set(changes.flatMap((change) => listenersIn(change, then, now)));
  for (const id of touched) {
    const [was, is] = [then, now].map((estate) => byId(estate, id));
    // one that comes or goes is a port that opens or closes: the flows to the balancer tell of it
    if (was?.kind === 'listener' && is?.kind === 'listener') listener(was, is, then, now, after, found);
  }
}

// --- names

function name(change: Change, then: Estate, now: Estate, after: State, found: Findings): void {
  const record = change.before ?? change.after;
  if (record?.kind !== 'dnsRecord') return;
  if (after.successions.some(({ from, to }) => from === record.id && to.length === 0)) return;
  if (!LEADS.has(record.type)) {
    found.unknowns.push(otherRecord(record));
    return;
  }
  found.unknowns.push(...overAws(record, now));
  const [was, is] = [answersOf(then, record), answersOf(now, record)];
  if (same(was, is) || (change.before === undefined && was.length === 0)) return;
  const known = was.filter((id) => byId(then, id) !== undefined);
  if (known.length < was.length || known.length === 0) {
    const text = `what stands behind ${record.host} is not read here, so whether it may lead elsewhere is not known`;
    found.unknowns.push(counterexample(record.id, text));
    return;
  }
  const heirs = new Set(known.flatMap((id) => standFor(resourceEnd(id), now, after, { type: 'internet' })));
  const stranger = is.find((id) => !heirs.has(id) && !passesOn(now, id, known));
  if (is.length === 0 || stranger !== undefined)
    found.violations.push(
      counterexample(
        record.id,
        is.length === 0
          ? `nothing would answer for ${record.host} any more`
          : `${record.host} would lead to ${stranger}, which takes over from nothing that it leads to today`,
      ),
    );
  for (const id of is) if (!was.includes(id)) atDistribution(id, record, known, now, after, found);
}

/** A name that comes to a distribution: it has to answer for the name, and to hand on what the balancer got. */
function atDistribution(
  id: string,
  { id: subject, host }: DnsRecord,
  known: readonly string[],
  now: Estate,
  after: State,
  found: Findings,
): void {
  const distribution = byId(now, id);
  if (distribution?.kind !== 'distribution') return;
  const problem = turnedAway(distribution, host, now, after);
  if (problem) (problem.certain ? found.violations : found.unknowns).push(counterexample(subject, problem.text));
  if (!known.some((one) => byId(now, one)?.kind === 'loadBalancer')) return;
  const heirs = new Set(known.flatMap((one) => standFor(resourceEnd(one), now, after, { type: 'internet' })));
  const asked = askedBy(now, distribution);
  const kept =
    asked?.flat().every((end) => heirs.has(end)) === true
      ? keepsBack(distribution, after)
      : `${distribution.name} does not ask for everything where ${host} led before, or does not tell`;
  if (kept !== undefined) found.unknowns.push(counterexample(subject, kept));
}

/** Whether what a name leads to now hands every request on to where the name led before: a distribution to its balancer. */
const passesOn = (now: Estate, id: string, known: readonly string[]): boolean =>
  known.every((target) =>
    now.flows.some(
      (flow) =>
        flow.from.type === 'resource' &&
        flow.from.id === id &&
        flow.to.type === 'resource' &&
        flow.to.id === target &&
        working(now, flow).answer === 'yes',
    ),
  );

const resourceEnd = (id: string): Parameters<typeof standFor>[0] => ({
  type: 'resource',
  id: id as Extract<Parameters<typeof standFor>[0], { type: 'resource' }>['id'],
});

/** Ids of what the name leads to, and the names of what is outside; empty where nothing answers. */
function answersOf(estate: Estate, record: DnsRecord): readonly string[] {
  const vpc = find(estate, record.hostedZone)?.vpcs?.[0]?.id;
  const { account, region } = record;
  return resolveHost(estate, record.host, { account, region, vpc })
    .flatMap(({ end }) => {
      if (end.type === 'resource') return [end.id];
      if (end.type === 'service') return [`${end.service}.${end.region}`];
      return end.type === 'host' && end.host !== record.host.toLowerCase() ? [end.host] : [];
    })
    .sort();
}

// --- requests at a load balancer

const listenersIn = ({ before, after }: Change, then: Estate, now: Estate): readonly string[] =>
  [before, after].flatMap((one) =>
    one?.kind === 'listener'
      ? [one.id]
      : one?.kind === 'listenerRule'
        ? [find(now, one.listener)?.id ?? find(then, one.listener)?.id ?? ''].filter((id) => id !== '')
        : [],
  );

interface Rule {
  readonly conditions: readonly RuleCondition[];
  readonly actions: readonly ListenerAction[] | undefined;
  readonly priority: number;
}

function rules(estate: Estate, { id, actions }: Listener): readonly Rule[] {
  const listed = all(estate, 'listener').find((one) => one.id === id);
  const own = listed === undefined ? [] : rulesOf(estate, listed);
  return [
    ...own.flatMap((rule) =>
      typeof rule.priority === 'number'
        ? [{ conditions: rule.conditions ?? [], actions: rule.actions, priority: rule.priority }]
        : [],
    ),
    { conditions: [], actions, priority: Number.POSITIVE_INFINITY },
  ].sort((a, b) => a.priority - b.priority);
}

function listener(was: Listener, is: Listener, then: Estate, now: Estate, after: State, found: Findings): void {
  const [before, since] = [rules(then, was), rules(now, is)];
  const says = (rule: Rule): string =>
    rule.conditions.length === 0
      ? `the default action of ${is.name}`
      : `${is.name}, ${rule.conditions.map(({ field, headerName, values }) => `${headerName ?? field} ${values.join(', ')}`).join(' and ')}`;
  const judge = (rule: Rule, instead: Rule): void => {
    const problem = worse(rule, instead, then, now, after, is);
    if (problem === undefined) return;
    const text = `${says(rule)}: ${problem.text}`;
    (problem.certain ? found.violations : found.unknowns).push(counterexample(is.id, text));
  };
  for (const rule of before) {
    // who takes such a request now: the first rule that asks for the same, or for no more than that
    const taken = since.find((one) => asksNoMore(one.conditions, rule.conditions));
    if (taken) judge(rule, taken);
  }
  // a rule that comes takes requests away from those behind it
  for (const rule of since) {
    if (before.some((one) => same(one.conditions, rule.conditions) && one.priority <= rule.priority)) continue;
    for (const robbed of before)
      if (robbed.priority >= rule.priority && !apart(robbed.conditions, rule.conditions)) judge(robbed, rule);
  }
}

/** Whether all that the second list takes is taken by the first: each of its conditions is one of the other's. */
const asksNoMore = (few: readonly RuleCondition[], many: readonly RuleCondition[]): boolean =>
  few.every((one) => many.some((two) => same(one, two)));

/** Whether no request meets both: a field for which they name different plain values. */
const apart = (a: readonly RuleCondition[], b: readonly RuleCondition[]): boolean =>
  a.some((one) =>
    b.some(
      (two) =>
        one.field === two.field &&
        one.headerName === two.headerName &&
        [...one.values, ...two.values].every((value) => !/[*?]/.test(value)) &&
        one.values.every((value) => !two.values.includes(value)),
    ),
  );

interface Problem {
  readonly certain: boolean;
  readonly text: string;
}

/** What is wrong with another outcome of the same request. */
function worse(
  rule: Rule,
  instead: Rule,
  then: Estate,
  now: Estate,
  after: State,
  listener: Listener,
): Problem | undefined {
  const [was, is] = [rule.actions, instead.actions];
  if (same(was, is)) return undefined;
  if (was === undefined || is === undefined)
    return { certain: false, text: 'what becomes of the request is not known' };
  if (!was.some(({ type }) => type === 'forward')) return undefined;
  if (is.some(({ type }) => type === 'redirect')) return undefined;
  if (!is.some(({ type }) => type === 'forward')) {
    // only who comes past the distribution in front is told off, and his way is the distribution's by now
    const balancer = listener.loadBalancer?.id;
    const fronted = after.successions.some(({ from, to }) => from === balancer && to.length > 0);
    const added = headersBefore(now, balancer);
    const passed = rules(now, listener).some(
      (one) =>
        // what comes before it has taken the request already
        one.priority < instead.priority &&
        same(one.actions, was) &&
        one.conditions.some(({ field }) => field === 'http-header') &&
        one.conditions.every(
          ({ field, headerName = '' }) => field !== 'http-header' || added.has(headerName.toLowerCase()),
        ) &&
        asksNoMore(
          one.conditions.filter(({ field }) => field !== 'http-header'),
          rule.conditions,
        ),
    );
    return fronted && passed ? undefined : { certain: true, text: 'the request was served and would be refused' };
  }
  const behind = new Set(groupsOf(was).flatMap((id) => servedBy(then, id)));
  const heirs = new Set([...behind].flatMap((id) => standFor(resourceEnd(id), now, after)));
  for (const group of groupsOf(is)) {
    if (groupsOf(was).includes(group)) continue;
    const serving = servedBy(now, group);
    if (serving.length === 0)
      return { certain: true, text: `nothing stands behind ${byId(now, group)?.name ?? group}` };
    const stranger = serving.find((id) => !heirs.has(id));
    if (stranger !== undefined)
      return {
        certain: false,
        text: `nothing says that ${byId(now, stranger)?.name ?? stranger} serves what was served there`,
      };
  }
  return undefined;
}

/** Headers that the distributions before a balancer add. */
function headersBefore(estate: Estate, id: string | undefined): ReadonlySet<string> {
  const balancer = byId(estate, id ?? '');
  const before = balancer?.kind === 'loadBalancer' ? distributionsBefore(estate, balancer) : [];
  return new Set(before.flatMap(({ origin }) => (origin.customHeaders ?? []).map((each) => each.toLowerCase())));
}
