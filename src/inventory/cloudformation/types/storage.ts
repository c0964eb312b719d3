/** S3: settings that CloudFormation has inside a bucket stand beside it in a recording. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { type Beside, row, type TypeRow } from '../row.ts';
import { holdsUnknown, UNKNOWN } from '../values.ts';

/** `PublicRead` -> `public-read`. */
const cannedAcl = (value: Value): Value =>
  typeof value === 'string' ? value.replace(/(?<=[a-z])([A-Z])/g, '-$1').toLowerCase() : UNKNOWN;

const token = (setting: string): string => `aws:s3/bucket${setting}:Bucket${setting}`;

/** Settings that are lists, of which a part must not look like all. */
const WHOLE: ReadonlySet<string> = new Set(['Notification']);

/** A setting of which it is not known whether there is one may be any bucket's: the bucket it names is then unknown. */
function setting(
  one: Given,
  property: string,
  name: string,
  bucket: string,
  inputs: (given: Given) => Draft,
): readonly Beside[] {
  const given = one.block(property);
  if (given === undefined) return [];
  const draft = inputs(given);
  const vague =
    !given.known ||
    (WHOLE.has(name) && Object.values(draft).some((value) => value !== undefined && holdsUnknown(value)));
  return [{ token: token(name), part: name, inputs: vague ? { bucket: UNKNOWN } : { bucket, ...draft } }];
}

const settings = (one: Given, bucket: string): readonly Beside[] => [
  ...setting(one, 'PublicAccessBlockConfiguration', 'PublicAccessBlock', bucket, (block) => ({
    blockPublicAcls: block.flag('BlockPublicAcls'),
    ignorePublicAcls: block.flag('IgnorePublicAcls'),
    blockPublicPolicy: block.flag('BlockPublicPolicy'),
    restrictPublicBuckets: block.flag('RestrictPublicBuckets'),
  })),
  ...setting(one, 'VersioningConfiguration', 'Versioning', bucket, (given) => ({
    versioningConfiguration: { status: given.text('Status') ?? UNKNOWN },
  })),
  ...setting(one, 'BucketEncryption', 'ServerSideEncryptionConfiguration', bucket, (given) => ({
    rules:
      given.each('ServerSideEncryptionConfiguration', (rule) => ({
        applyServerSideEncryptionByDefault: rule.one('ServerSideEncryptionByDefault', (byDefault) => ({
          sseAlgorithm: byDefault.text('SSEAlgorithm'),
        })),
      })) ?? UNKNOWN,
  })),
  ...setting(one, 'OwnershipControls', 'OwnershipControls', bucket, (given) => ({
    rule: { objectOwnership: given.blocks('Rules')?.[0]?.text('ObjectOwnership') ?? UNKNOWN },
  })),
  ...setting(one, 'WebsiteConfiguration', 'WebsiteConfiguration', bucket, (given) => ({
    indexDocument: given.has('IndexDocument') ? { suffix: given.text('IndexDocument') ?? UNKNOWN } : undefined,
    redirectAllRequestsTo: given.one('RedirectAllRequestsTo', (redirect) => ({ hostName: redirect.text('HostName') })),
  })),
  ...setting(one, 'LoggingConfiguration', 'Logging', bucket, (given) => ({
    // without a target the bucket is its own. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-loggingconfiguration.html
    targetBucket: given.text('DestinationBucketName') ?? bucket,
  })),
  ...setting(one, 'NotificationConfiguration', 'Notification', bucket, (given) => ({
    queues: given.each('QueueConfigurations', (each) => ({ queueArn: each.text('Queue') })),
    topics: given.each('TopicConfigurations', (each) => ({ topicArn: each.text('Topic') })),
    lambdaFunctions: given.each('LambdaConfigurations', (each) => ({ lambdaFunctionArn: each.text('Function') })),
    eventbridge: given.has('EventBridgeConfiguration')
      ? (given.block('EventBridgeConfiguration')?.flag('EventBridgeEnabled') ?? true)
      : undefined,
  })),
  ...acl(one, bucket),
];

function acl(one: Given, bucket: string): readonly Beside[] {
  const canned = one.text('AccessControl');
  return canned === undefined ? [] : [{ token: token('Acl'), part: 'Acl', inputs: { bucket, acl: cannedAcl(canned) } }];
}

const bucket = row(
  'AWS::S3::Bucket',
  'aws:s3/bucket:Bucket',
  (one) => ({ bucket: one.text('BucketName'), tags: one.tags() }),
  {
    named: 'bucket',
    lower: true,
    attributes: {
      Arn: 'arn',
      DomainName: 'bucketDomainName',
      RegionalDomainName: 'bucketRegionalDomainName',
      WebsiteURL: ({ outputs }) =>
        typeof outputs.websiteEndpoint === 'string' ? `http://${outputs.websiteEndpoint}` : undefined,
    },
    beside: (one, self) => settings(one, self.id),
  },
);

export const storage: readonly TypeRow[] = [
  bucket,
  row(
    'AWS::S3::BucketPolicy',
    token('Policy'),
    (one) => ({ bucket: one.text('Bucket'), policy: one.document('PolicyDocument') }),
    { belongs: ['bucket'], untagged: true },
  ),
];
