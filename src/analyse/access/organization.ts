/**
 * Service and resource control policies: at every level (root, unit, account) some policy must allow the request, and
 * none may deny it. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, memoised } from '../../estate/estate.ts';
import type { OrganizationPolicy } from '../../estate/kinds/people.ts';
import { join, NO_POLICIES, type PolicySet, unread } from './attached.ts';
import { arnOf, policyReader } from './identity.ts';
import { parseArn } from './policy/arn.ts';

export interface Level {
  /** Id of the root or account. */
  readonly target: string;
  readonly policies: PolicySet;
}

export interface Controls {
  readonly levels: readonly Level[];
  /** Policies attached to units, of which the input does not tell whether the account is in them. */
  readonly perhaps: PolicySet;
  readonly assumptions: readonly string[];
}

const NONE: Controls = { levels: [], perhaps: NO_POLICIES, assumptions: [] };

const FULL_ACCESS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const FULL_ACCESS_RESOURCE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

/** The account that runs the organization, as the ARNs of its own policies tell it. */
const managementAccounts = memoised((estate): ReadonlySet<string> => {
  const accounts = new Set<string>();
  for (const policy of all(estate, 'organizationPolicy')) {
    const account = parseArn(arnOf(policy))?.account;
    if (account !== undefined && /^\d{12}$/.test(account)) accounts.add(account);
  }
  return accounts;
});

/** Neither kind of policy binds the management account. */
export const isManagementAccount = (estate: Estate, account: string): boolean => managementAccounts(estate).has(account);

const cache = memoised(() => new Map<string, Controls>());

export function controlsOf(estate: Estate, account: string, type: OrganizationPolicy['type']): Controls {
  const kept = cache(estate);
  const key = `${type} ${account}`;
  let controls = kept.get(key);
  if (!controls) {
    controls = read(estate, account, type);
    kept.set(key, controls);
  }
  return controls;
}

function read(estate: Estate, account: string, type: OrganizationPolicy['type']): Controls {
  if (isManagementAccount(estate, account)) return NONE;
  const policies = all(estate, 'organizationPolicy').filter((policy) => policy.type === type);
  if (policies.length === 0) return { ...NONE, assumptions: unseen(estate, account, type) };
  const levels = new Map<string, PolicySet[]>();
  const perhaps: PolicySet[] = [];
  for (const policy of policies) {
    const set = textOf(estate, policy);
    if (policy.targets === undefined) {
      perhaps.push(set, unread('organizations:ListTargetsForPolicy', `where ${policy.name} is attached was not read`, policy.id));
      continue;
    }
    for (const target of policy.targets) {
      if (target === account || target.startsWith('r-')) {
        const list = levels.get(target);
        if (list) list.push(set);
        else levels.set(target, [set]);
      } else if (target.startsWith('ou-'))
        perhaps.push(set, unread('organizations:ListParents', `whether account ${account} is in ${target} was not read`, policy.id));
    }
  }
  return {
    levels: [...levels].map(([target, sets]) => ({ target, policies: join(sets) })),
    perhaps: join(perhaps),
    assumptions: [],
  };
}

function unseen(estate: Estate, account: string, type: OrganizationPolicy['type']): readonly string[] {
  const place = all(estate, 'account').find((item) => item.id === account || item.account === account);
  if (place?.organization === null) return [];
  if (statusOf(estate.coverage, 'organizations:ListPolicies') === 'read') return [];
  const word = type === 'SERVICE_CONTROL_POLICY' ? 'service' : 'resource';
  return [`no ${word} control policy of an organization takes this away (organizations:ListPolicies was not read)`];
}

function textOf(estate: Estate, policy: OrganizationPolicy): PolicySet {
  const type = policy.type === 'SERVICE_CONTROL_POLICY' ? 'serviceControl' : 'resourceControl';
  const arn = arnOf(policy);
  const shipped = /FullAWSAccess$/.test(arn) ? (type === 'serviceControl' ? FULL_ACCESS : FULL_ACCESS_RESOURCE) : undefined;
  const text = policy.document ?? shipped;
  const operation = 'organizations:DescribePolicy';
  if (text === undefined) return unread(operation, `the text of ${policy.name} was not read`, policy.id);
  return policyReader(estate).attach(text, type, arn, policy.id, policy.source, operation);
}
