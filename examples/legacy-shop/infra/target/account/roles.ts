/** What the journey makes: what programs may do. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { ServiceRole } from 'underpin/blueprint';
import { steps } from '../../steps.js';
import { github, peopleAdministrator, peopleBreakGlass } from './people.js';

export const flowLogs = steps.since(
  'account-evidence-flow-logs',
  () =>
    new ServiceRole('flow-logs', {
      name: 'vpc-flow-logs',
      trust: [
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRole'],
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
      may: [
        {
          Sid: 'WriteFlowLogs',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          Resource: 'arn:aws:logs:*:111122223333:log-group:/vpc/*',
        },
      ],
      policyName: 'write',
    }),
);

const pipelineDeployRole = steps.since(
  'account-machine-keys-pipeline',
  (now) =>
    new aws.iam.Role('pipeline-deploy', {
      name: 'pipeline-deploy',
      assumeRolePolicy: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sts:AssumeRoleWithWebIdentity'],
            Principal: { Federated: now(github).arn },
            Condition: {
              StringEquals: {
                'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                'token.actions.githubusercontent.com:sub': 'repo:example/legacy-shop:environment:production',
              },
            },
          },
        ],
      }),
      maxSessionDuration: 3600,
      tags: { Name: 'pipeline-deploy', ManagedBy: 'underpin' },
    }),
);

steps.since(
  'account-machine-keys-pipeline',
  (now) =>
    new aws.iam.RolePolicy('pipeline-deploy', {
      role: now(pipelineDeployRole).id,
      name: 'deploy',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'SignInToTheRegistry', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
          {
            Sid: 'PushImages',
            Effect: 'Allow',
            Action: [
              'ecr:BatchCheckLayerAvailability',
              'ecr:BatchGetImage',
              'ecr:CompleteLayerUpload',
              'ecr:GetDownloadUrlForLayer',
              'ecr:InitiateLayerUpload',
              'ecr:PutImage',
              'ecr:UploadLayerPart',
            ],
            Resource: ['arn:aws:ecr:ap-northeast-2:111122223333:repository/legacy/web'],
          },
          {
            Sid: 'NewRevisions',
            Effect: 'Allow',
            Action: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'],
            Resource: '*',
          },
          {
            Sid: 'StartThem',
            Effect: 'Allow',
            Action: ['ecs:UpdateService', 'ecs:DescribeServices'],
            Resource: [
              'arn:aws:ecs:ap-northeast-2:111122223333:service/legacy-dev/legacy-dev-web-fargate',
              'arn:aws:ecs:ap-northeast-2:111122223333:service/legacy-dev/legacy-dev-worker-fargate',
              'arn:aws:ecs:ap-northeast-2:111122223333:service/legacy-prod/legacy-prod-web-fargate',
              'arn:aws:ecs:ap-northeast-2:111122223333:service/legacy-prod/legacy-prod-worker-fargate',
            ],
          },
          {
            Sid: 'HandOverTheirRoles',
            Effect: 'Allow',
            Action: ['iam:PassRole'],
            Resource: [
              'arn:aws:iam::111122223333:role/legacy-dev-web-execution',
              'arn:aws:iam::111122223333:role/legacy-dev-web-task',
              'arn:aws:iam::111122223333:role/legacy-dev-worker-execution',
              'arn:aws:iam::111122223333:role/legacy-dev-worker-task',
              'arn:aws:iam::111122223333:role/legacy-prod-web-execution',
              'arn:aws:iam::111122223333:role/legacy-prod-web-task',
              'arn:aws:iam::111122223333:role/legacy-prod-worker-execution',
              'arn:aws:iam::111122223333:role/legacy-prod-worker-task',
            ],
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          },
          {
            Sid: 'NewCode',
            Effect: 'Allow',
            Action: ['lambda:UpdateFunctionCode', 'lambda:GetFunction'],
            Resource: [
              'arn:aws:lambda:ap-northeast-2:111122223333:function:legacy-dev-worker',
              'arn:aws:lambda:ap-northeast-2:111122223333:function:legacy-prod-worker',
            ],
          },
          { Sid: 'SayWhoIAm', Effect: 'Allow', Action: ['sts:GetCallerIdentity'], Resource: '*' },
        ],
      }),
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.RolePolicyAttachment('people-administrator-AdministratorAccess', {
      role: now(peopleAdministrator).id,
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
);

steps.since(
  'account-people-made',
  (now) =>
    new aws.iam.RolePolicyAttachment('people-break-glass-AdministratorAccess', {
      role: now(peopleBreakGlass).id,
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
);
