import type { Queue } from '../../estate/kinds/data.ts';
import type { Answers } from '../answers.ts';
import type { Entry } from '../entry.ts';
import { text } from '../fields.ts';
import { arn, nameOfArn, queueArn } from '../ids.ts';
import { Item } from '../item.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'queue',
  kinds: ['queue'],
  operations: ['sqs:ListQueues', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
  read: (answers) => {
    const queues = new Map<string, Queue>();
    for (const { item } of answers.bodies('sqs:ListQueues'))
      item.strings('QueueUrls')?.forEach((url, n) => {
        const listed = new Item(item.context, {}, `${item.path}/QueueUrls/${n}`);
        queues.set(`${item.context.account} ${url}`, queue(answers, listed, url));
      });
    // attributes can be there although the list was refused
    for (const { item, entry } of answers.bodies('sqs:GetQueueAttributes')) {
      const url = entry.input.QueueUrl;
      if (typeof url === 'string' && !queues.has(`${entry.account} ${url}`))
        queues.set(`${entry.account} ${url}`, queue(answers, item, url));
    }
    return [...queues.values()];
  },
};

function queue(answers: Answers, item: Item, url: string): Queue {
  const { account, region } = item.context;
  const answer = answers.one('sqs:GetQueueAttributes', 'QueueUrl', url, { account });
  const attributes = answer.state === 'read' ? answer.item.item('Attributes') : undefined;
  const asked = answer.state === 'read' && attributes ? askedFor(answer.entry, attributes) : () => false;
  const id = text(attributes, 'QueueArn') ?? queueArn(url) ?? arn('sqs', region, account, url.replace(/^.*\//, ''));
  const tags = answers.one('sqs:ListQueueTags', 'QueueUrl', url, { account });
  return {
    kind: 'queue',
    ...base(
      'queue',
      item,
      { id, name: nameOfArn(id), arn: id },
      // AWS leaves the tags out of the answer where there are none
      tags.state === 'read' ? (tags.item.tags() ?? {}) : undefined,
    ),
    url,
    policy: attributes?.value.Policy ? policyIn(attributes, 'Policy') : asked('Policy') ? null : undefined,
    deadLetter: attributes?.value.RedrivePolicy ? deadLetter(attributes) : asked('RedrivePolicy') ? null : undefined,
    encrypted: encrypted(attributes),
    visibilityTimeout: attributes?.number('VisibilityTimeout'),
  };
}

/**
 * AWS answers with the attributes asked for that are set, so "not there" means "not set" only for those asked for.
 * Answers of which the request is lost (a folder of files) were for all when they hold what every queue has.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
function askedFor(entry: Entry, attributes: Item): (attribute: string) => boolean {
  const names = entry.input.AttributeNames;
  if (Array.isArray(names)) return (attribute) => names.includes('All') || names.includes(attribute);
  const all = ['QueueArn', 'CreatedTimestamp', 'VisibilityTimeout'].every((name) => attributes.has(name));
  return () => all;
}

function deadLetter(attributes: Item): string | undefined {
  try {
    const redrive: unknown = JSON.parse(attributes.string('RedrivePolicy') ?? '');
    if (typeof redrive === 'object' && redrive !== null && 'deadLetterTargetArn' in redrive)
      return typeof redrive.deadLetterTargetArn === 'string' ? redrive.deadLetterTargetArn : undefined;
  } catch {
    attributes.notice(
      'wrongType',
      'sqs:GetQueueAttributes: RedrivePolicy is not JSON; taken as unknown',
      'RedrivePolicy',
    );
  }
  return undefined;
}

function encrypted(attributes: Item | undefined): boolean | undefined {
  if (attributes?.value.KmsMasterKeyId) return true;
  return attributes?.boolean('SqsManagedSseEnabled');
}
