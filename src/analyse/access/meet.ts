/** Which statements of a policy meet a request. */

import type { AttachedPolicy, PolicySet } from './attached.ts';
import { evaluateConditions } from './conditions/evaluate.ts';
import { all, type Test, type Tri } from './conditions/test.ts';
import { type Context, variableValue } from './context.ts';
import type { Meeting } from './grant.ts';
import { matchesResource } from './policy/arn.ts';
import { matches, type Pattern, resolve } from './policy/pattern.ts';
import { allowNaming, type Caller, denyMeets, type Naming } from './policy/principal.ts';
import type { Effect, Selection, Statement } from './policy/statement.ts';

export interface Request {
  readonly caller: Caller;
  /** Lower case. */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export function actionMatches(selection: Selection<Pattern>, action: string): boolean {
  return selection.items.some((pattern) => matches(pattern.tokens, action)) !== selection.not;
}

/** The statements of a policy that are about an action at all. */
export function aboutAction(policy: AttachedPolicy, action: string): readonly Statement[] {
  let found = policy.byAction.get(action);
  if (!found) {
    found = policy.document.statements.filter((statement) => actionMatches(statement.actions, action));
    policy.byAction.set(action, found);
  }
  return found;
}

export function resourceMatches(selection: Selection<Pattern> | null, request: Request): Tri {
  if (selection === null) return true;
  const lookup = (key: string): string | null | undefined => variableValue(request.context, key);
  const open: Test[] = [];
  for (const pattern of selection.items) {
    const resolved = resolve(pattern, lookup);
    if (resolved.is === 'nothing') continue;
    if (resolved.is === 'tokens') {
      if (matchesResource(resolved.tokens, request.resource)) return !selection.not;
    } else if (matchesResource(resolved.widest, request.resource))
      open.push({ operator: 'Resource', key: resolved.keys.join(', '), values: [pattern.text] });
  }
  if (open.length === 0) return selection.not;
  const test: Test = {
    operator: selection.not ? 'NotResource' : 'Resource',
    key: open.map((one) => one.key).join(', '),
    values: open.flatMap((one) => one.values),
  };
  return [test];
}

/** Statements of one effect that meet the request, of policies that name no principals. */
export const meetings = (set: PolicySet, effect: Effect, request: Request): readonly Meeting[] =>
  collect(set, effect, request, () => true);

/** Of a resource's policy: the Allow statements that name the caller in one of the ways given. */
export const allowsNaming = (set: PolicySet, request: Request, namings: readonly Naming[]): readonly Meeting[] =>
  collect(
    set,
    'Allow',
    request,
    (statement) => statement.principals !== null && namings.includes(allowNaming(statement.principals, request.caller)),
  );

/** Of a resource's policy: the Allow statements that name somebody by a canonical user id. */
export const allowsCanonical = (set: PolicySet, request: Request): readonly Meeting[] =>
  collect(
    set,
    'Allow',
    request,
    ({ principals }) =>
      principals !== null && !principals.not && principals.items.some(({ type }) => type === 'CanonicalUser'),
  );

/** Of a resource's policy: the Deny statements that meet the caller. */
export const deniesMeeting = (set: PolicySet, request: Request): readonly Meeting[] =>
  collect(
    set,
    'Deny',
    request,
    (statement) => statement.principals !== null && denyMeets(statement.principals, request.caller),
  );

function collect(
  set: PolicySet,
  effect: Effect,
  request: Request,
  principal: (statement: Statement) => Tri,
): readonly Meeting[] {
  const found: Meeting[] = [];
  for (const policy of set.policies) {
    const variables = policy.document.version === '2012-10-17';
    for (const statement of aboutAction(policy, request.action)) {
      if (statement.effect !== effect) continue;
      const resource = resourceMatches(statement.resources, request);
      if (resource === false) continue;
      const tri = all([
        resource,
        principal(statement),
        evaluateConditions(statement.conditions, request.context, variables),
      ]);
      if (tri === false) continue;
      found.push({ policy, statement, tests: tri === true ? [] : tri });
    }
  }
  return found;
}
