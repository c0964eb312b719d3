/** Every policy that has a say in one request. */
import type { Estate } from '../../estate/estate.ts';
import type { Role, User } from '../../estate/kinds/people.ts';
import { heldAs, join, missing, NO_POLICIES, type PolicySet, type PolicyType } from './attached.ts';
import { identityOf, policyReader, principalOf } from './identity.ts';
import { type Controls, controlsOf, NO_CONTROLS } from './organization.ts';
import { accountOf, type Caller } from './policy/principal.ts';
import type { AccessRequest } from './request.ts';
import type { Target } from './resource-policy.ts';

export interface Subject {
  readonly caller: Caller;
  readonly principal: User | Role | undefined;
}

export function subjectOf(estate: Estate, caller: Caller): Subject {
  if (caller.type !== 'user' && caller.type !== 'role') return { caller, principal: undefined };
  const principal = principalOf(estate, caller.arn);
  // A session's ARN leaves out the path of its role; the role in the estate has it.
  return { caller: principal ? { ...caller, arn: principal.arn ?? principal.id } : caller, principal };
}

export interface Layers {
  readonly identity: PolicySet;
  readonly boundary: PolicySet | null;
  readonly session: PolicySet | null;
  readonly resource: PolicySet;
  readonly service: Controls;
  readonly control: Controls;
  readonly assumptions: readonly string[];
}

export function layersOf(
  estate: Estate,
  { caller, principal }: Subject,
  target: Target,
  request: AccessRequest,
): Layers {
  const given = (texts: readonly string[], type: PolicyType, word: string): PolicySet =>
    join(
      texts.map((text, n) =>
        policyReader(estate).attach(text, type, `${word} ${n + 1}`, request.principal, null, 'none'),
      ),
    );
  const { supposing = {} } = request;
  const account = accountOf(caller);
  const identity = principal ? identityOf(estate, principal) : null;
  const linked = principal?.kind === 'role' && isServiceLinked(principal);
  const bound = (of: string | undefined, type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY'): Controls =>
    of === undefined || linked ? NO_CONTROLS : controlsOf(estate, of, type);
  const service = bound(account, 'SERVICE_CONTROL_POLICY');
  const own = lessThose(identity?.policies ?? outsider(caller), supposing.without);
  return {
    identity: supposing.added ? join([own, given(supposing.added, 'inline', 'added policy')]) : own,
    boundary: supposing.unbounded ? null : (identity?.boundary ?? null),
    session: request.session === undefined ? null : given(request.session, 'session', 'session policy'),
    resource:
      supposing.resourcePolicy === undefined
        ? target.policies
        : given([supposing.resourcePolicy], 'trust', 'written trust policy'),
    service,
    control: bound(target.account, 'RESOURCE_CONTROL_POLICY'),
    assumptions: [...target.assumptions, ...service.assumptions],
  };
}

const lessThose = (set: PolicySet, without: ReadonlySet<string> | undefined): PolicySet =>
  without === undefined ? set : { ...set, policies: set.policies.filter((policy) => !without.has(heldAs(policy))) };

/** Roles that AWS's services keep for themselves: nobody can change or pass them, and no organization policy binds them. */
export const isServiceLinked = (role: Role): boolean =>
  (role.path ?? role.arn ?? role.id).includes('aws-service-role/');

/** The policies of a user or role that the input does not have. */
function outsider(caller: Caller): PolicySet {
  if (caller.type !== 'user' && caller.type !== 'role') return NO_POLICIES;
  const told = missing('iam:GetAccountAuthorizationDetails', `${caller.arn} is not in the input`, caller.arn);
  return { ...NO_POLICIES, missing: [told] };
}
