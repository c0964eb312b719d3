/** What the journey makes: prod: what programs may do. */
import * as aws from '@pulumi/aws';
import { ServiceRole } from 'underpin/blueprint';
import { legacyWeb } from '../../adopted/account/storage.js';
import { legacyProdSessions } from '../../adopted/prod/data.js';
import { legacyProdEventsTopic, legacyProdJobsQueue } from '../../adopted/prod/messaging.js';
import { legacyProdLambda } from '../../adopted/prod/roles.js';
import { legacyProdMediaBucket, legacyProdStaticAssetsBucket } from '../../adopted/prod/storage.js';
import { steps } from '../../steps.js';
import {
  legacyProdWebCredentials,
  legacyProdWorkerCredentials,
  legacyProdWorkerFunctionCredentials,
} from './secrets.js';

steps.during(
  'legacy-prod-functions-inside-prepared',
  'legacy-prod-old-roles-gone',
  (now) =>
    new aws.iam.RolePolicyAttachment('legacy-prod-lambda-may-make-interfaces', {
      role: now(legacyProdLambda).name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    }),
);

export const legacyProdWebExecution = steps.since(
  'legacy-prod-roles-made',
  (now) =>
    new ServiceRole('legacy-prod-web-execution', {
      description: 'What ECS needs to start web',
      service: 'ecs-tasks.amazonaws.com',
      may: [
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
          Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/legacy-prod:*'],
        },
        {
          Sid: 'Secret',
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: [now(legacyProdWebCredentials).arn],
        },
      ],
    }),
);

export const legacyProdWebTask = steps.since(
  'legacy-prod-roles-made',
  () =>
    new ServiceRole('legacy-prod-web-task', {
      description: 'What web may do',
      service: 'ecs-tasks.amazonaws.com',
      may: [
        {
          Sid: 'Confirm1',
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          Resource: [legacyProdJobsQueue.arn],
        },
        {
          Sid: 'Confirm2',
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          Resource: [legacyProdJobsQueue.arn],
        },
        { Sid: 'Confirm3', Effect: 'Allow', Action: ['sns:Publish'], Resource: [legacyProdEventsTopic.arn] },
        { Sid: 'Confirm4', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::legacy-prod-media/*'] },
        { Sid: 'Confirm5', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::legacy-prod-media/*'] },
        { Sid: 'Confirm6', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [legacyProdMediaBucket.arn] },
        {
          Sid: 'Confirm7',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::legacy-prod-static-assets/*'],
        },
        {
          Sid: 'Confirm8',
          Effect: 'Allow',
          Action: ['s3:PutObject'],
          Resource: ['arn:aws:s3:::legacy-prod-static-assets/*'],
        },
        { Sid: 'Confirm9', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [legacyProdStaticAssetsBucket.arn] },
        {
          Sid: 'Confirm10',
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
          Resource: [
            legacyProdSessions.arn,
            'arn:aws:dynamodb:ap-northeast-2:111122223333:table/legacy-prod-sessions/index/*',
          ],
        },
        {
          Sid: 'Confirm11',
          Effect: 'Allow',
          Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
          Resource: [legacyProdSessions.arn],
        },
      ],
    }),
);

export const legacyProdWorkerExecution = steps.since(
  'legacy-prod-roles-made',
  (now) =>
    new ServiceRole('legacy-prod-worker-execution', {
      description: 'What ECS needs to start worker',
      service: 'ecs-tasks.amazonaws.com',
      may: [
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
          Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/ecs/legacy-prod:*'],
        },
        {
          Sid: 'Secret',
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: [now(legacyProdWorkerCredentials).arn],
        },
      ],
    }),
);

export const legacyProdWorkerFunction2 = steps.since(
  'legacy-prod-roles-made',
  (now) =>
    new ServiceRole('legacy-prod-worker-function', {
      description: 'What legacy-prod-worker may do',
      service: 'lambda.amazonaws.com',
      may: [
        {
          Sid: 'Seen1',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/lambda/legacy-prod-worker:*'],
        },
        {
          Sid: 'Seen2',
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          Resource: [legacyProdJobsQueue.arn],
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
          Resource: [now(legacyProdWorkerFunctionCredentials).arn],
        },
      ],
    }),
);

export const legacyProdWorkerTask = steps.since(
  'legacy-prod-roles-made',
  () =>
    new ServiceRole('legacy-prod-worker-task', {
      description: 'What worker may do',
      service: 'ecs-tasks.amazonaws.com',
      may: [
        {
          Sid: 'Confirm1',
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
          Resource: [legacyProdJobsQueue.arn],
        },
        {
          Sid: 'Confirm2',
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          Resource: [legacyProdJobsQueue.arn],
        },
        { Sid: 'Confirm3', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::legacy-prod-media/*'] },
        { Sid: 'Confirm4', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::legacy-prod-media/*'] },
        { Sid: 'Confirm5', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [legacyProdMediaBucket.arn] },
      ],
    }),
);
