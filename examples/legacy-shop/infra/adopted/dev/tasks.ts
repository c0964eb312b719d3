/** What was built by hand: dev: what containers run, and with what. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import { legacyDevMysqlReaderAInstance, legacyDevRedisReplicationGroup } from '../../target/dev/data.js';
import { legacyDevTask } from './roles.js';

// 'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web' makes a new revision, which Pulumi calls a replacement: no protection and no import any more.
// From 'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web' on the program changes what it left alone until then.
export const legacyDevWebTaskDefinition = steps.until(
  'legacy-dev-old-definitions-gone',
  (now) =>
    new aws.ecs.TaskDefinition(
      'legacy-dev-web',
      {
        family: 'legacy-dev-web',
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
              {
                name: 'DB_PASSWORD',
                value: steps.at({
                  adopt: '<redacted>',
                  'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web': () =>
                    config.requireSecret('legacyDevWebDbPassword'),
                }),
              },
              { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
              {
                name: 'DB_READ_HOST_1',
                value: steps.from('adopt', 'legacy-dev-old-definitions-gone').at({
                  adopt: 'legacy-dev-mysql-replica-1.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
                  'legacy-dev-replicas-legacy-dev-mysql-readers-taskdefinition-legacy-dev-web': (now) =>
                    now(legacyDevMysqlReaderAInstance).address,
                }),
              },
              {
                name: 'REDIS_HOST',
                value: steps.from('adopt', 'legacy-dev-old-definitions-gone').at({
                  adopt: 'legacy-dev-redis.abc123.0001.apn2.cache.amazonaws.com',
                  'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web': (now) =>
                    now(legacyDevRedisReplicationGroup).primaryEndpointAddress,
                }),
              },
              { name: 'AWS_ACCESS_KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE' },
              {
                name: 'AWS_SECRET_ACCESS_KEY',
                value: steps.at({
                  adopt: '<redacted>',
                  'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web': () =>
                    config.requireSecret('legacyDevWebAwsSecretAccessKey'),
                }),
              },
              { name: 'TOPIC_ARN', value: 'arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events' },
              { name: 'SESSIONS_TABLE', value: 'legacy-dev-sessions' },
              { name: 'MEDIA_BASE_URL', value: 'https://legacy-dev-media.s3.ap-northeast-2.amazonaws.com' },
              {
                name: 'STATIC_BASE_URL',
                value: 'http://legacy-dev-static-assets.s3-website.ap-northeast-2.amazonaws.com',
              },
            ],
          },
        ]),
        networkMode: 'bridge',
        requiresCompatibilities: ['EC2'],
        taskRoleArn: now(legacyDevTask).arn,
        skipDestroy: true,
        tags: { Environment: 'dev' },
      },
      adopted(
        steps.at({
          adopt: 'arn:aws:ecs:ap-northeast-2:111122223333:task-definition/legacy-dev-web:1',
          'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web': undefined,
        }),
        {
          protect: steps.at({ adopt: true, 'legacy-dev-cache-failover-legacy-dev-redis': false }),
          ignoreChanges: steps.at({
            adopt: ['containerDefinitions'],
            'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web': [],
          }),
        },
      ),
    ),
);

export const legacyDevWorkerTaskDefinition = steps.until(
  'legacy-dev-old-definitions-gone',
  (now) =>
    new aws.ecs.TaskDefinition(
      'legacy-dev-worker',
      {
        family: 'legacy-dev-worker',
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
                'awslogs-group': '/ecs/legacy-dev',
                'awslogs-region': 'ap-northeast-2',
                'awslogs-stream-prefix': 'worker',
              },
            },
            privileged: false,
            environment: [
              { name: 'DB_HOST', value: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com' },
              { name: 'DB_PASSWORD', value: '<redacted>' },
              { name: 'QUEUE_URL', value: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs' },
              { name: 'MEDIA_BUCKET', value: 'legacy-dev-media' },
              { name: 'MAIL_API_URL', value: 'https://mail.example.com/v1/send' },
              { name: 'MAIL_API_SECRET', value: '<redacted>' },
            ],
          },
        ]),
        networkMode: 'bridge',
        requiresCompatibilities: ['EC2'],
        taskRoleArn: now(legacyDevTask).arn,
        skipDestroy: true,
        tags: { Environment: 'dev' },
      },
      adopted('arn:aws:ecs:ap-northeast-2:111122223333:task-definition/legacy-dev-worker:1', {
        protect: steps.at({ adopt: true, 'legacy-dev-roles-watched': false }),
        ignoreChanges: ['containerDefinitions'],
      }),
    ),
);
