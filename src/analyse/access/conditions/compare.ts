/**
 * What each operator means for one value of the request and one value of the policy. The negated operators have the
 * meaning of their positive twin here; the negation is applied over the whole list of values, in `evaluate.ts`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { arnLike } from '../policy/arn.ts';
import type { OperatorName } from '../policy/operators.ts';
import { matches, type Token } from '../policy/pattern.ts';
import { addressIn } from './addresses.ts';

/** The policy's value twice: as text, and as tokens with its wildcards. */
export interface Wanted {
  readonly text: string;
  readonly tokens: readonly Token[];
}

type Compare = (actual: string, wanted: Wanted) => boolean;

const number = (text: string): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;

/** Milliseconds. Dates are ISO 8601 (W3C profile) or seconds since 1970. */
function date(text: string): number | undefined {
  const seconds = number(text);
  if (seconds !== undefined && !/^\d{4}$/.test(text.trim())) return seconds * 1000;
  const time = /^\d{4}(-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?)?)?$/.test(text.trim())
    ? Date.parse(isoWithZone(text.trim()))
    : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Without a zone, JavaScript takes a time as local: AWS's are UTC. */
const isoWithZone = (text: string): string =>
  /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;

const ordered =
  (read: (text: string) => number | undefined, holds: (a: number, b: number) => boolean): Compare =>
  (actual, wanted) => {
    const a = read(actual);
    const b = read(wanted.text);
    return a !== undefined && b !== undefined && holds(a, b);
  };

const equal = (a: number, b: number): boolean => a === b;
const less = (a: number, b: number): boolean => a < b;
const lessEqual = (a: number, b: number): boolean => a <= b;
const greater = (a: number, b: number): boolean => a > b;
const greaterEqual = (a: number, b: number): boolean => a >= b;

const exact: Compare = (actual, wanted) => actual === wanted.text;
const ignoreCase: Compare = (actual, wanted) => actual.toLowerCase() === wanted.text.toLowerCase();
const like: Compare = (actual, wanted) => matches(wanted.tokens, actual);
const arn: Compare = (actual, wanted) => arnLike(wanted.tokens, actual);
const address: Compare = (actual, wanted) => addressIn(actual, wanted.text);
const bool: Compare = (actual, wanted) => {
  const a = actual.toLowerCase();
  return (a === 'true' || a === 'false') && a === wanted.text.toLowerCase();
};
/** Base64 with or without its padding is the same value. */
const binary: Compare = (actual, wanted) => actual.replace(/=+$/, '') === wanted.text.replace(/=+$/, '');

export const COMPARE: Readonly<Record<Exclude<OperatorName, 'Null'>, Compare>> = {
  StringEquals: exact,
  StringNotEquals: exact,
  StringEqualsIgnoreCase: ignoreCase,
  StringNotEqualsIgnoreCase: ignoreCase,
  StringLike: like,
  StringNotLike: like,
  NumericEquals: ordered(number, equal),
  NumericNotEquals: ordered(number, equal),
  NumericLessThan: ordered(number, less),
  NumericLessThanEquals: ordered(number, lessEqual),
  NumericGreaterThan: ordered(number, greater),
  NumericGreaterThanEquals: ordered(number, greaterEqual),
  DateEquals: ordered(date, equal),
  DateNotEquals: ordered(date, equal),
  DateLessThan: ordered(date, less),
  DateLessThanEquals: ordered(date, lessEqual),
  DateGreaterThan: ordered(date, greater),
  DateGreaterThanEquals: ordered(date, greaterEqual),
  Bool: bool,
  BinaryEquals: binary,
  IpAddress: address,
  NotIpAddress: address,
  ArnEquals: arn,
  ArnNotEquals: arn,
  ArnLike: arn,
  ArnNotLike: arn,
};
