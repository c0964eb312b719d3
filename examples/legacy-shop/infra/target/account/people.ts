/** What the journey makes: people, their groups and what they may. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { aliceUser, bobUser } from '../../adopted/account/people.js';
import { steps } from '../../steps.js';

export const github = steps.since(
  'account-machine-keys-pipeline',
  () =>
    new aws.iam.OpenIdConnectProvider('github', {
      url: 'https://token.actions.githubusercontent.com',
      clientIdLists: ['sts.amazonaws.com'],
      tags: { Name: 'github', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'account-people-passwords',
  () =>
    new aws.iam.AccountPasswordPolicy('password-policy', {
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
    }),
);

const peopleAdministratorsGroup = steps.since(
  'account-people-made',
  () => new aws.iam.Group('people-administrators', { name: 'people-administrators' }),
);

const peopleEmergencyGroup = steps.since(
  'account-people-made',
  () => new aws.iam.Group('people-emergency', { name: 'people-emergency' }),
);

const peopleEverybodyGroup = steps.since(
  'account-people-made',
  () => new aws.iam.Group('people-everybody', { name: 'people-everybody' }),
);

const peopleOperatorGroup = steps.since(
  'account-people-made',
  () => new aws.iam.Group('people-operator', { name: 'people-operator' }),
);

const peopleSecondFactorGroup = steps.since(
  'account-people-made',
  () => new aws.iam.Group('people-second-factor', { name: 'people-second-factor' }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicyAttachment('people-operator-CloudWatchLogsReadOnlyAccess', {
      group: now(peopleOperatorGroup).id,
      policyArn: 'arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess',
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicyAttachment('people-operator-CloudWatchReadOnlyAccess', {
      group: now(peopleOperatorGroup).id,
      policyArn: 'arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess',
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicyAttachment('people-operator-ViewOnlyAccess', {
      group: now(peopleOperatorGroup).id,
      policyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
    }),
);

export const peopleAdministrator = steps.since(
  'account-people-made',
  () =>
    new aws.iam.Role('people-administrator', {
      name: 'people-administrator',
      assumeRolePolicy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sts:AssumeRole'],
            Principal: { AWS: [aliceUser.arn, bobUser.arn] },
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
            },
          },
        ],
      }),
      maxSessionDuration: 3600,
      tags: { Name: 'people-administrator', ManagedBy: 'underpin' },
    }),
);

const breakGlassUser = steps.since(
  'account-people-made',
  () => new aws.iam.User('break-glass', { name: 'break-glass', tags: { Name: 'break-glass', ManagedBy: 'underpin' } }),
);

export const peopleBreakGlass = steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.Role('people-break-glass', {
      name: 'people-break-glass',
      assumeRolePolicy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sts:AssumeRole'],
            Principal: { AWS: [now(breakGlassUser).arn] },
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
            },
          },
        ],
      }),
      maxSessionDuration: 3600,
      tags: { Name: 'people-break-glass', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.UserGroupMembership('break-glass', {
      user: now(breakGlassUser).id,
      groups: [now(peopleEverybodyGroup).id, now(peopleSecondFactorGroup).id, now(peopleEmergencyGroup).id],
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicy('people-administrators', {
      group: now(peopleAdministratorsGroup).id,
      name: 'people-administrators',
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: now(peopleAdministrator).arn }],
      }),
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicy('people-emergency', {
      group: now(peopleEmergencyGroup).id,
      name: 'people-emergency',
      policy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: now(peopleBreakGlass).arn }],
      }),
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicy('people-everybody', {
      group: now(peopleEverybodyGroup).id,
      name: 'people-everybody',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SeeWhatEnrolmentNeeds',
            Effect: 'Allow',
            Action: ['iam:ListVirtualMFADevices', 'iam:GetAccountPasswordPolicy', 'iam:GetAccountSummary'],
            Resource: '*',
          },
          {
            Sid: 'OwnPasswordAndFactor',
            Effect: 'Allow',
            Action: [
              'iam:ChangePassword',
              'iam:GetUser',
              'iam:ListMFADevices',
              'iam:GetMFADevice',
              'iam:EnableMFADevice',
              'iam:ResyncMFADevice',
            ],
            Resource: 'arn:aws:iam::*:user/${aws:username}',
          },
          {
            Sid: 'MakeOwnFactor',
            Effect: 'Allow',
            Action: ['iam:CreateVirtualMFADevice'],
            Resource: 'arn:aws:iam::*:mfa/*',
          },
          {
            Sid: 'TakeOwnFactorAwayWithIt',
            Effect: 'Allow',
            Action: ['iam:DeactivateMFADevice'],
            Resource: 'arn:aws:iam::*:user/${aws:username}',
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        ],
      }),
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicy('people-operator', {
      group: now(peopleOperatorGroup).id,
      name: 'people-operator',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'EnterTaggedMachines',
            Effect: 'Allow',
            Action: ['ssm:StartSession'],
            Resource: 'arn:aws:ec2:*:*:instance/*',
            Condition: { StringEquals: { 'ssm:resourceTag/way-in': 'people' } },
          },
          {
            Sid: 'OnlyAsTunnel',
            Effect: 'Allow',
            Action: ['ssm:StartSession'],
            Resource: 'arn:aws:ssm:*::document/AWS-StartPortForwardingSessionToRemoteHost',
          },
          {
            Sid: 'EndOwnSessions',
            Effect: 'Allow',
            Action: ['ssm:TerminateSession', 'ssm:ResumeSession'],
            Resource: 'arn:aws:ssm:*:*:session/${aws:username}-*',
          },
          {
            Sid: 'RestartServices',
            Effect: 'Allow',
            Action: ['ecs:UpdateService', 'ecs:StopTask'],
            Resource: ['arn:aws:ecs:*:*:service/*', 'arn:aws:ecs:*:*:task/*'],
          },
          {
            Sid: 'FailOverData',
            Effect: 'Allow',
            Action: [
              'rds:RebootDBInstance',
              'rds:FailoverDBCluster',
              'rds:CreateDBSnapshot',
              'rds:CreateDBClusterSnapshot',
              'elasticache:TestFailover',
            ],
            Resource: ['arn:aws:rds:*:*:*', 'arn:aws:elasticache:*:*:*'],
          },
          {
            Sid: 'ReturnFailedJobs',
            Effect: 'Allow',
            Action: [
              'sqs:StartMessageMoveTask',
              'sqs:CancelMessageMoveTask',
              'sqs:ListMessageMoveTasks',
              'sqs:ReceiveMessage',
              'sqs:DeleteMessage',
              'sqs:SendMessage',
            ],
            Resource: 'arn:aws:sqs:*:*:*',
          },
          {
            Sid: 'QuietAlarms',
            Effect: 'Allow',
            Action: ['cloudwatch:SetAlarmState', 'cloudwatch:DisableAlarmActions', 'cloudwatch:EnableAlarmActions'],
            Resource: 'arn:aws:cloudwatch:*:*:alarm:*',
          },
          {
            Sid: 'CommandLineByTheBrowser',
            Effect: 'Allow',
            Action: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
            Resource: '*',
          },
        ],
      }),
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.GroupPolicy('people-second-factor', {
      group: now(peopleSecondFactorGroup).id,
      name: 'people-second-factor',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'NothingElseWithoutFactor',
            Effect: 'Deny',
            NotAction: [
              'iam:CreateVirtualMFADevice',
              'iam:EnableMFADevice',
              'iam:ResyncMFADevice',
              'iam:ListMFADevices',
              'iam:ListVirtualMFADevices',
              'iam:GetMFADevice',
              'iam:GetUser',
              'iam:GetAccountPasswordPolicy',
              'iam:GetAccountSummary',
              'iam:ChangePassword',
              'sts:GetSessionToken',
            ],
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
          },
        ],
      }),
    }),
);

steps.since(
  'account-people-joined',
  (now) =>
    new aws.iam.UserGroupMembership('alice-people', {
      user: aliceUser.id,
      groups: [now(peopleEverybodyGroup).id, now(peopleOperatorGroup).id, now(peopleAdministratorsGroup).id],
    }),
);

steps.since(
  'account-people-joined',
  (now) =>
    new aws.iam.UserGroupMembership('bob-people', {
      user: bobUser.id,
      groups: [now(peopleEverybodyGroup).id, now(peopleOperatorGroup).id, now(peopleAdministratorsGroup).id],
    }),
);

steps.since(
  'account-people-second-factor-tried',
  (now) =>
    new aws.iam.UserGroupMembership('alice-second-factor', {
      user: aliceUser.id,
      groups: [now(peopleSecondFactorGroup).id],
    }),
);

steps.since(
  'account-people-second-factor',
  (now) =>
    new aws.iam.UserGroupMembership('bob-second-factor', {
      user: bobUser.id,
      groups: [now(peopleSecondFactorGroup).id],
    }),
);
