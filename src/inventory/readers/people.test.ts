import { describe, expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../testing.ts';
import { reader as accessKeys } from './access-keys.ts';
import { reader as groups } from './groups.ts';
import { reader as instanceProfiles } from './instance-profiles.ts';
import { reader as mfaDevices } from './mfa-devices.ts';
import { reader as policies } from './policies.ts';
import { reader as roles } from './roles.ts';
import { reader as users } from './users.ts';

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const iam = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const document = { Version: '2012-10-17', Statement: [] };
const encoded = encodeURIComponent(JSON.stringify(document));
const ids = (refs: readonly { readonly id: string }[] | null | undefined) => refs?.map((ref) => ref.id);

const details = {
  UserDetailList: [
    {
      UserName: 'ana',
      Arn: iam('user/team/ana'),
      CreateDate: '2020-01-01T00:00:00Z',
      GroupList: ['admins'],
      AttachedManagedPolicies: [],
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encoded }],
    },
    { UserName: 'ben', Arn: iam('user/ben'), GroupList: [], AttachedManagedPolicies: [{ PolicyName: 'Admin' }] },
  ],
  GroupDetailList: [
    {
      GroupName: 'admins',
      Arn: iam('group/x/admins'),
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMIN }],
    },
    { GroupName: 'empty', Arn: iam('group/empty') },
  ],
  RoleDetailList: [
    {
      RoleName: 'task',
      Arn: iam('role/task'),
      Path: '/',
      AssumeRolePolicyDocument: document,
      RolePolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: iam('policy/p') }],
      RoleLastUsed: {},
      PermissionsBoundary: { PermissionsBoundaryArn: iam('policy/edge') },
      InstanceProfileList: [{ Arn: iam('instance-profile/task'), Roles: [{ Arn: iam('role/task') }] }],
    },
  ],
  Policies: [
    {
      PolicyName: 'p',
      Arn: iam('policy/p'),
      DefaultVersionId: 'v2',
      PolicyVersionList: [
        { VersionId: 'v1', IsDefaultVersion: false, Document: '{"old":1}' },
        { VersionId: 'v2', IsDefaultVersion: true, Document: document },
      ],
    },
  ],
};
const answered = () => answersOf({ 'iam:GetAccountAuthorizationDetails': details });

describe('GetAccountAuthorizationDetails', () => {
  it('gives users by ARN with groups, policies and decoded documents', () => {
    const [ana, ben] = users.read(answered());
    expect(ana).toMatchObject({
      kind: 'user',
      id: iam('user/team/ana'),
      name: 'ana',
      region: 'global',
      attachedPolicies: [],
      inlinePolicies: [{ name: 'own', document: JSON.stringify(document) }],
      boundary: null,
      created: '2020-01-01T00:00:00.000Z',
      groups: [{ id: iam('group/x/admins'), field: 'GroupList/0' }],
    });
    expect(ben).toMatchObject({ groups: [], inlinePolicies: undefined });
  });

  it('does not know the attached policies as a whole when one of them cannot be read', () => {
    expect(users.read(answered())[1]).toMatchObject({ attachedPolicies: undefined });
  });

  it('finds the members of a group from the groups of every user', () => {
    const [admins, empty] = groups.read(answered());
    expect(admins?.kind === 'group' && ids(admins.members)).toEqual([iam('user/team/ana')]);
    expect(empty).toMatchObject({ members: [], attachedPolicies: undefined });
  });

  it('does not know the members when the answer goes on elsewhere, or was asked without the users', () => {
    const members = (request: object) =>
      groups
        .read(answersOf({ 'iam:GetAccountAuthorizationDetails': [request] }))
        .map((one) => one.kind === 'group' && one.members);
    expect(members({ output: { ...details, IsTruncated: true, Marker: 'm' } })).toEqual([undefined, undefined]);
    expect(members({ input: { Filter: ['Group'] }, output: { ...details, UserDetailList: [] } })).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('gives roles with trust, boundary and last use, and instance profiles', () => {
    expect(roles.read(answered())).toMatchObject([
      {
        id: iam('role/task'),
        trust: JSON.stringify(document),
        inlinePolicies: [],
        boundary: { id: iam('policy/edge') },
        lastUsed: null,
      },
    ]);
    expect(instanceProfiles.read(answered())).toMatchObject([
      { id: iam('instance-profile/task'), roles: [{ id: iam('role/task') }] },
    ]);
  });

  it('takes the default version of a policy, and keeps an attached policy of AWS without its text', () => {
    expect(policies.read(answered())).toMatchObject([
      { id: iam('policy/p'), awsManaged: false, document: JSON.stringify(document) },
      { id: ADMIN, name: 'AdministratorAccess', awsManaged: true, document: undefined },
    ]);
  });
});

describe('the single operations, where the details are missing', () => {
  const single = () =>
    answersOf({
      'iam:ListUsers': { Users: [{ UserName: 'ana', Arn: iam('user/ana') }], IsTruncated: false },
      'iam:GetUser': [{ input: { UserName: 'ana' }, output: { User: { UserName: 'ana', Arn: iam('user/ana') } } }],
      'iam:ListGroupsForUser': [
        { input: { UserName: 'ana' }, output: { Groups: [{ GroupName: 'g', Arn: iam('group/g') }] } },
      ],
      'iam:ListAttachedUserPolicies': [
        { input: { UserName: 'ana' }, output: { AttachedPolicies: [{ PolicyName: 'A', PolicyArn: ADMIN }] } },
      ],
      'iam:ListUserPolicies': [{ input: { UserName: 'ana' }, output: { PolicyNames: ['own', 'unread'] } }],
      'iam:GetUserPolicy': [
        { input: { UserName: 'ana', PolicyName: 'own' }, output: { PolicyName: 'own', PolicyDocument: encoded } },
      ],
      'iam:ListPolicies': { Policies: [{ PolicyName: 'p', Arn: iam('policy/p'), DefaultVersionId: 'v3' }] },
      'iam:GetPolicyVersion': [
        {
          input: { PolicyArn: iam('policy/p'), VersionId: 'v3' },
          output: { PolicyVersion: { VersionId: 'v3', Document: encoded } },
        },
      ],
    });

  it('tell the same', () => {
    const [ana] = users.read(single());
    expect(ana).toMatchObject({
      groups: [{ id: iam('group/g') }],
      attachedPolicies: [{ id: ADMIN }],
      inlinePolicies: [
        { name: 'own', document: JSON.stringify(document) },
        { name: 'unread', document: undefined },
      ],
      boundary: null,
      passwordLastUsed: null,
    });
    expect(groups.read(single())).toMatchObject([{ id: iam('group/g'), members: [{ id: iam('user/ana') }] }]);
    expect(policies.read(single())).toMatchObject([
      { id: iam('policy/p'), document: JSON.stringify(document) },
      { id: ADMIN, awsManaged: true },
    ]);
  });

  it('leave unknown what was not asked', () => {
    expect(users.read(answersOf({ 'iam:ListUsers': { Users: [{ UserName: 'ana' }] } }))).toMatchObject([
      {
        id: iam('user/ana'),
        groups: undefined,
        attachedPolicies: undefined,
        inlinePolicies: undefined,
        boundary: undefined,
        consoleAccess: undefined,
        passwordLastUsed: undefined,
        mfaDevices: undefined,
        mfa: undefined,
        accessKeys: undefined,
      },
    ]);
  });
});

describe('credentials', () => {
  const Users = [{ UserName: 'ana', Arn: iam('user/ana') }];
  const report = (password: string, mfa: boolean, key: boolean) => ({
    Content: [
      'user,arn,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active',
      `ana,${iam('user/ana')},${password},N/A,${mfa},${key},2019-01-01T00:00:00+00:00,false`,
    ].join('\n'),
  });

  it('a missing login profile is no console access; a refused one is not known', () => {
    const access = (name: string) =>
      users.read(
        answersOf({
          'iam:ListUsers': { Users },
          'iam:GetLoginProfile': [{ input: { UserName: 'ana' }, error: { name } }],
        }),
      );
    expect(access('NoSuchEntity')).toMatchObject([{ consoleAccess: false }]);
    expect(access('AccessDenied')).toMatchObject([{ consoleAccess: undefined }]);
  });

  it('the credential report tells of users that nothing else lists, and of keys without their id', () => {
    const answers = () => answersOf({ 'iam:GetCredentialReport': report('true', false, true) });
    expect(users.read(answers())).toMatchObject([
      { id: iam('user/ana'), consoleAccess: true, mfa: false, mfaDevices: undefined, accessKeys: undefined },
    ]);
    expect(accessKeys.read(answers())).toMatchObject([
      { id: `${iam('user/ana')}/access-key-1`, active: true, created: '2019-01-01T00:00:00.000Z' },
    ]);
  });

  it('listed keys replace the reported ones', () => {
    const answers = answersOf({
      'iam:ListUsers': { Users },
      'iam:GetCredentialReport': report('true', false, true),
      'iam:ListAccessKeys': [
        {
          input: { UserName: 'ana' },
          output: {
            AccessKeyMetadata: [
              { UserName: 'ana', AccessKeyId: 'AKIAEXAMPLE', Status: 'Active', CreateDate: '2019-01-01T00:00:00Z' },
            ],
          },
        },
      ],
      'iam:GetAccessKeyLastUsed': [
        { input: { AccessKeyId: 'AKIAEXAMPLE' }, output: { AccessKeyLastUsed: { ServiceName: 'N/A' } } },
      ],
    });
    expect(accessKeys.read(answers)).toMatchObject([
      { id: 'AKIAEXAMPLE', user: { id: iam('user/ana') }, active: true, lastUsed: null, lastUsedService: null },
    ]);
  });

  it('MFA: devices before the report, and no device listing is no "none"', () => {
    const device = { UserName: 'ana', SerialNumber: iam('mfa/phone') };
    const mfa = (operations: Parameters<typeof answersOf>[0]) =>
      users.read(answersOf({ 'iam:ListUsers': { Users }, ...operations }));
    const devices = (MFADevices: readonly object[]) => [{ input: { UserName: 'ana' }, output: { MFADevices } }];
    expect(mfa({ 'iam:ListMFADevices': devices([]) })).toMatchObject([{ mfa: false, mfaDevices: [] }]);
    expect(mfa({ 'iam:ListMFADevices': devices([device]) })).toMatchObject([
      { mfa: true, mfaDevices: [{ id: iam('mfa/phone') }] },
    ]);
    expect(mfa({ 'iam:GetCredentialReport': report('true', true, false) })).toMatchObject([
      { mfa: true, mfaDevices: undefined },
    ]);
    expect(mfa({ 'iam:ListVirtualMFADevices': { VirtualMFADevices: [] } })).toMatchObject([{ mfa: undefined }]);
    const virtual = { VirtualMFADevices: [{ SerialNumber: iam('mfa/phone'), User: { UserName: 'ana' } }] };
    expect(mfa({ 'iam:ListVirtualMFADevices': virtual })).toMatchObject([{ mfa: true }]);
    expect(mfaDevices.read(answersOf({ 'iam:ListVirtualMFADevices': virtual }))).toMatchObject([
      { id: iam('mfa/phone'), user: { id: iam('user/ana') } },
    ]);
  });
});
