/** What the adopters of buckets and of their settings share. */
import type { Answers } from '../answers.ts';
import { text } from '../fields.ts';
import { bucketArn, partitionOf } from '../ids.ts';
import type { Item } from '../item.ts';
import type { Place } from '../pulumi/recorded.ts';
import { regionOfBucket } from '../readers/bucket.ts';
import type { Whole } from './adopter.ts';

export interface Stood {
  readonly name: string;
  readonly item: Item;
  readonly of: Whole;
  readonly place: Place;
}

/** The listed buckets of which AWS told the region. */
export function bucketsOf(answers: Answers): readonly (Omit<Stood, 'place'> & { readonly place: Place | undefined })[] {
  return answers.items('s3:ListBuckets', 'Buckets').flatMap((item) => {
    const name = text(item, 'Name');
    if (name === undefined) return [];
    const region = regionOfBucket(answers, item);
    const id = bucketArn(name, partitionOf(region ?? item.context.region));
    const place = region === undefined ? undefined : { account: item.context.account, region };
    return [{ name, item, of: { kind: 'bucket', id }, place }];
  });
}

/** What AWS answered about a bucket: null when it says that there is none, undefined when it was not read. */
export function aboutBucket(
  answers: Answers,
  operation: string,
  bucket: { name: string; item: Item },
): Item | null | undefined {
  const { account } = bucket.item.context;
  const answer = answers.one(`s3:${operation}`, 'Bucket', bucket.name, { account });
  return answer.state === 'read' ? answer.item : answer.state === 'absent' ? null : undefined;
}
