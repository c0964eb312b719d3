/** What the journey makes: logs, alarms and trails. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';
import { accountTrailClosedBucket } from './storage.js';

steps.since(
  'account-evidence-trail',
  (now) =>
    new aws.cloudtrail.Trail('account-trail', {
      name: 'account-trail',
      s3BucketName: now(accountTrailClosedBucket).bucket.id,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      tags: { Name: 'account-trail', ManagedBy: 'underpin' },
    }),
);
