/** Everything that is said about an estate, one line a claim, so that what is said with less known can be held against it. */
import { administrators } from '../../src/analyse/access/administrators/administrators.ts';
import { evaluate } from '../../src/analyse/access/evaluate.ts';
import { exposures } from '../../src/analyse/exposure/index.ts';
import { endpointOf, INTERNET_END, reach } from '../../src/analyse/reachability/index.ts';
import { survivals } from '../../src/analyse/resilience/survive.ts';
import type { Verdict } from '../../src/analyse/verdict.ts';
import { all, byId, type Estate } from '../../src/estate/estate.ts';
import type { FlowEnd } from '../../src/estate/flow.ts';
import { parseTraffic } from '../../src/estate/sets/index.ts';
import { portText } from '../../src/inventory/flows/make.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import { audit } from '../../src/rules/run.ts';

/** `perhaps`: bad under a condition that the input does not decide, such as a second factor. */
export type Answer = 'bad' | 'perhaps' | 'good' | 'open';

export interface Claim {
  readonly answer: Answer;
  /** Resources without which nothing is claimed. */
  readonly of: readonly string[];
}

export type Claims = ReadonlyMap<string, Claim>;

const ANSWERS = { fail: 'bad', pass: 'good', unknown: 'open' } as const;
const OUTCOMES = { lost: 'bad', survives: 'good', survivesAfterFailover: 'good', unknown: 'open' } as const;
const VERDICTS = { yes: 'bad', no: 'good', unknown: 'open' } as const;

const answerOf = (verdict: keyof typeof VERDICTS, conditions: readonly unknown[]): Answer =>
  verdict === 'yes' && conditions.length > 0 ? 'perhaps' : VERDICTS[verdict];

const HOLDERS: ReadonlySet<string | undefined> = new Set(['account', 'vpc', 'subnet', 'zone']);

/** What somebody would ask of a principal. */
const ACTIONS = ['iam:CreateUser', 's3:GetObject', 'ec2:TerminateInstances', 'sqs:SendMessage'];
/** There are as many questions as principals, and they are much alike. */
const ASKED = 12;

/**
 * Of the findings of every rule, of who sees the internet, who administers, who may do what, what outlives a zone, and what
 * reaches what.
 */
export function claimsOf(estate: Estate): Claims {
  const claims = new Map<string, Claim>();
  const say = (claim: string, answer: Answer, ...of: readonly string[]): void => {
    // a rule may both fail a resource and leave another side of it open
    if (claims.get(claim)?.answer !== 'bad') claims.set(claim, { answer, of: [...of, ...devicesOf(estate, of[0])] });
  };
  for (const { rule, state, resources } of audit(estate, rules)) {
    if (state === 'notApplicable') continue;
    const [subject] = resources;
    // what fails for what two things are together fails no more when one of them is gone
    if (state === 'fail' && subject) say(`${rule} ${subject.id}`, 'bad', ...resources.map(({ id }) => id));
    else for (const { id } of resources) say(`${rule} ${id}`, ANSWERS[state], id);
  }
  const { exposures: exposed, unknown } = exposures(estate);
  for (const { resource, verdict } of exposed)
    say(`exposed ${resource.id}`, 'bad', resource.id, ...listenersIn(estate, verdict));
  for (const { resource } of unknown) say(`exposed ${resource.id}`, 'open', resource.id);
  for (const { principal, verdict, conditions, chain } of administrators(estate)) {
    // who becomes one by way of another is none when that one is gone
    const others = chain.flatMap(({ to, through }) => [to, through]).filter((id) => byId(estate, id) !== undefined);
    say(`administrator ${principal.id}`, answerOf(verdict, conditions), principal.id, ...others);
  }
  for (const { id } of [...all(estate, 'user'), ...all(estate, 'role')].slice(0, ASKED))
    for (const action of ACTIONS) {
      const { verdict, conditions } = evaluate(estate, { principal: id, action, resource: '*' });
      say(`${id} may ${action}`, answerOf(verdict, conditions), id);
    }
  for (const { zone, flows } of survivals(estate).zones)
    for (const { flow, outcome } of flows) say(`without ${zone}: ${flow}`, OUTCOMES[outcome], zone, flow);
  for (const { id, from, to, protocol, ports } of estate.flows) {
    const [start, end] = [placeOf(estate, from), placeOf(estate, to)];
    if (start === undefined || end === undefined) continue;
    const { verdict } = reach(estate, start, end, parseTraffic(portText(protocol, ports)));
    // neither answer is bad by itself: what is held is that the one does not turn into the other
    say(`reaches ${id}`, VERDICTS[verdict.answer], id, ...listenersIn(estate, verdict));
  }
  return claims;
}

/** Who has lost the only device may do nothing that asks for one. */
function devicesOf(estate: Estate, id = ''): readonly string[] {
  const holder = byId(estate, id);
  return holder?.kind === 'user' ? (holder.mfaDevices ?? []).map((device) => device.id) : [];
}

/** A balancer that has lost its only listener is open no more. */
const listenersIn = (estate: Estate, verdict: Verdict): readonly string[] =>
  verdict.answer === 'yes'
    ? verdict.proof.flatMap(({ resource }) => (byId(estate, resource)?.kind === 'listener' ? [resource] : []))
    : [];

function placeOf(estate: Estate, end: FlowEnd) {
  if (end.type === 'internet') return INTERNET_END;
  if (end.type !== 'resource') return undefined;
  const found = endpointOf(estate, end.id);
  return found.state === 'found' ? found.endpoint : undefined;
}

/**
 * What is said with less known that contradicts what is said with more: `bad` or `perhaps` that is gone although what it
 * is about is there, and, with `strictly`, `good` that is bad now.
 */
export function contradictions(
  before: Claims,
  estate: Estate,
  { strictly }: { readonly strictly: boolean },
): readonly string[] {
  const after = claimsOf(estate);
  const flows = new Set(estate.flows.map(({ id }) => id));
  const isThere = (id: string): boolean => flows.has(id) || byId(estate, id) !== undefined;
  return [...before].flatMap(([claim, { answer, of }]) => {
    const now = after.get(claim)?.answer;
    // what is judged by what stands in it may be better without it
    const nothingLeft = !strictly && HOLDERS.has(byId(estate, of[0] ?? '')?.kind);
    const isGone = (answer === 'bad' || answer === 'perhaps') && (now === 'good' || now === undefined);
    if (isGone && !nothingLeft && of.every(isThere)) return [`${claim}: ${answer}, now ${now ?? 'nothing'}`];
    if (strictly && answer === 'good' && now === 'bad') return [`${claim}: good, now bad`];
    return [];
  });
}
