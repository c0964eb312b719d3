/**
 * S3 Block Public Access: with RestrictPublicBuckets on the bucket or its account, a public policy lets nobody in from
 * outside the account. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { AccessAnswer } from './answer.ts';
import { missing } from './attached.ts';
import type { Caller } from './policy/principal.ts';
import type { Target } from './resource-policy.ts';

/** Only a plain yes to anybody shows that the policy is public; one with conditions may not count as such. */
export function underPublicAccessBlock(
  estate: Estate,
  caller: Caller,
  target: Target,
  answer: AccessAnswer,
): AccessAnswer {
  const bucket = target.resource;
  if (caller.type !== 'anonymous' || bucket?.kind !== 'bucket') return answer;
  if (answer.verdict !== 'yes' || answer.conditions.length > 0) return answer;
  const account = find(estate, id<'account'>(bucket.account));
  const settings = [
    { block: bucket.publicAccessBlock, operation: 's3:GetPublicAccessBlock', of: bucket.id },
    { block: account?.publicAccessBlock, operation: 's3control:GetPublicAccessBlock', of: bucket.account },
  ];
  if (settings.some(({ block }) => block?.restrictPublicBuckets === true))
    return { ...answer, verdict: 'no', because: 'limited', chain: [] };
  const open = settings.flatMap(({ block, operation, of }) =>
    block === undefined || (block !== null && block.restrictPublicBuckets === undefined)
      ? [missing(operation, `whether public policies are blocked for ${of} was not read`, of)]
      : [],
  );
  return open.length === 0 ? answer : { ...answer, verdict: 'unknown', because: 'missing', missing: open };
}
