import { expect, it } from 'vitest';
import { adoptedBy, refusedBy } from '../testing.ts';
import { adopter } from './bucket.ts';
import { adopter as settings } from './bucket-settings.ts';

const input = { Bucket: 'shop-media' };
const none = (name: string) => [{ input, error: { name } }];
const policy = '{"Version":"2012-10-17","Statement":[]}';
const owner = { Grantee: { ID: 'me' }, Permission: 'FULL_CONTROL' };
const listed = {
  's3:ListBuckets': { Buckets: [{ Name: 'shop-media' }] },
  's3:GetBucketLocation': [{ input, output: { LocationConstraint: 'ap-northeast-2' } }],
};
const read = {
  ...listed,
  's3:GetBucketTagging': none('NoSuchTagSet'),
  's3:GetBucketPolicy': [{ input, output: { Policy: policy } }],
  's3:GetPublicAccessBlock': none('NoSuchPublicAccessBlockConfiguration'),
  's3:GetBucketAcl': [{ input, output: { Owner: { ID: 'me' }, Grants: [owner] } }],
  's3:GetBucketVersioning': [{ input, output: {} }],
};

it('adopts a bucket where it stands, and tells of which settings nothing is known', () => {
  const [one] = adoptedBy(adopter, read);
  expect(one?.inputs).toEqual({ bucket: 'shop-media', forceDestroy: false });
  expect(one?.place.region).toBe('ap-northeast-2');
  expect(one?.outputs.ownerId).toBe('me');
  expect(one?.outputs.undeclared).toEqual([
    'ownership',
    'encryption',
    'website',
    'logging',
    'notification',
    'lifecycle',
    'cors',
  ]);
});

it('adopts what hangs on it, and no setting that it does not have', () => {
  expect(adoptedBy(settings, read).map(({ type, inputs }) => [type, inputs])).toEqual([
    ['aws:s3/bucketPolicy:BucketPolicy', { bucket: 'shop-media', policy }],
  ]);
});

it('writes an ACL that lets others in, and all four switches of an access block', () => {
  const everybody = { Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' };
  const four = {
    BlockPublicAcls: true,
    BlockPublicPolicy: false,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: false,
  };
  const found = adoptedBy(settings, {
    ...listed,
    's3:GetBucketAcl': [{ input, output: { Owner: { ID: 'me' }, Grants: [owner, everybody] } }],
    's3:GetPublicAccessBlock': [{ input, output: { PublicAccessBlockConfiguration: four } }],
  });
  expect(found.map((one) => one.inputs)).toEqual([
    {
      bucket: 'shop-media',
      blockPublicAcls: true,
      blockPublicPolicy: false,
      ignorePublicAcls: true,
      restrictPublicBuckets: false,
    },
    {
      bucket: 'shop-media',
      accessControlPolicy: {
        owner: { id: 'me' },
        grants: [
          { grantee: { id: 'me', type: 'CanonicalUser' }, permission: 'FULL_CONTROL' },
          { grantee: { uri: everybody.Grantee.URI, type: 'Group' }, permission: 'READ' },
        ],
      },
    },
  ]);
});

it('does not guess where a bucket is', () => {
  expect(refusedBy(adopter, { 's3:ListBuckets': listed['s3:ListBuckets'] })).toEqual([
    's3:GetBucketLocation was not read',
  ]);
});
