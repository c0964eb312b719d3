/** Roles, users and groups, as GetAccountAuthorizationDetails tells them. */
import type { Build } from './build.ts';
import { ACCOUNT, arn, roleArn } from './names.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const policy = (statements: readonly Statement[]): string =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

export interface People {
  readonly users: object[];
  readonly groups: object[];
  readonly roles: object[];
  readonly policies: object[];
}

export const nobody = (): People => ({ users: [], groups: [], roles: [], policies: [] });

/** A role for an AWS service; gives its ARN. */
export function role(people: People, name: string, service: string, statements: readonly Statement[]): string {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  people.roles.push({
    Path: '/',
    RoleName: name,
    RoleId: `AROA${name}`,
    Arn: roleArn(name),
    CreateDate: '2021-04-03T02:20:00.000Z',
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [trust] })),
    RolePolicyList: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(statements) }],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
    Tags: [],
    RoleLastUsed: { LastUsedDate: '2026-11-22T12:38:00.000Z' },
  });
  return roleArn(name);
}

const REPORT =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

/** So many people in five groups, one of them for administrators. */
export function team(build: Build, people: People, size: number): void {
  const { answers, random, mess } = build;
  const names = ['administrators', 'backend', 'frontend', 'data', 'support'];
  for (const [n, name] of names.entries()) {
    const own = arn('iam', `policy/${name}`, '');
    people.policies.push({
      PolicyName: name,
      Arn: own,
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: true,
          Document: policy([
            n === 0
              ? { Effect: 'Allow', Action: '*', Resource: '*' }
              : { Effect: 'Allow', Action: ['ecs:*', 's3:Get*', 'logs:*', 'rds:Describe*'], Resource: '*' },
          ]),
        },
      ],
    });
    people.groups.push({
      Path: '/',
      GroupName: name,
      GroupId: `AGPA${name}`,
      Arn: arn('iam', `group/${name}`, ''),
      CreateDate: '2019-03-06T05:01:30.000Z',
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: own }],
    });
  }
  const report = [REPORT];
  const since = '2020-03-06T05:04:11+00:00';
  report.push(
    `<root_account>,arn:aws:iam::${ACCOUNT}:root,${since},not_supported,no_information,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
  );
  for (let n = 0; n < size; n++) {
    const name = `person-${n}`;
    const own = arn('iam', `user/${name}`, '');
    const groups = [random.chance(mess) ? 'administrators' : (names[1 + random.below(4)] ?? 'support')];
    people.users.push({
      ...{ Path: '/', UserName: name, UserId: `AIDA${n}`, Arn: own, CreateDate: '2020-03-06T05:04:11.000Z' },
      ...{ UserPolicyList: [], GroupList: groups, AttachedManagedPolicies: [], Tags: [] },
    });
    const mfa = !random.chance(mess / 2);
    const input = { UserName: name };
    answers.answer('iam:ListMFADevices', input, {
      MFADevices: mfa ? [{ UserName: name, SerialNumber: arn('iam', `mfa/${name}`, '') }] : [],
      IsTruncated: false,
    });
    const key = random.chance(mess);
    const keys = key
      ? [{ UserName: name, AccessKeyId: `AKIAEXAMPLE${n}`, Status: 'Active', CreateDate: '2021-01-01T00:00:00.000Z' }]
      : [];
    answers.answer('iam:ListAccessKeys', input, { AccessKeyMetadata: keys, IsTruncated: false });
    answers.answer('iam:GetLoginProfile', input, {
      LoginProfile: { UserName: name, CreateDate: '2020-03-06T05:04:52.000Z' },
    });
    const used = key
      ? 'true,2021-01-01T00:00:00+00:00,2026-11-01T00:00:00+00:00,eu-west-1,s3'
      : 'false,N/A,N/A,N/A,N/A';
    report.push(
      `${name},${own},${since},true,2026-11-20T01:12:45+00:00,${since},N/A,${mfa},${used},false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
    );
  }
  answers.answer(
    'iam:GetCredentialReport',
    {},
    {
      Content: { $bytes: Buffer.from(report.join('\n')).toString('base64') },
      ReportFormat: 'text/csv',
      GeneratedTime: '2026-11-22T12:59:41.000Z',
    },
  );
}

/** The people's answers, written once all of them are known. */
export function tell({ answers }: Build, people: People): void {
  answers.answer(
    'iam:GetAccountAuthorizationDetails',
    {},
    {
      UserDetailList: people.users,
      GroupDetailList: people.groups,
      RoleDetailList: people.roles,
      Policies: people.policies,
      IsTruncated: false,
    },
  );
  answers.answer('iam:GetAccountSummary', {}, { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0 } });
  answers.refuse('iam:GetAccountPasswordPolicy', {}, 'NoSuchEntityException');
  answers.answer('iam:ListAccountAliases', {}, { AccountAliases: ['bench'] });
}
