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

const about = (operation: string, answer: (one: Declared, world: World) => Body | null | undefined): Translation =>
  detail(
    `s3:${operation}`,
    BUCKET,
    (one) => ({ Bucket: one.id }),
    (one, world) =>
      // a bucket that is only looked up has settings that nobody told
      one.resource.kind === 'read' ? undefined : answer(one, world),
  );

const accessBlock = (one: Declared, world: World): Body | null => {
  const block = of(one, BLOCK, world);
  // a bucket made today has all four on unless they are set. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  if (block === undefined)
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    };
  return {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: block.flag('blockPublicAcls', false),
      IgnorePublicAcls: block.flag('ignorePublicAcls', false),
      BlockPublicPolicy: block.flag('blockPublicPolicy', false),
      RestrictPublicBuckets: block.flag('restrictPublicBuckets', false),
    },
  };
};

const policy = (one: Declared, world: World): Body | null => {
  const own = of(one, POLICY, world);
  if (own !== undefined) return { Policy: own.value('policy') ?? 1 };
  return one.has('policy') ? { Policy: one.value('policy') ?? 1 } : null;
};

const ALL = 'http://acs.amazonaws.com/groups/global/AllUsers';
const OWNER = { Grantee: { ID: 'the-owner' }, Permission: 'FULL_CONTROL' };
const anybody = (Permission: string): Body => ({ Grantee: { URI: ALL }, Permission });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly Body[]>> = {
  private: [OWNER],
  'public-read': [OWNER, anybody('READ')],
  'public-read-write': [OWNER, anybody('READ'), anybody('WRITE')],
  'authenticated-read': [
    OWNER,
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

const acl = (one: Declared, world: World): Body => {
  const own = of(one, ACL, world) ?? one;
  const custom = own.block('accessControlPolicy');
  if (custom) return { Grants: grants(custom.blocks('grants')) };
  if (own.has('accessControlPolicy')) return {};
  if (own.has('grants')) return { Grants: inlineGrants(own.blocks('grants')) };
  const canned = own.text('acl', 'private');
  return { Grants: canned === undefined ? undefined : CANNED[canned] };
};

const versioning = (one: Declared, world: World): Body => {
  const own = of(one, VERSIONING, world);
  if (own) return { Status: own.block('versioningConfiguration')?.text('status') };
  const inline = one.block('versioning');
  return inline ? { Status: inline.flag('enabled', false) ? 'Enabled' : 'Suspended' } : {};
};

const encryption = (one: Declared, world: World): Body => {
  const own =
    of(one, ENCRYPTION, world)?.block('rules') ?? one.block('serverSideEncryptionConfiguration')?.block('rule');
  // since 2023 AWS encrypts what no setting speaks of. https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
  const algorithm = own ? own.block('applyServerSideEncryptionByDefault')?.text('sseAlgorithm') : 'AES256';
  return {
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm } }] },
  };
};

const website = (one: Declared, world: World): Body | null => {
  const own = of(one, WEBSITE, world) ?? one.block('website');
  if (own === undefined) return null;
  const redirect = own.block('redirectAllRequestsTo');
  return redirect
    ? { RedirectAllRequestsTo: { HostName: redirect.text('hostName') } }
    : { IndexDocument: { Suffix: own.block('indexDocument')?.text('suffix') ?? 'index.html' } };
};

const logging = (one: Declared, world: World): Body => {
  const own = of(one, LOGGING, world) ?? one.block('logging');
  return own ? { LoggingEnabled: { TargetBucket: own.text('targetBucket') } } : {};
};

const notification = (one: Declared, world: World): Body => {
  const own = of(one, NOTIFICATION, world);
  if (own === undefined) return {};
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
  about('GetBucketOwnershipControls', (one, world) => ({
    OwnershipControls: {
      // buckets made today have no ACLs unless a setting says so. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
      Rules: [
        {
          ObjectOwnership:
            of(one, OWNERSHIP, world)?.block('rule')?.text('objectOwnership') ??
            (of(one, OWNERSHIP, world) ? undefined : 'BucketOwnerEnforced'),
        },
      ],
    },
  })),
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
