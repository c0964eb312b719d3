/**
 * Managed policies, the account's own and AWS's. A policy of AWS that is attached somewhere is kept also when its
 * text is not in the input, so that the reference to it leads somewhere.
 */
import type { PolicyText } from '../../estate/kinds/network.ts';
import type { Policy } from '../../estate/kinds/people.ts';
import type { Ref } from '../../estate/source.ts';
import { agreed } from '../agreed.ts';
import type { Answers } from '../answers.ts';
import { attachedAsTold, boundariesAsTold, DETAILS, type Form, seen } from '../iam.ts';
import { nameOfArn } from '../ids.ts';
import { Item } from '../item.ts';
import { pagesOf } from '../listing.ts';
import { policyIn, policyMeaning } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'policies',
  kinds: ['policy'],
  operations: [DETAILS, 'iam:ListPolicies', 'iam:GetPolicyVersion'],
  read(answers) {
    const tellings = new Map<string, Tellings>();
    const listed = [...answers.items(DETAILS, 'Policies'), ...answers.items('iam:ListPolicies', 'Policies')];
    for (const item of listed) {
      const arn = item.string('Arn');
      const known = arn === undefined ? undefined : tellings.get(arn);
      if (arn === undefined) item.notice('missingField', `${item.context.operation}: a policy has no Arn; left out`);
      else if (known) known.all.push(policyOf(answers, item, arn));
      else tellings.set(arn, { item, all: [policyOf(answers, item, arn)] });
    }
    const policies = new Map([...tellings].map(([arn, one]) => [arn, merged(one)]));
    for (const { item, account } of attached(answers))
      if (isAwsManaged(item.id) && !policies.has(item.id)) policies.set(item.id, unread(item, account, answers));
    return [...policies.values()];
  },
};

const isAwsManaged = (arn: string): boolean => /^arn:[^:]+:iam::aws:policy\//.test(arn);

/** The same policy in every answer that shows it. */
interface Tellings {
  readonly item: Item;
  readonly all: [Policy, ...Policy[]];
}

/** What the first answer does not know another may. */
const merged = ({ item, all }: Tellings): Policy => ({
  ...all[0],
  document: told(
    item,
    all[0].name,
    all.map(({ document }) => document),
  ),
  tags: all.find(({ tags }) => tags !== undefined)?.tags,
});

const told = (item: Item, name: string, texts: readonly (PolicyText | undefined)[]): PolicyText | undefined =>
  agreed(item, `the text of the policy ${name}`, texts, policyMeaning);

function policyOf(answers: Answers, item: Item, arn: string): Policy {
  const name = item.string('PolicyName') ?? nameOfArn(arn);
  return {
    kind: 'policy',
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
  return told(
    item,
    nameOfArn(arn),
    [here, asked].map((version) => version && policyIn(version, 'Document')),
  );
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
    kind: 'policy',
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
      [
        ...attachedAsTold(answers, form, one).flatMap((refs) => refs ?? []),
        ...boundariesAsTold(one).flatMap((ref) => ref ?? []),
      ].map((item) => ({
        item,
        account: one.account,
      })),
    ),
  );
}
