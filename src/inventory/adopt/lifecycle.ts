/** When a bucket's objects move and expire, as arguments. */
import { keyValues, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
export function lifecycleRules(answer: Item): Properties | undefined {
  const given = allItems(answer, 'Rules');
  const rules = given?.flatMap((rule) => {
    const [id, status] = [text(rule, 'ID'), text(rule, 'Status')];
    if (id === undefined || status === undefined) return [];
    const abort = rule.item('AbortIncompleteMultipartUpload')?.number('DaysAfterInitiation');
    return said({
      id,
      status,
      // the older form, which AWS still answers for rules that were made with it
      prefix: rule.string('Prefix'),
      filter: filterOf(rule.item('Filter')),
      expiration: when(rule.item('Expiration')),
      transitions: some(rule.items('Transitions')?.map((one) => when(one) ?? {})),
      noncurrentVersionExpiration: noncurrent(rule.item('NoncurrentVersionExpiration')),
      noncurrentVersionTransitions: some(
        rule.items('NoncurrentVersionTransitions')?.map((one) => noncurrent(one) ?? {}),
      ),
      abortIncompleteMultipartUpload: abort === undefined ? undefined : { daysAfterInitiation: abort },
    });
  });
  if (rules === undefined || rules.length === 0 || rules.length !== given?.length) return undefined;
  return said({ rules, transitionDefaultMinimumObjectSize: text(answer, 'TransitionDefaultMinimumObjectSize') });
}

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

const when = (one: Item | undefined): Properties | undefined =>
  one &&
  said({
    days: one.number('Days'),
    date: one.date('Date'),
    expiredObjectDeleteMarker: one.boolean('ExpiredObjectDeleteMarker') || undefined,
    storageClass: text(one, 'StorageClass'),
  });

const noncurrent = (one: Item | undefined): Properties | undefined =>
  one &&
  said({
    noncurrentDays: one.number('NoncurrentDays'),
    newerNoncurrentVersions: one.number('NewerNoncurrentVersions'),
    storageClass: text(one, 'StorageClass'),
  });

function filterOf(filter: Item | undefined): Properties | undefined {
  if (filter === undefined) return undefined;
  const sizes = (one: Item): Parameters<typeof said>[0] => ({
    objectSizeGreaterThan: one.number('ObjectSizeGreaterThan'),
    objectSizeLessThan: one.number('ObjectSizeLessThan'),
    prefix: one.string('Prefix'),
  });
  const [and, tag] = [filter.item('And'), filter.item('Tag')];
  return said({
    ...sizes(filter),
    tag: tag && said({ key: text(tag, 'Key'), value: tag.string('Value') }),
    and: and && said({ ...sizes(and), tags: keyValues(and, 'Tags') }),
  });
}
