/** What was built by hand: dev: queues, topics and events. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevJobsFailed } from '../../target/dev/messaging.js';

export const legacyDevJobsQueue = steps.until(
  'legacy-dev-retired-data',
  () =>
    new aws.sqs.Queue(
      'legacy-dev-jobs',
      {
        name: 'legacy-dev-jobs',
        delaySeconds: 0,
        maxMessageSize: 262144,
        messageRetentionSeconds: 345600,
        receiveWaitTimeSeconds: 0,
        visibilityTimeoutSeconds: 300,
        sqsManagedSseEnabled: false,
        tags: { Environment: 'dev' },
        redrivePolicy: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: undefined,
          'legacy-dev-safeguards-failed-messages': (now) =>
            pulumi.jsonStringify({ deadLetterTargetArn: now(legacyDevJobsFailed).arn, maxReceiveCount: 5 }),
        }),
      },
      adopted('https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }),
      }),
    ),
);

export const legacyDevEventsTopic = steps.until(
  'legacy-dev-retired-data',
  () =>
    new aws.sns.Topic(
      'legacy-dev-events',
      { name: 'legacy-dev-events', tags: { Name: 'legacy-dev-events', Environment: 'dev' } },
      adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }),
      }),
    ),
);
