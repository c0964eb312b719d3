/** The policies of a principal: what it holds itself, what its groups hold, and what bounds it. */
import type { Coverage } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, byId, find, memoised } from '../../estate/estate.ts';
import type { Group, InlinePolicy, Role, User } from '../../estate/kinds/people.ts';
import { recalled } from '../../estate/memory.ts';
import { oncePer } from '../../estate/once.ts';
import type { Ref } from '../../estate/source.ts';
import { indexed } from '../../estate/watched.ts';
import { join, missing, NO_POLICIES, PolicyReader, type PolicySet, type PolicyType, unread } from './attached.ts';
import { mayAllow, shippedText } from './managed/managed.ts';
import { lastName } from './policy/arn.ts';

export interface Identity {
  readonly principal: User | Role;
  readonly policies: PolicySet;
  /** Null: there is none. */
  readonly boundary: PolicySet | null;
}

/** One reader per input, so that a policy attached a thousand times, or at every point of a journey, is parsed once. */
export const policyReader = ({ coverage }: Estate): PolicyReader => readerOf(coverage);
const readerOf = oncePer((_input: Coverage) => new PolicyReader());

const byArn = indexed((estate) => {
  const index = new Map<string, User | Role>();
  for (const user of all(estate, 'user')) index.set(user.arn ?? user.id, user);
  for (const role of all(estate, 'role')) index.set(role.arn ?? role.id, role);
  return index;
});

const rolesByName = indexed((estate) => {
  const index = new Map<string, Role>();
  for (const role of all(estate, 'role')) index.set(`${role.account} ${lastName(role.arn ?? role.id)}`, role);
  return index;
});

export const arnOf = (holder: { readonly arn?: string; readonly id: string }): string => holder.arn ?? holder.id;

/** The user or role of an ARN; a role also by a session's ARN, which leaves out the role's path. */
export function principalOf(estate: Estate, arn: string): User | Role | undefined {
  const known = byArn(estate).get(arn);
  if (known) return known;
  const [, account, name] = /^arn:[^:]+:iam::(\d+):role\/([^/]+)$/.exec(arn) ?? [];
  return account === undefined ? undefined : rolesByName(estate).get(`${account} ${name}`);
}

export const identityOf = recalled(
  (estate: Estate, principal: User | Role): Identity => ({
    principal,
    policies: policiesOf(estate, principal),
    boundary: boundaryOf(estate, principal),
  }),
);

function policiesOf(estate: Estate, principal: User | Role): PolicySet {
  const own = ownPolicies(estate, principal);
  return principal.kind === 'role' ? own : join([own, ...groupsOf(estate, principal)]);
}

function groupsOf(estate: Estate, user: User): readonly PolicySet[] {
  if (user.groups === undefined)
    return [unread('iam:ListGroupsForUser', `the groups of ${user.name} were not read`, user.id)];
  return user.groups.map((ref) => {
    const group = find(estate, ref);
    if (!group) return unread('iam:ListAttachedGroupPolicies', `the group ${lastName(ref.id)} was not read`, ref.id);
    return policiesOfGroup(estate, group);
  });
}

const policiesOfGroup = recalled((estate: Estate, group: Group): PolicySet => ownPolicies(estate, group));

export function ownPolicies(estate: Estate, holder: User | Group | Role): PolicySet {
  const word = holder.kind === 'user' ? 'User' : holder.kind === 'group' ? 'Group' : 'Role';
  return join([
    holder.attachedPolicies === undefined
      ? unread(`iam:ListAttached${word}Policies`, `the policies attached to ${holder.name} were not read`, holder.id)
      : join(holder.attachedPolicies.map((ref) => managed(estate, ref, 'managed', holder.id))),
    holder.inlinePolicies === undefined
      ? unread(`iam:List${word}Policies`, `the inline policies of ${holder.name} were not read`, holder.id)
      : join(holder.inlinePolicies.map((policy) => inline(estate, policy, holder, `iam:Get${word}Policy`))),
  ]);
}

function inline(estate: Estate, policy: InlinePolicy, holder: User | Group | Role, operation: string): PolicySet {
  if (policy.document === undefined)
    return unread(operation, `the inline policy ${policy.name} of ${holder.name} was not read`, holder.id);
  return policyReader(estate).attach(policy.document, 'inline', policy.name, holder.id, holder.source, operation);
}

/** A managed policy as read from the account, else AWS's own as shipped, else unknown. */
export function managed(estate: Estate, ref: Ref<'policy'>, type: PolicyType, holder: string): PolicySet {
  const operation = 'iam:GetPolicyVersion';
  const policy = find(estate, ref);
  const arn = policy ? arnOf(policy) : ref.id;
  const told = missing(operation, `the text of the policy ${lastName(arn)} was not read`, arn);
  const attach = (text: string): PolicySet =>
    policyReader(estate).attach(text, type, arn, holder, policy?.source ?? ref.source ?? null, operation);
  if (policy?.document !== undefined) return attach(policy.document);
  const shipped = shippedText(arn);
  const allows = mayAllow(arn);
  const more: PolicySet = allows ? { ...NO_POLICIES, mayOnlyAllow: [{ missing: told, allows }] } : NO_POLICIES;
  if (shipped !== undefined) return join([attach(shipped), more]);
  return allows ? more : { ...NO_POLICIES, missing: [told] };
}

function boundaryOf(estate: Estate, principal: User | Role): PolicySet | null {
  if (principal.boundary === null) return null;
  if (principal.boundary === undefined) {
    const operation = principal.kind === 'user' ? 'iam:GetUser' : 'iam:GetRole';
    return unread(operation, `whether ${principal.name} has a permissions boundary was not read`, principal.id);
  }
  return managed(estate, principal.boundary, 'boundary', principal.id);
}

/** Users and roles, in the estate's order. */
export const principals = memoised((estate): readonly (User | Role)[] => [
  ...all(estate, 'user'),
  ...all(estate, 'role'),
]);

/** A principal as people write it: ARN, `user/alice`, `role/app`, or a name that only one of them has. */
export function namedPrincipal(estate: Estate, text: string): readonly (User | Role)[] {
  const exact = principalOf(estate, text);
  if (exact) return [exact];
  const direct = byId(estate, text);
  if (direct?.kind === 'user' || direct?.kind === 'role') return [direct];
  const [kind, name] = /^(user|role)\/(.+)$/.exec(text)?.slice(1) ?? [undefined, text];
  return principals(estate).filter(
    (principal) =>
      (kind === undefined || principal.kind === kind) &&
      (principal.name === name || lastName(arnOf(principal)) === name),
  );
}
