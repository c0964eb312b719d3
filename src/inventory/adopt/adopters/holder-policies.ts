/**
 * What users, groups and roles may do, one resource an attachment and one an inline policy, so that each can be taken away
 * by itself. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
import { type Form, operationsOf } from '../../iam.ts';
import { nameOfArn } from '../../ids.ts';
import { type Adopted, type Adopter, placeOf } from '../adopter.ts';
import { type Holder, holders } from '../people.ts';

const FORMS: readonly Form[] = ['User', 'Group', 'Role'];

const typeOf = (form: Form, what: 'Policy' | 'PolicyAttachment'): string =>
  `aws:iam/${form.toLowerCase()}${what}:${form}${what}`;

export const adopter: Adopter = {
  name: 'holder-policies',
  types: FORMS.flatMap((form) => [typeOf(form, 'PolicyAttachment'), typeOf(form, 'Policy')]),
  operations: [...new Set(FORMS.flatMap(operationsOf))],
  adopt: (answers) => {
    const { users, groups, roles } = holders(answers);
    return [...users, ...groups, ...roles]
      .filter(({ because }) => because === undefined)
      .flatMap((holder) => [...attachmentsOf(holder), ...inlineOf(holder)]);
  },
};

const attachmentsOf = (holder: Holder): readonly Adopted[] =>
  (holder.is.attachedPolicies ?? []).map(({ id: policyArn }) => ({
    ...common(holder),
    type: typeOf(holder.form, 'PolicyAttachment'),
    name: `${holder.name}-${nameOfArn(policyArn)}`,
    id: `${holder.name}/${policyArn}`,
    importId: `${holder.name}/${policyArn}`,
    inputs: { [holder.form.toLowerCase()]: holder.name, policyArn },
  }));

const inlineOf = (holder: Holder): readonly Adopted[] =>
  (holder.is.inlinePolicies ?? []).map(({ name, document }) => ({
    ...common(holder),
    type: typeOf(holder.form, 'Policy'),
    name: `${holder.name}-${name}`,
    id: `${holder.name}:${name}`,
    importId: `${holder.name}:${name}`,
    inputs: { [holder.form.toLowerCase()]: holder.name, name, policy: document ?? '' },
  }));

const common = ({ item, of }: Holder) => ({
  state: 'adopted' as const,
  outputs: {},
  ignoreChanges: [],
  protect: false,
  of,
  place: placeOf(item),
  source: item.source,
});
