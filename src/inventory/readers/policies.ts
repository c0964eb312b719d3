/**
 * Managed policies, the account's own and AWS's. A policy of AWS that is attached somewhere is kept also when its
 * text is not in the input, so that the reference to it leads somewhere.
 */
import type { Policy } from '../../estate/kinds/people.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { attachedPolicies, boundary, DETAILS, type Form, seen } from '../iam.ts';
import { nameOfArn } from '../ids.ts';
import { Item } from '../item.ts';
import { pagesOf } from '../listing.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'policies',
  kinds: ['policy'],
  operations: [DETAILS, 'iam:ListPolicies', 'iam:GetPolicyVersion'],
  read(answers) {
    const policies = new Map<string, Policy>();
    const listed = [...answers.items(DETAILS, 'Policies'), ...answers.items('iam:ListPolicies', 'Policies')];
    for (const item of listed) {
      const arn = item.string('Arn');
      if (arn === undefined) item.notice('missingField', `${item.context.operation}: a policy has no Arn; left out`);
      else policies.set(arn, merged(policies.get(arn), policyOf(answers, item, arn)));
    }
    for (const { item, account } of attached(answers))
      if (isAwsManaged(item.id) && !policies.has(item.id)) policies.set(item.id, unread(item, account, answers));
    return [...policies.values()];
  },
};

const isAwsManaged = (arn: string): boolean => /^arn:[^:]+:iam::aws:policy\//.test(arn);

/** The same policy in two answers: what the first does not know the second may. */
const merged = (known: Policy | undefined, other: Policy): Policy =>
  known ? { ...known, document: known.document ?? other.document, tags: known.tags ?? other.tags } : other;

function policyOf(answers: Answers, item: Item, arn: string): Policy {
  const name = item.string('PolicyName') ?? nameOfArn(arn);
  return {
    ...base('policy', item, { id: arn, arn, name, region: 'global' }),
    awsManaged: isAwsManaged(arn),
    document: documentOf(answers, item, arn),
  };
}

function documentOf(answers: Answers, item: Item, arn: string): string | undefined {
  const wanted = item.string('DefaultVersionId');
  const isDefault = (version: Item): boolean =>
    wanted === undefined ? version.boolean('IsDefaultVersion') === true : version.string('VersionId') === wanted;
  const here = item.items('PolicyVersionList')?.find(isDefault);
  const asked = pagesOf(answers, 'iam:GetPolicyVersion', item.context.account, ['PolicyArn', arn])
    .flatMap((body) => body.item.item('PolicyVersion') ?? [])
    .find(isDefault);
  return (here && policyIn(here, 'Document')) ?? (asked && policyIn(asked, 'Document'));
}

function unread(ref: Ref<'policy'>, account: string, answers: Answers): Policy {
  const source = ref.source ?? { operation: DETAILS, file: '', path: '' };
  const context = {
    operation: source.operation,
    account,
    region: 'global',
    file: source.file,
    notices: answers.notices,
  };
  return {
    ...base('policy', new Item(context, {}, source.path), { id: ref.id, arn: ref.id, name: nameOfArn(ref.id) }),
    awsManaged: true,
    document: documentOf(answers, new Item(context, {}, source.path), ref.id),
    derived: { because: 'it is attached; AWS keeps it, and its text was not asked for' },
  };
}

function attached(answers: Answers): readonly { readonly item: Ref<'policy'>; readonly account: string }[] {
  const forms: readonly Form[] = ['User', 'Group', 'Role'];
  return forms.flatMap((form) =>
    seen(answers, form).flatMap((one) =>
      [...(attachedPolicies(answers, form, one) ?? []), boundary(one) ?? []]
        .flat()
        .map((item) => ({ item, account: one.account })),
    ),
  );
}
