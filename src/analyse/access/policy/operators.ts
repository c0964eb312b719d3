/** The names of the condition operators, taken apart: `ForAnyValue:StringLikeIfExists`. */

export const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Null',
] as const;

export type OperatorName = (typeof OPERATORS)[number];

export interface Operator {
  readonly name: OperatorName;
  readonly qualifier: 'ForAnyValue' | 'ForAllValues' | null;
  readonly ifExists: boolean;
}

const byLowerName = new Map<string, OperatorName>(OPERATORS.map((name) => [name.toLowerCase(), name]));

/** Undefined for an operator that AWS does not have. AWS takes operator names in any case. */
export function parseOperator(text: string): Operator | undefined {
  const [, head, rest] = /^(ForAnyValue|ForAllValues):(.*)$/i.exec(text) ?? [];
  const body = (rest ?? text).toLowerCase();
  const ifExists = body.endsWith('ifexists');
  const name = byLowerName.get(ifExists ? body.slice(0, -'ifexists'.length) : body);
  if (name === undefined || (name === 'Null' && ifExists)) return undefined;
  const qualifier = head === undefined ? null : head.toLowerCase() === 'foranyvalue' ? 'ForAnyValue' : 'ForAllValues';
  return { name, qualifier, ifExists };
}

export const isNegated = (name: OperatorName): boolean => name.includes('Not');
