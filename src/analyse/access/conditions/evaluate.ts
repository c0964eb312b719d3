/** A Condition element against what is known of a request: holds, does not hold, or holds if. */
import { alternatives, type Context, type Value, variableValue } from '../context.ts';
import { isNegated, type Operator, parseOperator } from '../policy/operators.ts';
import { parsePattern, resolve } from '../policy/pattern.ts';
import type { ConditionEntry } from '../policy/statement.ts';
import { COMPARE, type Wanted } from './compare.ts';
import { all, type Test, type Tri } from './test.ts';

/** Every operator and key must hold. */
export const evaluateConditions = (entries: readonly ConditionEntry[], context: Context, variables: boolean): Tri =>
  entries.length === 0 ? true : all(entries.map((entry) => evaluateCondition(entry, context, variables)));

export function evaluateCondition(entry: ConditionEntry, context: Context, variables: boolean): Tri {
  const open: readonly Test[] = [{ operator: entry.operator, key: entry.key, values: entry.values }];
  const operator = parseOperator(entry.operator);
  if (!operator) return open;
  const wanted = wantedValues(entry, context, variables);
  if (!wanted) return open;
  const known = alternatives(context, entry.key);
  // Nothing is known of the key; but an empty list of values decides by itself whatever it is.
  if (!known || known.length === 0) return open;
  const answers = new Set(known.map((value) => holds(operator, value, wanted)));
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined ? answer : open;
}

/** The policy's values with variables filled in; undefined when one of those is not known. */
function wantedValues(entry: ConditionEntry, context: Context, variables: boolean): readonly Wanted[] | undefined {
  const wanted: Wanted[] = [];
  for (const value of entry.values) {
    const resolved = resolve(parsePattern(value, variables), (key) => variableValue(context, key));
    if (resolved.is === 'unknown') return undefined;
    // A variable without a value equals nothing.
    if (resolved.is === 'nothing') continue;
    const text = value.includes('${') && variables ? plain(resolved.tokens) : value;
    wanted.push({ text, tokens: resolved.tokens });
  }
  return wanted;
}

const plain = (tokens: Wanted['tokens']): string =>
  tokens.map((token) => (token.is === 'text' ? token.text : token.is === 'one' ? '?' : '*')).join('');

/**
 * Keys with several values and keys that are missing:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function holds(operator: Operator, value: Value, wanted: readonly Wanted[]): boolean {
  if (operator.name === 'Null')
    return wanted.some(({ text }) => text.toLowerCase() === String(value === null || value.length === 0));
  const compare = COMPARE[operator.name];
  const negated = isNegated(operator.name);
  const one = (actual: string): boolean => wanted.some((item) => compare(actual, item)) !== negated;
  const missing = value === null || value.length === 0;
  if (missing && operator.ifExists) return true;
  switch (operator.qualifier) {
    case 'ForAllValues':
      return missing || value.every(one);
    case 'ForAnyValue':
      return !missing && value.some(one);
    case null:
      // A negated operator holds when the key is missing.
      if (missing) return negated;
      return negated ? value.every(one) : value.some(one);
  }
}
