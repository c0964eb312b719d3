/** The unit of "under which condition": one thing about the request that is not known and that the answer turns on. */

export interface Test {
  /** A condition operator as written, or `Resource`, `Principal`, `NotPrincipal` where an element itself turns on a key. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** True, false, or: true exactly when these tests all hold. Never an empty list. */
export type Tri = boolean | readonly Test[];

export const isUnknown = (tri: Tri): tri is readonly Test[] => typeof tri !== 'boolean';

/** All of them: false as soon as one is, whatever is not known. */
export function all(parts: Iterable<Tri>): Tri {
  const tests: Test[] = [];
  for (const part of parts) {
    if (part === false) return false;
    if (part !== true) tests.push(...part);
  }
  return tests.length === 0 ? true : tests;
}

export const sameTest = (a: Test, b: Test): boolean =>
  a.operator === b.operator &&
  a.key.toLowerCase() === b.key.toLowerCase() &&
  a.values.join('\n') === b.values.join('\n');

/** In the words of a sentence: `aws:MultiFactorAuthPresent is true`. */
export function sayTest({ operator, key, values }: Test): string {
  const list = values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`;
  const [, qualifier, name] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/i.exec(operator) ?? [];
  const subject = qualifier ? `${qualifier === 'ForAnyValue' ? 'a value' : 'every value'} of ${key}` : key;
  const base = (name ?? operator).replace(/IfExists$/i, '');
  const orAbsent = base === name ? '' : ', or the request has no such key';
  switch (base) {
    case 'Bool':
    case 'StringEquals':
    case 'NumericEquals':
    case 'DateEquals':
    case 'BinaryEquals':
      return `${subject} is ${list}${orAbsent}`;
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
    case 'StringEqualsIgnoreCase':
      return `${subject} matches ${list}${orAbsent}`;
    case 'IpAddress':
      return `${subject} is in ${list}${orAbsent}`;
    case 'NotIpAddress':
      return `${subject} is not in ${list}${orAbsent}`;
    case 'Null':
      return values[0]?.toLowerCase() === 'true' ? `the request has no ${key}` : `the request has a ${key}`;
    case 'Resource':
      return `the resource fits ${list}, which depends on ${key}`;
    case 'NotPrincipal':
      return `AWS counts the caller among ${list}`;
    default:
      return `${base} ${subject} ${list}${orAbsent}`;
  }
}
