/**
 * The account's own managed policies. AWS's are named by ARN where they are attached, and nobody's to declare.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
import type { Policy } from '../../../estate/kinds/people.ts';
import type { Answers } from '../../answers.ts';
import { DETAILS } from '../../iam.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { isPolicyText } from '../../policy-text.ts';
import { reader } from '../../readers/policies.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:iam/policy:Policy';

export const adopter: Adopter = {
  name: 'policy',
  types: [TYPE],
  operations: [...reader.operations, 'iam:GetPolicy'],
  adopt: (answers) => {
    const known = new Map<string, Policy>();
    for (const one of reader.read(answers)) if (one.kind === 'policy') known.set(one.id, one);
    const items = new Map<string, Item>();
    for (const operation of [DETAILS, 'iam:ListPolicies'])
      for (const item of answers.items(operation, 'Policies')) {
        const arn = item.string('Arn');
        if (arn !== undefined && !items.has(arn)) items.set(arn, item);
      }
    return [...known.values()].flatMap((policy) => {
      const item = items.get(policy.id);
      return item === undefined || policy.awsManaged ? [] : [policyOf(answers, item, policy)];
    });
  },
};

function policyOf(answers: Answers, item: Item, { id, document, tags: own }: Policy): Adoption {
  const of: Whole = { kind: 'policy', id };
  const answer = answers.one('iam:GetPolicy', 'PolicyArn', id, { account: item.context.account });
  const single = answer.state === 'read' ? answer.item.item('Policy') : undefined;
  const tags = tagged(answers, id, own ?? single?.tags());
  const needed = { name: item.string('PolicyName') ?? nameOfArn(id), path: item.string('Path') };
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (!isKnown(needed)) return refused(TYPE, of, untold(item.context.operation, needed));
  if (document === undefined || !isPolicyText(document))
    return refused(TYPE, of, `its text was not read (${DETAILS} or iam:GetPolicyVersion)`);
  return {
    state: 'adopted',
    type: TYPE,
    name: needed.name,
    id,
    importId: id,
    inputs: said({ ...needed, description: single?.string('Description'), policy: document, ...tags.inputs }),
    outputs: { arn: id, ...tags.outputs },
    // only GetPolicy tells the description, and another one would replace the policy
    ignoreChanges: [...(single ? [] : ['description']), ...tags.ignoreChanges],
    protect: false,
    of,
    place: placeOf(item),
    source: item.source,
  };
}
