import type { Bucket } from '../../estate/kinds/data.ts';
import type { PublicAccessBlock } from '../../estate/kinds/places.ts';
import type { Answer, Answers } from '../answers.ts';
import { REDACTED, text } from '../fields.ts';
import { bucketArn, partitionOf } from '../ids.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { policyIn } from '../policy-text.ts';
import { base, type Reader } from '../reader.ts';
import { choice, idOf } from '../reading.ts';

export const reader: Reader = {
  name: 'bucket',
  kinds: ['bucket'],
  operations: [
    's3:ListBuckets',
    's3:GetBucketAcl',
    's3:GetBucketEncryption',
    's3:GetBucketLocation',
    's3:GetBucketLogging',
    's3:GetBucketNotificationConfiguration',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketTagging',
    's3:GetBucketVersioning',
    's3:GetBucketWebsite',
    's3:GetPublicAccessBlock',
  ],
  read: (answers) => answers.items('s3:ListBuckets', 'Buckets').map((item) => bucket(answers, item)),
};

function bucket(answers: Answers, item: Item): Bucket {
  const name = idOf(item, 'Name');
  const about = (operation: string): Answer =>
    answers.one(`s3:${operation}`, 'Bucket', name, { account: item.context.account });
  const region = regionOfBucket(answers, item) ?? item.context.region;
  const id = item.has('Name') ? bucketArn(name, partitionOf(region)) : name;
  return {
    kind: 'bucket',
    ...base('bucket', item, { id, name, arn: id, region }, answered(about('GetBucketTagging'), tagSet, {})),
    policy: answered(about('GetBucketPolicy'), (body) => policyIn(body, 'Policy'), null),
    acl: answered(about('GetBucketAcl'), grants, []),
    publicAccessBlock: answered(about('GetPublicAccessBlock'), accessBlock, null),
    // without a policy, none is public
    policyIsPublic: answered(
      about('GetBucketPolicyStatus'),
      (body) => body.item('PolicyStatus')?.boolean('IsPublic'),
      false,
    ),
    website: answered(about('GetBucketWebsite'), website, null),
    ownership: answered(about('GetBucketOwnershipControls'), ownership, null),
    encryption: answered(about('GetBucketEncryption'), encryption, null),
    // AWS answers with nothing where versioning and logging were never set, and where nobody is notified
    versioning: answered(
      about('GetBucketVersioning'),
      (body) => (body.has('Status') ? choice(body, 'Status', VERSIONING) : null),
      null,
    ),
    logging: answered(
      about('GetBucketLogging'),
      (body) => (body.has('LoggingEnabled') ? body.item('LoggingEnabled')?.string('TargetBucket') : null),
      null,
    ),
    notifications: answered(about('GetBucketNotificationConfiguration'), notified, []),
    created: item.date('CreationDate'),
  };
}

/** Where a bucket stands, whatever region it was listed from; undefined when AWS did not tell. */
export const regionOfBucket = (answers: Answers, item: Item): string | undefined =>
  regionOf(answers.one('s3:GetBucketLocation', 'Bucket', idOf(item, 'Name'), { account: item.context.account })) ??
  text(item, 'BucketRegion');

/** What an answer says, `none` when AWS says by an error that there is none, undefined when it was not read. */
const answered = <T, N>(answer: Answer, read: (body: Item) => T, none: N): T | N | undefined =>
  answer.state === 'read' ? read(answer.item) : answer.state === 'absent' ? none : undefined;

/**
 * Buckets of us-east-1 have no location constraint, and the oldest of eu-west-1 have `EU`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
function regionOf(answer: Answer): string | undefined {
  if (answer.state !== 'read') return undefined;
  const location = answer.item.string('LocationConstraint');
  return location === 'EU' ? 'eu-west-1' : location || 'us-east-1';
}

const tagSet = (body: Item): Bucket['tags'] => body.tags('TagSet', 'Tags');

function grants(body: Item): Bucket['acl'] {
  const given = allItems(body, 'Grants');
  const read = given?.flatMap((grant) => {
    const to = grant.item('Grantee');
    // a person's e-mail address can stand here
    const grantee = to?.string('URI') ?? to?.string('ID') ?? (to?.has('EmailAddress') ? REDACTED : undefined);
    const permission = grant.string('Permission');
    return grantee !== undefined && permission !== undefined ? [{ grantee, permission }] : [];
  });
  return read?.length === given?.length ? read : undefined;
}

function accessBlock(body: Item): PublicAccessBlock | undefined {
  const block = body.item('PublicAccessBlockConfiguration');
  return (
    block && {
      blockPublicAcls: block.boolean('BlockPublicAcls'),
      ignorePublicAcls: block.boolean('IgnorePublicAcls'),
      blockPublicPolicy: block.boolean('BlockPublicPolicy'),
      restrictPublicBuckets: block.boolean('RestrictPublicBuckets'),
    }
  );
}

const VERSIONING = ['Enabled', 'Suspended'] as const;
const WEBSITE = ['IndexDocument', 'ErrorDocument', 'RedirectAllRequestsTo', 'RoutingRules'];

/** An answer that holds none of a website's parts is a broken one: AWS tells "no website" by an error. */
const website = (body: Item): Bucket['website'] =>
  WEBSITE.some((field) => body.has(field))
    ? { redirectAllTo: body.item('RedirectAllRequestsTo')?.string('HostName') }
    : undefined;

const ownership = (body: Item): string | undefined =>
  body.item('OwnershipControls')?.items('Rules')?.[0]?.string('ObjectOwnership');

const encryption = (body: Item): string | undefined =>
  body
    .item('ServerSideEncryptionConfiguration')
    ?.items('Rules')?.[0]
    ?.item('ApplyServerSideEncryptionByDefault')
    ?.string('SSEAlgorithm');

/** Targets by ARN; EventBridge has none and is named. */
function notified(body: Item): readonly string[] {
  const targets = [
    ['TopicConfigurations', 'TopicArn'],
    ['QueueConfigurations', 'QueueArn'],
    ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
  ].flatMap(([list = '', field = '']) => (body.items(list) ?? []).flatMap((one) => one.string(field) ?? []));
  return [...new Set([...targets, ...(body.has('EventBridgeConfiguration') ? ['eventbridge'] : [])])].sort();
}
