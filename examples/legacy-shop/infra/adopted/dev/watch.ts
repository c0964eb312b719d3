/** What was built by hand: dev: logs, alarms and trails. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const awsLambdaLegacyDevWorker = steps.until(
  'legacy-dev-retired-rest',
  () =>
    new aws.cloudwatch.LogGroup(
      'aws-lambda-legacy-dev-worker',
      {
        name: '/aws/lambda/legacy-dev-worker',
        retentionInDays: steps.at({ adopt: 0, 'legacy-dev-safeguards-logs': 400 }),
        logGroupClass: 'STANDARD',
        skipDestroy: false,
      },
      adopted('/aws/lambda/legacy-dev-worker', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-rest',
  () =>
    new aws.cloudwatch.LogGroup(
      'ecs-legacy-dev',
      {
        name: '/ecs/legacy-dev',
        retentionInDays: steps.at({ adopt: 0, 'legacy-dev-safeguards-logs': 400 }),
        logGroupClass: 'STANDARD',
        skipDestroy: false,
      },
      adopted('/ecs/legacy-dev', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);
