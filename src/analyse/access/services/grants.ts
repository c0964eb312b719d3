/** What a role is actually allowed, statement by statement, and how wide each is. */
import type { Estate } from '../../../estate/estate.ts';
import type { Role } from '../../../estate/kinds/people.ts';
import type { Missing } from '../../verdict.ts';
import type { PolicyType } from '../attached.ts';
import { expandAction } from '../catalog/catalog.ts';
import { identityOf } from '../identity.ts';
import { isEverything } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';

/**
 * - `everything`: every action (also by NotAction);
 * - `wholeService`: every action of a service;
 * - `anyResource`: actions that could be limited to resources, on every one there is;
 * - `exact`: none of these.
 */
export type Width = 'everything' | 'wholeService' | 'anyResource' | 'exact';

export interface RoleGrant {
  readonly policy: string;
  readonly type: PolicyType;
  readonly sid: string | null;
  readonly index: number;
  /** As the policy writes them, in lower case. */
  readonly actions: readonly string[];
  readonly notAction: boolean;
  readonly resources: readonly string[];
  readonly width: Width;
  /** Service prefixes it gives; `*` for all of them. */
  readonly services: readonly string[];
}

export interface RoleGrants {
  readonly grants: readonly RoleGrant[];
  readonly missing: readonly Missing[];
}

export function grantsOf(estate: Estate, role: Role): RoleGrants {
  const { policies } = identityOf(estate, role);
  return {
    grants: policies.policies.flatMap((policy) =>
      policy.document.statements.flatMap((statement): readonly RoleGrant[] =>
        statement.effect === 'Deny'
          ? []
          : [
              {
                policy: policy.policy,
                type: policy.type,
                sid: statement.sid,
                index: statement.index,
                actions: statement.actions.items.map((pattern) => pattern.text),
                notAction: statement.actions.not,
                resources: statement.resources?.items.map((pattern) => pattern.text) ?? [],
                width: widthOf(statement),
                services: servicesOf(statement),
              },
            ],
      ),
    ),
    missing: [...policies.missing, ...policies.mayOnlyAllow.map((item) => item.missing)],
  };
}

function widthOf({ actions, resources }: Statement): Width {
  if (actions.not || actions.items.some((pattern) => /^\*+(:\*+)?$/.test(pattern.text))) return 'everything';
  if (actions.items.some((pattern) => /^[^:*?]+:\*+$/.test(pattern.text))) return 'wholeService';
  const anywhere = resources === null || resources.not || resources.items.some(isEverything);
  return anywhere && actions.items.some((pattern) => expandAction(pattern.text).some((action) => action.takesResource))
    ? 'anyResource'
    : 'exact';
}

function servicesOf({ actions }: Statement): readonly string[] {
  if (actions.not) return ['*'];
  const prefixes = actions.items.map((pattern) =>
    pattern.text.includes(':') ? (pattern.text.split(':')[0] ?? '*') : '*',
  );
  return [...new Set(prefixes.map((prefix) => (/[*?]/.test(prefix) ? '*' : prefix)))].sort();
}
