import { expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './key.ts';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/k1';

it('joins aliases, policy and tags to the keys of the same account and region', () => {
  const alias = {
    Aliases: [
      { AliasName: 'alias/b', TargetKeyId: 'k1' },
      { AliasName: 'alias/a', TargetKeyId: 'k1' },
    ],
  };
  const answers = answersOf({
    'kms:ListKeys': { Keys: [{ KeyId: 'k1', KeyArn: ARN }] },
    'kms:ListAliases': [
      { output: alias },
      { output: { Aliases: [{ AliasName: 'alias/far', TargetKeyId: 'k1' }] }, region: 'us-east-1' },
    ],
    'kms:GetKeyPolicy': [{ input: { KeyId: ARN, PolicyName: 'default' }, output: { Policy: '{}' } }],
    'kms:ListResourceTags': [{ input: { KeyId: 'k1' }, output: { Tags: [{ TagKey: 'a', TagValue: 'b' }] } }],
  });
  expect(reader.read(answers)).toMatchObject([
    { id: ARN, name: 'alias/a', aliases: ['alias/a', 'alias/b'], policy: '{}', tags: { a: 'b' } },
  ]);
});

it('does not know the policy of a key that was only listed', () => {
  expect(reader.read(answersOf({ 'kms:ListKeys': { Keys: [{ KeyId: 'k1' }] } }))).toMatchObject([
    { id: ARN, name: 'k1', aliases: [], policy: undefined, tags: undefined },
  ]);
});
