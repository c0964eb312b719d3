/** What the journey makes: dev: what containers run, and with what. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { steps } from '../../steps.js';
import { legacyDevMysqlReaderAInstance, legacyDevRedisReplicationGroup } from './data.js';
import { legacyDevMediaCdnDistribution, legacyDevStaticAssetsCdnDistribution } from './edge.js';
import { legacyDevWebExecution, legacyDevWebTask, legacyDevWorkerExecution, legacyDevWorkerTask } from './roles.js';
import { legacyDevWebCredentials, legacyDevWorkerCredentials } from './secrets.js';

export const legacyDevWeb2 = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-old-services-gone',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-dev-web-2', {
      family: 'legacy-dev-web-2',
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
              'awslogs-group': '/ecs/legacy-dev',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'web',
            },
          },
          privileged: true,
          environment: [
            { name: 'DB_HOST', value: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
            { name: 'DB_READ_HOST_1', value: now(legacyDevMysqlReaderAInstance).address },
            { name: 'REDIS_HOST', value: now(legacyDevRedisReplicationGroup).primaryEndpointAddress },
            { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events' },
            { name: 'SESSIONS_TABLE', value: 'legacy-dev-sessions' },
            { name: 'MEDIA_BASE_URL', value: 'https://legacy-dev-media.s3.ap-northeast-2.amazonaws.com' },
            {
              name: 'STATIC_BASE_URL',
              value: 'http://legacy-dev-static-assets.s3-website.ap-northeast-2.amazonaws.com',
            },
          ],
          secrets: [
            { name: 'DB_PASSWORD', valueFrom: pulumi.interpolate`${now(legacyDevWebCredentials).arn}:DB_PASSWORD::` },
          ],
        },
      ]),
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      taskRoleArn: now(legacyDevWebTask).arn,
      skipDestroy: true,
      tags: { Environment: 'dev' },
      executionRoleArn: now(legacyDevWebExecution).arn,
    }),
);

export const legacyDevWorker2 = steps.during(
  'legacy-dev-roles-made',
  'legacy-dev-old-services-gone',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-dev-worker-2', {
      family: 'legacy-dev-worker-2',
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
              'awslogs-group': '/ecs/legacy-dev',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'worker',
            },
          },
          privileged: false,
          environment: [
            { name: 'DB_HOST', value: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
            { name: 'MEDIA_BUCKET', value: 'legacy-dev-media' },
            { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
          ],
          secrets: [
            {
              name: 'DB_PASSWORD',
              valueFrom: pulumi.interpolate`${now(legacyDevWorkerCredentials).arn}:DB_PASSWORD::`,
            },
            {
              name: 'MAIL_API_SECRET',
              valueFrom: pulumi.interpolate`${now(legacyDevWorkerCredentials).arn}:MAIL_API_SECRET::`,
            },
          ],
        },
      ]),
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      taskRoleArn: now(legacyDevWorkerTask).arn,
      skipDestroy: true,
      tags: { Environment: 'dev' },
      executionRoleArn: now(legacyDevWorkerExecution).arn,
    }),
);

export const legacyDevWebFargateTaskDefinition = steps.during(
  'legacy-dev-fargate-prepared',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-dev-web-fargate', {
      family: 'legacy-dev-web-fargate',
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
              'awslogs-group': '/ecs/legacy-dev',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'web',
            },
          },
          environment: [
            { name: 'DB_HOST', value: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
            { name: 'DB_READ_HOST_1', value: now(legacyDevMysqlReaderAInstance).address },
            { name: 'REDIS_HOST', value: now(legacyDevRedisReplicationGroup).primaryEndpointAddress },
            { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events' },
            { name: 'SESSIONS_TABLE', value: 'legacy-dev-sessions' },
            {
              name: 'MEDIA_BASE_URL',
              value: steps.from('legacy-dev-fargate-prepared', 'legacy-dev-retired-programs').at({
                'legacy-dev-fargate-prepared': 'https://legacy-dev-media.s3.ap-northeast-2.amazonaws.com',
                'legacy-dev-media-links-legacy-dev-web-fargate': (now) =>
                  pulumi.interpolate`https://${now(legacyDevMediaCdnDistribution).domainName}`,
              }),
            },
            {
              name: 'STATIC_BASE_URL',
              value: steps.from('legacy-dev-fargate-prepared', 'legacy-dev-retired-programs').at({
                'legacy-dev-fargate-prepared':
                  'http://legacy-dev-static-assets.s3-website.ap-northeast-2.amazonaws.com',
                'legacy-dev-media-links-legacy-dev-web-fargate': (now) =>
                  pulumi.interpolate`https://${now(legacyDevStaticAssetsCdnDistribution).domainName}`,
              }),
            },
          ],
          secrets: [
            { name: 'DB_PASSWORD', valueFrom: pulumi.interpolate`${now(legacyDevWebCredentials).arn}:DB_PASSWORD::` },
          ],
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
      ]),
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      taskRoleArn: now(legacyDevWebTask).arn,
      skipDestroy: true,
      tags: { Environment: 'dev' },
      executionRoleArn: now(legacyDevWebExecution).arn,
      cpu: '512',
      memory: '1024',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    }),
);

export const legacyDevWorkerFargateTaskDefinition = steps.during(
  'legacy-dev-fargate-prepared',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.ecs.TaskDefinition('legacy-dev-worker-fargate', {
      family: 'legacy-dev-worker-fargate',
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
              'awslogs-group': '/ecs/legacy-dev',
              'awslogs-region': 'ap-northeast-2',
              'awslogs-stream-prefix': 'worker',
            },
          },
          environment: [
            { name: 'DB_HOST', value: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
            { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
            { name: 'MEDIA_BUCKET', value: 'legacy-dev-media' },
            { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
          ],
          secrets: [
            {
              name: 'DB_PASSWORD',
              valueFrom: pulumi.interpolate`${now(legacyDevWorkerCredentials).arn}:DB_PASSWORD::`,
            },
            {
              name: 'MAIL_API_SECRET',
              valueFrom: pulumi.interpolate`${now(legacyDevWorkerCredentials).arn}:MAIL_API_SECRET::`,
            },
          ],
        },
      ]),
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      taskRoleArn: now(legacyDevWorkerTask).arn,
      skipDestroy: true,
      tags: { Environment: 'dev' },
      executionRoleArn: now(legacyDevWorkerExecution).arn,
      cpu: '256',
      memory: '512',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    }),
);
