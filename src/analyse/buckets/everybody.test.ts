import { describe, expect, it } from 'vitest';
import { grantsToEverybody } from './everybody.ts';
import { bucketOfHost } from './links.ts';

const BUCKET = 'arn:aws:s3:::shop-media';
const allow = (fields: object = {}): object => ({
  Sid: 'Read',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `${BUCKET}/*`,
  ...fields,
});
const deny = (fields: object): object => ({ ...allow({ Sid: 'Deny', Effect: 'Deny' }), ...fields });
const deeds = (...statements: readonly object[]) =>
  grantsToEverybody(JSON.stringify({ Version: '2012-10-17', Statement: statements }), BUCKET)?.flatMap(
    (grant) => grant.deeds,
  );

describe('a bucket policy lets everybody', () => {
  it.each<[string, object[], string[]]>([
    ['read by Principal *', [allow()], ['read']],
    ['read by AWS: *', [allow({ Principal: { AWS: ['*'] } })], ['read']],
    ['do everything by s3:*', [allow({ Action: 's3:*' })], ['read', 'list', 'write', 'inspect']],
    ['read by a wildcard', [allow({ Action: 's3:Get*' })], ['read', 'inspect']],
    ['read by NotPrincipal', [allow({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })], ['read']],
    [
      'read with any Referer',
      [allow({ Condition: { StringLike: { 'aws:Referer': 'https://shop.example/*' } } })],
      ['read'],
    ],
    ['read over TLS', [allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], ['read']],
    [
      'read from the world in two halves',
      [allow({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } })],
      ['read'],
    ],
    [
      'read unless the key is there',
      [allow({ Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } } })],
      ['read'],
    ],
    [
      'read although plain HTTP is denied',
      [allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      ['read'],
    ],
  ])('%s', (_, statements, expected) => {
    expect(deeds(...statements)).toEqual(expected);
  });
});

describe('a bucket policy lets nobody in particular', () => {
  it.each<[string, object[]]>([
    ['when only an account is named', [allow({ Principal: { AWS: '111122223333' } })]],
    ['when CloudFront is named', [allow({ Principal: { Service: 'cloudfront.amazonaws.com' } })]],
    ['when an office is named', [allow({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/28' } } })]],
    ['when an endpoint is named', [allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0example' } } })]],
    ['when an organization is named', [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } })]],
    ['when all is denied', [allow(), deny({ Resource: `${BUCKET}/*` })]],
    [
      'when all but an endpoint are denied',
      [allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0example' } } })],
    ],
  ])('%s', (_, statements) => {
    expect(deeds(...statements)).toEqual([]);
  });

  it('and a policy that can not be read is not known', () => {
    expect(grantsToEverybody('{', BUCKET)).toBeUndefined();
  });
});

it.each([
  ['shop-media.s3.eu-west-1.amazonaws.com', 'shop-media'],
  ['shop-media.s3.amazonaws.com', 'shop-media'],
  ['shop-media.s3-eu-west-1.amazonaws.com', 'shop-media'],
  ['shop-media.s3-website-eu-west-1.amazonaws.com', 'shop-media'],
  ['shop-media.s3-website.eu-central-1.amazonaws.com', 'shop-media'],
  ['media.shop.example.s3.eu-west-1.amazonaws.com', 'media.shop.example'],
  ['s3.eu-west-1.amazonaws.com', undefined],
  ['web-123.eu-west-1.elb.amazonaws.com', undefined],
])('reads the bucket of %s', (host, bucket) => {
  expect(bucketOfHost(host)).toBe(bucket);
});
