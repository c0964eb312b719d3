/** Everything that is said about an estate, one line a claim, so that what is said with less known can be held against it. */
import { administrators } from '../../src/analyse/access/administrators/administrators.ts';
import { exposures } from '../../src/analyse/exposure/index.ts';
import { endpointOf, INTERNET_END, reach } from '../../src/analyse/reachability/index.ts';
import { survivals } from '../../src/analyse/resilience/survive.ts';
import { byId, type Estate } from '../../src/estate/estate.ts';
import type { FlowEnd } from '../../src/estate/flow.ts';
import { parseTraffic } from '../../src/estate/sets/index.ts';
import { portText } from '../../src/inventory/flows/make.ts';
import { rules } from '../../src/rules/catalog/index.ts';
import { audit } from '../../src/rules/run.ts';

export type Answer = 'bad' | 'good' | 'open';

export interface Claim {
  readonly answer: Answer;
  /** Resources without which nothing is claimed. */
  readonly of: readonly string[];
}

export type Claims = ReadonlyMap<string, Claim>;

const ANSWERS = { fail: 'bad', pass: 'good', unknown: 'open' } as const;
const OUTCOMES = { lost: 'bad', survives: 'good', survivesAfterFailover: 'good', unknown: 'open' } as const;
const VERDICTS = { yes: 'bad', no: 'good', unknown: 'open' } as const;

/** Of the findings of every rule, of who sees the internet, who administers, what outlives a zone, and what reaches what. */
export function claimsOf(estate: Estate): Claims {
  const claims = new Map<string, Claim>();
  const say = (claim: string, answer: Answer, ...of: readonly string[]): void => {
    // a rule may both fail a resource and leave another side of it open
    if (claims.get(claim)?.answer !== 'bad') claims.set(claim, { answer, of });
  };
  for (const { rule, state, resources } of audit(estate, rules)) {
    if (state === 'notApplicable') continue;
    for (const { id } of state === 'fail' ? resources.slice(0, 1) : resources) say(`${rule} ${id}`, ANSWERS[state], id);
  }
  const { exposures: exposed, unknown } = exposures(estate);
  for (const { resource } of exposed) say(`exposed ${resource.id}`, 'bad', resource.id);
  for (const { resource } of unknown) say(`exposed ${resource.id}`, 'open', resource.id);
  for (const { principal, verdict } of administrators(estate))
    say(`administrator ${principal.id}`, VERDICTS[verdict], principal.id);
  for (const { zone, flows } of survivals(estate).zones)
    for (const { flow, outcome } of flows) say(`without ${zone}: ${flow}`, OUTCOMES[outcome], zone, flow);
  for (const { id, from, to, protocol, ports } of estate.flows) {
    const [start, end] = [placeOf(estate, from), placeOf(estate, to)];
    if (start === undefined || end === undefined) continue;
    const { verdict } = reach(estate, start, end, parseTraffic(portText(protocol, ports)));
    // neither answer is bad by itself: what is held is that the one does not turn into the other
    say(`reaches ${id}`, VERDICTS[verdict.answer], id);
  }
  return claims;
}

function placeOf(estate: Estate, end: FlowEnd) {
  if (end.type === 'internet') return INTERNET_END;
  if (end.type !== 'resource') return undefined;
  const found = endpointOf(estate, end.id);
  return found.state === 'found' ? found.endpoint : undefined;
}

/**
 * What is said with less known that contradicts what is said with more: `bad` that is gone although what it is about is
 * there, and, with `strictly`, `good` that is bad now.
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
    if (answer === 'bad' && now !== 'bad' && now !== 'open' && of.every(isThere))
      return [`${claim}: bad, now ${now ?? 'nothing'}`];
    if (strictly && answer === 'good' && now === 'bad') return [`${claim}: good, now bad`];
    return [];
  });
}
