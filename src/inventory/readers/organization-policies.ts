/**
 * Service and resource control policies: the ceiling that an organization sets for its accounts. Policies of other
 * types (tags, backups) limit nobody and are kept as what they are.
 */
import type { OrganizationPolicy } from '../../estate/kinds/people.ts';
import type { Other } from '../../estate/kinds/watch.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Answers } from '../answers.ts';
import { nameOfArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { joined, listing } from '../listing.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'organization-policies',
  kinds: ['organizationPolicy', 'other'],
  operations: ['organizations:ListPolicies', 'organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
  read(answers) {
    const policies = new Map<string, Resource>();
    const described = answers
      .bodies('organizations:DescribePolicy')
      .flatMap(({ item }) => item.item('Policy')?.item('PolicySummary') ?? []);
    for (const item of [...answers.items('organizations:ListPolicies', 'Policies'), ...described]) {
      const policy = policyOf(answers, item);
      if (policy && !policies.has(policy.id)) policies.set(policy.id, policy);
    }
    return [...policies.values()];
  },
};

function policyOf(answers: Answers, item: Item): OrganizationPolicy | Other | undefined {
  const policyId = item.string('Id');
  const arn = item.string('Arn');
  const id = arn ?? policyId;
  const type = item.string('Type');
  if (id === undefined || type === undefined) {
    item.notice('missingField', `${item.context.operation}: a policy lacks its Id or Type; left out`);
    return undefined;
  }
  const identity = { id, arn, name: item.string('Name') ?? nameOfArn(id), region: 'global' };
  if (type !== 'SERVICE_CONTROL_POLICY' && type !== 'RESOURCE_CONTROL_POLICY')
    return { kind: 'other', ...base('other', item, identity), type: `organizations:${type}` };
  return {
    kind: 'organizationPolicy',
    ...base('organizationPolicy', item, identity),
    type,
    document: policyId === undefined ? undefined : content(answers, policyId),
    targets: policyId === undefined ? undefined : targets(answers, item, policyId),
  };
}

function content(answers: Answers, policyId: string): string | undefined {
  const answer = answers.one('organizations:DescribePolicy', 'PolicyId', policyId);
  const policy = answer.state === 'read' ? answer.item.item('Policy') : undefined;
  return policy && policyIn(policy, 'Content');
}

function targets(answers: Answers, item: Item, policyId: string): readonly string[] | undefined {
  const found = listing(answers, 'organizations:ListTargetsForPolicy', 'Targets', item.context.account, [
    'PolicyId',
    policyId,
  ]);
  return joined(
    (found ?? [undefined]).map((target) => (target?.has('TargetId') ? [target.string('TargetId') ?? ''] : undefined)),
  );
}
