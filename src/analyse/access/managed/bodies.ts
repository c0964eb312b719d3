// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/**
 * A dated copy of the texts of common AWS managed policies. `version` and `date` are those of the policy itself, as
 * iam:GetPolicyVersion tells them. Source of each: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
 * (one page a policy). Only what is certain stands here; a
 * policy that AWS may have added to since stands in `may-allow.ts` as well.
 */
import { actions, BILLING } from './billing.ts';

export interface Body {
  readonly version: string;
  readonly date: string;
  readonly statement: readonly object[];
}

const allow = (action: string | readonly string[], more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const PULL = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
];

/** By the part of the ARN after `policy/`. */
export const BODIES: Readonly<Record<string, Body>> = {
  AdministratorAccess: { version: 'v1', date: '2015-02-06', statement: [allow('*')] },
  AWSDenyAll: {
    version: 'v1',
    date: '2019-05-01',
    statement: [{ Sid: 'DenyAll', Effect: 'Deny', Action: ['*'], Resource: '*' }],
  },
  PowerUserAccess: {
    version: 'v12',
    date: '2026-02-12',
    statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'account:GetAccountInformation',
        'account:GetGovCloudAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ]),
    ],
  },
  IAMFullAccess: {
    version: 'v2',
    date: '2019-06-21',
    statement: [
      allow([
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListPolicies',
        'organizations:ListTargetsForPolicy',
      ]),
    ],
  },
  IAMReadOnlyAccess: {
    version: 'v4',
    date: '2018-01-25',
    statement: [
      allow([
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ]),
    ],
  },
  IAMUserChangePassword: {
    version: 'v2',
    date: '2016-11-15',
    statement: [
      { Effect: 'Allow', Action: ['iam:ChangePassword'], Resource: ['arn:aws:iam::*:user/${aws:username}'] },
      allow(['iam:GetAccountPasswordPolicy']),
    ],
  },
  AmazonS3FullAccess: { version: 'v2', date: '2021-09-27', statement: [allow(['s3:*', 's3-object-lambda:*'])] },
  AmazonS3ReadOnlyAccess: {
    version: 'v3',
    date: '2023-08-10',
    statement: [allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])],
  },
  AmazonSQSFullAccess: { version: 'v1', date: '2015-02-06', statement: [allow(['sqs:*'])] },
  AmazonSNSFullAccess: { version: 'v1', date: '2015-02-06', statement: [allow(['sns:*'])] },
  AmazonEC2FullAccess: {
    version: 'v5',
    date: '2018-11-27',
    statement: [
      allow(['ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*']),
      allow('iam:CreateServiceLinkedRole', {
        Condition: {
          StringEquals: {
            'iam:AWSServiceName': [
              'autoscaling.amazonaws.com',
              'ec2scheduled.amazonaws.com',
              'elasticloadbalancing.amazonaws.com',
              'spot.amazonaws.com',
              'spotfleet.amazonaws.com',
              'transitgateway.amazonaws.com',
            ],
          },
        },
      }),
    ],
  },
  AmazonSSMManagedInstanceCore: {
    version: 'v2',
    date: '2019-05-23',
    statement: [
      allow([
        'ssm:DescribeAssociation',
        'ssm:GetDeployablePatchSnapshotForInstance',
        'ssm:GetDocument',
        'ssm:DescribeDocument',
        'ssm:GetManifest',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:ListAssociations',
        'ssm:ListInstanceAssociations',
        'ssm:PutInventory',
        'ssm:PutComplianceItems',
        'ssm:PutConfigurePackageResult',
        'ssm:UpdateAssociationStatus',
        'ssm:UpdateInstanceAssociationStatus',
        'ssm:UpdateInstanceInformation',
      ]),
      allow([
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ]),
      allow([
        'ec2messages:AcknowledgeMessage',
        'ec2messages:DeleteMessage',
        'ec2messages:FailMessage',
        'ec2messages:GetEndpoint',
        'ec2messages:GetMessages',
        'ec2messages:SendReply',
      ]),
    ],
  },
  'service-role/AmazonEC2ContainerServiceforEC2Role': {
    version: 'v7',
    date: '2023-03-06',
    statement: [
      allow([
        'ec2:DescribeTags',
        'ecs:CreateCluster',
        'ecs:DeregisterContainerInstance',
        'ecs:DiscoverPollEndpoint',
        'ecs:Poll',
        'ecs:RegisterContainerInstance',
        'ecs:StartTelemetrySession',
        'ecs:UpdateContainerInstancesState',
        'ecs:Submit*',
        ...PULL,
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ]),
      allow('ecs:TagResource', {
        Condition: { StringEquals: { 'ecs:CreateAction': ['CreateCluster', 'RegisterContainerInstance'] } },
      }),
    ],
  },
  'service-role/AmazonECSTaskExecutionRolePolicy': {
    version: 'v1',
    date: '2017-11-16',
    statement: [allow([...PULL, 'logs:CreateLogStream', 'logs:PutLogEvents'])],
  },
  'service-role/AWSLambdaBasicExecutionRole': { version: 'v1', date: '2015-04-09', statement: [allow(LOGS)] },
  'service-role/AWSLambdaVPCAccessExecutionRole': {
    version: 'v3',
    date: '2024-01-05',
    statement: [
      allow(
        [
          ...LOGS,
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        { Sid: 'AWSLambdaVPCAccessExecutionPermissions' },
      ),
    ],
  },
  'service-role/AWSLambdaSQSQueueExecutionRole': {
    version: 'v1',
    date: '2018-06-14',
    statement: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS])],
  },
  AWSLambda_FullAccess: {
    version: 'v5',
    date: '2026-02-11',
    statement: [
      allow([
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'cloudwatch:ListMetrics',
        'cloudwatch:GetMetricData',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'kms:DescribeKey',
        'kms:ListAliases',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:ListRoles',
        'lambda:*',
        'logs:DescribeLogGroups',
        'states:DescribeStateMachine',
        'states:ListStateMachines',
        'tag:GetResources',
        'xray:GetTraceSummaries',
        'xray:BatchGetTraces',
      ]),
      allow('iam:PassRole', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
      allow(
        [
          'logs:DescribeLogStreams',
          'logs:GetLogEvents',
          'logs:FilterLogEvents',
          'logs:StartLiveTail',
          'logs:StopLiveTail',
        ],
        { Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*' },
      ),
      allow('iam:CreateServiceLinkedRole', {
        Resource: 'arn:aws:iam::*:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda',
        Condition: { StringEquals: { 'iam:AWSServiceName': 'lambda.amazonaws.com' } },
      }),
    ],
  },
  AmazonEC2ContainerRegistryPowerUser: {
    version: 'v3',
    date: '2019-12-10',
    statement: [
      allow([
        ...PULL,
        'ecr:GetRepositoryPolicy',
        'ecr:DescribeRepositories',
        'ecr:ListImages',
        'ecr:DescribeImages',
        'ecr:GetLifecyclePolicy',
        'ecr:GetLifecyclePolicyPreview',
        'ecr:ListTagsForResource',
        'ecr:DescribeImageScanFindings',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
      ]),
    ],
  },
  CloudWatchAgentServerPolicy: {
    version: 'v3',
    date: '2024-02-06',
    statement: [
      allow([
        'cloudwatch:PutMetricData',
        'ec2:DescribeVolumes',
        'ec2:DescribeTags',
        'logs:PutLogEvents',
        'logs:PutRetentionPolicy',
        'logs:DescribeLogStreams',
        'logs:DescribeLogGroups',
        'logs:CreateLogStream',
        'logs:CreateLogGroup',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:GetSamplingStatisticSummaries',
      ]),
      allow('ssm:GetParameter', { Resource: 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*' }),
    ],
  },
  'job-function/Billing': { version: 'v27', date: '2026-02-12', statement: [allow(BILLING)] },
  CloudWatchLogsReadOnlyAccess: {
    version: 'v12',
    date: '2026-02-12',
    statement: [
      allow([
        ...actions(
          'logs',
          'Describe* Get* List* StartQuery StopQuery TestMetricFilter FilterLogEvents StartLiveTail StopLiveTail',
        ),
        ...actions('cloudwatch', 'GenerateQuery GenerateQueryResultsSummary'),
        ...actions('observabilityadmin', 'ListS3TableIntegrations GetS3TableIntegration ListTelemetryPipelines'),
      ]),
    ],
  },
};
