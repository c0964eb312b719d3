/**
 * What anybody at all may do on a resource, by the resource's own policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
import type { Estate } from '../../estate/estate.ts';
import { type ContextInput, makeContext } from '../access/context.ts';
import { evaluate } from '../access/evaluate.ts';
import type { Meeting } from '../access/grant.ts';
import { knownContext } from '../access/known-context.ts';
import { allowsNaming } from '../access/meet.ts';
import type { Caller } from '../access/policy/principal.ts';
import { READ_BY, type Target, targetOf } from '../access/resource-policy.ts';
import type { Hop, Missing } from '../verdict.ts';
import { type Keeping, keepingOfAllow, keepingOfDeny } from './conditions.ts';

export interface Openness {
  /** The actions that anybody may do, in the order asked. */
  readonly open: readonly string[];
  /** Keys of the conditions that stand in the way of all of them, and that anybody can meet. */
  readonly weakly: readonly string[];
  readonly proof: readonly Hop[];
  /** Set when some action can not be decided. */
  readonly missing: readonly Missing[];
}

const ANYBODY: Caller = { type: 'anonymous' };

export function openToAnybody(
  estate: Estate,
  resource: string,
  actions: readonly string[],
  context: ContextInput = {},
): Openness {
  const open: string[] = [];
  const proof = new Map<string, Hop>();
  const missing: Missing[] = [];
  const keys = new Set<string>();
  let strongly = false;
  for (const action of actions) {
    const given = { 'aws:SecureTransport': 'true', ...context };
    const answer = evaluate(estate, { principal: '*', action, resource, context: given });
    if (answer.verdict === 'unknown') missing.push(...answer.missing);
    if (answer.verdict !== 'yes') continue;
    const target = targetOf(estate, action, resource, undefined);
    const request = {
      caller: ANYBODY,
      action: action.toLowerCase(),
      resource,
      context: knownContext(estate, { caller: ANYBODY, principal: undefined, resource, target }, makeContext(given)),
    };
    const ways = allowsNaming(target.policies, request, ['self', 'anybody']).map((meeting) => ({
      meeting,
      keeping: keepingOfAllow(meeting.tests, estate.collectedAt),
    }));
    const denied = answer.conditions.filter(({ holds }) => !holds).map(({ tests }) => keepingOfDeny(tests));
    const passed = ways.filter(({ keeping }) => keeping === 'open').map(({ meeting }) => meeting);
    switch (
      together(
        ways.map(({ keeping }) => keeping),
        denied,
      )
    ) {
      case 'shut':
        break;
      case 'unheard':
        missing.push(untold(target, resource));
        break;
      case 'open':
        open.push(action);
        for (const meeting of passed) proof.set(`${meeting.policy.holder} ${meeting.statement.index}`, hopOf(meeting));
        if (passed.some(({ tests }) => tests.length === 0)) strongly = true;
        for (const { key } of passed.flatMap(({ tests }) => tests)) keys.add(key);
    }
  }
  return { open, weakly: strongly ? [] : [...keys], proof: [...proof.values()], missing };
}

function together(ways: readonly Keeping[], denied: readonly Keeping[]): Keeping {
  if (ways.every((one) => one === 'shut') || denied.includes('shut')) return 'shut';
  return ways.includes('open') && !denied.includes('unheard') ? 'open' : 'unheard';
}

function hopOf({ policy, statement: { sid, index } }: Meeting): Hop {
  const which = sid === null || sid === '' ? `statement ${index + 1}` : `statement “${sid}”`;
  return {
    resource: policy.holder,
    by: sid ?? String(index),
    code: 'access-resource',
    detail: `${which} of its policy allows it to everybody`,
    ...(policy.source ? { provenance: policy.source } : {}),
  };
}

function untold({ resource: held }: Target, resource: string): Missing {
  const [, operation = 'iam:GetAccountAuthorizationDetails'] =
    Object.entries(READ_BY).find(([kind]) => kind === held?.kind) ?? [];
  const reason = 'its policy names everybody, under a condition of which it is not known whether strangers can meet it';
  return { operation, reason, resource: held?.id ?? resource };
}
