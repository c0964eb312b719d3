/**
 * Roles of services: what they are allowed against what their services are seen to use, and the least that would do.
 * Evidence shows what is used, never that something is not: "not seen" is a question to the team, not a verdict.
 */
import type { Estate } from '../../../estate/estate.ts';
import { all, memoised } from '../../../estate/estate.ts';
import type { Role } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import { usersOf, type Workload, workloads } from '../../workloads/workloads.ts';
import { policyReader } from '../identity.ts';
import { isServiceLinked } from '../layers.ts';
import { grantsOf, type RoleGrant } from './grants.ts';
import { needsOf, type ServiceNeed } from './needs.ts';

export interface Proposal {
  readonly workload: Workload;
  readonly needs: readonly ServiceNeed[];
  readonly missing: readonly Missing[];
}

export interface ServiceRole {
  readonly role: Role;
  readonly workloads: readonly Workload[];
  /** How many different workloads run with it; more than one is a shared role. */
  readonly sharedBy: number;
  readonly grants: readonly RoleGrant[];
  /** The grants that are wider than any list of actions on named resources. */
  readonly wildcards: readonly RoleGrant[];
  /** Service prefixes that it may use and nothing in the evidence uses; `*` when it may use all. */
  readonly notSeen: readonly string[];
  /** Whether nothing runs with it; undefined when the input does not list all that could. */
  readonly unused: boolean | undefined;
  readonly proposals: readonly Proposal[];
  readonly missing: readonly Missing[];
}

/** Roles that a service may take and those that some workload runs with, but for AWS's own. */
export const serviceRoles = memoised((estate): readonly ServiceRole[] =>
  all(estate, 'role').flatMap((role) => {
    const users = usersOf(estate, role);
    return isServiceLinked(role) || (users.length === 0 && servicesTrusted(estate, role).length === 0)
      ? []
      : [serviceRole(estate, role, users)];
  }),
);

function serviceRole(estate: Estate, role: Role, users: readonly Workload[]): ServiceRole {
  const { grants, missing } = grantsOf(estate, role);
  const proposals = users.map((workload) => proposalOf(estate, workload));
  const used = new Set(
    proposals.flatMap(({ needs }) => needs.flatMap((need) => need.actions.map((action) => action.split(':')[0]))),
  );
  return {
    role,
    workloads: users,
    sharedBy: new Set(users.map((workload) => workload.id)).size,
    grants,
    wildcards: grants.filter((grant) => grant.width !== 'exact'),
    notSeen: [...new Set(grants.flatMap((grant) => grant.services))].filter((service) => !used.has(service)).sort(),
    unused: users.length > 0 ? false : unusedWithoutWorkload(estate, role),
    proposals,
    missing,
  };
}

/** Only where every service that it trusts is one whose workloads are in the input. */
function unusedWithoutWorkload(estate: Estate, role: Role): boolean | undefined {
  if (typeof role.lastUsed === 'string') return undefined;
  const seen: Readonly<Record<string, readonly unknown[]>> = {
    'lambda.amazonaws.com': all(estate, 'function'),
    'ecs-tasks.amazonaws.com': all(estate, 'taskDefinition'),
    'ec2.amazonaws.com': all(estate, 'instance'),
  };
  const trusted = servicesTrusted(estate, role);
  const known = trusted.every((service) => (seen[service]?.length ?? 0) > 0);
  return known && role.lastUsed === null ? true : undefined;
}

function servicesTrusted(estate: Estate, role: Role): readonly string[] {
  if (role.trust === undefined) return [];
  const { statements } = policyReader(estate).document(role.trust, 'trust');
  return [
    ...new Set(
      statements.flatMap((statement) =>
        statement.effect === 'Allow' && statement.principals && !statement.principals.not
          ? statement.principals.items.flatMap((entry) => (entry.type === 'Service' ? [entry.value] : []))
          : [],
      ),
    ),
  ];
}

export const proposalOf = (estate: Estate, workload: Workload): Proposal => ({
  workload,
  needs: needsOf(estate, workload),
  missing: workload.missing,
});

/** One for every workload, also those that run with keys or without a role. */
export const proposals = memoised((estate): readonly Proposal[] =>
  workloads(estate).map((workload) => proposalOf(estate, workload)),
);

/** Roles that more than one workload runs with. */
export const sharedRoles = (estate: Estate): readonly ServiceRole[] =>
  serviceRoles(estate).filter((entry) => entry.sharedBy > 1);

/**
 * The proposal as a policy text. Statements that the evidence does not settle have a Sid beginning with `Confirm`, or are
 * left out.
 */
export function policyDocument(proposal: Proposal, uncertain: 'include' | 'leaveOut'): string | null {
  const kept = proposal.needs.filter((need) => need.sure || uncertain === 'include');
  if (kept.length === 0) return null;
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: kept.map((need, n) => ({
        Sid: `${need.sure ? 'Seen' : 'Confirm'}${n + 1}`,
        Effect: 'Allow',
        Action: need.actions,
        Resource: need.resources,
      })),
    },
    null,
    2,
  );
}
