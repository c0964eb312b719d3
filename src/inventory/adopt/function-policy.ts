/** A function's policy as permissions: each statement that the provider could have made is one. */
import { isProperties, type Properties, type Value } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { values } from './values.ts';

/** Conditions that a permission can have: the operator, the key, and the argument. */
export const CONDITIONS: readonly (readonly [operator: string, key: string, input: string])[] = [
  ['ArnLike', 'AWS:SourceArn', 'sourceArn'],
  ['StringEquals', 'AWS:SourceAccount', 'sourceAccount'],
  ['StringEquals', 'aws:PrincipalOrgID', 'principalOrgId'],
  ['StringEquals', 'lambda:EventSourceToken', 'eventSourceToken'],
  ['StringEquals', 'lambda:FunctionUrlAuthType', 'functionUrlAuthType'],
  ['Bool', 'lambda:InvokedViaFunctionUrl', 'invokedViaFunctionUrl'],
];

/** The permissions of a function; a text says why the policy can not be declared as such. */
export function permissionsOf(policy: string | undefined, name: string): readonly Properties[] | string {
  const because = 'its policy has a statement that no permission can declare';
  const statements = statementsOf(policy);
  const found = statements?.map((one) => permission(one, name));
  const known = found?.filter((one) => one !== undefined);
  return known && known.length === found?.length ? known : because;
}

function statementsOf(policy: string | undefined): readonly Value[] | undefined {
  try {
    const document = values(JSON.parse(policy ?? ''));
    const statements = isProperties(document) ? document.Statement : undefined;
    return Array.isArray(statements) ? statements : isProperties(statements) ? [statements] : undefined;
  } catch {
    return undefined;
  }
}

function permission(statement: Value, name: string): Properties | undefined {
  if (!isProperties(statement)) return undefined;
  const { Sid, Effect, Principal, Action, Resource, Condition, ...others } = statement;
  const conditions = conditionsOf(Condition);
  const principal = principalOf(Principal);
  const known = typeof Sid === 'string' && typeof Action === 'string' && typeof Resource === 'string';
  if (!known || Effect !== 'Allow' || !conditions || principal === undefined || Object.keys(others).length > 0)
    return undefined;
  const qualifier = /:function:[^:]+:([^:]+)$/.exec(Resource)?.[1];
  return said({ statementId: Sid, action: Action, function: name, principal, qualifier, ...conditions });
}

function principalOf(principal: Value | undefined): string | undefined {
  if (principal === '*') return '*';
  const [[kind, who] = [], ...more] = isProperties(principal) ? Object.entries(principal) : [];
  return typeof who === 'string' && more.length === 0 && (kind === 'Service' || kind === 'AWS') ? who : undefined;
}

function conditionsOf(condition: Value | undefined): Properties | undefined {
  if (condition === undefined) return {};
  if (!isProperties(condition)) return undefined;
  const found: [string, Value][] = [];
  for (const [operator, keys] of Object.entries(condition))
    for (const [key, value] of isProperties(keys) ? Object.entries(keys) : [['', null] as const]) {
      const input = CONDITIONS.find(([own, name]) => own === operator && name.toLowerCase() === key.toLowerCase())?.[2];
      if (input === undefined || typeof value !== 'string') return undefined;
      found.push([input, input === 'invokedViaFunctionUrl' ? value === 'true' : value]);
    }
  return Object.fromEntries(found);
}
