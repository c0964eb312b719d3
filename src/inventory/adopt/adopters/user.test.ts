import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter as group } from './group.ts';
import { adopter as policies } from './holder-policies.ts';
import { adopter } from './user.ts';

const arn = (what: string): string => `arn:aws:iam::${ACCOUNT}:${what}`;
const ANNA = {
  Path: '/people/',
  UserName: 'anna',
  Arn: arn('user/people/anna'),
  GroupList: ['operators', 'auditors'],
  AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/IAMUserChangePassword' }],
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D' }],
  PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/edge') },
  Tags: [{ Key: 'team', Value: 'shop' }],
};
const groupOf = (name: string) => ({
  Path: '/',
  GroupName: name,
  Arn: arn(`group/${name}`),
  AttachedManagedPolicies: [],
  GroupPolicyList: [],
});
const details = (user: object) =>
  answersOf({
    'iam:GetAccountAuthorizationDetails': {
      UserDetailList: [user],
      GroupDetailList: [groupOf('operators'), groupOf('auditors')],
      RoleDetailList: [],
      Policies: [],
      IsTruncated: false,
    },
    'iam:ListAccessKeys': [{ input: { UserName: 'anna' }, output: { AccessKeyMetadata: [{ AccessKeyId: 'AKIA' }] } }],
    'iam:GetLoginProfile': [{ input: { UserName: 'anna' }, output: { LoginProfile: { UserName: 'anna' } } }],
  });

it('writes a user with the boundary and the path, one membership, and each policy by itself; no key and no password', () => {
  const answers = details(ANNA);
  const found = [...adopter.adopt(answers), ...policies.adopt(answers)];
  expect(found.map((one) => one.state === 'adopted' && [one.type, one.importId, one.inputs])).toEqual([
    [
      'aws:iam/user:User',
      'anna',
      { name: 'anna', path: '/people/', permissionsBoundary: arn('policy/edge'), tags: { team: 'shop' } },
    ],
    [
      'aws:iam/userGroupMembership:UserGroupMembership',
      'anna/auditors/operators',
      { user: 'anna', groups: ['auditors', 'operators'] },
    ],
    [
      'aws:iam/userPolicyAttachment:UserPolicyAttachment',
      'anna/arn:aws:iam::aws:policy/IAMUserChangePassword',
      { user: 'anna', policyArn: 'arn:aws:iam::aws:policy/IAMUserChangePassword' },
    ],
    ['aws:iam/userPolicy:UserPolicy', 'anna:own', { user: 'anna', name: 'own', policy: '{"Statement":[]}' }],
  ]);
});

it('refuses a user whose policies were not all read, and with it the policies and the groups', () => {
  const { UserPolicyList: _, ...part } = ANNA;
  const answers = details(part);
  expect(adopter.adopt(answers)).toEqual([
    {
      state: 'unadopted',
      type: 'aws:iam/user:User',
      of: { kind: 'user', id: ANNA.Arn },
      because: expect.stringContaining('iam:ListUserPolicies'),
    },
  ]);
  expect(policies.adopt(answers)).toEqual([]);
  expect(group.adopt(answers).map((one) => one.state === 'unadopted' && one.because)).toEqual([
    `its member ${ANNA.Arn} is not adopted`,
    `its member ${ANNA.Arn} is not adopted`,
  ]);
});

it('leaves tags that were not read to whoever wrote them', () => {
  const { Tags: _, ...part } = ANNA;
  const [user] = adopter.adopt(details(part));
  expect(user?.state === 'adopted' && user.ignoreChanges).toContain('tags');
  expect(user?.state === 'adopted' && user.inputs.tags).toBeUndefined();
});

it('refuses what a CloudFormation stack manages', () => {
  const [user] = adopter.adopt(details({ ...ANNA, Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'people' }] }));
  expect(user).toMatchObject({ state: 'unadopted', because: 'the CloudFormation stack people manages it' });
});
