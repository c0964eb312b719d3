/** What was built by hand: prod: functions. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdWorkerGroup } from '../../target/prod/groups.js';
import { legacyProdNetwork } from '../../target/prod/network.js';
import { legacyProdWorkerFunction2 } from '../../target/prod/roles.js';
import { legacyProdWorkerFunctionCredentials } from '../../target/prod/secrets.js';
import { legacyProdLambda } from './roles.js';
import { awsLambdaLegacyProdWorker } from './watch.js';

// From 'legacy-prod-worker-function-taken-up' on the program changes what it left alone until then.
export const legacyProdWorkerFunction = new aws.lambda.Function(
  'legacy-prod-worker',
  {
    name: 'legacy-prod-worker',
    role: steps.at({
      adopt: (now) => now(legacyProdLambda).arn,
      'legacy-prod-worker-function-taken-up': (now) => now(legacyProdWorkerFunction2).arn,
    }),
    packageType: 'Zip',
    runtime: steps.at({ adopt: 'nodejs16.x', 'legacy-prod-legacy-prod-worker-nodejs24-x': 'nodejs24.x' }),
    handler: 'index.handler',
    memorySize: 512,
    timeout: 300,
    architectures: ['x86_64'],
    environment: steps.at({
      adopt: {
        variables: {
          DB_HOST: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
          DB_PASSWORD: '<redacted>',
        },
      },
      'legacy-prod-worker-function-taken-up': (now) => ({
        variables: {
          DB_HOST: 'legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com',
          CREDENTIALS_SECRET: now(legacyProdWorkerFunctionCredentials).arn,
        },
      }),
    }),
    tracingConfig: { mode: 'PassThrough' },
    ephemeralStorage: { size: 512 },
    loggingConfig: { logFormat: 'Text', logGroup: awsLambdaLegacyProdWorker.name },
    tags: { Environment: 'prod' },
    vpcConfig: steps.at({
      adopt: undefined,
      'legacy-prod-functions-inside-legacy-prod-worker': (now) => ({
        subnetIds: [now(legacyProdNetwork).subnet('app-a').id, now(legacyProdNetwork).subnet('app-c').id],
        securityGroupIds: [now(legacyProdWorkerGroup).groupId],
      }),
    }),
  },
  adopted('legacy-prod-worker', {
    ignoreChanges: steps.at({
      adopt: ['code', 'sourceCodeHash', 's3Bucket', 's3Key', 's3ObjectVersion', 'environment'],
      'legacy-prod-worker-function-taken-up': ['code', 'sourceCodeHash', 's3Bucket', 's3Key', 's3ObjectVersion'],
    }),
  }),
);
