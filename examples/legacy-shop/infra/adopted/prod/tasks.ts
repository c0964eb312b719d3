/** What was built by hand: prod: what containers run, and with what. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import {
  legacyProdMysqlReaderAInstance,
  legacyProdMysqlReaderCInstance,
  legacyProdRedisReplicationGroup,
} from '../../target/prod/data.js';
import { legacyProdTask } from './roles.js';

// 'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web' makes a new revision, which Pulumi calls a replacement: no protection and no import any more.
// From 'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web' on the program changes what it left alone until then.
export const legacyProdWebTaskDefinition = steps.until(
  'legacy-prod-old-definitions-gone',
  (now) =>
    new aws.ecs.TaskDefinition(
      'legacy-prod-web',
      {
        family: 'legacy-prod-web',
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
              {
                name: 'DB_PASSWORD',
                value: steps.at({
                  adopt: '<redacted>',
                  'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web': () =>
                    config.requireSecret('legacyProdWebDbPassword'),
                }),
              },
              { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
              {
                name: 'DB_READ_HOST_1',
                value: steps.from('adopt', 'legacy-prod-old-definitions-gone').at({
                  adopt: 'legacy-prod-mysql-replica-1.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
                  'legacy-prod-replicas-legacy-prod-mysql-readers-taskdefinition-legacy-prod-web': (now) =>
                    now(legacyProdMysqlReaderAInstance).address,
                }),
              },
              {
                name: 'DB_READ_HOST_2',
                value: steps.from('adopt', 'legacy-prod-old-definitions-gone').at({
                  adopt: 'legacy-prod-mysql-replica-2.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
                  'legacy-prod-replicas-legacy-prod-mysql-readers-taskdefinition-legacy-prod-web': (now) =>
                    now(legacyProdMysqlReaderCInstance).address,
                }),
              },
              {
                name: 'REDIS_HOST',
                value: steps.from('adopt', 'legacy-prod-old-definitions-gone').at({
                  adopt: 'legacy-prod-redis.abc123.0001.apn2.cache.amazonaws.com',
                  'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web': (now) =>
                    now(legacyProdRedisReplicationGroup).primaryEndpointAddress,
                }),
              },
              { name: 'AWS_ACCESS_KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE' },
              {
                name: 'AWS_SECRET_ACCESS_KEY',
                value: steps.at({
                  adopt: '<redacted>',
                  'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web': () =>
                    config.requireSecret('legacyProdWebAwsSecretAccessKey'),
                }),
              },
              { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events' },
              { name: 'SESSIONS_TABLE', value: 'legacy-prod-sessions' },
              { name: 'MEDIA_BASE_URL', value: 'https://legacy-prod-media.s3.ap-northeast-2.amazonaws.com' },
              {
                name: 'STATIC_BASE_URL',
                value: 'http://legacy-prod-static-assets.s3-website.ap-northeast-2.amazonaws.com',
              },
            ],
          },
        ]),
        networkMode: 'bridge',
        requiresCompatibilities: ['EC2'],
        taskRoleArn: now(legacyProdTask).arn,
        skipDestroy: true,
        tags: { Environment: 'prod' },
      },
      adopted(
        steps.at({
          adopt: 'arn:aws:ecs:ap-northeast-2:111122223333:task-definition/legacy-prod-web:1',
          'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web': undefined,
        }),
        {
          protect: steps.at({ adopt: true, 'legacy-prod-cache-failover-legacy-prod-redis': false }),
          ignoreChanges: steps.at({
            adopt: ['containerDefinitions'],
            'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web': [],
          }),
        },
      ),
    ),
);

export const legacyProdWorkerTaskDefinition = steps.until(
  'legacy-prod-old-definitions-gone',
  (now) =>
    new aws.ecs.TaskDefinition(
      'legacy-prod-worker',
      {
        family: 'legacy-prod-worker',
        containerDefinitions: JSON.stringify([
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
              { name: 'DB_PASSWORD', value: '<redacted>' },
              { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs' },
              { name: 'MEDIA_BUCKET', value: 'legacy-prod-media' },
              { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
              { name: 'MAIL_API_SECRET', value: '<redacted>' },
            ],
          },
        ]),
        networkMode: 'bridge',
        requiresCompatibilities: ['EC2'],
        taskRoleArn: now(legacyProdTask).arn,
        skipDestroy: true,
        tags: { Environment: 'prod' },
      },
      adopted('arn:aws:ecs:ap-northeast-2:111122223333:task-definition/legacy-prod-worker:1', {
        protect: steps.at({ adopt: true, 'legacy-prod-roles-watched': false }),
        ignoreChanges: ['containerDefinitions'],
      }),
    ),
);
