/**
 * Beside policies, two old ways give access by themselves: access control lists of S3 and grants of KMS. Where one of
 * them may still let somebody in, a "no" of the policies is no answer yet.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import { id } from '../../estate/ids.ts';
import type { Bucket } from '../../estate/kinds/data.ts';
import type { Missing } from '../verdict.ts';
import type { AccessAnswer } from './answer.ts';
import { missing } from './attached.ts';
import { evaluate } from './evaluate.ts';
import { accountOf, type Caller, parseCaller } from './policy/principal.ts';
import type { AccessRequest } from './request.ts';
import { targetOf } from './resource-policy.ts';

/** As `evaluate`, and unknown where only something beside policies can still say yes. */
export function mayDo(estate: Estate, request: AccessRequest): AccessAnswer {
  const answer = evaluate(estate, request);
  // A Deny goes over lists and grants as well, and so do the boundary and the policies of an organization.
  if (answer.verdict !== 'no' || answer.because === 'explicitDeny' || answer.because === 'limited') return answer;
  const caller = parseCaller(request.principal);
  if (!caller) return answer;
  const target = targetOf(estate, request.action, request.resource, accountOf(caller));
  const open =
    target.resource?.kind === 'bucket'
      ? byList(estate, target.resource, request.action.toLowerCase(), caller)
      : isKey(request.resource)
        ? byGrant(request, caller)
        : [];
  return open.length === 0 ? answer : { ...answer, verdict: 'unknown', because: 'missing', missing: open };
}

const ON_OBJECT = /^s3:(get|put)object(version)?(acl|torrent)?$/;

/** What each permission of a bucket's list gives. An object's list gives what ON_OBJECT has, but for writing the object. */
const ON_BUCKET: Readonly<Record<string, RegExp>> = {
  READ: /^s3:list(bucket|bucketversions|bucketmultipartuploads)$/,
  WRITE: /^s3:(putobject|deleteobject|deleteobjectversion)$/,
  READ_ACP: /^s3:getbucketacl$/,
  WRITE_ACP: /^s3:putbucketacl$/,
};

const EVERYBODY = 'http://acs.amazonaws.com/groups/global/AllUsers';

function byList(estate: Estate, bucket: Bucket, action: string, caller: Caller): readonly Missing[] {
  // Of one account a list adds nothing to whom policies let in but its public grants, which the public may use as well.
  if (caller.type === 'service' || accountOf(caller) === bucket.account) return [];
  if (bucket.ownership === 'BucketOwnerEnforced') return [];
  const isPublic = caller.type === 'anonymous' || caller.type === 'federated';
  if (isPublic && ignoresPublic(estate, bucket)) return [];
  const permission = Object.keys(ON_BUCKET).find((name) => ON_BUCKET[name]?.test(action));
  if (permission === undefined && !ON_OBJECT.test(action)) return [];
  if (bucket.ownership === undefined)
    return [
      missing('s3:GetBucketOwnershipControls', `whether access lists count for ${bucket.name} was not read`, bucket.id),
    ];
  if (permission === undefined)
    return [
      missing(
        's3:GetObjectAcl',
        `access lists count for ${bucket.name}, and those of its objects were not read: with the owner enforced they would count no more`,
        bucket.id,
      ),
    ];
  if (bucket.acl === undefined)
    return [missing('s3:GetBucketAcl', `the access list of ${bucket.name} was not read`, bucket.id)];
  const given = bucket.acl.filter((grant) => grant.permission === permission || grant.permission === 'FULL_CONTROL');
  const reason = given.some(({ grantee }) => grantee === EVERYBODY)
    ? `the access list of ${bucket.name} gives ${permission} to everybody, and only policies are decided here`
    : `the access list of ${bucket.name} gives ${permission} to somebody who may be the caller`;
  // Anybody else is written by a group or an id that may be the account's; the owner of the bucket is one of them.
  return given.some(({ grantee }) => grantee === EVERYBODY || !isPublic)
    ? [missing('s3:GetBucketAcl', reason, bucket.id)]
    : [];
}

function ignoresPublic(estate: Estate, bucket: Bucket): boolean {
  const account = find(estate, id<'account'>(bucket.account));
  return [bucket.publicAccessBlock, account?.publicAccessBlock].some((block) => block?.ignorePublicAcls === true);
}

const isKey = (resource: string): boolean => /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(resource);

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
const GRANTED =
  /^kms:(decrypt|encrypt|generatedatakey.*|generatemac|verifymac|reencrypt.*|sign|verify|getpublickey|derivesharedsecret|describekey|creategrant|retiregrant)$/i;

/** A grant names a principal or a service; nobody at all can not be named. */
const byGrant = ({ action, resource }: AccessRequest, caller: Caller): readonly Missing[] =>
  caller.type === 'anonymous' || !GRANTED.test(action)
    ? []
    : [
        missing(
          'kms:ListGrants',
          'the policies do not allow it; whether a grant of the key lets the caller in was not read',
          resource,
        ),
      ];
