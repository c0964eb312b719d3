/**
 * The settings of a bucket, each a resource of its own. A setting that AWS did not tell, or that cannot be written
 * exactly, stays undeclared: nothing is concluded from its not being there.
 */
import type { Answers } from '../answers.ts';
import { allStrings, text } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { notificationOf } from './bucket-notification.ts';
import { aboutBucket, type Stood } from './buckets.ts';
import { lifecycleRules } from './lifecycle.ts';

/** Arguments besides the bucket; null: there is none, or it is what every bucket has; undefined: not told exactly. */
type Written = Properties | null | undefined;

export interface Setting {
  /** As the translator of buckets calls it; undefined for those of which the estate knows nothing. */
  readonly name: string;
  readonly type: string;
  readonly operation: string;
  readonly write: (answer: Item) => Written;
  /** Whether losing it opens the bucket or loses data. */
  readonly protect: boolean;
}

const setting = (
  name: string,
  kind: string,
  operation: string,
  protect: boolean,
  write: Setting['write'],
): Setting => ({
  name,
  type: `aws:s3/bucket${kind}:Bucket${kind}`,
  operation,
  write,
  protect,
});

export const settings: readonly Setting[] = [
  setting('policy', 'Policy', 'GetBucketPolicy', true, (answer) => {
    const policy = text(answer, 'Policy');
    return policy === undefined ? undefined : { policy };
  }),
  setting('publicAccessBlock', 'PublicAccessBlock', 'GetPublicAccessBlock', true, (answer) => {
    const block = answer.item('PublicAccessBlockConfiguration');
    return all({
      blockPublicAcls: block?.boolean('BlockPublicAcls'),
      blockPublicPolicy: block?.boolean('BlockPublicPolicy'),
      ignorePublicAcls: block?.boolean('IgnorePublicAcls'),
      restrictPublicBuckets: block?.boolean('RestrictPublicBuckets'),
    });
  }),
  setting('ownership', 'OwnershipControls', 'GetBucketOwnershipControls', true, (answer) => {
    const [rule] = answer.item('OwnershipControls')?.items('Rules') ?? [];
    const objectOwnership = text(rule, 'ObjectOwnership');
    return objectOwnership === undefined ? undefined : { rule: { objectOwnership } };
  }),
  setting('acl', 'Acl', 'GetBucketAcl', true, acl),
  setting('versioning', 'Versioning', 'GetBucketVersioning', true, (answer) => {
    const status = text(answer, 'Status');
    if (status === undefined) return answer.has('Status') ? undefined : null;
    return { versioningConfiguration: said({ status, mfaDelete: text(answer, 'MFADelete') }) };
  }),
  setting('encryption', 'ServerSideEncryptionConfiguration', 'GetBucketEncryption', true, (answer) =>
    encryption(answer.item('ServerSideEncryptionConfiguration')),
  ),
  setting('website', 'WebsiteConfiguration', 'GetBucketWebsite', true, website),
  setting('logging', 'Logging', 'GetBucketLogging', false, logging),
  setting('notification', 'Notification', 'GetBucketNotificationConfiguration', false, notificationOf),
  setting('lifecycle', 'LifecycleConfiguration', 'GetBucketLifecycleConfiguration', false, lifecycleRules),
  setting('cors', 'CorsConfiguration', 'GetBucketCors', false, cors),
];

/** What an account's own answer tells of one setting of a bucket. */
export function written(
  answers: Answers,
  bucket: Pick<Stood, 'name' | 'item'>,
  { operation, write }: Setting,
): Written {
  const answer = aboutBucket(answers, operation, bucket);
  return answer ? write(answer) : answer;
}

/** The arguments, unless one of them is not known. */
const all = (properties: { readonly [name: string]: Properties[string] | undefined }): Properties | undefined =>
  Object.values(properties).includes(undefined) ? undefined : said(properties);

/** The owner's full control alone is what every bucket has, and where ACLs are off none can be set. */
function acl(answer: Item): Written {
  const owner = text(answer.item('Owner'), 'ID');
  const grants = allItems(answer, 'Grants')?.map((grant) => {
    const to = grant.item('Grantee');
    const [id, uri, permission] = [text(to, 'ID'), text(to, 'URI'), text(grant, 'Permission')];
    if (permission === undefined || (id === undefined) === (uri === undefined)) return undefined;
    return { grantee: said({ id, uri, type: uri === undefined ? 'CanonicalUser' : 'Group' }), permission };
  });
  const known = grants?.filter((grant) => grant !== undefined);
  if (owner === undefined || known === undefined || known.length !== grants?.length) return undefined;
  const [first, ...more] = known;
  if (first?.grantee.id === owner && first.permission === 'FULL_CONTROL' && more.length === 0) return null;
  return { accessControlPolicy: { owner: { id: owner }, grants: known } };
}

function encryption(configuration: Item | undefined): Written {
  const rules = configuration && allItems(configuration, 'Rules');
  if (rules === undefined || rules.length === 0) return undefined;
  const known = rules.flatMap((rule) => {
    const by = rule.item('ApplyServerSideEncryptionByDefault');
    const sseAlgorithm = text(by, 'SSEAlgorithm');
    if (sseAlgorithm === undefined) return [];
    return said({
      applyServerSideEncryptionByDefault: said({ sseAlgorithm, kmsMasterKeyId: text(by, 'KMSMasterKeyID') }),
      bucketKeyEnabled: rule.boolean('BucketKeyEnabled'),
      blockedEncryptionTypes: allStrings(rule.item('BlockedEncryptionTypes'), 'EncryptionType'),
    });
  });
  return known.length === rules.length ? { rules: known } : undefined;
}

function website(answer: Item): Written {
  const redirect = answer.item('RedirectAllRequestsTo');
  const index = text(answer.item('IndexDocument'), 'Suffix');
  const error = text(answer.item('ErrorDocument'), 'Key');
  // rules that redirect single paths are more than is written here
  if (answer.has('RoutingRules') && answer.items('RoutingRules')?.length !== 0) return undefined;
  if (redirect) {
    const hostName = text(redirect, 'HostName');
    return hostName === undefined
      ? undefined
      : { redirectAllRequestsTo: said({ hostName, protocol: text(redirect, 'Protocol') }) };
  }
  if (index === undefined) return undefined;
  return said({ indexDocument: { suffix: index }, errorDocument: error === undefined ? undefined : { key: error } });
}

function logging(answer: Item): Written {
  if (!answer.has('LoggingEnabled')) return null;
  const enabled = answer.item('LoggingEnabled');
  const targetBucket = text(enabled, 'TargetBucket');
  const others = enabled?.items('TargetGrants');
  if (targetBucket === undefined || (others !== undefined && others.length > 0)) return undefined;
  const format = enabled?.item('TargetObjectKeyFormat');
  const partitioned = format?.item('PartitionedPrefix');
  return said({
    targetBucket,
    targetPrefix: enabled?.string('TargetPrefix') ?? '',
    targetObjectKeyFormat: partitioned
      ? { partitionedPrefix: said({ partitionDateSource: text(partitioned, 'PartitionDateSource') }) }
      : format?.has('SimplePrefix')
        ? { simplePrefix: {} }
        : undefined,
  });
}

function cors(answer: Item): Written {
  const rules = allItems(answer, 'CORSRules')?.map((rule) => {
    const [allowedMethods, allowedOrigins] = [allStrings(rule, 'AllowedMethods'), allStrings(rule, 'AllowedOrigins')];
    if (allowedMethods === undefined || allowedOrigins === undefined) return undefined;
    return said({
      id: text(rule, 'ID'),
      allowedMethods,
      allowedOrigins,
      allowedHeaders: allStrings(rule, 'AllowedHeaders'),
      exposeHeaders: allStrings(rule, 'ExposeHeaders'),
      maxAgeSeconds: rule.number('MaxAgeSeconds'),
    });
  });
  const known = rules?.filter((rule) => rule !== undefined);
  return known !== undefined && known.length === rules?.length ? { corsRules: known } : undefined;
}
