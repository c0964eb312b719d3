import type { Key } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import { tagsIn, text } from '../fields.ts';
import { arn } from '../ids.ts';
import type { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'key',
  kinds: ['key'],
  operations: ['kms:ListKeys', 'kms:ListAliases', 'kms:GetKeyPolicy', 'kms:ListResourceTags'],
  read: (answers) => {
    const aliases = new Map<string, string[]>();
    for (const item of answers.items('kms:ListAliases', 'Aliases')) {
      const key = item.string('TargetKeyId');
      const alias = item.string('AliasName');
      if (key === undefined || alias === undefined) continue;
      const at = placed(item, key);
      aliases.set(at, [...(aliases.get(at) ?? []), alias]);
    }
    return answers.items('kms:ListKeys', 'Keys').map((item) => key(answers, item, aliases));
  },
};

const placed = (item: Item, key: string): string => `${item.context.account} ${item.context.region} ${key}`;

function key(answers: Answers, item: Item, aliases: ReadonlyMap<string, readonly string[]>): Key {
  const { account, region } = item.context;
  const keyId = idOf(item, 'KeyId');
  const id = text(item, 'KeyArn') ?? (item.has('KeyId') ? arn('kms', region, account, `key/${keyId}`) : keyId);
  const names = [...new Set(aliases.get(placed(item, keyId)))].sort();
  const about = (operation: string): Item | undefined => {
    for (const value of [keyId, id]) {
      const answer = answers.one(operation, 'KeyId', value, { account, region });
      if (answer.state === 'read') return answer.item;
    }
    return undefined;
  };
  const policy = about('kms:GetKeyPolicy');
  return {
    kind: 'key',
    ...base(
      'key',
      item,
      { id, name: names[0] ?? keyId, arn: id },
      tagsIn(about('kms:ListResourceTags'), 'Tags', 'TagKey', 'TagValue'),
    ),
    aliases: names,
    // every key has a policy
    policy: policy && policyIn(policy, 'Policy'),
  };
}
