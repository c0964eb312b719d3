/** What the journey makes: buckets and images. */
import { ClosedBucket } from 'underpin/blueprint';
import { steps } from '../../steps.js';

export const accountTrailClosedBucket = steps.since(
  'account-evidence-trail-bucket',
  () =>
    new ClosedBucket('account-trail', {
      bucket: 'account-trail-111122223333',
      keepDays: 400,
      writers: [
        {
          Sid: 'TrailMayLook',
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: 's3:GetBucketAcl',
          Resource: 'arn:aws:s3:::account-trail-111122223333',
          Condition: {
            StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/account-trail' },
          },
        },
        {
          Sid: 'TrailMayWrite',
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::account-trail-111122223333/AWSLogs/111122223333/*',
          Condition: {
            StringEquals: {
              'aws:SourceArn': 'arn:aws:cloudtrail:ap-northeast-2:111122223333:trail/account-trail',
              's3:x-amz-acl': 'bucket-owner-full-control',
            },
          },
        },
      ],
    }),
);
