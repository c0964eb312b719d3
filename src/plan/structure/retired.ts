/** Roles, policies and task definitions that nothing works with any more once services have their own. */

import { versionsBehind } from '../../analyse/workloads/function-versions.ts';
import { isServiceRole } from '../../analyse/workloads/roles.ts';
import {
  namesDefinition,
  type Place,
  startersIn,
  startersNaming,
  startersOf,
  unaskedFor,
} from '../../analyse/workloads/starters.ts';
import { usersOf } from '../../analyse/workloads/workloads.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Role } from '../../estate/kinds/people.ts';
import type { Delete } from '../edit.ts';
import type { State } from '../state.ts';
import type { Gate } from '../step.ts';
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
    if (isStarted(estate, role) || isOfVersion(estate, role)) return [];
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

/** Whether a published version of a function that somebody calls works as the role, or may for all that is known. */
const isOfVersion = (estate: Estate, role: Role): boolean =>
  /lambda\.amazonaws\.com/.test(role.trust ?? '') &&
  all(estate, 'function').some((fn) => {
    const behind = fn.account === role.account ? versionsBehind(estate, fn) : [];
    return behind === undefined || behind.some((one) => one.role === undefined || one.role === role.id);
  });

/** Whether a rule or a schedule names the role, or a definition with it, or may do so for all that is known. */
function isStarted(estate: Estate, role: Role): boolean {
  const { told, untold } = startersOf(estate, role.account);
  if (untold.length > 0 || startersNaming(told, role).length > 0) return true;
  return all(estate, 'taskDefinition').some(
    (one) =>
      (one.taskRole?.id === role.id || one.executionRole?.id === role.id) &&
      told.some((start) => namesDefinition(start, one)),
  );
}

/** Why what runs at times may keep definitions and roles: the names of what starts it, or what would tell. */
export function keptByStarters(
  estate: Estate,
  definitions: readonly TaskDefinition[],
): { readonly because: string; readonly change: string } | undefined {
  const [first] = definitions;
  if (!first) return undefined;
  const { told, untold } = startersOf(estate, first.account);
  if (untold.length > 0)
    return {
      because: `a schedule may start them: ${untold.map(({ reason }) => reason).join('; ')}`,
      change: `collect ${[...new Set(untold.map(({ operation }) => operation))].join(', ')} (aws events list-targets-by-rule tells it of one rule), then ask for a plan again`,
    };
  const users = told.filter((start) => definitions.some((one) => namesDefinition(start, one)));
  return users.length === 0
    ? undefined
    : {
        because: `${[...new Set(users.map(({ says }) => says))].join(', ')} starts ${users.length === 1 ? 'one of them' : 'some of them'}`,
        change: 'let it start the new definition, or delete it if nobody needs it, then ask for a plan again',
      };
}

/** Where nobody asked what starts work at times, a person does before a step that takes away what it may start. */
export const schedulesGate = (estate: Estate, { account, region }: Place): readonly Gate[] =>
  unaskedFor(estate, { account, region }).map(
    (operation): Gate =>
      operation === 'scheduler:ListSchedules'
        ? {
            type: 'query',
            check: 'No schedule of EventBridge Scheduler starts what this step takes away.',
            query: `aws scheduler list-schedules --region ${region}`,
          }
        : {
            type: 'query',
            check: 'No state machine of Step Functions starts what this step takes away.',
            query: `aws stepfunctions list-state-machines --region ${region}`,
          },
  );

/** Definitions that no service, no task alone and no schedule runs once `leaving` have another. */
export function retiredDefinitions(
  estate: Estate,
  candidates: readonly TaskDefinition[],
  leaving: ReadonlySet<string>,
): readonly TaskDefinition[] {
  const used = new Set<string | undefined>([
    ...all(estate, 'ecsService').flatMap((one) => (leaving.has(one.id) ? [] : [find(estate, one.taskDefinition)?.id])),
    ...all(estate, 'ecsTask').flatMap((one) => (one.service ? [] : [find(estate, one.taskDefinition)?.id])),
  ]);
  return [...new Map(candidates.map((one) => [one.id, one])).values()].filter(
    (one) => !used.has(one.id) && !mayStart(estate, one),
  );
}

function mayStart(estate: Estate, definition: TaskDefinition): boolean {
  const { told, untold } = startersIn(estate, definition);
  return untold.length > 0 || told.some((start) => namesDefinition(start, definition));
}
