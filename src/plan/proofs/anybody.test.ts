import { describe, expect, it } from 'vitest';
import type { Value } from '../../inventory/pulumi/recorded.ts';
import { type Named, ref } from '../edit.ts';
import { against, create, production, statements, stepped, update } from '../testing/hand-made.ts';

const QUEUE = 'aws:sqs/queue:Queue';
const fresh: Named = { type: QUEUE, name: 'new' };
const made = stepped('expand', [create(QUEUE, { name: 'fresh' })]);

const queueLets = (Principal: Value, Condition?: Value): string =>
  against(
    'expand',
    [
      create('aws:sqs/queuePolicy:QueuePolicy', {
        queueUrl: ref(fresh),
        policy: statements({
          Effect: 'Allow',
          Principal,
          Action: 'sqs:*',
          Resource: '*',
          ...(Condition === undefined ? {} : { Condition }),
        }),
      }),
    ],
    made,
  );

const OWN = '111122223333';
const OTHER = '444455556666';

describe('only a condition that asks for something of one’s own keeps strangers out', () => {
  it.each<readonly [string, Value]>([
    ['another account', { StringEquals: { 'aws:PrincipalAccount': OTHER } }],
    ['whoever has an ARN', { ArnLike: { 'aws:SourceArn': '*' } }],
    ['where there is one', { ArnEqualsIfExists: { 'aws:SourceArn': `arn:aws:sns:ap-northeast-2:${OWN}:x` } }],
    ['all but one account', { StringNotEquals: { 'aws:SourceAccount': OTHER } }],
    ['who has no such key', { Null: { 'aws:SourceArn': 'true' } }],
    ['a network of somebody', { StringEquals: { 'aws:SourceVpc': 'vpc-ffffffff' } }],
    ['any principal', { StringLike: { 'aws:PrincipalArn': '*' } }],
    ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }],
    ['any topic of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:x' } }],
    ['an organization that is not known', { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } }],
    ['own account, or another', { StringEquals: { 'aws:SourceAccount': [OWN, OTHER] } }],
    ['the account of the queue itself', { StringEquals: { 'aws:ResourceAccount': OWN } }],
    ['every value of none', { 'ForAllValues:StringEquals': { 'aws:SourceAccount': OWN } }],
  ])('everybody, for %s', (_who, condition) => {
    expect(queueLets('*', condition)).toMatch(/its policy would let|whether the conditions of its policy keep/);
  });

  it.each<readonly [string, Value]>([
    ['the own account', { StringEquals: { 'aws:PrincipalAccount': OWN } }],
    ['a topic of the own account', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${OWN}:*` } }],
    ['the own bucket', { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::legacy-prod-media' } }],
  ])('everybody, for %s, is nobody else', (_who, condition) => {
    expect(queueLets('*', condition)).toBe('');
  });

  it('names the other account', () => {
    expect(queueLets('*', { StringEquals: { 'aws:PrincipalAccount': OTHER } })).toContain(
      `its policy would let the account ${OTHER} use fresh`,
    );
  });

  it.each<readonly [string, Value]>([
    ['a service for whichever account', { Service: 's3.amazonaws.com' }],
    ['a canonical user', { CanonicalUser: 'abcdef' }],
    ['a principal by its unique id', { AWS: ['AIDAEXAMPLE'] }],
    ['a session of another account', { AWS: `arn:aws:sts::${OTHER}:assumed-role/x/y` }],
  ])('%s', (_who, principal) => {
    expect(queueLets(principal)).toMatch(/its policy/);
  });
});

describe('more for somebody who is known is new as well', () => {
  const policy = production('aws:s3/bucketPolicy:BucketPolicy', /prod-media/);
  const opened: Value = {
    Sid: 'PublicRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::legacy-prod-media/*',
  };
  const forThem = (Action: string, Resource: string): Value => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
    Action,
    Resource,
  });
  const write = (...list: readonly Value[]) => [update(policy, { policy: statements(opened, ...list) })];

  it('a bucket for another account', () => {
    expect(against('expand', write(forThem('s3:*', 'arn:aws:s3:::legacy-prod-media/*')))).toContain(
      `let the account ${OTHER} use legacy-prod-media`,
    );
  });

  it('more actions, or more of it, for an account that had some', () => {
    const had = forThem('s3:GetObject', 'arn:aws:s3:::legacy-prod-media/a/*');
    const from = stepped('expand', write(had));
    expect(against('expand', write(had, forThem('s3:*', 'arn:aws:s3:::legacy-prod-media/a/*')), from)).toContain(OTHER);
    expect(against('expand', write(had, forThem('s3:GetObject', 'arn:aws:s3:::legacy-prod-media/*')), from)).toContain(
      OTHER,
    );
    const less = forThem('s3:GetObject', 'arn:aws:s3:::legacy-prod-media/a/b/*');
    expect(against('expand', write(had, less), from)).not.toContain('its policy');
  });
});

describe('a provider signs in everybody: only the subject says who', () => {
  const role = production('aws:iam/role:Role', /prod-task/);
  const trust = JSON.parse(String(role.inputs.assumeRolePolicy)) as { Statement: readonly Value[] };
  const GITHUB = 'token.actions.githubusercontent.com';
  const lets = (Federated: string, Condition?: Value): string =>
    against('expand', [
      update(role, {
        assumeRolePolicy: statements(...trust.Statement, {
          Effect: 'Allow',
          Principal: { Federated },
          Action: 'sts:AssumeRoleWithWebIdentity',
          ...(Condition === undefined ? {} : { Condition }),
        }),
      }),
    ]);
  const provider = `arn:aws:iam::${OWN}:oidc-provider/${GITHUB}`;

  it.each<readonly [string, string, Value | undefined]>([
    ['GitHub without a subject', provider, undefined],
    ['GitHub for an audience', provider, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }],
    ['GitHub for any repository', provider, { StringLike: { [`${GITHUB}:sub`]: 'repo:*' } }],
    ['GitHub for repositories of any owner', provider, { StringLike: { [`${GITHUB}:sub`]: 'repo:*/*:*' } }],
    ['GitHub for owners whose name only begins so', provider, { StringLike: { [`${GITHUB}:sub`]: 'repo:example*' } }],
    ['Cognito without an audience', 'cognito-identity.amazonaws.com', undefined],
    ['SAML of another account', `arn:aws:iam::${OTHER}:saml-provider/x`, undefined],
  ])('%s', (_who, federated, condition) => {
    expect(lets(federated, condition)).toMatch(/its policy/);
  });

  it('one repository is no stranger', () => {
    expect(lets(provider, { StringLike: { [`${GITHUB}:sub`]: 'repo:example/shop:*' } })).toBe('');
  });

  it('everybody outside of an organization', () => {
    const all = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    const but = { ...all, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-x' } } };
    expect(against('expand', [update(role, { assumeRolePolicy: statements(...trust.Statement, but) })])).toMatch(
      /everybody/,
    );
  });
});
