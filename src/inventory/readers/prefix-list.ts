import type { PrefixList } from '../../estate/kinds/network.ts';
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';
import { idOf, onceOverAccounts } from '../reading.ts';

/** Entries of every list that was read whole: a list with a refused page is left out. */
function entriesOf(answers: Answers): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, Set<string>>();
  for (const { item, entry } of answers.bodies('ec2:GetManagedPrefixListEntries')) {
    const list = entry.input.PrefixListId;
    const cidrs = item.items('Entries')?.flatMap((one) => one.string('Cidr') ?? []);
    if (typeof list !== 'string' || cidrs === undefined) continue;
    entries.set(list, new Set([...(entries.get(list) ?? []), ...cidrs]));
  }
  for (const entry of answers.entries)
    if (
      entry.operation === 'ec2:GetManagedPrefixListEntries' &&
      entry.status !== 'read' &&
      typeof entry.input.PrefixListId === 'string'
    )
      entries.delete(entry.input.PrefixListId);
  return new Map([...entries].map(([list, cidrs]) => [list, [...cidrs]]));
}

export const reader: Reader = {
  name: 'prefix-list',
  kinds: ['prefixList'],
  operations: ['ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries', 'ec2:DescribePrefixLists'],
  read: (answers) => {
    const entries = entriesOf(answers);
    const managed = answers.items('ec2:DescribeManagedPrefixLists', 'PrefixLists');
    // DescribePrefixLists knows AWS's gateway lists only, but tells their blocks in the same answer
    const awsOwn = answers.items('ec2:DescribePrefixLists', 'PrefixLists');
    const blocks = new Map(awsOwn.map((item) => [item.string('PrefixListId'), item.strings('Cidrs')]));
    const seen = new Set(managed.map((item) => item.string('PrefixListId')));
    const read = (item: Item): PrefixList => {
      const list = idOf(item, 'PrefixListId');
      const name = item.string('PrefixListName');
      return {
        kind: 'prefixList',
        ...base('prefixList', item, { id: list, name, arn: item.string('PrefixListArn') }),
        listName: name,
        cidrs: entries.get(list) ?? blocks.get(list),
      };
    };
    return onceOverAccounts([...managed, ...awsOwn.filter((item) => !seen.has(item.string('PrefixListId')))].map(read));
  },
};
