import { call, type Kind, plain, tags } from '../kind.ts';

const DETAILS = 'iam:GetAccountAuthorizationDetails';
/** The emulator's rule for passwords is AWS's. */
const PASSWORD = 'Correct-Horse-Battery-1';

/** A role that AWS makes for one of its services. */
const SERVICE_ROLE = /^\/aws-service-role\/(.*)\/$/;

export const PEOPLE: readonly Kind[] = [
  {
    of: ['iam:ListAccountAliases', 'AccountAliases[]'],
    calls: ({ value }) => [call('iam:CreateAccountAlias', { AccountAlias: value })],
  },
  {
    of: [DETAILS, 'Policies[]'],
    calls: (policy) =>
      policy.text('Arn').startsWith('arn:aws:iam::aws:')
        ? []
        : policy.each("PolicyVersionList[?IsDefaultVersion=='true']").map((version) =>
            call('iam:CreatePolicy', {
              ...policy.only('PolicyName', 'Path'),
              PolicyDocument: plain(version.text('Document')),
            }),
          ),
  },
  {
    of: [DETAILS, 'GroupDetailList[]'],
    calls: (group) => [
      call('iam:CreateGroup', group.only('GroupName', 'Path')),
      ...group
        .each('AttachedManagedPolicies[]')
        .map((one) => call('iam:AttachGroupPolicy', { ...group.only('GroupName'), ...one.only('PolicyArn') })),
    ],
  },
  {
    of: [DETAILS, 'UserDetailList[]'],
    calls: (user) => [
      call('iam:CreateUser', { ...user.only('UserName', 'Path'), ...tags(user) }),
      ...user
        .all('GroupList[]')
        .map((GroupName) => call('iam:AddUserToGroup', { ...user.only('UserName'), GroupName })),
    ],
  },
  {
    of: ['iam:GetLoginProfile', 'LoginProfile'],
    calls: (login) => [call('iam:CreateLoginProfile', { ...login.only('UserName'), Password: PASSWORD })],
  },
  {
    of: ['iam:ListAccessKeys', 'AccessKeyMetadata[]'],
    calls: (key) => [
      call('iam:CreateAccessKey', key.only('UserName'), { 'AccessKey.AccessKeyId': key.text('AccessKeyId') }),
    ],
  },
  {
    of: [DETAILS, 'RoleDetailList[]'],
    calls: (role) => {
      const [, AWSServiceName] = SERVICE_ROLE.exec(role.text('Path')) ?? [];
      const RoleName = role.text('RoleName');
      if (AWSServiceName !== undefined)
        return [call('iam:CreateServiceLinkedRole', { AWSServiceName }, { 'Role.RoleName': RoleName })];
      const AssumeRolePolicyDocument = plain(role.text('AssumeRolePolicyDocument'));
      return [
        call('iam:CreateRole', { ...role.only('RoleName', 'Path'), ...tags(role), AssumeRolePolicyDocument }),
        ...role
          .each('AttachedManagedPolicies[]')
          .map((one) => call('iam:AttachRolePolicy', { RoleName, ...one.only('PolicyArn') })),
        ...role.each('RolePolicyList[]').map((one) =>
          call('iam:PutRolePolicy', {
            RoleName,
            ...one.only('PolicyName'),
            PolicyDocument: plain(one.text('PolicyDocument')),
          }),
        ),
      ];
    },
  },
  {
    of: ['iam:ListInstanceProfiles', 'InstanceProfiles[]'],
    calls: (profile) => [
      call('iam:CreateInstanceProfile', profile.only('InstanceProfileName', 'Path')),
      ...profile
        .each('Roles[]')
        .map((role) =>
          call('iam:AddRoleToInstanceProfile', { ...profile.only('InstanceProfileName'), ...role.only('RoleName') }),
        ),
    ],
  },
];
