import { describe, expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './bucket.ts';

const policy = '{"Version":"2012-10-17","Statement":[]}';
/** A bucket with the answers (or errors) of its own requests. */
const read = (about: Readonly<Record<string, object>>) =>
  reader.read(
    answersOf({
      's3:ListBuckets': { Buckets: [{ Name: 'media', CreationDate: '2020-01-02T03:04:05Z' }] },
      ...Object.fromEntries(
        Object.entries(about).map(([operation, answer]) => [
          `s3:${operation}`,
          [{ input: { Bucket: 'media' }, ...answer }],
        ]),
      ),
    }),
  )[0];
const refused = (name: string) => ({ error: { name } });

describe('buckets', () => {
  it('knows nothing but the name when only the list was read', () => {
    const bucket = read({});
    expect(bucket).toMatchObject({ id: 'arn:aws:s3:::media', name: 'media', created: '2020-01-02T03:04:05.000Z' });
    for (const field of [
      'policy',
      'acl',
      'publicAccessBlock',
      'policyIsPublic',
      'website',
      'ownership',
      'encryption',
      'versioning',
      'logging',
      'notifications',
      'tags',
    ])
      expect(bucket).toHaveProperty(field, undefined);
  });

  it('takes the errors by which S3 says "none" as none, and a refusal as unknown', () => {
    expect(
      read({
        GetBucketPolicy: refused('NoSuchBucketPolicy'),
        GetBucketPolicyStatus: refused('NoSuchBucketPolicy'),
        GetPublicAccessBlock: refused('NoSuchPublicAccessBlockConfiguration'),
        GetBucketWebsite: refused('NoSuchWebsiteConfiguration'),
        GetBucketOwnershipControls: refused('OwnershipControlsNotFoundError'),
        GetBucketEncryption: refused('ServerSideEncryptionConfigurationNotFoundError'),
        GetBucketTagging: refused('NoSuchTagSet'),
        GetBucketAcl: refused('AccessDenied'),
      }),
    ).toMatchObject({
      policy: null,
      policyIsPublic: false,
      publicAccessBlock: null,
      website: null,
      ownership: null,
      encryption: null,
      tags: {},
      acl: undefined,
    });
  });

  it('takes the empty answers of versioning, logging and notifications as none', () => {
    const empty = { output: {} };
    expect(
      read({ GetBucketVersioning: empty, GetBucketLogging: empty, GetBucketNotificationConfiguration: empty }),
    ).toMatchObject({ versioning: null, logging: null, notifications: [] });
  });

  it('takes an empty answer of the others as broken, not as none', () => {
    const empty = { output: {} };
    expect(
      read({
        GetBucketPolicy: empty,
        GetBucketPolicyStatus: empty,
        GetPublicAccessBlock: empty,
        GetBucketWebsite: empty,
        GetBucketAcl: empty,
      }),
    ).toMatchObject({
      policy: undefined,
      policyIsPublic: undefined,
      publicAccessBlock: undefined,
      website: undefined,
      acl: undefined,
    });
  });

  it('reads every answer', () => {
    expect(
      read({
        GetBucketLocation: { output: { LocationConstraint: 'ap-northeast-2' } },
        GetBucketPolicy: { output: { Policy: encodeURIComponent(policy) } },
        GetBucketPolicyStatus: { output: { PolicyStatus: { IsPublic: true } } },
        GetBucketAcl: {
          output: {
            Grants: [
              {
                Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
                Permission: 'READ',
              },
              { Grantee: { Type: 'AmazonCustomerByEmail', EmailAddress: 'a@example.com' }, Permission: 'WRITE' },
            ],
          },
        },
        GetPublicAccessBlock: { output: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } } },
        GetBucketWebsite: { output: { RedirectAllRequestsTo: { HostName: 'example.com' } } },
        GetBucketOwnershipControls: {
          output: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
        },
        GetBucketEncryption: {
          output: {
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
            },
          },
        },
        GetBucketVersioning: { output: { Status: 'Suspended' } },
        GetBucketLogging: { output: { LoggingEnabled: { TargetBucket: 'logs' } } },
        GetBucketNotificationConfiguration: {
          output: {
            QueueConfigurations: [{ QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:q' }],
            EventBridgeConfiguration: {},
          },
        },
        GetBucketTagging: { output: { TagSet: [{ Key: 'Environment', Value: 'dev' }] } },
      }),
    ).toMatchObject({
      region: 'ap-northeast-2',
      tags: { Environment: 'dev' },
      policy,
      policyIsPublic: true,
      acl: [
        { grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' },
        { grantee: '<redacted>', permission: 'WRITE' },
      ],
      publicAccessBlock: { blockPublicAcls: true, ignorePublicAcls: undefined },
      website: { redirectAllTo: 'example.com' },
      ownership: 'BucketOwnerEnforced',
      encryption: 'AES256',
      versioning: 'Suspended',
      logging: 'logs',
      notifications: ['arn:aws:sqs:eu-west-1:111122223333:q', 'eventbridge'],
    });
  });

  it('does not show some grants as all of them', () => {
    const grants = [{ Grantee: { Type: 'Group' }, Permission: 'READ' }];
    expect(read({ GetBucketAcl: { output: { Grants: grants } } })).toMatchObject({ acl: undefined });
  });

  it.each([
    [{ LocationConstraint: null }, 'us-east-1'],
    [{}, 'us-east-1'],
    [{ LocationConstraint: 'EU' }, 'eu-west-1'],
  ])('reads the location %j as %s', (output, region) => {
    expect(read({ GetBucketLocation: { output } })).toMatchObject({ region });
  });
});
