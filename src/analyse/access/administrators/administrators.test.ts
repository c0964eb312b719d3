// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type AccountBuilder,
  account,
  allow,
  awsPolicy,
  deny,
  groupArn,
  policyArn,
  REGION,
  roleArn,
  trusting,
  userArn,
} from '../testing/account.ts';
import { administrators } from './administrators.ts';

const ADMIN = { attached: [awsPolicy('AdministratorAccess')] };
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const of = (builder: AccountBuilder, arn = userArn('mallory')) => {
  const found = administrators(builder.build()).find((entry) => entry.principal.id === arn);
  if (!found) throw new Error(`${arn} is not there`);
  return found;
};
const mallory = (...statements: object[]) => account().user('mallory', { inline: { p: statements } });
const steps = (builder: AccountBuilder, arn?: string) => of(builder, arn).chain.map((link) => link.by);
const on = (resource: string, ...actions: string[]) => allow(actions, resource);

describe('administrators by their own policies', () => {
  it('with everything allowed, directly or by group', () => {
    expect(of(account().user('mallory', ADMIN))).toMatchObject({
      verdict: 'yes',
      way: 'direct',
      chain: [],
      statements: [{ policy: awsPolicy('AdministratorAccess'), index: 0 }],
    });
    expect(
      of(
        account()
          .user('mallory', { groups: ['ops'] })
          .group('ops', ADMIN),
      ),
    ).toMatchObject({ verdict: 'yes', way: 'group', statements: [{ holder: groupArn('ops') }] });
    expect(of(account().role('ops', trusting(root), ADMIN), roleArn('ops'))).toMatchObject({
      verdict: 'yes',
      way: 'direct',
    });
  });
  it('with a NotAction that leaves IAM in', () => {
    expect(of(mallory({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }))).toMatchObject({
      verdict: 'yes',
      way: 'notAction',
    });
  });
  it('but not a power user, nor one whose IAM is denied, nor one within a boundary', () => {
    expect(of(account().user('mallory', { attached: [awsPolicy('PowerUserAccess')] })).verdict).toBe('no');
    expect(of(mallory(allow('*'), deny('iam:*'))).verdict).toBe('no');
    expect(
      of(
        account()
          .user('mallory', { ...ADMIN, boundary: policyArn('limit') })
          .policy(policyArn('limit'), allow('s3:*')),
      ).verdict,
    ).toBe('no');
    expect(of(mallory(allow('s3:*'))).verdict).toBe('no');
  });
  it('with a condition: told as "yes, if"', () => {
    const body = allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    expect(of(mallory(body))).toMatchObject({
      verdict: 'yes',
      way: 'direct',
      conditions: [{ says: 'aws:MultiFactorAuthPresent is true' }],
    });
  });
  it('unknown when a text is missing', () => {
    const unread = account().user('mallory', { attached: [policyArn('x')] });
    expect(of(unread)).toMatchObject({ verdict: 'unknown', missing: [{ operation: 'iam:GetPolicyVersion' }] });
  });
});

const everyRole = `arn:aws:iam::${ACCOUNT}:role/*`;
const adminRole = (builder: AccountBuilder, service: string) =>
  builder.role('power', trusting({ Service: service }), ADMIN);
const _withFunction = (builder: AccountBuilder) => adminRole(builder, 'lambda.amazonaws.com').lambda('web', 'power');
const _withInstance = (builder: AccountBuilder) =>
  adminRole(builder, 'ec2.amazonaws.com').instanceProfile('power', ['power']).instance('i-1', 'power');
const _instanceArn = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-1`;
const _pass = (service: string) =>
  allow('iam:PassRole', everyRole, { Condition: { StringEquals: { 'iam:PassedToService': service } } });
const _task = (builder: AccountBuilder, executeCommand: boolean) =>
  builder.service('web', { taskRole: 'power', executeCommand });

describe('chains', () => {
  it('going back to an older policy version is unknown: its text was not read', () => {
    const build = (target: string) =>
      account()
        .user('mallory', { attached: [policyArn('own')] })
        .policy(policyArn('own'), on(target, 'iam:SetDefaultPolicyVersion'));
    expect(of(build('*'))).toMatchObject({ verdict: 'unknown', missing: [{ operation: 'iam:ListPolicyVersions' }] });
    expect(of(build(policyArn('other'))).verdict).toBe('no');
  });
  it('over several steps, by the shortest chain', () => {
    const chain = mallory(on(roleArn('one'), 'sts:AssumeRole'))
      .role('one', trusting(root), { inline: { p: on(roleArn('two'), 'sts:AssumeRole') } })
      .role('two', trusting({ AWS: roleArn('one') }), { inline: { p: on('*', 'iam:PutRolePolicy') } });
    expect(steps(chain)).toEqual(['assume-role', 'assume-role', 'put-role-policy']);
    expect(of(chain).chain.map((link) => link.to)).toEqual([roleArn('one'), roleArn('two'), roleArn('two')]);
    expect(steps(chain.role('three', trusting({ AWS: userArn('mallory') }), ADMIN))).toEqual(['assume-role']);
  });
  it('by making somebody else powerful and taking their place', () => {
    expect(steps(mallory(on('*', 'iam:PutRolePolicy')).role('app', trusting({ AWS: userArn('mallory') })))).toEqual([
      'put-role-policy',
      'assume-role',
    ]);
    expect(
      of(mallory(on('*', 'iam:PutRolePolicy')).role('app', trusting({ Service: 'ec2.amazonaws.com' }))).verdict,
    ).toBe('no');
  });
  it('a boundary stops it, unless it can be taken off', () => {
    const bounded = (...more: string[]) =>
      account()
        .user('mallory', { inline: { p: on('*', 'iam:PutUserPolicy', ...more) }, boundary: policyArn('limit') })
        .policy(policyArn('limit'), allow(['iam:PutUserPolicy', ...more]));
    expect(of(bounded()).verdict).toBe('no');
    expect(of(bounded('iam:DeleteUserPermissionsBoundary')).chain[0]?.says).toContain(
      'after taking off its permissions boundary',
    );
  });
  it('a user whose power needs a device is not taken over by a new key', () => {
    const body = { inline: { p: allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) } };
    expect(of(mallory(on('*', 'iam:CreateAccessKey')).user('boss', body)).verdict).toBe('no');
  });
  it('conditions on the way are told', () => {
    const found = of(
      mallory(on('*', 'sts:AssumeRole')).role(
        'power',
        trusting(root, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
        ADMIN,
      ),
    );
    expect(found).toMatchObject({ verdict: 'yes', conditions: [{ says: 'aws:MultiFactorAuthPresent is true' }] });
  });
  it('what is not known on the way makes it unknown', () => {
    const unread = adminRole(mallory(on('*', 'ssm:StartSession')), 'ec2.amazonaws.com')
      .instanceProfile('power', ['power'])
      .instance('i-1', 'power', { managedBySsm: undefined });
    expect(of(unread)).toMatchObject({
      verdict: 'unknown',
      missing: [{ operation: 'ssm:DescribeInstanceInformation' }],
    });
    const target = mallory(on('*', 'sts:AssumeRole')).role('power', trusting(root), { attached: [policyArn('x')] });
    expect(of(target).verdict).toBe('unknown');
  });
  it('what was not listed makes it unknown, but only where it could matter', () => {
    const without = (builder: AccountBuilder, ...operations: string[]) => {
      builder.coverage = { entries: builder.coverage.entries.filter((entry) => !operations.includes(entry.operation)) };
      return of(builder);
    };
    const iam = 'iam:GetAccountAuthorizationDetails';
    expect(without(mallory(on('*', 'sts:AssumeRole')), iam)).toMatchObject({
      verdict: 'unknown',
      missing: [{ operation: iam }],
    });
    expect(without(mallory(on('*', 's3:*')), iam).verdict).toBe('unknown');
    const coder = () => mallory(on('*', 'lambda:UpdateFunctionCode'));
    expect(without(adminRole(coder(), 'lambda.amazonaws.com'), 'lambda:ListFunctions')).toMatchObject({
      verdict: 'unknown',
      missing: [{ operation: 'lambda:ListFunctions' }],
    });
    expect(without(adminRole(coder(), 'ec2.amazonaws.com'), 'lambda:ListFunctions').verdict).toBe('no');
    expect(of(adminRole(coder(), 'lambda.amazonaws.com')).verdict).toBe('no');
  });
  it('service-linked roles are nobody to take over', () => {
    const linked = 'aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS';
    expect(
      of(mallory(on('*', 'iam:UpdateAssumeRolePolicy')).role(linked, trusting({ Service: 'ecs.amazonaws.com' }), ADMIN))
        .verdict,
    ).toBe('no');
  });
  it('a thousand principals are judged', () => {
    const builder = account();
    for (let n = 0; n < 500; n++) {
      builder.user(`u${n}`, {
        inline: { p: [on('*', 's3:*', 'ec2:Describe*'), on(roleArn(`r${n}`), 'sts:AssumeRole')] },
      });
      builder.role(`r${n}`, trusting(root), {
        inline: { p: n % 2 === 0 ? on('*', 'sqs:*') : on('*', 'iam:PutRolePolicy') },
      });
    }
    const verdicts = administrators(builder.build()).map((entry) => entry.verdict);
    expect(verdicts.filter((verdict) => verdict === 'yes')).toHaveLength(500);
  });
});
