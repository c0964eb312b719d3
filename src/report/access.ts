/** Answers about access, as the JSON that `underpin access --json` prints. */

import { type Administrator, administrators } from '../analyse/access/administrators/administrators.ts';
import type { AccessAnswer } from '../analyse/access/answer.ts';
import { policyDocument, proposals, serviceRoles } from '../analyse/access/services/services.ts';
import type { Missing } from '../analyse/verdict.ts';
import { byId, type Estate } from '../estate/estate.ts';
import { type ResourceRef, refTo } from '../rules/finding.ts';
import { notRead } from './not-read.ts';
import { SCHEMA_VERSION } from './result.ts';

export interface AccessResult extends AccessAnswer {
  readonly schemaVersion: number;
  readonly command: 'access';
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

export interface AdministratorsResult {
  readonly schemaVersion: number;
  readonly command: 'access';
  /** Every user and role that is, or may be, an administrator in effect; each with its shortest chain. */
  readonly administrators: readonly (Omit<Administrator, 'principal'> & { readonly principal: ResourceRef })[];
  /** Listings that the input lacks: who they would have told of is not in this answer. */
  readonly notRead: readonly Missing[];
}

export interface ServicesResult {
  readonly schemaVersion: number;
  readonly command: 'access';
  readonly roles: readonly {
    readonly role: ResourceRef;
    readonly workloads: readonly string[];
    readonly wildcards: readonly {
      readonly policy: string;
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }[];
    /** Service prefixes that are granted and that nothing in the evidence uses. */
    readonly notSeen: readonly string[];
    /** Null when the input does not list all that could run with it. */
    readonly unused: boolean | null;
    readonly missing: readonly Missing[];
  }[];
  readonly proposals: readonly {
    readonly workload: string;
    readonly name: string;
    readonly use: string;
    readonly role: string | null;
    readonly needs: readonly {
      readonly actions: readonly string[];
      readonly resources: readonly string[];
      readonly sure: boolean;
      readonly because: string;
    }[];
    /** The least policy of what is seen; statements to be confirmed have a Sid that begins with Confirm. */
    readonly policy: unknown;
    readonly missing: readonly Missing[];
  }[];
  /** Listings that the input lacks: the roles and workloads they would have told of are not in this answer. */
  readonly notRead: readonly Missing[];
}

const head = { schemaVersion: SCHEMA_VERSION, command: 'access' } as const;

export const accessResult = (
  principal: string,
  action: string,
  resource: string,
  answer: AccessAnswer,
): AccessResult => ({
  ...head,
  principal,
  action,
  resource,
  ...answer,
});

export const administratorsResult = (estate: Estate): AdministratorsResult => ({
  ...head,
  administrators: administrators(estate)
    .filter(({ verdict }) => verdict !== 'no')
    .map((one) => ({ ...one, principal: refTo(one.principal) })),
  notRead: notRead(estate, 'administrators'),
});

export function servicesResult(estate: Estate): ServicesResult {
  return {
    ...head,
    roles: serviceRoles(estate).map(({ role, workloads, wildcards, notSeen, unused, missing }) => ({
      role: refTo(role),
      workloads: workloads.map(({ id }) => id),
      wildcards: wildcards.map(({ policy, actions, resources }) => ({ policy, actions, resources })),
      notSeen,
      unused: unused ?? null,
      missing,
    })),
    proposals: proposals(estate).map((proposal) => {
      const text = policyDocument(proposal, 'include');
      const { id, name, use, role } = proposal.workload;
      return {
        workload: id,
        name,
        use,
        role,
        needs: proposal.needs,
        policy: text === null ? null : JSON.parse(text),
        missing: proposal.missing,
      };
    }),
    notRead: notRead(estate, 'services'),
  };
}

/** A name for a principal's id. */
export const principalName = (estate: Estate, id: string): string => byId(estate, id)?.name ?? id;
