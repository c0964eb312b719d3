/** S3: a bucket, and its settings, which may stand in it (the older form) or be resources of their own. */
import type { Block, Declared } from '../declared.ts';
import { type Body, detail, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const BUCKET = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'];
const setting = (name: string): readonly string[] => {
  const [first = '', rest] = [name[0], name.slice(1)];
  const type = (suffix: string): string => `aws:s3/bucket${first}${rest}${suffix}:Bucket${first}${rest}${suffix}`;
  return [type(''), type('V2')];
};

const POLICY = setting('Policy');
const BLOCK = setting('PublicAccessBlock');
const VERSIONING = setting('Versioning');
const ENCRYPTION = setting('ServerSideEncryptionConfiguration');
const OWNERSHIP = setting('OwnershipControls');
const ACL = setting('Acl');
const WEBSITE = setting('WebsiteConfiguration');
const LOGGING = setting('Logging');
const NOTIFICATION = setting('Notification');
const READ_ELSEWHERE = [...setting('LifecycleConfiguration'), ...setting('CorsConfiguration')];

const of = (one: Declared, types: readonly string[], world: World): Declared | undefined =>
  [one.id, one.made('arn')].flatMap((id) => world.pointing(types, 'bucket', id))[0];

/** Whether the bucket was there before the program: what AWS gives to new buckets does not hold for it. */
const isImported = (one: Declared): boolean => one.resource.options.importId !== undefined;

/**
 * A setting that is a resource of its own: null when the bucket has none. Unknown where one of its kind hangs on a bucket
 * that only a deployment tells, and for an imported bucket, of which the program need not tell all: who adopted it says
 * what it left `undeclared`.
 */
function settingOf(one: Declared, name: string, types: readonly string[], world: World): Declared | null | undefined {
  const own = of(one, types, world);
  if (own !== undefined) return own;
  if (world.unknown(types, 'bucket').length > 0) return undefined;
  if (!isImported(one)) return null;
  const undeclared = one.madeTexts('undeclared');
  return undeclared === undefined || undeclared.includes(name) ? undefined : null;
}

const about = (operation: string, answer: (one: Declared, world: World) => Body | null | undefined): Translation =>
  detail(
    `s3:${operation}`,
    BUCKET,
    (one) => ({ Bucket: one.id }),
    (one, world) =>
      // a bucket that is only looked up has settings that nobody told
      one.resource.kind === 'read' ? undefined : answer(one, world),
  );

const accessBlock = (one: Declared, world: World): Body | null | undefined => {
  const block = settingOf(one, 'publicAccessBlock', BLOCK, world);
  if (block === undefined || (block === null && isImported(one))) return block;
  // a bucket made today has all four on unless they are set. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  if (block === null)
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    };
  return { PublicAccessBlockConfiguration: fourSwitches(block) };
};

const fourSwitches = (block: Declared): Body => ({
  BlockPublicAcls: block.flag('blockPublicAcls', false),
  IgnorePublicAcls: block.flag('ignorePublicAcls', false),
  BlockPublicPolicy: block.flag('blockPublicPolicy', false),
  RestrictPublicBuckets: block.flag('restrictPublicBuckets', false),
});

const policy = (one: Declared, world: World): Body | null | undefined => {
  if (of(one, POLICY, world) === undefined && one.has('policy')) return { Policy: one.value('policy') ?? 1 };
  const own = settingOf(one, 'policy', POLICY, world);
  return own ? { Policy: own.value('policy') ?? 1 } : own;
};

const ALL = 'http://acs.amazonaws.com/groups/global/AllUsers';
const anybody = (Permission: string): Body => ({ Grantee: { URI: ALL }, Permission });

/** The owner's own grant, which every canned ACL has. */
const owner = (one: Declared): Body => ({
  Grantee: { ID: one.made('ownerId') ?? 'the-owner' },
  Permission: 'FULL_CONTROL',
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly Body[]>> = {
  private: [],
  'public-read': [anybody('READ')],
  'public-read-write': [anybody('READ'), anybody('WRITE')],
  'authenticated-read': [
    { Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' }, Permission: 'READ' },
  ],
};

const grants = (blocks: readonly Block[] | undefined): readonly Body[] | undefined =>
  blocks?.map((grant) => {
    const grantee = grant.block('grantee');
    return { Grantee: { URI: grantee?.text('uri'), ID: grantee?.text('id') }, Permission: grant.text('permission') };
  });

/** The older form, in the bucket itself: one grantee with several permissions. */
const inlineGrants = (blocks: readonly Block[] | undefined): readonly Body[] | undefined =>
  blocks?.flatMap((grant) =>
    (grant.texts('permissions') ?? [undefined]).map((Permission) => ({
      Grantee: { URI: grant.text('uri'), ID: grant.text('id') },
      Permission,
    })),
  );

const acl = (one: Declared, world: World): Body | null | undefined => {
  const inline = one.has('acl') || one.has('grants');
  const own = inline ? (of(one, ACL, world) ?? one) : settingOf(one, 'acl', ACL, world);
  if (own === undefined) return undefined;
  const custom = own?.block('accessControlPolicy');
  if (custom) return { Grants: grants(custom.blocks('grants')) };
  if (own?.has('accessControlPolicy')) return {};
  if (own?.has('grants')) return { Grants: inlineGrants(own.blocks('grants')) };
  const canned = own === null ? 'private' : own.text('acl', 'private');
  const more = canned === undefined ? undefined : CANNED[canned];
  return { Grants: more && [owner(one), ...more] };
};

const versioning = (one: Declared, world: World): Body | undefined => {
  const inline = one.block('versioning');
  // the provider says "off" of a bucket that never had it and of one where it is suspended
  if (inline && !of(one, VERSIONING, world)) {
    const on = inline.flag('enabled', false);
    return on === undefined ? undefined : on ? { Status: 'Enabled' } : {};
  }
  const own = settingOf(one, 'versioning', VERSIONING, world);
  if (!own) return own === null ? {} : undefined;
  // an answer without a status would say that it was never switched on
  const status = own.block('versioningConfiguration')?.text('status');
  return status === undefined ? undefined : { Status: status };
};

const encryption = (one: Declared, world: World): Body | null | undefined => {
  const inline = one.block('serverSideEncryptionConfiguration')?.block('rule');
  const own = inline ? undefined : settingOf(one, 'encryption', ENCRYPTION, world);
  const rule = inline ?? own?.block('rules');
  if (rule === undefined && (own === undefined || isImported(one))) return own === null ? null : undefined;
  // since 2023 AWS encrypts what no setting speaks of. https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
  const algorithm = rule ? rule.block('applyServerSideEncryptionByDefault')?.text('sseAlgorithm') : 'AES256';
  return {
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm } }] },
  };
};

const ownership = (one: Declared, world: World): Body | null | undefined => {
  const own = settingOf(one, 'ownership', OWNERSHIP, world);
  if (own === undefined || (own === null && isImported(one))) return own;
  // buckets made today have no ACLs unless a setting says so. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
  const ObjectOwnership = own === null ? 'BucketOwnerEnforced' : own.block('rule')?.text('objectOwnership');
  return { OwnershipControls: { Rules: [{ ObjectOwnership }] } };
};

const website = (one: Declared, world: World): Body | null | undefined => {
  const own = of(one, WEBSITE, world) ?? one.block('website') ?? settingOf(one, 'website', WEBSITE, world);
  if (!own) return own;
  const redirect = own.block('redirectAllRequestsTo');
  return redirect
    ? { RedirectAllRequestsTo: { HostName: redirect.text('hostName') } }
    : { IndexDocument: { Suffix: own.block('indexDocument')?.text('suffix') ?? 'index.html' } };
};

const logging = (one: Declared, world: World): Body | undefined => {
  const own = of(one, LOGGING, world) ?? one.block('logging') ?? settingOf(one, 'logging', LOGGING, world);
  return own ? { LoggingEnabled: { TargetBucket: own.text('targetBucket') } } : own === null ? {} : undefined;
};

const notification = (one: Declared, world: World): Body | undefined => {
  const own = settingOf(one, 'notification', NOTIFICATION, world);
  if (!own) return own === null ? {} : undefined;
  const list = (key: string, arn: string, member: string): readonly Body[] | undefined =>
    own.blocks(key)?.map((each) => ({ [member]: each.text(arn) }));
  return {
    TopicConfigurations: list('topics', 'topicArn', 'TopicArn'),
    QueueConfigurations: list('queues', 'queueArn', 'QueueArn'),
    LambdaFunctionConfigurations: list('lambdaFunctions', 'lambdaFunctionArn', 'LambdaFunctionArn'),
    ...(own.flag('eventbridge') ? { EventBridgeConfiguration: {} } : {}),
  };
};

export const storage: readonly Translation[] = [
  listing('s3:ListBuckets', 'Buckets', BUCKET, (one) => ({ Name: one.id, BucketRegion: one.region })),
  about('GetBucketLocation', (one) => ({ LocationConstraint: one.region === 'us-east-1' ? undefined : one.region })),
  about('GetBucketTagging', (one) => ({ TagSet: one.tags() })),
  about('GetBucketPolicy', policy),
  about('GetPublicAccessBlock', accessBlock),
  about('GetBucketAcl', acl),
  about('GetBucketVersioning', versioning),
  about('GetBucketEncryption', encryption),
  about('GetBucketOwnershipControls', ownership),
  about('GetBucketWebsite', website),
  about('GetBucketLogging', logging),
  about('GetBucketNotificationConfiguration', notification),
  {
    operation: 's3:ListBuckets',
    types: [
      ...POLICY,
      ...BLOCK,
      ...VERSIONING,
      ...ENCRYPTION,
      ...OWNERSHIP,
      ...ACL,
      ...WEBSITE,
      ...LOGGING,
      ...NOTIFICATION,
      ...READ_ELSEWHERE,
    ],
    tell: () => [],
  },
];
