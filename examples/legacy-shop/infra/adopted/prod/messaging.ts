/** What was built by hand: prod: queues, topics and events. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdJobsFailed } from '../../target/prod/messaging.js';

export const legacyProdEventsTopic = new aws.sns.Topic(
  'legacy-prod-events',
  { name: 'legacy-prod-events', tags: { Name: 'legacy-prod-events', Environment: 'prod' } },
  adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events'),
);

export const legacyProdJobsQueue = new aws.sqs.Queue(
  'legacy-prod-jobs',
  {
    name: 'legacy-prod-jobs',
    delaySeconds: 0,
    maxMessageSize: 262144,
    messageRetentionSeconds: 345600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 300,
    sqsManagedSseEnabled: false,
    tags: { Environment: 'prod' },
    redrivePolicy: steps.at({
      adopt: undefined,
      'legacy-prod-safeguards-failed-messages': (now) =>
        pulumi.jsonStringify({ deadLetterTargetArn: now(legacyProdJobsFailed).arn, maxReceiveCount: 5 }),
    }),
  },
  adopted('https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs'),
);
