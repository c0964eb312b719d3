/**
 * Whether a distribution may read what it is to serve from a bucket: as everybody, by its access control, or by the older
 * access identity.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
import type { Estate } from '../../estate/estate.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Distribution } from '../../estate/kinds/edge.ts';
import { parsePolicy } from '../access/policy/parse.ts';
import { matches } from '../access/policy/pattern.ts';
import type { ConditionEntry, Statement } from '../access/policy/statement.ts';
import type { Hop, Missing } from '../verdict.ts';
import { bucketOfHost } from './links.ts';
import { bucketAccess } from './public.ts';

export type MayRead =
  | { readonly answer: 'yes' }
  | { readonly answer: 'no'; readonly blocker: Hop }
  | { readonly answer: 'unknown'; readonly missing: readonly Missing[] };

export function mayRead(estate: Estate, distribution: Distribution, bucket: Bucket): MayRead {
  const access = bucketAccess(estate, bucket);
  if (access.answer === 'yes' && (access.deeds.length === 0 || access.deeds.includes('read'))) return { answer: 'yes' };
  const lacking = (operation: string, reason: string, resource: string): MayRead => ({
    answer: 'unknown',
    missing: [{ operation, reason, resource }],
  });
  const origins = distribution.origins?.filter(
    ({ domain }) => bucketOfHost(domain ?? '') === bucket.name.toLowerCase(),
  );
  if (origins === undefined || origins.some(({ originAccess }) => originAccess === undefined))
    return lacking(
      'cloudfront:ListDistributions',
      'it would tell how the distribution asks the bucket',
      distribution.id,
    );
  if (bucket.policy === undefined)
    return lacking('s3:GetBucketPolicy', 'it would tell whom the bucket lets in', bucket.id);
  const policy = bucket.policy === null ? undefined : parsePolicy(bucket.policy, 'resource');
  if (policy?.broken) return lacking('s3:GetBucketPolicy', 'the policy cannot be understood', bucket.id);
  const identities = origins.flatMap(({ originAccess }) => originAccess?.id ?? []);
  const signed = identities.length > 0;
  const grants = (policy?.statements ?? []).filter(
    (one) => one.effect === 'Allow' && reads(one) && signed && names(one, distribution, identities),
  );
  if (grants.length > 0) return { answer: 'yes' };
  if (access.answer === 'unknown') return { answer: 'unknown', missing: access.missing };
  return {
    answer: 'no',
    blocker: {
      resource: bucket.id,
      by: 'Policy',
      code: 'fact',
      detail: signed
        ? `The policy of ${bucket.name} does not let ${distribution.name} in.`
        : `${distribution.name} asks ${bucket.name} without an access control, as anybody does, and nobody is let in.`,
      provenance: bucket.source,
    },
  };
}

const reads = ({ actions }: Statement): boolean =>
  actions.items.some(({ tokens }) => matches(tokens, 's3:getobject')) !== actions.not;

function names(statement: Statement, distribution: Distribution, identities: readonly string[]): boolean {
  if (statement.principals === null || statement.principals.not) return false;
  return statement.principals.items.some(({ type, value }) => {
    if (type === 'Service')
      return (
        value.toLowerCase() === 'cloudfront.amazonaws.com' &&
        statement.conditions.every((condition) => isAbout(condition, distribution))
      );
    // the identity's user has the identity's id in its ARN; its canonical id is in no answer that we read
    return type === 'CanonicalUser' || identities.some((id) => value.endsWith(` ${id}`));
  });
}

function isAbout({ operator, key, values }: ConditionEntry, distribution: Distribution): boolean {
  if (!/^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)(IfExists)?$/i.test(operator)) return true;
  if (key.toLowerCase() === 'aws:sourcearn')
    return values.some((value) => value === distribution.id || value === distribution.arn || value.includes('*'));
  return key.toLowerCase() !== 'aws:sourceaccount' || values.includes(distribution.account);
}
