/** What the journey makes: dev: queues, topics and events. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';

export const legacyDevJobsFailed = steps.during(
  'legacy-dev-safeguards-failed-messages',
  'legacy-dev-retired-data',
  () =>
    new aws.sqs.Queue('legacy-dev-jobs-failed', {
      name: 'legacy-dev-jobs-failed',
      messageRetentionSeconds: 1209600,
      tags: { Environment: 'dev', Name: 'legacy-dev-jobs-failed', ManagedBy: 'underpin' },
    }),
);
