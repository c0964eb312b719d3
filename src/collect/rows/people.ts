import { each, global, MARKER, NEXT_TOKEN, type Row } from '../row.ts';

const DETAILS = 'iam:GetAccountAuthorizationDetails';
const USERS = ['iam:ListUsers', 'Users[].UserName', 'UserName'] as const;
const GROUPS = ['iam:ListGroups', 'Groups[].GroupName', 'GroupName'] as const;
const ROLES = ['iam:ListRoles', 'Roles[].RoleName', 'RoleName'] as const;

/** The policies of each user, group or role, one by one: only where the details of the whole account were refused. */
const policiesOf = (form: 'User' | 'Group' | 'Role', people: readonly [string, string, string]): readonly Row[] => [
  global(`iam:ListAttached${form}Policies`, { ...MARKER, ...each(...people), unless: DETAILS }),
  global(`iam:List${form}Policies`, { ...MARKER, ...each(...people), unless: DETAILS }),
  global(`iam:Get${form}Policy`, {
    each: [
      {
        of: `iam:List${form}Policies`,
        items: 'PolicyNames[]',
        input: { [`${form}Name`]: `<${form}Name`, PolicyName: '@' },
      },
    ],
  }),
];

export const PEOPLE: readonly Row[] = [
  global('sts:GetCallerIdentity'),
  global(DETAILS, {
    ...MARKER,
    inputs: [{ Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] }],
  }),
  global('iam:GetAccountSummary'),
  global('iam:GetAccountPasswordPolicy'),
  global('iam:ListAccountAliases', MARKER),
  global('iam:GetCredentialReport', { prepare: 'iam:GenerateCredentialReport' }),
  global('iam:ListUsers', MARKER),
  global('iam:GetUser', { ...each(...USERS), unless: 'iam:GetCredentialReport' }),
  global('iam:GetLoginProfile', each(...USERS)),
  global('iam:ListMFADevices', { ...MARKER, ...each(...USERS) }),
  global('iam:ListVirtualMFADevices', MARKER),
  global('iam:ListAccessKeys', { ...MARKER, ...each(...USERS) }),
  global('iam:GetAccessKeyLastUsed', each('iam:ListAccessKeys', 'AccessKeyMetadata[].AccessKeyId', 'AccessKeyId')),
  global('iam:ListGroups', MARKER),
  global('iam:GetGroup', { ...MARKER, ...each(...GROUPS), unless: DETAILS }),
  global('iam:ListGroupsForUser', { ...MARKER, ...each(...USERS), unless: DETAILS }),
  global('iam:ListRoles', MARKER),
  global('iam:GetRole', { ...each(...ROLES), unless: DETAILS }),
  ...policiesOf('User', USERS),
  ...policiesOf('Group', GROUPS),
  ...policiesOf('Role', ROLES),
  global('iam:ListPolicies', { ...MARKER, inputs: [{ Scope: 'Local' }] }),
  global('iam:GetPolicyVersion', {
    each: [
      {
        of: 'iam:ListPolicies',
        items: 'Policies[]',
        input: { PolicyArn: 'Arn', VersionId: 'DefaultVersionId' },
      },
    ],
    unless: DETAILS,
  }),
  global('iam:ListInstanceProfiles', MARKER),
  global('iam:ListSAMLProviders'),
  global('iam:ListOpenIDConnectProviders'),
  global('iam:ListServerCertificates', MARKER),
  global('organizations:DescribeOrganization'),
  global('organizations:ListPolicies', { ...NEXT_TOKEN, inputs: [{ Filter: 'SERVICE_CONTROL_POLICY' }] }),
  global('organizations:DescribePolicy', each('organizations:ListPolicies', 'Policies[].Id', 'PolicyId')),
  global('organizations:ListTargetsForPolicy', {
    ...NEXT_TOKEN,
    ...each('organizations:ListPolicies', 'Policies[].Id', 'PolicyId'),
  }),
];
