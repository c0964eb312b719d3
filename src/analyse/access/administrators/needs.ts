/** May a principal do what an escalation needs? */
import type { Estate } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { AccessAnswer } from '../answer.ts';
import { mayAllowIt } from '../attached.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf, identityOf } from '../identity.ts';
import { aboutAction } from '../meet.ts';
import { matchesResource, parseArn } from '../policy/arn.ts';
import { instance, resolve } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import type { Supposition } from '../request.ts';
import { best, both, NEVER } from './combine.ts';
import type { Escalation, Need } from './escalation.ts';
import { OPEN, PROBE } from './power.ts';

export interface Places {
  readonly target: string;
  readonly carrier: string;
  readonly region: string;
  readonly supposing?: Supposition;
  /** Whether the target's trust may name the principal itself. */
  readonly names?: boolean;
}

/**
 * A cheap no before the exact one: has the principal any Allow about the action, and could it be about the resource?
 * A role's trust can let somebody in who has no Allow of its own, so assuming is never ruled out without a look at it.
 */
export function mayBeAble(estate: Estate, principal: User | Role, action: string, resource?: string): boolean {
  const { policies } = identityOf(estate, principal);
  const lower = action.toLowerCase();
  if (mayAllowIt(policies, lower).length > 0) return true;
  return policies.policies.some((policy) =>
    aboutAction(policy, lower).some(
      (statement) => statement.effect === 'Allow' && (resource === undefined || mayBeAbout(statement, resource)),
    ),
  );
}

function mayBeAbout({ resources }: Statement, resource: string): boolean {
  if (resources === null || resources.not) return true;
  return resources.items.some((pattern) => {
    const resolved = resolve(pattern, () => undefined);
    return (
      resolved.is === 'nothing' ||
      matchesResource(resolved.is === 'tokens' ? resolved.tokens : resolved.widest, resource)
    );
  });
}

const ASSUME = 'sts:AssumeRole';

export const mayAttempt = (estate: Estate, principal: User | Role, escalation: Escalation): boolean =>
  escalation.needs.every((needs) =>
    needs.some((need) => need.action === ASSUME || mayBeAble(estate, principal, need.action)),
  );

/** All needs together, each by the first of its alternatives that is granted. */
export const meetsNeeds = (
  estate: Estate,
  principal: User | Role,
  escalation: Escalation,
  places: Places,
): AccessAnswer =>
  both(escalation.needs, (needs) => best(needs, (need) => meetsNeed(estate, principal, need, places)) ?? NEVER);

function meetsNeed(estate: Estate, principal: User | Role, need: Need, places: Places): AccessAnswer {
  const ask = (resource: string): AccessAnswer =>
    evaluate(estate, {
      principal: arnOf(principal),
      action: need.action,
      resource,
      // A made-up ARN must not decide on the region.
      context: typeof need.on === 'string' ? (need.context ?? {}) : { ...OPEN, ...need.context },
      ...(places.supposing ? { supposing: places.supposing } : {}),
    });
  if (typeof need.on === 'string') {
    const resource = places[need.on];
    const named = need.action === ASSUME && (places.supposing?.resourcePolicy !== undefined || places.names);
    return named || mayBeAble(estate, principal, need.action, resource) ? ask(resource) : NEVER;
  }
  return best(someOf(estate, principal, need.action, need.on.anything, places.region), ask) ?? NEVER;
}

/**
 * "Some resource of the caller's choice": one with a name that no policy knows, and one for each pattern that the
 * caller's own statements allow.
 */
export function someOf(
  estate: Estate,
  principal: User | Role,
  action: string,
  form: string,
  region: string,
): readonly string[] {
  const plain = form.replace('{region}', region).replace('{account}', principal.account).replaceAll('*', PROBE);
  const lower = action.toLowerCase();
  const wanted = parseArn(plain);
  const own = identityOf(estate, principal).policies.policies.flatMap((policy) =>
    aboutAction(policy, lower).flatMap((statement) =>
      statement.effect === 'Allow' && statement.resources && !statement.resources.not
        ? statement.resources.items.map((pattern) => instance(pattern, PROBE))
        : [],
    ),
  );
  const chosen = own.flatMap((text) => {
    const arn = parseArn(text);
    if (!arn || !wanted || arn.service !== wanted.service) return [];
    const account = arn.account === PROBE ? principal.account : arn.account;
    if (account !== '' && account !== principal.account) return [];
    const place = arn.region === PROBE ? region : arn.region;
    return [
      `arn:${arn.partition === PROBE ? 'aws' : arn.partition}:${arn.service}:${place}:${account}:${arn.resource}`,
    ];
  });
  return [...new Set([form === '*' ? '*' : plain, ...chosen])];
}
