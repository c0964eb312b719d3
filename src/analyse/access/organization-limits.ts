/** What the levels of an organization leave of a request. */
import type { Missing } from '../verdict.ts';
import { missing, type PolicySet } from './attached.ts';
import { anyOf, type Denies, type Grant, grantOf, type Meeting } from './grant.ts';
import { allowsNaming, deniesMeeting, meetings, type Request } from './meet.ts';
import type { Controls } from './organization.ts';

/** @param named Whether the policies name principals, as resource control policies do. */
const denyMeetings = (set: PolicySet, request: Request, named: boolean): readonly Meeting[] =>
  named ? deniesMeeting(set, request) : meetings(set, 'Deny', request);

const grants = (set: PolicySet, request: Request, named: boolean): Grant =>
  grantOf(
    named ? allowsNaming(set, request, ['self', 'session', 'anybody', 'account']) : meetings(set, 'Allow', request),
    set.missing,
  );

const PARENTS = 'organizations:ListParents';
const TARGETS = 'organizations:ListTargetsForPolicy';

/** Either which units the account is in was not read, or where the policy is attached. */
const whetherItBinds = (policies: readonly string[], operation: string): readonly Missing[] =>
  [...new Set(policies)].map((policy) =>
    missing(operation, `whether ${policy} binds the account was not read`, policy),
  );

const names = (set: PolicySet): readonly string[] => set.policies.map((policy) => policy.policy);

export function organizationDenies(controls: Controls, request: Request, named: boolean): Denies {
  const binding = controls.levels.filter((level) => level.binds).map((level) => level.policies);
  const units = controls.levels.filter((level) => !level.binds).map((level) => level.policies);
  const denying = (sets: readonly PolicySet[]): readonly string[] =>
    sets.flatMap((set) => denyMeetings(set, request, named).map(({ policy }) => policy.policy));
  return {
    meetings: binding.flatMap((set) => denyMeetings(set, request, named)),
    missing: [
      ...[...binding, ...units, controls.floating].flatMap((set) => set.missing),
      ...whetherItBinds(denying(units), PARENTS),
      ...whetherItBinds(denying([controls.floating]), TARGETS),
    ],
  };
}

/** One grant a level; a level that may not bind the account takes nothing away for certain. */
export function organizationGrants(controls: Controls, request: Request, named: boolean): readonly Grant[] {
  const floating = grants(controls.floating, request, named);
  return controls.levels.map((level) => {
    const grant = grants(level.policies, request, named);
    if (grant.level === 'yes') return grant;
    const perhaps = level.binds
      ? floating.level === 'no'
        ? []
        : whetherItBinds(names(controls.floating), TARGETS)
      : whetherItBinds(names(level.policies), PARENTS);
    return anyOf([
      grant,
      ...(perhaps.length > 0 ? [{ level: 'perhaps', meetings: [], missing: perhaps } as const] : []),
    ]);
  });
}
