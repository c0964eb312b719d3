import type { Answers } from '../../answers.ts';
import { tagsIn, text } from '../../fields.ts';
import { arn as arnOf } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const KEY = 'aws:kms/key:Key';
const ALIAS = 'aws:kms/alias:Alias';

/** Keys of the account's own, with their aliases. */
export const adopter: Adopter = {
  name: 'key',
  types: [KEY, ALIAS],
  operations: [
    'kms:ListKeys',
    'kms:ListAliases',
    'kms:DescribeKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListResourceTags',
  ],
  adopt: (answers) => {
    const aliases = new Map<string, Item[]>();
    for (const item of answers.items('kms:ListAliases', 'Aliases')) {
      const at = `${item.context.account} ${item.context.region} ${text(item, 'TargetKeyId')}`;
      aliases.set(at, [...(aliases.get(at) ?? []), item]);
    }
    return answers.items('kms:ListKeys', 'Keys').flatMap((item) => {
      const id = text(item, 'KeyId');
      const at = `${item.context.account} ${item.context.region} ${id}`;
      return id === undefined ? [] : key(answers, item, id, aliases.get(at) ?? []);
    });
  },
};

function key(answers: Answers, item: Item, id: string, aliases: readonly Item[]): readonly Adoption[] {
  const { account, region } = item.context;
  const arn = text(item, 'KeyArn') ?? arnOf('kms', region, account, `key/${id}`);
  const of: Whole = { kind: 'key', id: arn };
  const about = (operation: string): Item | undefined =>
    [id, arn]
      .map((value) => answers.one(operation, 'KeyId', value, { account, region }))
      .flatMap((answer) => (answer.state === 'read' ? [answer.item] : []))[0];
  const detail = about('kms:DescribeKey')?.item('KeyMetadata');
  if (text(detail, 'KeyManager') === 'AWS' || aliases.some((one) => one.string('AliasName')?.startsWith('alias/aws/')))
    return [refused(KEY, of, 'AWS manages it')];
  if (detail === undefined) return [refused(KEY, of, 'kms:DescribeKey was not read')];
  if (text(detail, 'KeyState') === 'PendingDeletion') return [refused(KEY, of, 'it is being deleted')];
  if (text(detail, 'Origin') !== 'AWS_KMS')
    return [refused(KEY, of, 'its material comes from outside of KMS, which is not written as a program yet')];
  const tags = tagged(answers, arn, tagsIn(about('kms:ListResourceTags'), 'Tags', 'TagKey', 'TagValue'));
  const rotation = about('kms:GetKeyRotationStatus');
  const needed = {
    description: detail.string('Description'),
    keyUsage: text(detail, 'KeyUsage'),
    customerMasterKeySpec: text(detail, 'KeySpec') ?? text(detail, 'CustomerMasterKeySpec'),
    isEnabled: detail.boolean('Enabled'),
    multiRegion: detail.boolean('MultiRegion'),
    policy: text(about('kms:GetKeyPolicy'), 'Policy'),
    enableKeyRotation: rotation?.boolean('KeyRotationEnabled'),
  };
  const other = managed(KEY, of, tags);
  if (other) return [other];
  const sources = 'kms:DescribeKey with kms:GetKeyPolicy and kms:GetKeyRotationStatus';
  if (!isKnown(needed)) return [refused(KEY, of, untold(sources, needed))];
  const names = aliases.flatMap((one) => text(one, 'AliasName') ?? []).sort();
  const adopted = {
    state: 'adopted',
    name: names[0]?.replace(/^alias\//, '') ?? id,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  } as const;
  return [
    {
      ...adopted,
      type: KEY,
      id,
      importId: id,
      inputs: said({
        ...needed,
        rotationPeriodInDays: needed.enableKeyRotation ? rotation?.number('RotationPeriodInDays') : undefined,
        ...tags.inputs,
      }),
      outputs: { arn, keyId: id, ...tags.outputs },
      ignoreChanges: tags.ignoreChanges,
    },
    ...names.map(
      (name): Adoption => ({
        ...adopted,
        type: ALIAS,
        name: name.replace(/^alias\//, ''),
        id: name,
        importId: name,
        inputs: { name, targetKeyId: id },
        outputs: { targetKeyArn: arn },
        ignoreChanges: [],
      }),
    ),
  ];
}
