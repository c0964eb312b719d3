/** Several answers made one: all of them are needed. */

import type { Missing } from '../../verdict.ts';
import type { AccessAnswer, Condition, DecidingStatement } from '../answer.ts';

export const NEVER: AccessAnswer = {
  verdict: 'no',
  conditions: [],
  statements: [],
  chain: [],
  because: 'notAllowed',
  missing: [],
  assumptions: [],
};

export const ALWAYS: AccessAnswer = {
  verdict: 'yes',
  conditions: [],
  statements: [],
  chain: [],
  because: 'allowed',
  missing: [],
  assumptions: [],
};

const unique = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

export const statementKey = (statement: DecidingStatement): string =>
  `${statement.effect} ${statement.type} ${statement.holder} ${statement.policy} ${statement.index}`;

const conditionKey = (condition: Condition): string => `${condition.policy} ${condition.statement} ${condition.says}`;

export const missingKey = (missing: Missing): string =>
  `${missing.operation} ${missing.resource ?? ''} ${missing.reason}`;

/** Asks for one after the other and stops at a no, which is returned as it is. */
export function both<T>(items: Iterable<T>, ask: (item: T) => AccessAnswer): AccessAnswer {
  const answers: AccessAnswer[] = [];
  for (const item of items) {
    const answer = ask(item);
    if (answer.verdict === 'no') return answer;
    answers.push(answer);
  }
  return merge(answers);
}

export function merge(answers: readonly AccessAnswer[]): AccessAnswer {
  const no = answers.find((answer) => answer.verdict === 'no');
  if (no) return no;
  const unknown = answers.some((answer) => answer.verdict === 'unknown');
  return {
    verdict: unknown ? 'unknown' : 'yes',
    conditions: unique(
      answers.flatMap((answer) => answer.conditions),
      conditionKey,
    ),
    statements: unique(
      answers.flatMap((answer) => answer.statements),
      statementKey,
    ),
    chain: unique(
      answers.flatMap((answer) => answer.chain),
      (hop) => `${hop.resource} ${hop.by}`,
    ),
    because: unknown ? 'missing' : 'allowed',
    missing: unique(
      answers.flatMap((answer) => answer.missing),
      missingKey,
    ),
    assumptions: [...new Set(answers.flatMap((answer) => answer.assumptions))],
  };
}

/** How good an answer is: a plain yes, a yes with conditions, unknown, no. */
export const goodness = (answer: Pick<AccessAnswer, 'verdict' | 'conditions'>): number =>
  answer.verdict === 'yes' ? (answer.conditions.length === 0 ? 3 : 2) : answer.verdict === 'unknown' ? 1 : 0;

/** The best of several ways; the first of equals. Stops at a plain yes. */
export function best<T>(items: Iterable<T>, ask: (item: T) => AccessAnswer | undefined): AccessAnswer | undefined {
  let found: AccessAnswer | undefined;
  for (const item of items) {
    const answer = ask(item);
    if (!answer) continue;
    if (!found || goodness(answer) > goodness(found)) found = answer;
    if (goodness(found) === 3) break;
  }
  return found;
}
