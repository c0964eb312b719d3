/** What was built by hand: dev: functions. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevWorkerGroup } from '../../target/dev/groups.js';
import { legacyDevNetwork } from '../../target/dev/network.js';
import { legacyDevWorkerFunction2 } from '../../target/dev/roles.js';
import { legacyDevWorkerFunctionCredentials } from '../../target/dev/secrets.js';
import { legacyDevLambda } from './roles.js';
import { awsLambdaLegacyDevWorker } from './watch.js';

// From 'legacy-dev-worker-function-taken-up' on the program changes what it left alone until then.
export const legacyDevWorkerFunction = steps.until(
  'legacy-dev-retired-programs',
  (now) =>
    new aws.lambda.Function(
      'legacy-dev-worker',
      {
        name: 'legacy-dev-worker',
        role: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: (now) => now(legacyDevLambda).arn,
          'legacy-dev-worker-function-taken-up': (now) => now(legacyDevWorkerFunction2).arn,
        }),
        packageType: 'Zip',
        runtime: steps.at({ adopt: 'nodejs18.x', 'legacy-dev-legacy-dev-worker-nodejs24-x': 'nodejs24.x' }),
        handler: 'index.handler',
        memorySize: 512,
        timeout: 300,
        architectures: ['x86_64'],
        environment: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: {
            variables: {
              DB_HOST: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
              DB_PASSWORD: '<redacted>',
            },
          },
          'legacy-dev-worker-function-taken-up': (now) => ({
            variables: {
              DB_HOST: 'legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
              CREDENTIALS_SECRET: now(legacyDevWorkerFunctionCredentials).arn,
            },
          }),
        }),
        tracingConfig: { mode: 'PassThrough' },
        ephemeralStorage: { size: 512 },
        loggingConfig: { logFormat: 'Text', logGroup: now(awsLambdaLegacyDevWorker).name },
        tags: { Environment: 'dev' },
        vpcConfig: steps.from('adopt', 'legacy-dev-retired-programs').at({
          adopt: undefined,
          'legacy-dev-functions-inside-legacy-dev-worker': (now) => ({
            subnetIds: [now(legacyDevNetwork).subnet('app-a').id, now(legacyDevNetwork).subnet('app-c').id],
            securityGroupIds: [now(legacyDevWorkerGroup).groupId],
          }),
        }),
      },
      adopted('legacy-dev-worker', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-doors': false }),
        ignoreChanges: steps.at({
          adopt: ['code', 'sourceCodeHash', 's3Bucket', 's3Key', 's3ObjectVersion', 'environment'],
          'legacy-dev-worker-function-taken-up': ['code', 'sourceCodeHash', 's3Bucket', 's3Key', 's3ObjectVersion'],
        }),
      }),
    ),
);
