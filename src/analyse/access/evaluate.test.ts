// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../estate/estate.ts';
import { evaluate } from './evaluate.ts';
import type { AccessRequest } from './request.ts';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  deny,
  OTHER,
  policyArn,
  REGION,
  roleArn,
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

describe('policies of a user', () => {
  it('inline, attached and of groups all count, and the deciding statement is named with its place', () => {
    expect(verdict(account().user('alice'))).toBe('no');
    const inline = ask(account().user('alice', { inline: { look: [allow('ec2:*'), { ...get, Sid: 'Read' }] } }));
    expect(inline).toMatchObject({
      verdict: 'yes',
      because: 'allowed',
      statements: [{ effect: 'Allow', policy: 'look', type: 'inline', holder: alice, sid: 'Read', index: 1 }],
    });
    expect(inline.chain[0]?.detail).toContain('Read of the inline policy look of alice allows it');
    expect(
      verdict(
        account()
          .user('alice', { attached: [policyArn('read')] })
          .policy(policyArn('read'), get),
      ),
    ).toBe('yes');
    const group = account()
      .user('alice', { groups: ['team'] })
      .group('team', { inline: { look: get } });
    expect(ask(group).statements[0]).toMatchObject({ holder: `arn:aws:iam::${ACCOUNT}:group/team` });
  });
  it('an explicit deny wins over every allow, wherever it stands', () => {
    const denied = account()
      .user('alice', { attached: [awsPolicy('AdministratorAccess')], groups: ['team'] })
      .group('team', { inline: { no: deny('s3:*') } });
    expect(ask(denied)).toMatchObject({
      verdict: 'no',
      because: 'explicitDeny',
      statements: [{ effect: 'Deny', policy: 'no' }],
    });
  });
  it('NotAction and NotResource cover all but what they name', () => {
    const except = (body: object) => verdict(account().user('alice', { inline: { p: body } }));
    expect(except({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })).toBe('yes');
    expect(except({ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' })).toBe('no');
    expect(except({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::other/*' })).toBe('yes');
    expect(except({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::shop/*' })).toBe('no');
  });
  it('policy variables are filled from what is known of the caller', () => {
    const home = account().user('alice', { inline: { p: allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*') } });
    expect(verdict(home, { resource: 'arn:aws:s3:::home/alice/x' })).toBe('yes');
    expect(verdict(home, { resource: 'arn:aws:s3:::home/bob/x' })).toBe('no');
    const tag = { inline: { p: allow('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/team}/*') } };
    expect(verdict(account().user('alice', { ...tag, tags: { team: 'shop' } }))).toBe('yes');
    expect(verdict(account().user('alice', tag))).toBe('no');
  });
});

describe('what is not known', () => {
  it('a missing text is unknown and names the operation, unless a deny elsewhere decides', () => {
    const builder = account()
      .user('alice', { attached: [policyArn('secret')], inline: { p: get } })
      .policy(policyArn('secret'), undefined);
    expect(ask(builder)).toMatchObject({
      verdict: 'unknown',
      because: 'missing',
      missing: [{ operation: 'iam:GetPolicyVersion', resource: policyArn('secret') }],
    });
    expect(verdict(account().user('alice', { attached: [policyArn('secret')], inline: { p: deny('s3:*') } }))).toBe(
      'no',
    );
  });
  it.each<[string, AccountBuilder, string]>([
    ['groups', account().add({ ...userWith(), groups: undefined }), 'iam:ListGroupsForUser'],
    [
      'attached policies',
      account().add({ ...userWith(), attachedPolicies: undefined }),
      'iam:ListAttachedUserPolicies',
    ],
    ['inline policies', account().add({ ...userWith(), inlinePolicies: undefined }), 'iam:ListUserPolicies'],
    ['boundary', account().user('alice', { inline: { p: get }, boundary: undefined }), 'iam:GetUser'],
    ['a group', account().user('alice', { inline: { p: get }, groups: ['gone'] }), 'iam:ListAttachedGroupPolicies'],
    [
      'bucket policy',
      account()
        .user('alice', { inline: { p: get } })
        .bucket('shop', undefined),
      's3:GetBucketPolicy',
    ],
  ])('%s not read: unknown', (_, builder, operation) => {
    const answer = ask(builder);
    expect(answer.verdict).toBe('unknown');
    expect(answer.missing.map((item) => item.operation)).toContain(operation);
  });
  it('an AWS policy known to deny nothing leaves a yes standing, and makes a no unknown', () => {
    const reader = { attached: [awsPolicy('ReadOnlyAccess')] };
    expect(verdict(account().user('alice', { ...reader, inline: { p: get } }))).toBe('yes');
    expect(verdict(account().user('alice', reader))).toBe('unknown');
  });
  it('a text that can not be understood is unknown, not empty', () => {
    const broken = account().user('alice', { inline: { p: '{"Statement": [', q: get } });
    expect(ask(broken).missing[0]).toMatchObject({ operation: 'iam:GetUserPolicy' });
    expect(verdict(broken)).toBe('unknown');
  });
  it('a principal that is not in the input is unknown', () => {
    expect(verdict(account(), { principal: userArn('nobody') })).toBe('unknown');
    expect(verdict(account(), { principal: 'nobody' })).toBe('unknown');
  });
  it('a bucket outside the input is taken as one without a policy, and the answer says so', () => {
    expect(ask(account().user('alice', { inline: { p: get } })).assumptions[0]).toContain(
      'arn:aws:s3:::shop/a.jpg is not in the input',
    );
  });
  it('a bucket that AWS refused to list is unknown', () => {
    const builder = account().user('alice', { inline: { p: get } });
    builder.coverage = {
      entries: [
        { operation: 's3:ListBuckets', account: ACCOUNT, region: 'global', target: '', status: 'denied', file: 'x' },
      ],
    };
    expect(verdict(builder)).toBe('unknown');
  });
});

function userWith() {
  const [user] = account()
    .user('alice', { inline: { p: get } })
    .resources.filter((resource) => resource.kind === 'user');
  if (!user) throw new Error('no user');
  return user;
}

describe('conditions', () => {
  const mfa = (operator: string, value: string) => ({
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
  });
  it('are told, not guessed', () => {
    const answer = ask(account().user('alice', { inline: { p: { ...get, ...mfa('Bool', 'true') } } }));
    expect(answer).toMatchObject({
      verdict: 'yes',
      conditions: [
        {
          holds: true,
          says: 'aws:MultiFactorAuthPresent is true',
          tests: [{ operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] }],
        },
      ],
    });
  });
  it('of a deny must not hold', () => {
    const answer = ask(
      account().user('alice', { inline: { p: [get, { ...deny('*'), ...mfa('BoolIfExists', 'false') }] } }),
    );
    expect(answer).toMatchObject({ verdict: 'yes', conditions: [{ holds: false }] });
    expect(answer.conditions[0]?.says).toBe(
      'not (aws:MultiFactorAuthPresent is false, or the request has no such key)',
    );
  });
  it('are settled by the context that is given', () => {
    const builder = account().user('alice', {
      inline: { p: [get, { ...deny('*'), ...mfa('BoolIfExists', 'false') }] },
    });
    expect(verdict(builder, { context: { 'aws:MultiFactorAuthPresent': 'true' } })).toBe('yes');
    expect(verdict(builder, { context: { 'aws:multifactorauthpresent': null } })).toBe('no');
  });
  it('a user without a device can not fulfil, so it is a no', () => {
    const body = [get, { ...deny('*'), ...mfa('BoolIfExists', 'false') }];
    expect(verdict(account().user('alice', { inline: { p: body }, mfa: false }))).toBe('no');
    expect(verdict(account().user('alice', { inline: { p: { ...get, ...mfa('Bool', 'true') } }, mfa: false }))).toBe(
      'no',
    );
  });
  it('that no request can fulfil together are a no, and that every request fulfils one of are a yes', () => {
    const both = [
      { ...get, ...mfa('Bool', 'true') },
      { ...deny('*'), ...mfa('Bool', 'true') },
    ];
    expect(verdict(account().user('alice', { inline: { p: both } }))).toBe('no');
    const either = [
      { ...get, ...mfa('Bool', 'true') },
      { ...get, ...mfa('BoolIfExists', 'false') },
    ];
    expect(verdict(account().user('alice', { inline: { p: either } }))).toBe('yes');
  });
  it('the way with the fewest conditions is told', () => {
    const body = [
      { ...get, Condition: { StringEquals: { a: '1', b: '2' } } },
      { ...get, Condition: { StringEquals: { c: '3' } } },
    ];
    expect(ask(account().user('alice', { inline: { p: body } })).conditions.map((condition) => condition.says)).toEqual(
      ['c is 3'],
    );
  });
  it('resource tags are known for what the input has', () => {
    const body = allow('sqs:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'shop' } } });
    const builder = account()
      .user('alice', { inline: { p: body } })
      .queue('jobs', null);
    expect(verdict(builder, { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs` })).toBe(
      'no',
    );
  });
});

describe('limits', () => {
  const bounded = (boundary: object, inline: object = get) =>
    account()
      .user('alice', { inline: { p: inline }, boundary: policyArn('limit') })
      .policy(policyArn('limit'), boundary);
  it('a boundary must allow too, gives nothing by itself, and may deny', () => {
    expect(verdict(bounded(allow('s3:*')))).toBe('yes');
    expect(ask(bounded(allow('ec2:*')))).toMatchObject({ verdict: 'no', because: 'limited' });
    expect(verdict(bounded(allow('s3:*'), allow('ec2:*')))).toBe('no');
    expect(ask(bounded([allow('*'), deny('s3:*')]))).toMatchObject({ because: 'explicitDeny' });
    expect(verdict(account().user('alice', { inline: { p: get }, boundary: policyArn('unread') }))).toBe('unknown');
  });
  it('a session policy cuts down what the role has', () => {
    const builder = account().role('app', noTrust, { inline: { p: allow('s3:*') } });
    const session = (statement: object) => ({
      principal: app,
      session: [JSON.stringify({ Version: '2012-10-17', Statement: [statement] })],
    });
    expect(verdict(builder, session(get))).toBe('yes');
    expect(verdict(builder, session(allow('sqs:*')))).toBe('no');
  });
  it('service control policies: every level must allow, a deny wins, the management account and service-linked roles are free', () => {
    const full = allow('*');
    const scp = (text: object, targets: string[] | 'unread' = [ACCOUNT]) =>
      account()
        .user('alice', { inline: { p: get } })
        .controlPolicy('p-root', full, ['r-abcd'])
        .controlPolicy('p-one', text, targets === 'unread' ? undefined : targets);
    expect(verdict(scp(full))).toBe('yes');
    expect(ask(scp(allow('ec2:*')))).toMatchObject({ verdict: 'no', because: 'limited' });
    expect(verdict(scp(deny('s3:*')))).toBe('no');
    expect(verdict(scp(deny('s3:*'), ['ou-abcd-12345678']))).toBe('unknown');
    expect(verdict(scp(allow('ec2:*'), ['ou-abcd-12345678']))).toBe('unknown');
    expect(verdict(scp(full, ['ou-abcd-12345678']))).toBe('yes');
    expect(verdict(scp(full, 'unread'))).toBe('yes');
    expect(verdict(scp(deny('s3:*'), 'unread'))).toBe('unknown');
    expect(verdict(scp(deny('s3:*'), [OTHER]))).toBe('yes');
    const management = account()
      .user('alice', { inline: { p: get }, account: '999988887777' })
      .controlPolicy('p-root', deny('*'), ['r-abcd']);
    expect(verdict(management, { principal: userArn('alice', '999988887777') })).toBe('yes');
    const linked = account()
      .role('aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS', noTrust, { inline: { p: get } })
      .controlPolicy('p-root', deny('*'), ['r-abcd']);
    expect(verdict(linked, { principal: roleArn('aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS') })).toBe(
      'yes',
    );
  });
  it('resource control policies bind the resource', () => {
    const rcp = (text: object) =>
      account()
        .user('alice', { inline: { p: get } })
        .bucket('shop', null)
        .controlPolicy('p-rcp', { Principal: '*', ...text }, [ACCOUNT], 'RESOURCE_CONTROL_POLICY');
    expect(verdict(rcp(allow('*')))).toBe('yes');
    expect(verdict(rcp(deny('s3:*')))).toBe('no');
  });
  it('an organization whose policies were not read is an assumption that is told', () => {
    const builder = account().user('alice', { inline: { p: get } });
    builder.resources.splice(0, 1);
    expect(ask(builder.account({ organization: 'o-example' })).assumptions.join()).toContain(
      'organizations:ListPolicies',
    );
  });
});

describe('principals', () => {
  it('the root user may do anything that a resource does not deny', () => {
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    expect(verdict(account(), { principal: root })).toBe('yes');
    expect(verdict(account().bucket('shop', principal('*', 'Deny')), { principal: root })).toBe('no');
  });
  it('a session is its role, also when the role has a path', () => {
    const builder = account().role('service/app', noTrust, { inline: { p: get } });
    expect(verdict(builder, { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/app/i-1` })).toBe('yes');
  });
});

it('answers a policy of ten thousand statements', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => allow('s3:GetObject', `arn:aws:s3:::b${n}/*`));
  const estate: Estate = account()
    .user('alice', { inline: { p: [...many, get] } })
    .build();
  expect(evaluate(estate, { principal: alice, action: 's3:GetObject', resource: object }).statements[0]?.index).toBe(
    10_000,
  );
});
