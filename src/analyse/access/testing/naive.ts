// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/**
 * A second evaluator for the property test, written apart from the real one: plain recursion over the JSON, every
 * value of the request known, one account, no organization. It shares no code with what it judges.
 */

export interface NaiveStatement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Principal?: '*' | { readonly AWS: string | string[] };
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

export interface NaiveCase {
  readonly identity: readonly (readonly NaiveStatement[])[];
  readonly boundary: readonly NaiveStatement[] | null;
  readonly resourcePolicy: readonly NaiveStatement[];
  readonly principal: string;
  readonly principalType: 'user' | 'role';
  readonly account: string;
  readonly action: string;
  readonly resource: string;
  /** Null: not in the request. */
  readonly context: Record<string, string[] | null>;
}

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function glob(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const head = pattern[0];
  const rest = pattern.slice(1);
  if (head === '*') return glob(rest, text) || (text !== '' && glob(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && glob(rest, text.slice(1));
}

function fill(pattern: string, context: NaiveCase['context']): string | null {
  const start = pattern.indexOf('${');
  if (start < 0) return pattern;
  const end = pattern.indexOf('}', start);
  const values = context[pattern.slice(start + 2, end)];
  if (values?.length !== 1) return null;
  const rest = fill(pattern.slice(end + 1), context);
  return rest === null ? null : pattern.slice(0, start) + values[0] + rest;
}

function condition(operator: string, values: string[] | null, wanted: string[]): boolean {
  if (operator === 'Null') return wanted.includes(values === null ? 'true' : 'false');
  if (operator.endsWith('IfExists')) return values === null ? true : condition(operator.slice(0, -8), values, wanted);
  if (operator.startsWith('ForAllValues:'))
    return (values ?? []).every((value) => condition(operator.slice(13), [value], wanted));
  if (operator.startsWith('ForAnyValue:'))
    return (values ?? []).some((value) => condition(operator.slice(12), [value], wanted));
  if (operator.includes('Not')) return !condition(operator.replace('Not', ''), values, wanted);
  if (values === null) return false;
  return values.some((value) =>
    wanted.some((want) =>
      operator === 'StringLike'
        ? glob(want, value)
        : operator === 'Bool'
          ? value.toLowerCase() === want.toLowerCase() && ['true', 'false'].includes(value.toLowerCase())
          : operator === 'NumericLessThan'
            ? Number(value) < Number(want)
            : value === want,
    ),
  );
}

function meets(statement: NaiveStatement, test: NaiveCase): boolean {
  const action = (list: string[]) => list.some((pattern) => glob(pattern.toLowerCase(), test.action.toLowerCase()));
  const resource = (list: string[]) =>
    list.some((pattern) => {
      const filled = fill(pattern, test.context);
      return filled !== null && glob(filled, test.resource);
    });
  if (statement.Action ? !action(listOf(statement.Action)) : action(listOf(statement.NotAction))) return false;
  if (statement.Resource ? !resource(listOf(statement.Resource)) : resource(listOf(statement.NotResource)))
    return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      condition(
        operator,
        test.context[key] ?? null,
        listOf(values).flatMap((value) => fill(value, test.context) ?? []),
      ),
    ),
  );
}

export function naive(test: NaiveCase): boolean {
  const root = `arn:aws:iam::${test.account}:root`;
  const named = (statement: NaiveStatement, names: string[]) =>
    names.some((name) =>
      statement.Principal === '*' ? name === '*' : listOf(statement.Principal?.AWS).includes(name),
    );
  const has = (statements: readonly NaiveStatement[], effect: string) =>
    statements.some((statement) => statement.Effect === effect && meets(statement, test));
  const everyone = [test.principal, '*', root, test.account];
  if (test.identity.some((policy) => has(policy, 'Deny'))) return false;
  if (test.boundary && has(test.boundary, 'Deny')) return false;
  if (
    has(
      test.resourcePolicy.filter((statement) => named(statement, everyone)),
      'Deny',
    )
  )
    return false;
  const inBoundary = test.boundary === null || has(test.boundary, 'Allow');
  if (inBoundary && test.identity.some((policy) => has(policy, 'Allow'))) return true;
  if (
    has(
      test.resourcePolicy.filter((statement) => named(statement, ['*'])),
      'Allow',
    )
  )
    return true;
  const direct = has(
    test.resourcePolicy.filter((statement) => named(statement, [test.principal])),
    'Allow',
  );
  return direct && (test.principalType === 'user' || inBoundary);
}
