/**
 * Service and resource control policies: at every level (root, unit, account) some policy must allow the request, and
 * none may deny it. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import { all, memoised } from '../../estate/estate.ts';
import type { OrganizationPolicy } from '../../estate/kinds/people.ts';
import { recalled } from '../../estate/memory.ts';
import { join, NO_POLICIES, type PolicySet, unread } from './attached.ts';
import { arnOf, policyReader } from './identity.ts';
import { parseArn } from './policy/arn.ts';

export interface Level {
  /** Id of the root, unit or account. */
  readonly target: string;
  readonly policies: PolicySet;
  /** Whether the level binds the account for certain: the input does not tell which units an account is in. */
  readonly binds: boolean;
}

export interface Controls {
  readonly levels: readonly Level[];
  /** Policies of which it was not read where they are attached: they may stand at any level, or at none. */
  readonly floating: PolicySet;
  readonly assumptions: readonly string[];
}

export const NO_CONTROLS: Controls = { levels: [], floating: NO_POLICIES, assumptions: [] };

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
export const isManagementAccount = (estate: Estate, account: string): boolean =>
  managementAccounts(estate).has(account);

const controlsIn = {
  SERVICE_CONTROL_POLICY: recalled((estate, account: string) => read(estate, account, 'SERVICE_CONTROL_POLICY')),
  RESOURCE_CONTROL_POLICY: recalled((estate, account: string) => read(estate, account, 'RESOURCE_CONTROL_POLICY')),
};

export const controlsOf = (estate: Estate, account: string, type: keyof typeof controlsIn): Controls =>
  controlsIn[type](estate, account);

function read(estate: Estate, account: string, type: OrganizationPolicy['type']): Controls {
  if (isManagementAccount(estate, account)) return NO_CONTROLS;
  const policies = all(estate, 'organizationPolicy').filter((policy) => policy.type === type);
  if (policies.length === 0) return { ...NO_CONTROLS, assumptions: unseen(estate, account, type) };
  const levels = new Map<string, PolicySet[]>();
  const floating: PolicySet[] = [];
  for (const policy of policies) {
    const set = textOf(estate, policy);
    if (policy.targets === undefined) floating.push(set);
    for (const target of policy.targets ?? []) {
      if (target !== account && !/^(r|ou)-/.test(target)) continue;
      const list = levels.get(target);
      if (list) list.push(set);
      else levels.set(target, [set]);
    }
  }
  return {
    levels: [...levels].map(([target, sets]) => ({ target, policies: join(sets), binds: !target.startsWith('ou-') })),
    floating: join(floating),
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
  const shipped = /FullAWSAccess$/.test(arn)
    ? type === 'serviceControl'
      ? FULL_ACCESS
      : FULL_ACCESS_RESOURCE
    : undefined;
  const text = policy.document ?? shipped;
  const operation = 'organizations:DescribePolicy';
  if (text === undefined) return unread(operation, `the text of ${policy.name} was not read`, policy.id);
  return policyReader(estate).attach(text, type, arn, policy.id, policy.source, operation);
}
