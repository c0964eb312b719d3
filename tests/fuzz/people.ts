/** An account of people and roles, with all that IAM's evaluation depends on, as an inventory. */
import { INVENTORY_FORMAT } from '../../src/inventory/format.ts';
import type { Json, Members } from '../whole.ts';

const ACCOUNT = '111122223333';
export const arn = (what: string): string => `arn:aws:iam::${ACCOUNT}:${what}`;

export const policy = (...Statement: readonly Members[]): Members => ({ Version: '2012-10-17', Statement });
export const allow = (Action: Json, Resource = '*'): Members => ({ Effect: 'Allow', Action, Resource });
export const trust = (Principal: Json): Members => policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const attached = (arns: readonly string[]): Json =>
  arns.map((PolicyArn) => ({ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn }));
const inline = (texts: readonly Members[]): Json =>
  texts.map((PolicyDocument, n) => ({ PolicyName: `own-${n}`, PolicyDocument }));
const EDGE = { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/edge') } };

export const role = (
  name: string,
  AssumeRolePolicyDocument: Members,
  own: readonly Members[],
  arns: readonly string[] = [],
  more: Members = {},
): Members => ({
  ...{ RoleName: name, Arn: arn(`role/${name}`), Path: '/', AssumeRolePolicyDocument },
  ...{ RolePolicyList: inline(own), AttachedManagedPolicies: attached(arns), ...more },
});

const user = (
  name: string,
  GroupList: readonly string[],
  own: readonly Members[] = [],
  arns: readonly string[] = [],
  more: Members = {},
): Members => ({
  ...{ UserName: name, Arn: arn(`user/${name}`), Path: '/', GroupList },
  ...{ UserPolicyList: inline(own), AttachedManagedPolicies: attached(arns), ...more },
});

const group = (name: string, own: readonly Members[], arns: readonly string[] = []): Members => ({
  ...{ GroupName: name, Arn: arn(`group/${name}`), Path: '/' },
  ...{ GroupPolicyList: inline(own), AttachedManagedPolicies: attached(arns) },
});

const managed = (Arn: string, Document: Members): Members => ({
  ...{ PolicyName: Arn.slice(Arn.lastIndexOf('/') + 1), Arn, Path: '/', DefaultVersionId: 'v2' },
  PolicyVersionList: [
    { VersionId: 'v2', IsDefaultVersion: true, Document },
    { VersionId: 'v1', IsDefaultVersion: false, Document: policy(allow('*')) },
  ],
});

const WITHOUT_DEVICE = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };

const USERS: readonly Members[] = [
  user('alice', ['administrators']),
  user('bob', ['developers'], [policy(allow('iam:PassRole'), allow('lambda:*'))]),
  user('carol', [], [], [ADMINISTRATOR], EDGE),
  user('dave', ['developers', 'devices'], [policy(allow('sts:AssumeRole', arn('role/ops')))]),
  user('eve', [], [policy(allow('iam:CreatePolicyVersion', arn('policy/own')))], [arn('policy/own')]),
  user('frank', ['devices'], [], [ADMINISTRATOR]),
  user('pipeline', [], [policy(allow('s3:PutObject', 'arn:aws:s3:::media/*'))]),
  user('gina', ['all-but-one'], [policy(allow('iam:AddUserToGroup', arn('group/administrators')))]),
];
const GROUPS: readonly Members[] = [
  group('administrators', [], [ADMINISTRATOR]),
  group('all-but-one', [policy({ Effect: 'Allow', NotAction: 'iam:DeleteUser', Resource: '*' })]),
  group('developers', [policy(allow(['ec2:*', 's3:Get*']), { ...allow('ec2:TerminateInstances'), Effect: 'Deny' })]),
  group('devices', [policy({ Effect: 'Deny', Action: '*', Resource: '*', Condition: WITHOUT_DEVICE })]),
];
const ROLES: readonly Members[] = [
  role('ops', trust({ AWS: arn('root') }), [], [ADMINISTRATOR]),
  role('web', trust({ Service: 'ec2.amazonaws.com' }), [policy(allow(['sqs:*', 's3:*']))]),
  role('job', trust({ Service: 'lambda.amazonaws.com' }), [], [ADMINISTRATOR]),
  role('partner', trust({ AWS: 'arn:aws:iam::999988887777:root' }), [policy(allow('s3:GetObjekt'))]),
  role('jump', trust({ AWS: arn('user/pipeline') }), [policy(allow('iam:AttachRolePolicy'))], [], EDGE),
  role('rewriter', trust({ AWS: arn('user/gina') }), [policy(allow('iam:UpdateAssumeRolePolicy'))]),
];

const MEMBERS = ['alice', 'carol', 'dave', 'frank'];
const KEYS = ['bob', 'eve', 'pipeline'];
const none = { error: { name: 'NoSuchEntityException', message: 'none' } };
const each = (answer: (name: string) => Members): Json =>
  USERS.map(({ UserName }) => ({ input: { UserName: String(UserName) }, ...answer(String(UserName)) }));

/** Only what the details tell, and what they do not. */
export const people = (details: Members, more: Members = {}): Members => ({
  ...{ format: INVENTORY_FORMAT, account: ACCOUNT, region: 'eu-west-1', collectedAt: '2026-11-01T00:00:00Z' },
  responses: {
    'sts:GetCallerIdentity': [{ output: { Account: ACCOUNT, Arn: arn('user/alice'), UserId: 'x' } }],
    'iam:GetAccountAuthorizationDetails': [
      { output: { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], ...details } },
    ],
    ...more,
  },
});

export const manyPeople: Members = people(
  {
    ...{ UserDetailList: USERS, GroupDetailList: GROUPS, RoleDetailList: ROLES },
    Policies: [
      managed(arn('policy/edge'), policy(allow(['s3:*', 'iam:Get*']))),
      managed(arn('policy/own'), policy(allow('s3:GetObjekt'))),
      managed(ADMINISTRATOR, policy(allow('*'))),
    ],
  },
  {
    'iam:GetLoginProfile': each((name) =>
      MEMBERS.includes(name) ? { output: { LoginProfile: { UserName: name } } } : none,
    ),
    'iam:ListMFADevices': each((name) => ({
      output: { MFADevices: name === 'frank' ? [{ UserName: name, SerialNumber: arn(`mfa/${name}`) }] : [] },
    })),
    'iam:ListAccessKeys': each((name) => ({
      output: {
        AccessKeyMetadata: KEYS.includes(name)
          ? [{ UserName: name, AccessKeyId: `AKIA${name}`, Status: 'Active', CreateDate: '2020-01-01T00:00:00Z' }]
          : [],
      },
    })),
    'iam:GetAccountPasswordPolicy': [none],
    'iam:ListInstanceProfiles': [
      {
        output: {
          InstanceProfiles: [
            { InstanceProfileName: 'web', Arn: arn('instance-profile/web'), Roles: [{ Arn: arn('role/web') }] },
          ],
        },
      },
    ],
    'ec2:DescribeInstances': [
      {
        output: {
          Reservations: [
            {
              Instances: [
                {
                  ...{ InstanceId: 'i-0web', State: { Name: 'running' } },
                  IamInstanceProfile: { Arn: arn('instance-profile/web') },
                },
              ],
            },
          ],
        },
      },
    ],
    'lambda:ListFunctions': [
      {
        output: {
          Functions: [
            {
              ...{ FunctionName: 'job', FunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:job` },
              Role: arn('role/job'),
            },
          ],
        },
      },
    ],
    'ecs:ListServices': [{ output: { serviceArns: [] } }],
  },
);
