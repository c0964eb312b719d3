import { describe, expect, it } from 'vitest';
import { assemble } from '../../inventory/assemble.ts';
import { readInventory } from '../../inventory/format.ts';
import { bucketAccess } from './public.ts';

const ARN = 'arn:aws:s3:::media';
const none = (name: string) => ({ error: { name, message: 'none' } });

interface Options {
  readonly policy?: readonly object[];
  readonly grants?: readonly (readonly [group: string, permission: string])[];
  /** Left out, the bucket's owner is enforced; null: it has no such setting. */
  readonly ownership?: string | null;
  readonly block?: boolean;
  readonly account?: boolean;
}

const all = (on: boolean) => ({
  BlockPublicAcls: on,
  IgnorePublicAcls: on,
  BlockPublicPolicy: on,
  RestrictPublicBuckets: on,
});

function access({ policy, grants = [], ownership = 'BucketOwnerEnforced', block, account }: Options) {
  const input = { Bucket: 'media' };
  const blocked = (on: boolean | undefined) =>
    on === undefined
      ? none('NoSuchPublicAccessBlockConfiguration')
      : { output: { PublicAccessBlockConfiguration: all(on) } };
  const inventory = {
    format: 'underpin.inventory/1',
    account: '111122223333',
    region: 'eu-west-1',
    collectedAt: '2026-01-31T12:00:00Z',
    responses: {
      's3:ListBuckets': [{ input: {}, output: { Buckets: [{ Name: 'media' }] } }],
      's3:GetBucketPolicy': [
        {
          input,
          ...(policy
            ? { output: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: policy }) } }
            : none('NoSuchBucketPolicy')),
        },
      ],
      's3:GetBucketAcl': [
        {
          input,
          output: {
            Owner: { ID: 'owner' },
            Grants: grants.map(([group, Permission]) => ({
              Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${group}` },
              Permission,
            })),
          },
        },
      ],
      's3:GetBucketOwnershipControls': [
        {
          input,
          ...(ownership === null
            ? none('OwnershipControlsNotFoundError')
            : { output: { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } } }),
        },
      ],
      's3:GetPublicAccessBlock': [{ input, ...blocked(block) }],
      's3control:GetPublicAccessBlock': [{ input: { AccountId: '111122223333' }, ...blocked(account) }],
    },
  };
  const { entries, notices, collectedAt } = readInventory('example.json', inventory);
  const estate = assemble(entries, notices, collectedAt);
  const [bucket] = estate.resources.flatMap((one) => (one.kind === 'bucket' ? [one] : []));
  if (!bucket) throw new Error('no bucket');
  const answer = bucketAccess(estate, bucket);
  return answer.answer === 'yes'
    ? answer.deeds
    : answer.answer === 'no'
      ? 'no'
      : answer.missing.map((one) => one.operation);
}

const allow = (Action: string | readonly string[], rest: object = {}): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource: [ARN, `${ARN}/*`],
  ...rest,
});
const deny = (Action: string | readonly string[], rest: object = {}): object => ({
  ...allow(Action, rest),
  Effect: 'Deny',
});

describe('everybody gets at a bucket by any action of S3', () => {
  it.each<[string, readonly string[]]>([
    ['s3:GetObjectVersion', ['read']],
    ['s3:ListBucketVersions', ['list']],
    ['s3:PutBucketAcl', ['write']],
    ['s3:DeleteObjectVersion', ['write']],
    ['s3:PutLifecycleConfiguration', ['write']],
    ['s3:PutReplicationConfiguration', ['write']],
    ['s3:ReplicateObject', ['write']],
    ['s3:DeleteBucket', ['write']],
    ['s3:AbortMultipartUpload', ['write']],
    ['s3:GetBucketPolicy', ['inspect']],
    ['s3:RenderObjectAnew', ['write']],
    ['s3:GetSomethingNew*', ['inspect']],
  ])('%s', (action, deeds) => {
    expect(access({ policy: [allow(action)] })).toEqual(deeds);
  });

  it('but not by what the policy of a bucket can not grant', () => {
    expect(access({ policy: [allow('s3:ListAllMyBuckets')] })).toBe('no');
  });

  it('although the best-known ones are denied', () => {
    const known = ['GetObject', 'ListBucket', 'PutObject', 'DeleteObject', 'PutBucketPolicy', 'PutObjectAcl'];
    const denied = deny(known.map((name) => `s3:${name}`));
    expect(access({ policy: [allow('s3:*'), denied] })).toEqual(['read', 'list', 'write', 'inspect']);
    expect(access({ policy: [allow('s3:*'), deny('s3:*')] })).toBe('no');
  });

  it('although a Deny covers a part of the objects', () => {
    const part = (Resource: string) => access({ policy: [allow('s3:GetObject'), deny('s3:GetObject', { Resource })] });
    expect(part(`${ARN}/?`)).toEqual(['read']);
    expect(part(`${ARN}/*.jpg`)).toEqual(['read']);
    expect(part(`${ARN}/?*`)).toEqual(['read']);
    expect(part(`${ARN}*`)).toBe('no');
    expect(part('*')).toBe('no');
  });
});

describe('access points', () => {
  const delegated = allow('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } } });
  it('that were not read leave it open whom they let in', () => {
    expect(access({ policy: [delegated] })).toEqual(['s3control:ListAccessPoints']);
    const through = deny('s3:*', { Condition: { StringNotEquals: { 's3:DataAccessPointAccount': '111122223333' } } });
    expect(access({ policy: [allow('s3:GetObject'), through] })).not.toBe('no');
  });
  it('let nobody in from outside where public policies are restricted', () => {
    expect(access({ policy: [delegated], account: true })).toBe('no');
  });
});

describe('access lists', () => {
  it.each<[string, readonly string[]]>([
    ['READ_ACP', ['inspect']],
    ['WRITE_ACP', ['write']],
    ['FULL_CONTROL', ['list', 'write', 'inspect']],
  ])('%s for everybody', (permission, deeds) => {
    expect(access({ grants: [['AllUsers', permission]], ownership: 'ObjectWriter' })).toEqual(deeds);
  });
  it.each([['ObjectWriter'], ['BucketOwnerPreferred'], [null]])(
    'of objects may count with ownership %s',
    (ownership) => {
      expect(access({ ownership })).toEqual(['s3:GetObjectAcl']);
      expect(access({ ownership, block: true })).toBe('no');
      expect(access({ ownership, account: true })).toBe('no');
    },
  );
  it('do not count where the owner is enforced', () => {
    expect(access({})).toBe('no');
  });
});
