import { describe, expect, it } from 'vitest';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { Accounts } from './accounts.ts';
import { DeployRole, type DeployRoleArgs } from './deploy-role.ts';
import { People, type PeopleArgs } from './people.ts';
import { OWN, PEOPLE_GROUPS, SECOND_FACTOR } from './policies.ts';

const args: PeopleArgs = {
  members: { anna: ['operator'], 'ben@example.com': ['developer', 'billing'], cleo: ['read-only'] },
  administrators: ['anna', 'cleo'],
};
const make = (changes: Partial<PeopleArgs> = {}) => new People('people', { ...args, ...changes });

describe('People', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => make());
    expect(list).toEqual([
      'aws:iam/accountPasswordPolicy:AccountPasswordPolicy people',
      'aws:iam/group:Group people-administrators',
      'aws:iam/group:Group people-billing',
      'aws:iam/group:Group people-developer',
      'aws:iam/group:Group people-emergency',
      'aws:iam/group:Group people-everybody',
      'aws:iam/group:Group people-operator',
      'aws:iam/group:Group people-read-only',
      'aws:iam/groupPolicy:GroupPolicy people-administrators',
      'aws:iam/groupPolicy:GroupPolicy people-developer',
      'aws:iam/groupPolicy:GroupPolicy people-emergency',
      'aws:iam/groupPolicy:GroupPolicy people-everybody',
      'aws:iam/groupPolicy:GroupPolicy people-operator',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-billing-billing',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-developer-cloudwatchlogsreadonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-developer-cloudwatchreadonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-developer-viewonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-operator-cloudwatchlogsreadonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-operator-cloudwatchreadonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-operator-viewonlyaccess',
      'aws:iam/groupPolicyAttachment:GroupPolicyAttachment people-read-only-viewonlyaccess',
      'aws:iam/role:Role people-administrator',
      'aws:iam/role:Role people-break-glass',
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment people-administrator',
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment people-break-glass',
      'aws:iam/user:User people-anna',
      'aws:iam/user:User people-ben-example-com',
      'aws:iam/user:User people-break-glass',
      'aws:iam/user:User people-cleo',
      'aws:iam/userGroupMembership:UserGroupMembership people-anna',
      'aws:iam/userGroupMembership:UserGroupMembership people-ben-example-com',
      'aws:iam/userGroupMembership:UserGroupMembership people-break-glass',
      'aws:iam/userGroupMembership:UserGroupMembership people-cleo',
    ]);
  });

  it('puts everybody under the rule of the second factor, the break-glass user too', async () => {
    const { all } = await record(() => make());
    for (const each of all('aws:iam/userGroupMembership:UserGroupMembership'))
      expect(each.inputs.groups).toContain('people-everybody');
  });

  it('lets only the named people be administrator, each with a second factor, for an hour', async () => {
    const recording = await record(() => make());
    expect(statements(recording, 'aws:iam/role:Role', 'people-administrator', 'assumeRolePolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Principal: { AWS: ['arn:aws:test:::people-anna', 'arn:aws:test:::people-cleo'] },
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
        },
      },
    ]);
    const member = (name: string) => recording.inputs('aws:iam/userGroupMembership:UserGroupMembership', name).groups;
    expect(member('people-anna')).toContain('people-administrators');
    expect(member('people-ben-example-com')).not.toContain('people-administrators');
    const attached = recording.all('aws:iam/groupPolicyAttachment:GroupPolicyAttachment');
    expect(attached.filter((each) => String(each.inputs.policyArn).includes('AdministratorAccess'))).toEqual([]);
  });

  const refused: readonly [string, Partial<PeopleArgs>, RegExp][] = [
    ['a single administrator', { administrators: ['anna'] }, /one lost phone/],
    ['an administrator who is nobody', { administrators: ['anna', 'dora'] }, /dora is not among the members/],
    ['a person as the break-glass user', { breakGlass: 'anna' }, /a name of its own/],
    ['two names that look the same', { members: { ...args.members, Anna: [] } }, /look the same/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => make(changes))).rejects.toThrow(message);
  });
});

describe('policies of people', () => {
  it('leave everything open that setting up a second factor needs, and deny all else without it', () => {
    const deny = SECOND_FACTOR.find((each) => each.Effect === 'Deny');
    expect(deny?.Condition).toEqual({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } });
    // Every action that is allowed without a factor must escape the denial, or nobody could enrol.
    const needed = SECOND_FACTOR.filter((each) => each.Effect === 'Allow' && each.Condition === undefined).flatMap(
      (each) => each.Action ?? [],
    );
    for (const action of needed) expect(deny?.NotAction).toContain(action);
    for (const action of deny?.NotAction ?? []) expect(action).toMatch(/^(iam|sts):/);
  });

  it('give no group a wildcard action, and none that reaches roles, users, policies or keys', () => {
    for (const group of PEOPLE_GROUPS) {
      for (const statement of OWN[group]) {
        for (const action of statement.Action ?? []) {
          expect(action).not.toContain('*');
          expect(action).not.toMatch(/^(iam|sts|kms|organizations):/);
        }
      }
    }
  });
});

describe('Accounts', () => {
  const two = {
    dev: { id: '111122223333', region: 'eu-west-1' },
    prod: { id: '444455556666', region: 'eu-west-1', role: 'pulumi' },
  };

  it('enters an account by a role and works in no other', async () => {
    const { list, inputs } = await record(() => {
      const accounts = new Accounts('shop', { accounts: two });
      accounts.provider('prod');
      accounts.provider('prod');
    });
    expect(list).toEqual(['pulumi:providers:aws shop-prod']);
    expect(inputs('pulumi:providers:aws', 'shop-prod')).toMatchObject({
      allowedAccountIds: JSON.stringify(['444455556666']),
      assumeRoles: JSON.stringify([{ roleArn: 'arn:aws:iam::444455556666:role/pulumi', sessionName: 'pulumi' }]),
    });
  });

  it('refuses one account under two names, an id that is none, and an account that is not there', async () => {
    await expect(record(() => new Accounts('shop', { accounts: { dev: two.dev, prod: two.dev } }))).rejects.toThrow(
      /same account/,
    );
    await expect(
      record(() => new Accounts('shop', { accounts: { dev: { id: '42', region: 'eu-west-1' } } })),
    ).rejects.toThrow(/no account id/);
    await expect(record(() => new Accounts('shop', { accounts: two }).provider('test'))).rejects.toThrow(
      /There are: dev, prod/,
    );
  });
});

describe('DeployRole', () => {
  const role = (changes: Partial<DeployRoleArgs> = {}) =>
    new DeployRole('deploy', { repository: 'example/shop', from: { environment: 'prod' }, ...changes });

  it('can be taken by that repository and environment only', async () => {
    const recording = await record(() => role());
    expect(recording.list).toEqual([
      'aws:iam/openIdConnectProvider:OpenIdConnectProvider deploy-github',
      'aws:iam/role:Role deploy',
    ]);
    expect(statements(recording, 'aws:iam/role:Role', 'deploy', 'assumeRolePolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Principal: { Federated: 'arn:aws:test:::deploy-github' },
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:example/shop:environment:prod',
          },
        },
      },
    ]);
  });

  it('names the environment that has the name of the stack, when told of none', async () => {
    const recording = await record(() => new DeployRole('deploy', { repository: 'example/shop' }), { stack: 'dev' });
    expect(statements(recording, 'aws:iam/role:Role', 'deploy', 'assumeRolePolicy')).toMatchObject([
      {
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:example/shop:environment:dev' },
        },
      },
    ]);
  });

  it.each([
    [{ repository: 'example/*' }, /no repository/],
    [{ from: { branch: 'release/*' } }, /more than one/],
    [{ from: { environment: '' } }, /more than one/],
  ])('refuses %j', async (changes, message) => {
    await expect(record(() => role(changes))).rejects.toThrow(message);
  });
});
