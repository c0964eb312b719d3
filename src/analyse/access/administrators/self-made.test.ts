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
  roleArn,
  trusting,
  userArn,
} from '../testing/account.ts';
import { administrators } from './administrators.ts';

const of = (builder: AccountBuilder, arn = userArn('mallory')) => {
  const found = administrators(builder.build()).find((entry) => entry.principal.id === arn);
  if (!found) throw new Error(`${arn} is not there`);
  return found;
};
const mallory = (...statements: object[]) => account().user('mallory', { inline: { own: statements } });
const by = (builder: AccountBuilder, arn?: string) => {
  const { verdict, chain } = of(builder, arn);
  return verdict === 'yes' ? chain.map((link) => link.by) : verdict;
};
const ADMIN = { attached: [awsPolicy('AdministratorAccess')] };
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

describe('somebody new', () => {
  it('a role that lets its maker in', () => {
    const made = (...more: string[]) => mallory(allow(['iam:CreateRole', ...more]));
    expect(by(made('iam:AttachRolePolicy', 'sts:AssumeRole'))).toEqual(['make-role']);
    // a trust that names the maker is enough in one account
    expect(by(made('iam:PutRolePolicy'))).toEqual(['make-role']);
    expect(by(made())).toBe('no');
    expect(by(made('iam:DetachRolePolicy', 'sts:AssumeRole'))).toBe('no');
    expect(by(mallory(allow(['iam:CreateRole', 'iam:PutRolePolicy']), deny('sts:*')))).toBe('no');
    const apart = [allow('iam:CreateRole', roleArn('a-*')), allow('iam:PutRolePolicy', roleArn('b-*'))];
    expect(by(mallory(...apart))).toBe('no');
    const same = [allow('iam:CreateRole', roleArn('a-*')), allow('iam:PutRolePolicy', roleArn('a-*'))];
    expect(by(mallory(...same))).toEqual(['make-role']);
  });
  it('but not one that has to have a boundary, nor under a policy of the organization that denies it', () => {
    const bound = { Condition: { StringEquals: { 'iam:PermissionsBoundary': policyArn('limit') } } };
    expect(by(mallory(allow('iam:CreateRole', '*', bound), allow('iam:PutRolePolicy')))).toBe('no');
    const free = (...more: string[]) =>
      by(mallory(allow('iam:CreateRole', '*', bound), allow(['iam:PutRolePolicy', ...more])));
    expect(free('iam:DeleteRolePermissionsBoundary')).toEqual(['make-role']);
    expect(free('iam:DeleteUserPermissionsBoundary')).toBe('no');
    const under = mallory(allow(['iam:CreateRole', 'iam:PutRolePolicy'])).controlPolicy(
      'p',
      [allow('*'), deny('iam:AttachUserPolicy')],
      [ACCOUNT],
    );
    expect(by(under)).not.toEqual(['make-role']);
  });
  it('a user whose credentials its maker takes', () => {
    const bots = userArn('bots/*');
    const made = (...actions: string[]) => mallory(allow(actions, bots));
    expect(by(made('iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'))).toEqual(['make-user']);
    expect(by(made('iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateLoginProfile'))).toEqual(['make-user']);
    expect(by(made('iam:CreateUser', 'iam:PutUserPolicy'))).toBe('no');
    expect(by(made('iam:CreateUser', 'iam:CreateAccessKey'))).toBe('no');
    const joined = (group: string) =>
      mallory(allow(['iam:CreateUser', 'iam:CreateAccessKey'], bots), allow('iam:AddUserToGroup', groupArn(group)));
    expect(of(joined('ops').group('ops', ADMIN).group('team')).verdict).toBe('yes');
    expect(of(joined('team').group('ops', ADMIN).group('team')).verdict).toBe('no');
  });
  it('permission sets: unknown unless the account is known to be in no organization', () => {
    const actions = allow(['sso:PutInlinePolicyToPermissionSet', 'sso:ProvisionPermissionSet']);
    const within = (organization: string | null | undefined) => {
      const builder = mallory(actions);
      builder.resources.splice(0, 1);
      return of(builder.account({ organization }));
    };
    expect(within('o-example')).toMatchObject({
      verdict: 'unknown',
      missing: [{ operation: 'sso-admin:ListInstances' }],
    });
    expect(within(undefined).verdict).toBe('unknown');
    expect(within(null).verdict).toBe('no');
  });
});

describe('what limits, taken off', () => {
  it('a Deny in a policy that one may rewrite or detach oneself', () => {
    const denied = mallory(allow('*'), deny('iam:CreateUser'));
    expect(of(denied)).toMatchObject({ verdict: 'yes', way: 'escalation' });
    expect(of(denied).chain[0]?.says).toContain('after taking off the policy “own”');
    const attached = (...forbidden: string[]) =>
      account()
        .user('mallory', { inline: { own: allow('*') }, attached: [policyArn('limits')] })
        .policy(
          policyArn('limits'),
          deny(['iam:Attach*', 'iam:PutUser*', 'iam:CreateUser', 'iam:*Version', ...forbidden]),
        );
    expect(by(attached('iam:PutRole*'))).toEqual(['take-off-limits']);
    expect(by(attached('iam:*'))).toBe('no');
  });
  it('not by one who may only detach other policies, or would lose the power with it', () => {
    const two = (detachable: string) =>
      account()
        .user('mallory', {
          inline: { own: [allow('*'), allow('iam:DetachUserPolicy')] },
          attached: [policyArn('limits')],
        })
        .policy(policyArn('limits'), {
          Effect: 'Deny',
          NotAction: ['iam:DetachUserPolicy', 's3:*'],
          Resource: '*',
          Condition: { ArnNotEquals: { 'iam:PolicyARN': detachable } },
        });
    expect(of(two(policyArn('limits'))).verdict).toBe('yes');
    const lost = account()
      .user('mallory', { attached: [policyArn('own')] })
      .policy(policyArn('own'), [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: ['iam:DetachUserPolicy', 's3:*'],
          Resource: '*',
        },
      ]);
    expect(of(lost).verdict).toBe('no');
  });
  it('a Deny of a group that one may leave', () => {
    const member = (...statements: object[]) =>
      account()
        .user('mallory', { inline: { own: allow('*') }, groups: ['limited'] })
        .group('limited', { inline: { p: statements } });
    expect(by(member({ Effect: 'Deny', NotAction: ['iam:RemoveUserFromGroup'], Resource: '*' }))).toEqual([
      'take-off-limits',
    ]);
    expect(by(member(deny('iam:*')))).toBe('no');
  });
});

describe('power that asks for a tag', () => {
  const tagged = allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/admin': 'true' } } });
  it('is had by who may tag itself', () => {
    expect(of(mallory(tagged, allow('iam:TagUser')))).toMatchObject({ verdict: 'yes', conditions: [] });
    expect(by(mallory(tagged, allow('iam:TagUser')))).toEqual(['tag-itself']);
    expect(by(mallory(tagged))).toBe('no');
    expect(by(mallory(tagged, allow('iam:TagUser', userArn('bob'))))).toBe('no');
  });
  it('is had by who may bring the tag into the session of a role', () => {
    const trust = (...actions: string[]) => ({ ...trusting(root), Action: actions });
    const by = (mine: string[], trusted: string[]) =>
      of(mallory(allow(mine, roleArn('tagged'))).role('tagged', trust(...trusted), { inline: { p: tagged } })).verdict;
    expect(by(['sts:AssumeRole', 'sts:TagSession'], ['sts:AssumeRole', 'sts:TagSession'])).toBe('yes');
    expect(by(['sts:AssumeRole'], ['sts:AssumeRole', 'sts:TagSession'])).toBe('no');
    expect(by(['sts:AssumeRole', 'sts:TagSession'], ['sts:AssumeRole'])).toBe('no');
  });
});
