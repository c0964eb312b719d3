/**
 * What the estate itself tells about a request's condition keys. Everything else stays unknown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { Estate } from '../../estate/estate.ts';
import { all } from '../../estate/estate.ts';
import type { Role, User } from '../../estate/kinds/people.ts';
import { indexed } from '../../estate/watched.ts';
import type { Alternatives, Context } from './context.ts';
import { lastName, parseArn } from './policy/arn.ts';
import type { Caller } from './policy/principal.ts';
import type { Target } from './resource-policy.ts';

export interface Known {
  readonly caller: Caller;
  readonly principal: User | Role | undefined;
  readonly resource: string;
  readonly target: Target;
}

/** The request's own context goes over what is derived here. */
export function knownContext(estate: Estate, known: Known, given: Context): Context {
  const context = new Map<string, Alternatives>();
  const set = (key: string, ...values: Alternatives): void => {
    context.set(key.toLowerCase(), values);
  };
  aboutCaller(estate, known, set);
  aboutTarget(known, set);
  for (const [key, values] of given) context.set(key, values);
  return context;
}

type Set = (key: string, ...values: Alternatives) => void;

/** By account; null where it is in none, and nothing where that is not known. */
const organizations = indexed(
  (estate) =>
    new Map(
      all(estate, 'account').flatMap(({ id, organization }): [string, string | null][] =>
        organization === undefined ? [] : [[id, organization]],
      ),
    ),
);

function aboutCaller(estate: Estate, { caller, principal }: Known, set: Set): void {
  set('aws:PrincipalIsAWSService', [String(caller.type === 'service')]);
  if (caller.type === 'service') {
    set('aws:PrincipalServiceName', [caller.name]);
    set('aws:MultiFactorAuthPresent', null);
    set('aws:PrincipalArn', null);
    set('aws:PrincipalAccount', null);
    return;
  }
  if (caller.type === 'federated' || caller.type === 'anonymous') return;
  set('aws:PrincipalAccount', [caller.account]);
  set('aws:PrincipalServiceName', null);
  set('aws:PrincipalArn', [principal?.arn ?? caller.arn]);
  const organization = organizations(estate).get(caller.account);
  if (organization !== undefined) set('aws:PrincipalOrgID', organization === null ? null : [organization]);
  if (caller.type === 'user') {
    set('aws:PrincipalType', ['User']);
    set('aws:username', [lastName(caller.arn)]);
    // Signed with an access key the key is missing; signed in it says whether a device was used; without a device it can not be true.
    if (principal?.kind === 'user' && principal.mfa === false) set('aws:MultiFactorAuthPresent', null, ['false']);
    else set('aws:MultiFactorAuthPresent', null, ['false'], ['true']);
  }
  if (caller.type === 'role') {
    set('aws:PrincipalType', ['AssumedRole']);
    set('aws:username', null);
    set('aws:MultiFactorAuthPresent', null, ['false'], ['true']);
    if (caller.session !== null) set('aws:RoleSessionName', [lastName(caller.session)]);
  }
  if (caller.type === 'root') {
    set('aws:PrincipalType', ['Account']);
    set('aws:username', null);
    set('aws:MultiFactorAuthPresent', null, ['false'], ['true']);
  }
  // Tags of the user or role; a session's own tags are for the caller to give.
  if (principal?.tags) withTags('aws:PrincipalTag', principal.tags, set);
}

function aboutTarget({ resource, target }: Known, set: Set): void {
  const arn = parseArn(resource);
  // An ARN without an account, of a thing that the input does not have: whose it is was only assumed.
  const isTold = target.resource !== undefined || arn === undefined || arn.account !== '';
  if (target.account !== undefined && isTold) set('aws:ResourceAccount', [target.account]);
  const region = arn?.region;
  if (region) set('aws:RequestedRegion', [region]);
  const held = target.resource;
  if (held?.tags && held.kind !== 'bucket') withTags('aws:ResourceTag', held.tags, set);
}

/** A value that was hidden since it looks like a secret is not known. */
const isHidden = (value: string): boolean => /redacted/i.test(value);

function withTags(key: string, tags: Readonly<Record<string, string>>, set: Set): void {
  const told = Object.entries(tags).filter(([, value]) => !isHidden(value));
  for (const [tag, value] of told) set(`${key}/${tag}`, [value]);
  // stands for all the others: only where all are known
  if (told.length === Object.keys(tags).length) set(`${key}/*`, null);
}
