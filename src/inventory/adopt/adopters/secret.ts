import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { managed, refused } from '../needs.ts';
import { tagged } from '../tags.ts';

const SECRET = 'aws:secretsmanager/secret:Secret';
const POLICY = 'aws:secretsmanager/secretPolicy:SecretPolicy';

/** That a secret is there, and who may read it: never what it holds. */
export const adopter: Adopter = {
  name: 'secret',
  types: [SECRET, POLICY],
  operations: ['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy'],
  adopt: (answers) =>
    answers.items('secretsmanager:ListSecrets', 'SecretList').flatMap((item) => secret(answers, item)),
  observed: { secret: ['lastUsed'] },
};

function secret(answers: Answers, item: Item): readonly Adoption[] {
  const [arn, name] = [text(item, 'ARN'), text(item, 'Name')];
  if (arn === undefined || name === undefined) return [];
  const of: Whole = { kind: 'secret', id: arn };
  const tags = tagged(answers, arn, item.tags());
  const service = text(item, 'OwningService');
  const policy = policyOf(answers, item, [arn, name]);
  const other = managed(SECRET, of, tags);
  if (other) return [other];
  if (service !== undefined) return [refused(SECRET, of, `the AWS service ${service} manages it`)];
  if (item.boolean('RotationEnabled'))
    return [refused(SECRET, of, 'it is rotated, which is not written as a program yet')];
  if (policy === undefined) return [refused(SECRET, of, 'secretsmanager:GetResourcePolicy was not read')];
  const adopted = {
    state: 'adopted',
    name,
    id: arn,
    importId: arn,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  } as const;
  const own: Adoption = {
    ...adopted,
    type: SECRET,
    inputs: said({
      name,
      description: text(item, 'Description'),
      kmsKeyId: text(item, 'KmsKeyId'),
      ...tags.inputs,
    }),
    outputs: { arn, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
  };
  if (policy === null) return [own];
  return [own, { ...adopted, type: POLICY, inputs: { secretArn: arn, policy }, outputs: {}, ignoreChanges: [] }];
}

/** Null: the secret has no policy of its own. */
function policyOf(answers: Answers, item: Item, names: readonly string[]): string | null | undefined {
  const { account, region } = item.context;
  for (const value of names) {
    const answer = answers.one('secretsmanager:GetResourcePolicy', 'SecretId', value, { account, region });
    if (answer.state !== 'read') continue;
    return answer.item.has('ResourcePolicy') ? text(answer.item, 'ResourcePolicy') : null;
  }
  return undefined;
}
