/** Buckets of example inventories, each with the requests that tell of it, and CloudFront before them. */
import { ACCOUNT } from '../example.ts';
import type { Example } from '../rule.ts';

export const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export interface BucketOptions {
  readonly policy?: object;
  /** Left out: the bucket has no setting of its own. */
  readonly block?: Readonly<Record<string, boolean>>;
  readonly grants?: readonly object[];
}

export const publicRead = (name: string, fields: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'PublicRead',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${name}/*`,
      ...fields,
    },
  ],
});

const none = (name: string): object => ({ error: { name, message: 'does not exist' } });

/** A bucket and all that S3 says of its access. */
export const bucketAnswer = (name: string, { policy, block, grants = [] }: BucketOptions = {}): Example => {
  const about = (answer: object): readonly object[] => [{ input: { Bucket: name }, ...answer }];
  return {
    's3:ListBuckets': { Buckets: [{ Name: name, CreationDate: '2024-05-01T08:00:00Z' }] },
    's3:GetBucketPolicy': about(policy ? { output: { Policy: JSON.stringify(policy) } } : none('NoSuchBucketPolicy')),
    's3:GetPublicAccessBlock': about(
      block ? { output: { PublicAccessBlockConfiguration: block } } : none('NoSuchPublicAccessBlockConfiguration'),
    ),
    's3:GetBucketAcl': about({ output: { Owner: { ID: '0example' }, Grants: grants } }),
    's3:GetBucketOwnershipControls': about(none('OwnershipControlsNotFoundError')),
    's3:GetBucketWebsite': about(none('NoSuchWebsiteConfiguration')),
  };
};

/** The account's own setting. */
export const accountBlockAnswer = (block?: Readonly<Record<string, boolean>>): Example => ({
  's3control:GetPublicAccessBlock': [
    {
      input: { AccountId: ACCOUNT },
      ...(block ? { output: { PublicAccessBlockConfiguration: block } } : none('NoSuchPublicAccessBlockConfiguration')),
    },
  ],
});

export interface OriginOptions {
  readonly domain: string;
  /** A load balancer or another web server, not a bucket. */
  readonly custom?: boolean;
  readonly headers?: readonly string[];
}

/** Distributions with one origin each. */
export const distributionAnswer = (...origins: readonly OriginOptions[]): Example => ({
  'cloudfront:ListDistributions': {
    DistributionList: {
      Quantity: origins.length,
      IsTruncated: false,
      Items: origins.map(({ domain, custom = false, headers = [] }, n) => ({
        Id: `EEXAMPLE000000${n}`,
        ARN: `arn:aws:cloudfront::${ACCOUNT}:distribution/EEXAMPLE000000${n}`,
        DomainName: `d111111abcdef${n}.cloudfront.net`,
        Status: 'Deployed',
        Enabled: true,
        Aliases: { Quantity: 0 },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'origin',
              DomainName: domain,
              OriginAccessControlId: custom ? '' : 'EEXAMPLEOAC',
              CustomHeaders: {
                Quantity: headers.length,
                Items: headers.map((HeaderName) => ({ HeaderName, HeaderValue: 'REDACTED' })),
              },
              ...(custom
                ? { CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' } }
                : { S3OriginConfig: { OriginAccessIdentity: '' } }),
            },
          ],
        },
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', TargetOriginId: 'origin' },
        CacheBehaviors: { Quantity: 0 },
        WebACLId: '',
      })),
    },
  },
});
