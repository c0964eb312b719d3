/** Is a principal an administrator by its own policies alone? */
import type { Estate } from '../../../estate/estate.ts';
import type { Role, User } from '../../../estate/kinds/people.ts';
import type { AccessAnswer } from '../answer.ts';
import type { ContextInput } from '../context.ts';
import { evaluate } from '../evaluate.ts';
import { arnOf } from '../identity.ts';
import type { Supposition } from '../request.ts';
import { both } from './combine.ts';

/** A name that nothing has: what is allowed on it is allowed on whatever may come. */
export const PROBE = 'underpin-probe';

/** What is asked with, for keys that the prober can not know but that would otherwise be taken from the made-up ARN. */
export const OPEN: ContextInput = { 'aws:RequestedRegion': { anyOf: [] } };

/**
 * An administrator may do an action that no list names, on a resource that no list names, and may give permissions
 * away. Power over everything but IAM is not administration; IAM alone is one step from it, and told as that step.
 */
const probes = (account: string): readonly { readonly action: string; readonly resource: string }[] => [
  { action: `${PROBE}:Anything`, resource: `arn:aws:${PROBE}:::anything` },
  { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/${PROBE}` },
  { action: 'iam:AttachUserPolicy', resource: `arn:aws:iam::${account}:user/${PROBE}` },
  { action: 'iam:PutRolePolicy', resource: `arn:aws:iam::${account}:role/${PROBE}` },
];

const ADMINISTRATOR: ContextInput = { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' };

export function power(
  estate: Estate,
  principal: User | Role,
  context: ContextInput = {},
  supposing: Supposition = {},
): AccessAnswer {
  return powerOf(estate, arnOf(principal), principal.account, context, supposing);
}

/** Also of whom the input does not hold, such as the root of an account. */
export function powerOf(
  estate: Estate,
  principal: string,
  account: string,
  context: ContextInput = {},
  supposing: Supposition = {},
): AccessAnswer {
  return both(probes(account), ({ action, resource }) =>
    evaluate(estate, {
      principal,
      action,
      resource,
      context: { ...OPEN, ...ADMINISTRATOR, 'aws:ResourceAccount': account, ...context },
      supposing,
    }),
  );
}
