/** Roles, policies and task definitions that nothing works with any more once services have their own. */

import { isServiceRole } from '../../analyse/workloads/roles.ts';
import { usersOf } from '../../analyse/workloads/workloads.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Role } from '../../estate/kinds/people.ts';
import type { Delete } from '../edit.ts';
import type { State } from '../state.ts';
import { declaredAllOf, declaredOf } from './declared.ts';

export interface RetiredRole {
  readonly role: Role;
  readonly edits: readonly Delete[];
}

/**
 * The roles among `candidates` that nobody takes after the change. `leaving`: ids of workloads, and of the definitions that
 * only they ran, that have a role of their own by then.
 */
export function retiredRoles(
  estate: Estate,
  state: State,
  candidates: readonly string[],
  leaving: ReadonlySet<string>,
): readonly RetiredRole[] {
  const found = [...new Set(candidates)].flatMap((id): readonly RetiredRole[] => {
    const role = all(estate, 'role').find((one) => one.id === id);
    if (!role || !onlyForServices(role) || inProfile(estate, role)) return [];
    if (usersOf(estate, role).some((workload) => !leaving.has(workload.id))) return [];
    const own = declaredOf(state, role);
    if (!own) return [];
    return [{ role, edits: declaredAllOf(state, role).map(({ type, name }) => ({ op: 'delete', type, name })) }];
  });
  const gone = new Set<string>(found.map(({ role }) => role.id));
  return found.map((one, n) => (n === 0 ? { ...one, edits: [...one.edits, ...policiesOf(estate, state, gone)] } : one));
}

/** Somebody outside may take a role that trusts an account: that is not for us to see. */
const onlyForServices = (role: Role): boolean =>
  isServiceRole(role) === true && !/"(?:AWS|Federated)"\s*:|"Principal"\s*:\s*"\*"/.test(role.trust ?? '');

const inProfile = (estate: Estate, role: Role): boolean =>
  all(estate, 'instanceProfile').some(({ roles }) => roles === undefined || roles.some(({ id }) => id === role.id));

/** The account's own policies that only these roles have. */
function policiesOf(estate: Estate, state: State, gone: ReadonlySet<string>): readonly Delete[] {
  const holders = [...all(estate, 'user'), ...all(estate, 'group'), ...all(estate, 'role')];
  const attached = (id: string, to: (holder: string) => boolean): boolean =>
    holders.some((one) => to(one.id) && (one.attachedPolicies?.some((ref) => ref.id === id) ?? true));
  const boundary = (id: string): boolean =>
    [...all(estate, 'user'), ...all(estate, 'role')].some(
      (one) => one.boundary === undefined || one.boundary?.id === id,
    );
  return all(estate, 'policy').flatMap((policy): readonly Delete[] => {
    const mine = declaredOf(state, policy);
    if (!mine || !attached(policy.id, (holder) => gone.has(holder))) return [];
    if (attached(policy.id, (holder) => !gone.has(holder)) || boundary(policy.id)) return [];
    return [{ op: 'delete', type: mine.type, name: mine.name }];
  });
}

/** Definitions that no service and no task alone runs once `leaving` have another. */
export function retiredDefinitions(
  estate: Estate,
  candidates: readonly TaskDefinition[],
  leaving: ReadonlySet<string>,
): readonly TaskDefinition[] {
  const used = new Set<string | undefined>([
    ...all(estate, 'ecsService').flatMap((one) => (leaving.has(one.id) ? [] : [find(estate, one.taskDefinition)?.id])),
    ...all(estate, 'ecsTask').flatMap((one) => (one.service ? [] : [find(estate, one.taskDefinition)?.id])),
  ]);
  return [...new Map(candidates.map((one) => [one.id, one])).values()].filter(({ id }) => !used.has(id));
}
