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
  unionConnections,
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
}

/** The answer for one path, or for several taken together. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly sure: ConnectionSet;
  readonly maybe: ConnectionSet;
  readonly way: readonly string[];
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
  }
  if (question.oneOf === true) sure = common(sure, question);
  const assumptions = [...path.assumptions, ...stages.flatMap((stage) => stage.assumptions ?? [])];
  return {
    verdict: verdictOf(stages, asked, sure, maybe, question, assumptions),
    sure,
    maybe,
    way: gotTo(path, stages, asked, maybe),
  };
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

function verdictOf(
  stages: readonly Stage[],
  asked: ConnectionSet,
  sure: ConnectionSet,
  maybe: ConnectionSet,
  question: Question,
  assumptions: readonly string[],
): Verdict {
  const witness = witnessOf(sure);
  if (witness) return { answer: 'yes', proof: stages.flatMap((stage) => stage.admits(witness)), assumptions };
  if (isNoConnection(maybe)) return { answer: 'no', blockers: blockersOf(stages, asked), assumptions };
  const missing = stages.flatMap((stage) => (undecided(stage.admission, asked) ? stage.admission.missing : []));
  if (missing.length === 0 && question.oneOf === true)
    missing.push({
      operation: 'ec2:DescribeNetworkInterfaces',
      reason: 'it would tell which address the other end has',
    });
  return { answer: 'unknown', missing: distinct(missing), assumptions };
}

/**
 * All blockers: every stage that admits nothing of what is asked; and where the others still let nothing through
 * together, those that take part of it away.
 */
function blockersOf(stages: readonly Stage[], asked: ConnectionSet): readonly Blocker[] {
  const shut = (stage: Stage): boolean => isNoConnection(intersectConnections(stage.admission.maybe, asked));
  const open = stages.filter((stage) => !shut(stage));
  const left = open.reduce((set, stage) => intersectConnections(set, stage.admission.maybe), asked);
  const blocking = stages.filter((stage) => {
    if (shut(stage)) return true;
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

/** Several ways of which one is enough. */
export function anyOf(outcomes: readonly Outcome[]): Outcome | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.length === 1) return first;
  const sure = outcomes.map((one) => one.sure).reduce(unionConnections);
  const maybe = outcomes.map((one) => one.maybe).reduce(unionConnections);
  const yes = outcomes.find((one) => one.verdict.answer === 'yes');
  if (yes) return { ...yes, sure, maybe };
  const open = outcomes.find((one) => one.verdict.answer === 'unknown');
  const assumptions = [...new Set(outcomes.flatMap((one) => one.verdict.assumptions))];
  if (open) {
    const missing = outcomes.flatMap((one) => (one.verdict.answer === 'unknown' ? one.verdict.missing : []));
    return { verdict: { answer: 'unknown', missing: distinct(missing), assumptions }, sure, maybe, way: open.way };
  }
  const blockers = outcomes.flatMap((one) => (one.verdict.answer === 'no' ? one.verdict.blockers : []));
  return { verdict: { answer: 'no', blockers: distinct(blockers), assumptions }, sure, maybe, way: first.way };
}

/** Several possibilities of which one is the truth, we do not know which: only what holds in all of them is sure. */
export function whichever(outcomes: readonly Outcome[], missing: Missing): Outcome | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.length === 1) return first;
  const sure = outcomes.map((one) => one.sure).reduce(intersectConnections);
  const maybe = outcomes.map((one) => one.maybe).reduce(unionConnections);
  const answers = new Set(outcomes.map((one) => one.verdict.answer));
  const assumptions = [...new Set(outcomes.flatMap((one) => one.verdict.assumptions))];
  if (answers.size === 1 && first.verdict.answer === 'no') {
    const blockers = outcomes.flatMap((one) => (one.verdict.answer === 'no' ? one.verdict.blockers : []));
    return { verdict: { answer: 'no', blockers: distinct(blockers), assumptions }, sure, maybe, way: first.way };
  }
  if (answers.size === 1 && first.verdict.answer === 'yes') return { ...first, sure, maybe };
  const known = outcomes.flatMap((one) => (one.verdict.answer === 'unknown' ? one.verdict.missing : []));
  const all = distinct(answers.size > 1 ? [...known, missing] : known);
  return { verdict: { answer: 'unknown', missing: all, assumptions }, sure, maybe, way: first.way };
}

/** One connection behind the other: each must be possible. The sets told are those of `combine`. */
export function inTurn(outcomes: readonly Outcome[], combine: (pick: 'sure' | 'maybe') => ConnectionSet): Outcome {
  const verdicts = outcomes.map((one) => one.verdict);
  const assumptions = [...new Set(verdicts.flatMap((one) => one.assumptions))];
  const way = outcomes.flatMap((one) => one.way).filter((id, i, list) => id !== list[i - 1]);
  const blockers = verdicts.flatMap((one) => (one.answer === 'no' ? one.blockers : []));
  if (verdicts.some((one) => one.answer === 'no'))
    return {
      verdict: { answer: 'no', blockers: distinct(blockers), assumptions },
      sure: NO_CONNECTIONS,
      maybe: NO_CONNECTIONS,
      way,
    };
  const missing = verdicts.flatMap((one) => (one.answer === 'unknown' ? one.missing : []));
  if (verdicts.some((one) => one.answer === 'unknown'))
    return {
      verdict: { answer: 'unknown', missing: distinct(missing), assumptions },
      sure: NO_CONNECTIONS,
      maybe: combine('maybe'),
      way,
    };
  const proof = verdicts.flatMap((one) => (one.answer === 'yes' ? one.proof : []));
  return { verdict: { answer: 'yes', proof, assumptions }, sure: combine('sure'), maybe: combine('maybe'), way };
}
