/** Log groups. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
import type { LogGroup } from '../../../estate/kinds/watch.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import type { Item } from '../../item.ts';
import { reader } from '../../readers/log-group.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { managed, refused } from '../needs.ts';
import { tagged } from '../tags.ts';

const TYPE = 'aws:cloudwatch/logGroup:LogGroup';
const LIST = 'logs:DescribeLogGroups';

export const adopter: Adopter = {
  name: 'log-group',
  types: [TYPE],
  operations: reader.operations,
  adopt: (answers) => {
    const groups = reader.read(answers).filter((one): one is LogGroup => one.kind === 'logGroup');
    // the reader makes one group of each item
    return answers.items(LIST, 'logGroups').flatMap((item, n) => {
      const group = groups[n];
      return group ? [groupOf(answers, item, group)] : [];
    });
  },
};

function groupOf(answers: Answers, item: Item, { id, tags: own, retention }: LogGroup): Adoption {
  const of: Whole = { kind: 'logGroup', id };
  const tags = tagged(answers, id, own);
  const name = text(item, 'logGroupName');
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (name === undefined || retention === undefined)
    return refused(TYPE, of, `${LIST} did not tell its name or how long it keeps logs`);
  return {
    state: 'adopted',
    type: TYPE,
    name,
    id: name,
    importId: name,
    inputs: said({
      name,
      // 0 stands for "for ever"
      retentionInDays: retention ?? 0,
      kmsKeyId: text(item, 'kmsKeyId'),
      logGroupClass: text(item, 'logGroupClass'),
      deletionProtectionEnabled: item.boolean('deletionProtectionEnabled'),
      skipDestroy: false,
      ...tags.inputs,
    }),
    outputs: { arn: id, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}
