import { describe, expect, it } from 'vitest';
import { lockout, withoutPolicies } from './lockout.ts';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  groupArn,
  REGION,
  ref,
  roleArn,
  trusting,
  userArn,
} from './testing/account.ts';

const ADMIN = awsPolicy('AdministratorAccess');
const key = [ref<'accessKey'>('AKIAEXAMPLE1')];
const enrol = { Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'], Resource: '*' };
const unless = (...spared: string[]) => ({
  Effect: 'Deny',
  NotAction: spared.length > 0 ? spared : 'none:Such',
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
});
const person = { consoleAccess: true, passwordLastUsed: '2026-05-30T00:00:00.000Z' };

describe('after a change', () => {
  it('somebody must still be an administrator', () => {
    const before = account()
      .user('alice', { ...person, attached: [ADMIN] })
      .user('bob', { ...person, groups: ['ops'] })
      .group('ops', { attached: [ADMIN] })
      .build();
    const one = withoutPolicies(before, [{ holder: userArn('alice'), policy: ADMIN }]);
    expect(lockout(before, one)).toMatchObject({ somebody: { answer: 'yes' }, noLonger: [userArn('alice')] });
    const none = withoutPolicies(before, [
      { holder: userArn('alice'), policy: ADMIN },
      { holder: groupArn('ops'), policy: ADMIN },
    ]);
    expect(lockout(before, none).somebody).toMatchObject({ answer: 'no', blockers: [{ code: 'no-administrator' }] });
  });
  it('a user on paper, or one that needs a device it does not have, is nobody', () => {
    const build = (input: object, policies: object[] = [allow('*')]) =>
      account()
        .user('alice', { inline: { p: policies }, ...input })
        .build();
    const somebody = (estate: ReturnType<typeof build>) => lockout(estate, estate).somebody.answer;
    expect(somebody(build({ consoleAccess: false, accessKeys: [] }))).toBe('no');
    expect(somebody(build(person))).toBe('yes');
    expect(somebody(build({ ...person, mfa: false }, [allow('*'), unless()]))).toBe('no');
    expect(somebody(build({ ...person, mfa: true }, [allow('*'), unless()]))).toBe('yes');
    expect(somebody(build(person, [allow('*'), unless()]))).toBe('unknown');
  });
  it('a role that only services may take saves nobody; one that people may take is not known to', () => {
    const build = (principal: object) =>
      account()
        .role('power', trusting(principal), { attached: [ADMIN] })
        .build();
    const service = build({ Service: 'ec2.amazonaws.com' });
    expect(lockout(service, service).somebody.answer).toBe('no');
    const outside = build({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/sso` });
    expect(lockout(outside, outside).somebody.answer).toBe('unknown');
  });
  it('a service that loses what it is seen to use is told, with what it was allowed by', () => {
    const queue = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
    const build = (policy: object): AccountBuilder =>
      account()
        .queue('jobs', null)
        .role('app', trusting({ Service: 'lambda.amazonaws.com' }), { inline: { p: policy } })
        .lambda('mail', 'app')
        .eventSource(queue, 'mail');
    const before = build(allow(['sqs:*', 'logs:*'])).build();
    const after = build(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'logs:*'])).build();
    expect(lockout(before, after).losses).toMatchObject([
      {
        principal: roleArn('app'),
        action: 'sqs:GetQueueAttributes',
        resource: queue,
        certain: true,
        before: { verdict: 'yes' },
        after: { verdict: 'no' },
      },
    ]);
    expect(lockout(before, before).losses).toEqual([]);
  });
  it('an access key that a second factor stops is told', () => {
    const build = (...more: object[]) =>
      account()
        .user('bot', { accessKeys: key, inline: { p: [allow('s3:*'), ...more] } })
        .key('AKIAEXAMPLE1', 'bot', { lastUsed: '2026-05-30T00:00:00.000Z', lastUsedService: 's3' })
        .build();
    expect(lockout(build(), build(unless())).losses).toMatchObject([
      { principal: userArn('bot'), certain: true, because: 'the key AKIAEXAMPLE1 was last used for s3' },
    ]);
    const narrowed = account()
      .user('bot', { accessKeys: key, inline: { p: allow('s3:GetObject', 'arn:aws:s3:::shop/*') } })
      .key('AKIAEXAMPLE1', 'bot', { lastUsed: '2026-05-30T00:00:00.000Z', lastUsedService: 's3' })
      .build();
    expect(lockout(build(), narrowed).losses).toMatchObject([{ certain: false }]);
  });
  it('people without a device are shut out unless they may register one without it', () => {
    const build = (...policies: object[]) =>
      account()
        .user('alice', { ...person, mfa: false, inline: { p: [allow('ec2:*'), enrol, ...policies] } })
        .build();
    expect(lockout(build(), build(unless())).shutOut.map(({ user }) => user.name)).toEqual(['alice']);
    expect(lockout(build(), build(unless('iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'))).shutOut).toEqual([]);
  });
});
