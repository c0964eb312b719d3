/**
 * A path is a chain of stages that a connection must pass, all of them. Each stage tells what it admits as an exact set
 * over the addresses of the far end × the traffic; a path admits the intersection. So every stage can be explained, and
 * left out, by itself.
 */

import {
  type Address,
  type AddressSet,
  addressesOf,
  type ConnectionSet,
  connections,
  equals,
  firstAddress,
  firstTraffic,
  formatAddress,
  formatTraffic,
  intersectConnections,
  intersectTraffic,
  isEmpty,
  isNoConnection,
  NO_CONNECTIONS,
  partsOf,
  pointTraffic,
  subtractConnections,
  type TrafficPoint,
  type TrafficSet,
  trafficOf,
  unionAll,
  unionAllConnections,
} from '../../estate/sets/index.ts';
import type { Source } from '../../estate/source.ts';
import type { Blocker, Hop, Missing, Verdict } from '../verdict.ts';
import { type Admission, undecided } from './admission.ts';
import type { Clause } from './clauses.ts';
import type { Code } from './codes.ts';

/** One connection that gets through, to explain the others by. */
export interface Witness {
  readonly address: Address;
  readonly traffic: TrafficPoint;
}

export interface Stage {
  readonly clause: Clause;
  readonly admission: Admission;
  /** The links of the proof here. */
  readonly admits: (witness: Witness) => readonly Hop[];
  /** Why nothing of what is asked passes here. */
  readonly blocks: (asked: ConnectionSet) => readonly Blocker[];
  readonly assumptions?: readonly string[];
  /** What a yes rests on, for one connection that gets through. */
  readonly assumes?: (witness: Witness) => readonly string[];
  /** The place of the path's way where it decides: a connection that is blocked gets this far. */
  readonly at?: string;
}

export interface Path {
  readonly stages: readonly Stage[];
  /** Ids of what the connection passes, in order. */
  readonly way: readonly string[];
  readonly assumptions: readonly string[];
}

/** What is asked: which far ends, which traffic. */
export interface Question {
  readonly addresses: AddressSet;
  readonly traffic: TrafficSet;
  /**
   * When the far end has one address, and all we know is that it is among `addresses`: then only what holds for each of
   * them is sure.
   */
  readonly oneOf?: boolean;
  /** What would tell which one it is. */
  readonly missing?: Missing;
}

/**
 * The answer for one path, or for several taken together. The verdict with its proof or blockers, and the way, are
 * worked out when they are asked for: most outcomes are only needed for their sets.
 */
export interface Outcome {
  readonly answer: Verdict['answer'];
  readonly sure: ConnectionSet;
  readonly maybe: ConnectionSet;
  readonly verdict: Verdict;
  readonly way: readonly string[];
}

export function outcomeOf(
  answer: Verdict['answer'],
  sets: { readonly sure: ConnectionSet; readonly maybe: ConnectionSet },
  verdict: () => Verdict,
  way: () => readonly string[],
): Outcome {
  return new LazyOutcome(answer, sets.sure, sets.maybe, verdict, way);
}

/** A class, for there are many: getters in an object literal are made anew for each. */
class LazyOutcome implements Outcome {
  readonly answer: Verdict['answer'];
  readonly sure: ConnectionSet;
  readonly maybe: ConnectionSet;
  readonly #verdict: () => Verdict;
  readonly #way: () => readonly string[];
  #told: Verdict | undefined;

  constructor(
    answer: Verdict['answer'],
    sure: ConnectionSet,
    maybe: ConnectionSet,
    verdict: () => Verdict,
    way: () => readonly string[],
  ) {
    this.answer = answer;
    this.sure = sure;
    this.maybe = maybe;
    this.#verdict = verdict;
    this.#way = way;
  }

  get verdict(): Verdict {
    this.#told ??= this.#verdict();
    return this.#told;
  }

  get way(): readonly string[] {
    return this.#way().filter((id, i, list) => id !== list[i - 1]);
  }
}

export function hop(code: Code, resource: string, by: string, detail: string, provenance?: Source): Hop {
  return provenance === undefined ? { resource, by, code, detail } : { resource, by, code, detail, provenance };
}

/** The IPv4 traffic that every asked address shares: what holds whichever of them it is. */
function common(set: ConnectionSet, asked: Question): ConnectionSet {
  const all: AddressSet = { v4: asked.addresses.v4, v6: [] };
  const parts = partsOf(intersectConnections(set, connections(all, asked.traffic)));
  if (isEmpty(all) || !equals(unionAll(parts.map((part) => part.addresses)), all)) return NO_CONNECTIONS;
  const traffic = parts.map((part) => part.traffic).reduce(intersectTraffic, asked.traffic);
  return connections(all, traffic);
}

/** Judges one path. `ignored` clauses are passed over; see clauses.ts. */
export function judge(path: Path, question: Question, ignored: ReadonlySet<Clause>): Outcome {
  const stages = ignored.size === 0 ? path.stages : path.stages.filter((stage) => !ignored.has(stage.clause));
  const asked = connections(question.addresses, question.traffic);
  let sure = asked;
  let maybe = asked;
  for (const { admission } of stages) {
    const shared = sure === maybe && admission.sure === admission.maybe;
    sure = intersectConnections(sure, admission.sure);
    maybe = shared ? sure : intersectConnections(maybe, admission.maybe);
    if (isNoConnection(maybe)) break;
  }
  if (question.oneOf === true) sure = common(sure, question);
  const answer = !isNoConnection(sure) ? 'yes' : isNoConnection(maybe) ? 'no' : 'unknown';
  const assumptions = (): string[] => [...path.assumptions, ...stages.flatMap((stage) => stage.assumptions ?? [])];
  return outcomeOf(
    answer,
    { sure, maybe },
    () => verdictOf(stages, asked, sure, maybe, question, assumptions()),
    () => gotTo(path, stages, asked, maybe),
  );
}

/** The way, as far as the connection gets. */
function gotTo(path: Path, stages: readonly Stage[], asked: ConnectionSet, maybe: ConnectionSet): readonly string[] {
  if (!isNoConnection(maybe)) return path.way;
  let left = asked;
  for (const { admission, at } of stages) {
    left = intersectConnections(left, admission.maybe);
    if (!isNoConnection(left)) continue;
    const end = at === undefined ? -1 : path.way.lastIndexOf(at);
    return end < 0 ? path.way : path.way.slice(0, end + 1);
  }
  return path.way;
}

const WHICH_ADDRESS: Missing = {
  operation: 'ec2:DescribeNetworkInterfaces',
  reason: 'it would tell which address the other end has',
};

function verdictOf(
  stages: readonly Stage[],
  asked: ConnectionSet,
  sure: ConnectionSet,
  maybe: ConnectionSet,
  question: Question,
  assumptions: readonly string[],
): Verdict {
  const witness = witnessOf(sure);
  if (witness) {
    const more = stages.flatMap((stage) => stage.assumes?.(witness) ?? []);
    const proof = stages.flatMap((stage) => stage.admits(witness));
    return { answer: 'yes', proof, assumptions: [...new Set([...assumptions, ...more])] };
  }
  if (isNoConnection(maybe)) return { answer: 'no', blockers: blockersOf(stages, asked), assumptions };
  const missing = stages.flatMap((stage) => (undecided(stage.admission, asked) ? stage.admission.missing : []));
  if (missing.length === 0 && question.oneOf === true) missing.push(question.missing ?? WHICH_ADDRESS);
  return { answer: 'unknown', missing: distinct(missing), assumptions };
}

/**
 * All blockers: every stage that admits nothing of what is asked; and where the others still let nothing through
 * together, those that take part of it away.
 */
function blockersOf(stages: readonly Stage[], asked: ConnectionSet): readonly Blocker[] {
  const shut = new Set(stages.filter((stage) => isNoConnection(intersectConnections(stage.admission.maybe, asked))));
  const open = stages.filter((stage) => !shut.has(stage));
  const left = open.reduce((set, stage) => intersectConnections(set, stage.admission.maybe), asked);
  const blocking = stages.filter((stage) => {
    if (shut.has(stage)) return true;
    return isNoConnection(left) && !isNoConnection(subtractConnections(asked, stage.admission.maybe));
  });
  return distinct(blocking.flatMap((stage) => stage.blocks(asked)));
}
/** A connection to show: IPv4 and TCP before others. */
export function witnessOf(set: ConnectionSet): Witness | undefined {
  const address = firstAddress(addressesOf(set));
  const traffic = address && firstTraffic(trafficOf(set, address));
  return address && traffic && { address, traffic };
}

export const pointOf = (witness: Witness): ConnectionSet =>
  connections(
    witness.address.family === 4
      ? { v4: [witness.address.value, witness.address.value + 1], v6: [] }
      : { v4: [], v6: [witness.address.value, witness.address.value + 1n] },
    pointTraffic(witness.traffic),
  );

export const witnessText = (witness: Witness): string =>
  `${formatTraffic(pointTraffic(witness.traffic)).join()} with ${formatAddress(witness.address)}`;

export function distinct<T extends Hop | Missing>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(
      'code' in item ? [item.resource, item.by, item.code, item.detail] : [item.operation, item.reason, item.resource],
    );
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const assumptionsOf = (outcomes: readonly Outcome[]): readonly string[] => [
  ...new Set(outcomes.flatMap((one) => one.verdict.assumptions)),
];
const blockersIn = (outcomes: readonly Outcome[]): readonly Blocker[] =>
  distinct(outcomes.flatMap((one) => (one.verdict.answer === 'no' ? one.verdict.blockers : [])));
const missingIn = (outcomes: readonly Outcome[]): readonly Missing[] =>
  distinct(outcomes.flatMap((one) => (one.verdict.answer === 'unknown' ? one.verdict.missing : [])));

/** Several ways of which one is enough. */
export function anyOf(outcomes: readonly Outcome[]): Outcome | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.length === 1) return first;
  const sets = {
    sure: unionAllConnections(outcomes.map((one) => one.sure)),
    maybe: unionAllConnections(outcomes.map((one) => one.maybe)),
  };
  const told =
    outcomes.find((one) => one.answer === 'yes') ?? outcomes.find((one) => one.answer === 'unknown') ?? first;
  const verdict = (): Verdict => {
    if (told.answer === 'yes') return told.verdict;
    const assumptions = assumptionsOf(outcomes);
    if (told.answer === 'unknown') return { answer: 'unknown', missing: missingIn(outcomes), assumptions };
    return { answer: 'no', blockers: blockersIn(outcomes), assumptions };
  };
  return outcomeOf(told.answer, sets, verdict, () => told.way);
}

/** Several possibilities of which one is the truth, we do not know which: only what holds in all of them is sure. */
export function whichever(outcomes: readonly Outcome[], missing: Missing): Outcome | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.length === 1) return first;
  const sets = {
    sure: outcomes.map((one) => one.sure).reduce(intersectConnections),
    maybe: unionAllConnections(outcomes.map((one) => one.maybe)),
  };
  const agreed = outcomes.every((one) => one.answer === first.answer);
  const verdict = (): Verdict => {
    const assumptions = assumptionsOf(outcomes);
    if (agreed && first.verdict.answer === 'yes') return { ...first.verdict, assumptions };
    if (agreed && first.answer === 'no') return { answer: 'no', blockers: blockersIn(outcomes), assumptions };
    const known = missingIn(outcomes);
    return { answer: 'unknown', missing: agreed ? known : [...known, missing], assumptions };
  };
  return outcomeOf(agreed ? first.answer : 'unknown', sets, verdict, () => first.way);
}

/** One connection behind the other: each must be possible. The sets told are those of `combine`. */
export function inTurn(outcomes: readonly Outcome[], combine: (pick: 'sure' | 'maybe') => ConnectionSet): Outcome {
  const answers = outcomes.map((one) => one.answer);
  const answer = answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
  const sets = {
    sure: answer === 'yes' ? combine('sure') : NO_CONNECTIONS,
    maybe: answer === 'no' ? NO_CONNECTIONS : combine('maybe'),
  };
  const verdict = (): Verdict => {
    const assumptions = assumptionsOf(outcomes);
    if (answer === 'no') return { answer, blockers: blockersIn(outcomes), assumptions };
    if (answer === 'unknown') return { answer, missing: missingIn(outcomes), assumptions };
    const proof = outcomes.flatMap((one) => (one.verdict.answer === 'yes' ? one.verdict.proof : []));
    return { answer, proof, assumptions };
  };
  const way = (): readonly string[] => outcomes.flatMap((one) => one.way);
  return outcomeOf(answer, sets, verdict, way);
}

/** An outcome that is so without any path: a link inside a balancer, an edge that is open to anybody. */
export const given = (
  verdict: Verdict,
  sure: ConnectionSet,
  maybe: ConnectionSet,
  way: readonly string[] = [],
): Outcome =>
  outcomeOf(
    verdict.answer,
    { sure, maybe },
    () => verdict,
    () => way,
  );
