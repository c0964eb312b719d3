/** What the journey makes: dev: what programs may do. */
import * as aws from '@pulumi/aws';
import { ServiceRole } from 'underpin/blueprint';
import { legacyWeb } from '../../adopted/account/storage.js';
import { legacyDevJobsQueue } from '../../adopted/dev/messaging.js';
import { legacyDevLambda } from '../../adopted/dev/roles.js';
import { steps } from '../../steps.js';
import { legacyDevWebCredentials, legacyDevWorkerCredentials, legacyDevWorkerFunctionCredentials } from './secrets.js';

steps.during(
  'legacy-dev-functions-inside-prepared',
  'legacy-dev-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicyAttachment('legacy-dev-lambda-may-make-interfaces', {
      role: now(legacyDevLambda).name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    }),
);

export const legacyDevWebExecution = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-rest',
  () =>
    new ServiceRole('legacy-dev-web-execution', {
      description: 'What ECS needs to start web',
      service: 'ecs-tasks.amazonaws.com',
      may: steps.from('legacy-dev-roles-made', 'legacy-dev-retired-rest').at({
        'legacy-dev-roles-made': (now) => [
          { Sid: 'Seen1', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
          {
            Sid: 'Seen2',
            Effect: 'Allow',
            Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
            Resource: [legacyWeb.arn],
          },
          {
            Sid: 'Seen3',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/legacy-dev:*'],
          },
          {
            Sid: 'Secret',
            Effect: 'Allow',
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [now(legacyDevWebCredentials).arn],
          },
        ],
        'legacy-dev-retired-data': undefined,
      }),
    }),
);

export const legacyDevWebTask = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-rest',
  () =>
    new ServiceRole('legacy-dev-web-task', {
      description: 'What web may do',
      service: 'ecs-tasks.amazonaws.com',
      may: [
        {
          Sid: 'Confirm1',
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          Resource: ['arn:aws:sqs:ap-northeast-2:111122223333:legacy-dev-jobs'],
        },
        {
          Sid: 'Confirm2',
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          Resource: ['arn:aws:sqs:ap-northeast-2:111122223333:legacy-dev-jobs'],
        },
        {
          Sid: 'Confirm3',
          Effect: 'Allow',
          Action: ['sns:Publish'],
          Resource: ['arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events'],
        },
        { Sid: 'Confirm4', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::legacy-dev-media/*'] },
        { Sid: 'Confirm5', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::legacy-dev-media/*'] },
        { Sid: 'Confirm6', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::legacy-dev-media'] },
        {
          Sid: 'Confirm7',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::legacy-dev-static-assets/*'],
        },
        {
          Sid: 'Confirm8',
          Effect: 'Allow',
          Action: ['s3:PutObject'],
          Resource: ['arn:aws:s3:::legacy-dev-static-assets/*'],
        },
        {
          Sid: 'Confirm9',
          Effect: 'Allow',
          Action: ['s3:ListBucket'],
          Resource: ['arn:aws:s3:::legacy-dev-static-assets'],
        },
        {
          Sid: 'Confirm10',
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
          Resource: [
            'arn:aws:dynamodb:ap-northeast-2:111122223333:table/legacy-dev-sessions',
            'arn:aws:dynamodb:ap-northeast-2:111122223333:table/legacy-dev-sessions/index/*',
          ],
        },
        {
          Sid: 'Confirm11',
          Effect: 'Allow',
          Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
          Resource: ['arn:aws:dynamodb:ap-northeast-2:111122223333:table/legacy-dev-sessions'],
        },
      ],
    }),
);

export const legacyDevWorkerExecution = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-rest',
  () =>
    new ServiceRole('legacy-dev-worker-execution', {
      description: 'What ECS needs to start worker',
      service: 'ecs-tasks.amazonaws.com',
      may: steps.from('legacy-dev-roles-made', 'legacy-dev-retired-rest').at({
        'legacy-dev-roles-made': (now) => [
          { Sid: 'Seen1', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
          {
            Sid: 'Seen2',
            Effect: 'Allow',
            Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
            Resource: [legacyWeb.arn],
          },
          {
            Sid: 'Seen3',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/legacy-dev:*'],
          },
          {
            Sid: 'Secret',
            Effect: 'Allow',
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [now(legacyDevWorkerCredentials).arn],
          },
        ],
        'legacy-dev-retired-data': undefined,
      }),
    }),
);

export const legacyDevWorkerFunction2 = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-rest',
  () =>
    new ServiceRole('legacy-dev-worker-function', {
      description: 'What legacy-dev-worker may do',
      service: 'lambda.amazonaws.com',
      may: steps.from('legacy-dev-roles-made', 'legacy-dev-retired-rest').at({
        'legacy-dev-roles-made': (now) => [
          {
            Sid: 'Seen1',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/lambda/legacy-dev-worker:*'],
          },
          {
            Sid: 'Seen2',
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            Resource: [now(legacyDevJobsQueue).arn],
          },
          {
            Sid: 'Seen3',
            Effect: 'Allow',
            Action: [
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
              'ec2:DeleteNetworkInterface',
              'ec2:AssignPrivateIpAddresses',
              'ec2:UnassignPrivateIpAddresses',
            ],
            Resource: ['*'],
          },
          {
            Sid: 'Secret',
            Effect: 'Allow',
            Action: ['secretsmanager:GetSecretValue'],
            Resource: [now(legacyDevWorkerFunctionCredentials).arn],
          },
        ],
        'legacy-dev-retired-data': undefined,
      }),
    }),
);

export const legacyDevWorkerTask = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-retired-rest',
  () =>
    new ServiceRole('legacy-dev-worker-task', {
      description: 'What worker may do',
      service: 'ecs-tasks.amazonaws.com',
      may: [
        {
          Sid: 'Confirm1',
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          Resource: ['arn:aws:sqs:ap-northeast-2:111122223333:legacy-dev-jobs'],
        },
        {
          Sid: 'Confirm2',
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          Resource: ['arn:aws:sqs:ap-northeast-2:111122223333:legacy-dev-jobs'],
        },
        { Sid: 'Confirm3', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::legacy-dev-media/*'] },
        { Sid: 'Confirm4', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::legacy-dev-media/*'] },
        { Sid: 'Confirm5', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::legacy-dev-media'] },
      ],
    }),
);
