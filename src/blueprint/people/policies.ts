/** What people may do, as policy statements: pure data, no Pulumi. */
import { WAY_IN } from './way-in.ts';

export interface PlainStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The groups; `administrator` is not one of them, because nobody is one all day: it is a role to take. */
export type PeopleGroup = 'developer' | 'operator' | 'billing' | 'read-only';
export const PEOPLE_GROUPS: readonly PeopleGroup[] = ['billing', 'developer', 'operator', 'read-only'];

/** AWS's own policies by group: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html */
export const MANAGED: Readonly<Record<PeopleGroup, readonly string[]>> = {
  billing: ['job-function/Billing'],
  developer: ['job-function/ViewOnlyAccess', 'CloudWatchLogsReadOnlyAccess', 'CloudWatchReadOnlyAccess'],
  operator: ['job-function/ViewOnlyAccess', 'CloudWatchLogsReadOnlyAccess', 'CloudWatchReadOnlyAccess'],
  'read-only': ['job-function/ViewOnlyAccess'],
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
const OWN_USER = 'arn:aws:iam::*:user/${aws:username}';

/** What a person without a second factor may still do: set one up, and change a first password. Denied here means enrolment is impossible. */
const ENROLMENT = [
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
] as const;

/**
 * For everybody: own password, own second factor, and without the factor nothing else.
 * `BoolIfExists` also catches requests by access key, in which the condition key is absent:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
export const SECOND_FACTOR: readonly PlainStatement[] = [
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
    Resource: OWN_USER,
  },
  { Sid: 'MakeOwnFactor', Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice'], Resource: 'arn:aws:iam::*:mfa/*' },
  {
    Sid: 'TakeOwnFactorAwayWithIt',
    Effect: 'Allow',
    Action: ['iam:DeactivateMFADevice'],
    Resource: OWN_USER,
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
  {
    Sid: 'NothingElseWithoutFactor',
    Effect: 'Deny',
    NotAction: ENROLMENT,
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
];

/** Tunnels through machines that are tagged for it, and an end to one's own sessions. */
const TUNNELS: readonly PlainStatement[] = [
  {
    Sid: 'EnterTaggedMachines',
    Effect: 'Allow',
    Action: ['ssm:StartSession'],
    Resource: 'arn:aws:ec2:*:*:instance/*',
    Condition: { StringEquals: { [`ssm:resourceTag/${WAY_IN.key}`]: WAY_IN.value } },
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
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    Resource: 'arn:aws:ssm:*:*:session/${aws:username}-*',
  },
];

/** Setting right what has stopped. ECS has one action for restarting a service and for changing it; a new image still needs the pipeline's roles. */
const OPERATION: readonly PlainStatement[] = [
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
];

/** Beside AWS's own policies. */
export const OWN: Readonly<Record<PeopleGroup, readonly PlainStatement[]>> = {
  billing: [],
  developer: TUNNELS,
  operator: [...TUNNELS, ...OPERATION],
  'read-only': [],
};
