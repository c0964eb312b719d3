/** What was built by hand: prod: logs, alarms and trails. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const awsLambdaLegacyProdWorker = new aws.cloudwatch.LogGroup(
  'aws-lambda-legacy-prod-worker',
  {
    name: '/aws/lambda/legacy-prod-worker',
    retentionInDays: steps.at({ adopt: 0, 'legacy-prod-safeguards-logs': 400 }),
    logGroupClass: 'STANDARD',
    skipDestroy: false,
  },
  adopted('/aws/lambda/legacy-prod-worker', { ignoreChanges: ['tags', 'tagsAll'] }),
);

new aws.cloudwatch.LogGroup(
  'ecs-legacy-prod',
  {
    name: '/ecs/legacy-prod',
    retentionInDays: steps.at({ adopt: 0, 'legacy-prod-safeguards-logs': 400 }),
    logGroupClass: 'STANDARD',
    skipDestroy: false,
  },
  adopted('/ecs/legacy-prod', { ignoreChanges: ['tags', 'tagsAll'] }),
);
