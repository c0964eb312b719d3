import { describe, expect, it } from 'vitest';
import { mayDo } from './beside.ts';
import { evaluate } from './evaluate.ts';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  deny,
  OTHER,
  REGION,
  roleArn,
  userArn,
} from './testing/account.ts';

const EVERYBODY = 'http://acs.amazonaws.com/groups/global/AllUsers';
const LIST = { action: 's3:ListBucket', resource: 'arn:aws:s3:::shop' };
const GET = { action: 's3:GetObject', resource: 'arn:aws:s3:::shop/a.jpg' };
const stranger = `arn:aws:iam::${OTHER}:root`;
const ask = (builder: AccountBuilder, principal: string, asked: { action: string; resource: string }) =>
  mayDo(builder.build(), { principal, ...asked }).verdict;

function bucket(more: object, policy: object | null = null): AccountBuilder {
  const builder = account().bucket('shop', policy);
  const last = builder.resources.pop();
  if (last?.kind !== 'bucket') throw new Error('no bucket');
  return builder.add({ ...last, ...more });
}

describe('access lists of buckets', () => {
  it('keep a no of the policies open where they count', () => {
    const listed = bucket({ acl: [{ grantee: EVERYBODY, permission: 'READ' }] });
    expect(evaluate(listed.build(), { principal: '*', ...LIST }).verdict).toBe('no');
    expect(ask(listed, '*', LIST)).toBe('unknown');
    expect(ask(listed, stranger, LIST)).toBe('unknown');
    expect(ask(listed, '*', { action: 's3:PutBucketPolicy', resource: LIST.resource })).toBe('no');
    // the lists of objects are in no answer
    expect(ask(bucket({ acl: [] }), '*', GET)).toBe('unknown');
    expect(ask(bucket({ acl: [] }), '*', LIST)).toBe('no');
    expect(ask(bucket({ acl: undefined }), '*', LIST)).toBe('unknown');
    expect(ask(bucket({ ownership: undefined }), '*', LIST)).toBe('unknown');
  });
  it('are ruled out by the enforced owner, a Deny, or for the public by the block', () => {
    const acl = [{ grantee: EVERYBODY, permission: 'FULL_CONTROL' }];
    expect(ask(bucket({ acl, ownership: 'BucketOwnerEnforced' }), '*', GET)).toBe('no');
    expect(ask(bucket({ acl }, { ...deny('s3:*', '*'), Principal: '*' }), '*', GET)).toBe('no');
    const block = {
      ignorePublicAcls: true,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    };
    expect(ask(bucket({ acl, publicAccessBlock: block }), '*', GET)).toBe('no');
    expect(ask(bucket({ acl, publicAccessBlock: block }), stranger, GET)).toBe('unknown');
  });
});

it('grants of a key were not read, so only a Deny is a no to using it', () => {
  const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/k1`;
  const only = { ...allow('kms:*'), Principal: { AWS: roleArn('app') } };
  const built = (policy: object | object[]) => account().user('alice').kmsKey('k1', policy);
  const use = (policy: object | object[], action = 'kms:Decrypt') =>
    ask(built(policy), userArn('alice'), { action, resource: key });
  expect(use(only)).toBe('unknown');
  expect(use(only, 'kms:PutKeyPolicy')).toBe('no');
  expect(use([only, { ...deny('kms:*'), Principal: '*' }])).toBe('no');
});

describe('policies that were never looked at', () => {
  const own = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
  it.each([
    ['ecr:BatchGetImage', own('ecr', 'repository/app')],
    ['es:ESHttpGet', own('es', 'domain/x')],
    ['events:PutEvents', own('events', 'event-bus/x')],
    ['elasticfilesystem:ClientMount', own('elasticfilesystem', 'file-system/fs-1')],
    ['execute-api:Invoke', own('execute-api', 'abc/prod/GET/')],
  ])('%s: unknown to who comes from outside, decided within the account', (action, resource) => {
    for (const principal of ['*', stranger, 'lambda.amazonaws.com'])
      expect(ask(account(), principal, { action, resource })).toBe('unknown');
    expect(ask(account().user('alice'), userArn('alice'), { action, resource })).toBe('no');
  });
  it('IAM itself has none', () => {
    expect(ask(account(), '*', { action: 'iam:CreateUser', resource: userArn('x') })).toBe('no');
  });
});

describe('who is named', () => {
  const statement = { ...allow('s3:*', ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*']), Principal: '*' };
  const off = { ownership: 'BucketOwnerEnforced' };
  it('the root user may always mend the policy of its own bucket', () => {
    const denied = bucket(off, { ...statement, Effect: 'Deny' });
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    expect(ask(denied, root, { action: 's3:PutBucketPolicy', resource: LIST.resource })).toBe('yes');
    expect(ask(denied, root, GET)).toBe('no');
    expect(ask(denied, stranger, { action: 's3:PutBucketPolicy', resource: LIST.resource })).toBe('no');
  });
  it('a canonical user id may be anybody of another account', () => {
    const canonical = { CanonicalUser: 'f'.repeat(64) };
    expect(ask(bucket(off, { ...statement, Principal: canonical }), stranger, GET)).toBe('unknown');
    expect(ask(bucket(off, { ...statement, Principal: canonical }), '*', GET)).toBe('no');
    const but = [statement, { ...statement, Effect: 'Deny', Principal: canonical }];
    const answer = mayDo(bucket(off, but).build(), { principal: stranger, ...GET });
    expect([answer.verdict, answer.conditions.length]).toEqual(['yes', 1]);
  });
  it('Cognito is named as a federated provider', () => {
    const trust = {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    };
    const asked = { action: 'sts:AssumeRoleWithWebIdentity', resource: roleArn('app') };
    expect(ask(account().role('app', trust), 'cognito-identity.amazonaws.com', asked)).toBe('yes');
    expect(ask(account().role('app', trust), 'accounts.google.com', asked)).toBe('no');
  });
  it('the account of a bucket that the input does not have was only assumed', () => {
    const outside = allow('s3:*', '*', { Condition: { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } } });
    const built = account().user('alice', { inline: { p: outside } });
    const answer = mayDo(built.build(), { principal: userArn('alice'), ...LIST });
    expect([answer.verdict, answer.conditions.length]).toEqual(['yes', 1]);
    const there = account()
      .user('alice', { inline: { p: outside } })
      .bucket('shop', null);
    expect(mayDo(there.build(), { principal: userArn('alice'), ...LIST }).verdict).toBe('no');
  });
});
