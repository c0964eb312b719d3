/** What the journey makes: prod: what containers run, and with what. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { steps } from '../../steps.js';
import {
  legacyProdMysqlReaderAInstance,
  legacyProdMysqlReaderCInstance,
  legacyProdRedisReplicationGroup,
} from './data.js';
import { legacyProdMediaCdnDistribution, legacyProdStaticAssetsCdnDistribution } from './edge.js';
import { legacyProdWebExecution, legacyProdWebTask, legacyProdWorkerExecution, legacyProdWorkerTask } from './roles.js';
import { legacyProdWebCredentials, legacyProdWorkerCredentials } from './secrets.js';

export const legacyProdWeb2 = steps.during(
  'legacy-prod-roles-made',
  'legacy-prod-old-services-gone',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-prod-web-2', {
      family: 'legacy-prod-web-2',
      containerDefinitions: pulumi.jsonStringify([
        {
          name: 'web',
          image: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/legacy/web:latest',
          cpu: 512,
          memory: 1024,
          portMappings: [{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }],
          essential: true,
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/legacy-prod',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'web',
            },
          },
          privileged: true,
          environment: [
            { name: 'DB_HOST', value: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
            { name: 'DB_READ_HOST_1', value: now(legacyProdMysqlReaderAInstance).address },
            { name: 'DB_READ_HOST_2', value: now(legacyProdMysqlReaderCInstance).address },
            { name: 'REDIS_HOST', value: now(legacyProdRedisReplicationGroup).primaryEndpointAddress },
            { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events' },
            { name: 'SESSIONS_TABLE', value: 'legacy-prod-sessions' },
            { name: 'MEDIA_BASE_URL', value: 'https://legacy-prod-media.s3.ap-northeast-2.amazonaws.com' },
            {
              name: 'STATIC_BASE_URL',
              value: 'http://legacy-prod-static-assets.s3-website.ap-northeast-2.amazonaws.com',
            },
          ],
          secrets: [
            { name: 'DB_PASSWORD', valueFrom: pulumi.interpolate`${now(legacyProdWebCredentials).arn}:DB_PASSWORD::` },
          ],
        },
      ]),
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      taskRoleArn: now(legacyProdWebTask).arn,
      skipDestroy: true,
      tags: { Environment: 'prod' },
      executionRoleArn: now(legacyProdWebExecution).arn,
    }),
);

export const legacyProdWorker2 = steps.during(
  'legacy-prod-roles-made',
  'legacy-prod-old-services-gone',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-prod-worker-2', {
      family: 'legacy-prod-worker-2',
      containerDefinitions: pulumi.jsonStringify([
        {
          name: 'worker',
          image: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/legacy/web:latest',
          cpu: 256,
          memory: 512,
          essential: true,
          command: ['node', 'worker.js'],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/legacy-prod',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'worker',
            },
          },
          privileged: false,
          environment: [
            { name: 'DB_HOST', value: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
            { name: 'MEDIA_BUCKET', value: 'legacy-prod-media' },
            { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
          ],
          secrets: [
            {
              name: 'DB_PASSWORD',
              valueFrom: pulumi.interpolate`${now(legacyProdWorkerCredentials).arn}:DB_PASSWORD::`,
            },
            {
              name: 'MAIL_API_SECRET',
              valueFrom: pulumi.interpolate`${now(legacyProdWorkerCredentials).arn}:MAIL_API_SECRET::`,
            },
          ],
        },
      ]),
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      taskRoleArn: now(legacyProdWorkerTask).arn,
      skipDestroy: true,
      tags: { Environment: 'prod' },
      executionRoleArn: now(legacyProdWorkerExecution).arn,
    }),
);

export const legacyProdWebFargateTaskDefinition = steps.since(
  'legacy-prod-fargate-prepared',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-prod-web-fargate', {
      family: 'legacy-prod-web-fargate',
      containerDefinitions: pulumi.jsonStringify([
        {
          name: 'web',
          image: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/legacy/web:latest',
          cpu: 512,
          memory: 1024,
          essential: true,
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/legacy-prod',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'web',
            },
          },
          environment: [
            { name: 'DB_HOST', value: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
            { name: 'DB_READ_HOST_1', value: now(legacyProdMysqlReaderAInstance).address },
            { name: 'DB_READ_HOST_2', value: now(legacyProdMysqlReaderCInstance).address },
            { name: 'REDIS_HOST', value: now(legacyProdRedisReplicationGroup).primaryEndpointAddress },
            { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events' },
            { name: 'SESSIONS_TABLE', value: 'legacy-prod-sessions' },
            {
              name: 'MEDIA_BASE_URL',
              value: steps.from('legacy-prod-fargate-prepared').at({
                'legacy-prod-fargate-prepared': 'https://legacy-prod-media.s3.ap-northeast-2.amazonaws.com',
                'legacy-prod-media-links-legacy-prod-web-fargate': (now) =>
                  pulumi.interpolate`https://${now(legacyProdMediaCdnDistribution).domainName}`,
              }),
            },
            {
              name: 'STATIC_BASE_URL',
              value: steps.from('legacy-prod-fargate-prepared').at({
                'legacy-prod-fargate-prepared':
                  'http://legacy-prod-static-assets.s3-website.ap-northeast-2.amazonaws.com',
                'legacy-prod-media-links-legacy-prod-web-fargate': (now) =>
                  pulumi.interpolate`https://${now(legacyProdStaticAssetsCdnDistribution).domainName}`,
              }),
            },
          ],
          secrets: [
            { name: 'DB_PASSWORD', valueFrom: pulumi.interpolate`${now(legacyProdWebCredentials).arn}:DB_PASSWORD::` },
          ],
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
      ]),
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      taskRoleArn: now(legacyProdWebTask).arn,
      skipDestroy: true,
      tags: { Environment: 'prod' },
      executionRoleArn: now(legacyProdWebExecution).arn,
      cpu: '512',
      memory: '1024',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    }),
);

export const legacyProdWorkerFargateTaskDefinition = steps.since(
  'legacy-prod-fargate-prepared',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-prod-worker-fargate', {
      family: 'legacy-prod-worker-fargate',
      containerDefinitions: pulumi.jsonStringify([
        {
          name: 'worker',
          image: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/legacy/web:latest',
          cpu: 256,
          memory: 512,
          essential: true,
          command: ['node', 'worker.js'],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/legacy-prod',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'worker',
            },
          },
          environment: [
            { name: 'DB_HOST', value: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
            { name: 'MEDIA_BUCKET', value: 'legacy-prod-media' },
            { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
          ],
          secrets: [
            {
              name: 'DB_PASSWORD',
              valueFrom: pulumi.interpolate`${now(legacyProdWorkerCredentials).arn}:DB_PASSWORD::`,
            },
            {
              name: 'MAIL_API_SECRET',
              valueFrom: pulumi.interpolate`${now(legacyProdWorkerCredentials).arn}:MAIL_API_SECRET::`,
            },
          ],
        },
      ]),
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      taskRoleArn: now(legacyProdWorkerTask).arn,
      skipDestroy: true,
      tags: { Environment: 'prod' },
      executionRoleArn: now(legacyProdWorkerExecution).arn,
      cpu: '256',
      memory: '512',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    }),
);
