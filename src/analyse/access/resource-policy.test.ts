// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { AccessRequest } from './request.ts';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  OTHER,
  policyArn,
  REGION,
  roleArn,
  trusting,
  userArn,
} from './testing/account.ts';

const alice = userArn('alice');
const app = roleArn('app');
const object = 'arn:aws:s3:::shop/a.jpg';
const ask = (builder: AccountBuilder, request: Partial<AccessRequest> = {}) =>
  evaluate(builder.build(), { principal: alice, action: 's3:GetObject', resource: object, ...request });
const verdict = (builder: AccountBuilder, request: Partial<AccessRequest> = {}) => {
  const answer = ask(builder, request);
  return answer.verdict === 'yes' && answer.conditions.length > 0 ? 'yes, if' : answer.verdict;
};
const noTrust: object[] = [];
const get = allow('s3:GetObject', 'arn:aws:s3:::shop/*');
const principal = (who: string, effect = 'Allow', more: object = {}) => ({
  ...get,
  Effect: effect,
  Principal: who === '*' ? '*' : { AWS: who },
  ...more,
});

describe('policies of resources', () => {
  it('in one account either side is enough; the account as principal leaves it to the identity', () => {
    const bucket = (policy: object) => account().user('alice').bucket('shop', policy);
    expect(verdict(bucket(principal(alice)))).toBe('yes');
    expect(verdict(bucket(principal('*')))).toBe('yes');
    expect(verdict(bucket(principal(ACCOUNT)))).toBe('no');
    expect(verdict(bucket(principal(`arn:aws:iam::${ACCOUNT}:root`, 'Deny')))).toBe('no');
    expect(
      verdict(
        account()
          .user('alice', { inline: { p: get } })
          .bucket('shop', principal(alice, 'Deny')),
      ),
    ).toBe('no');
  });
  it('one that names a user goes past the boundary; one that names a role does not', () => {
    const limit = allow('ec2:*');
    expect(
      verdict(
        account()
          .user('alice', { boundary: policyArn('l') })
          .policy(policyArn('l'), limit)
          .bucket('shop', principal(alice)),
      ),
    ).toBe('yes');
    expect(
      verdict(
        account()
          .role('app', noTrust, { boundary: policyArn('l') })
          .policy(policyArn('l'), limit)
          .bucket('shop', principal(app)),
        { principal: app },
      ),
    ).toBe('no');
  });
  it('across accounts both sides must allow', () => {
    const stranger = userArn('alice', OTHER);
    const build = (identity: object, policy: object | null) =>
      account()
        .user('alice', { account: OTHER, inline: { p: identity } })
        .bucket('shop', policy);
    expect(verdict(build(get, principal(OTHER)), { principal: stranger })).toBe('yes');
    expect(verdict(build(get, null), { principal: stranger })).toBe('no');
    expect(verdict(build(allow('ec2:*'), principal(stranger)), { principal: stranger })).toBe('no');
    expect(verdict(account().bucket('shop', principal(stranger)), { principal: stranger })).toBe('unknown');
    expect(
      verdict(account().user('alice', { inline: { p: allow('sqs:*') } }), {
        action: 'sqs:SendMessage',
        resource: `arn:aws:sqs:${REGION}:${OTHER}:jobs`,
      }),
    ).toBe('unknown');
  });
  it('NotPrincipal spares only those it names with their account', () => {
    const but = (names: string[]) => ({ ...get, Effect: 'Deny', NotPrincipal: { AWS: names } });
    const build = (names: string[]) =>
      account()
        .user('alice', { inline: { p: get } })
        .bucket('shop', but(names));
    expect(verdict(build([userArn('bob'), `arn:aws:iam::${ACCOUNT}:root`]))).toBe('no');
    expect(verdict(build([alice, `arn:aws:iam::${ACCOUNT}:root`]))).toBe('yes');
    expect(verdict(build([alice]))).toBe('yes, if');
  });
  it('a KMS key must leave the decision to the account or name the caller', () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/k1`;
    const request = { action: 'kms:Decrypt', resource: key };
    const use = allow('kms:Decrypt', key);
    const root = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    expect(
      verdict(
        account()
          .user('alice', { inline: { p: use } })
          .kmsKey('k1', root),
        request,
      ),
    ).toBe('yes');
    expect(verdict(account().user('alice').kmsKey('k1', root), request)).toBe('no');
    expect(
      ask(
        account()
          .user('alice', { inline: { p: use } })
          .kmsKey('k1', { ...root, Principal: { AWS: app } }),
        request,
      ),
    ).toMatchObject({ verdict: 'no', because: 'notNamed' });
    expect(
      verdict(
        account()
          .user('alice')
          .kmsKey('k1', { ...root, Principal: { AWS: alice } }),
        request,
      ),
    ).toBe('yes');
  });
  it('assuming a role needs its trust, whatever the identity says', () => {
    const request = { action: 'sts:AssumeRole', resource: app };
    const may = { inline: { p: allow('sts:AssumeRole', app) } };
    expect(
      verdict(
        account()
          .user('alice', may)
          .role('app', trusting({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
        request,
      ),
    ).toBe('yes');
    expect(
      verdict(
        account()
          .user('alice')
          .role('app', trusting({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
        request,
      ),
    ).toBe('no');
    expect(
      verdict(
        account()
          .user('alice')
          .role('app', trusting({ AWS: alice })),
        request,
      ),
    ).toBe('yes');
    expect(
      verdict(
        account()
          .user('alice', may)
          .role('app', trusting({ Service: 'ec2.amazonaws.com' })),
        request,
      ),
    ).toBe('no');
    expect(verdict(account().user('alice', may).role('app', undefined), request)).toBe('unknown');
    expect(verdict(account().user('alice', may), request)).toBe('unknown');
    expect(
      verdict(account().role('app', trusting({ AWS: '*' })), { ...request, principal: `arn:aws:iam::${ACCOUNT}:root` }),
    ).toBe('no');
  });
  it('a service needs to be named by the resource', () => {
    const arn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:web`;
    const request = { principal: 's3.amazonaws.com', action: 'lambda:InvokeFunction', resource: arn };
    const policy = (service: string, more: object = {}) =>
      account().lambda('web', 'app', {
        policy: { ...allow('lambda:InvokeFunction', arn), Principal: { Service: service }, ...more },
      });
    expect(verdict(policy('s3.amazonaws.com'), request)).toBe('yes');
    expect(verdict(policy('sns.amazonaws.com'), request)).toBe('no');
    expect(
      verdict(policy('s3.amazonaws.com', { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }), request),
    ).toBe('yes, if');
  });
  it('anybody gets in by a star alone', () => {
    expect(verdict(account().bucket('shop', principal('*')), { principal: '*' })).toBe('yes');
    expect(verdict(account().bucket('shop', principal(ACCOUNT)), { principal: '*' })).toBe('no');
    expect(verdict(account().bucket('shop', null), { principal: '*' })).toBe('no');
  });
  it('anybody is kept out by Block Public Access, on the bucket or the account', () => {
    const block = (restrictPublicBuckets: boolean | undefined) => ({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets,
    });
    const open = (
      publicAccessBlock: ReturnType<typeof block> | null | undefined,
      ofAccount: ReturnType<typeof block> | null | undefined,
    ) => {
      const builder = account().bucket('shop', principal('*'));
      const [place, bucket] = builder.resources.splice(0);
      if (place?.kind !== 'account' || bucket?.kind !== 'bucket') throw new Error('not as built');
      return verdict(builder.add({ ...place, publicAccessBlock: ofAccount }).add({ ...bucket, publicAccessBlock }), {
        principal: '*',
      });
    };
    expect(open(null, null)).toBe('yes');
    expect(open(block(true), null)).toBe('no');
    expect(open(null, block(true))).toBe('no');
    expect(open(block(false), null)).toBe('yes');
    expect(open(null, undefined)).toBe('unknown');
    expect(open(block(undefined), null)).toBe('unknown');
  });
});
