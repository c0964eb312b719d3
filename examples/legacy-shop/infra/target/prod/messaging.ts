/** What the journey makes: prod: queues, topics and events. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';

export const legacyProdJobsFailed = steps.since(
  'legacy-prod-safeguards-failed-messages',
  () =>
    new aws.sqs.Queue('legacy-prod-jobs-failed', {
      name: 'legacy-prod-jobs-failed',
      messageRetentionSeconds: 1209600,
      tags: { Environment: 'prod', Name: 'legacy-prod-jobs-failed', ManagedBy: 'underpin' },
    }),
);
