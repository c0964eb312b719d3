/** What was built by hand: dev: who may use what, and what starts what: policies of buckets and queues, subscriptions, permissions. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevMediaCdnDistribution, legacyDevStaticAssetsCdnDistribution } from '../../target/dev/edge.js';
import { legacyDevWorkerFunction } from './functions.js';
import { legacyDevEventsTopic, legacyDevJobsQueue } from './messaging.js';
import { legacyDevMediaBucket, legacyDevStaticAssetsBucket } from './storage.js';

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lambda.EventSourceMapping(
      'legacy-dev-worker-legacy-dev-jobs',
      {
        eventSourceArn: now(legacyDevJobsQueue).arn,
        functionName: now(legacyDevWorkerFunction).arn,
        enabled: true,
        batchSize: 10,
        maximumBatchingWindowInSeconds: 0,
      },
      adopted('9087f88b-97a2-48dd-8ea8-66e4dd0032c5', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
        ignoreChanges: ['tags', 'tagsAll'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.lambda.Permission(
      'legacy-dev-worker-sns',
      {
        statementId: 'sns',
        action: 'lambda:InvokeFunction',
        function: now(legacyDevWorkerFunction).name,
        principal: 'sns.amazonaws.com',
        sourceArn: now(legacyDevEventsTopic).arn,
      },
      adopted('legacy-dev-worker/sns', { protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketPolicy(
      'legacy-dev-media',
      {
        bucket: now(legacyDevMediaBucket).bucket,
        policy: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'PublicRead',
                Effect: 'Allow',
                Principal: '*',
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::legacy-dev-media/*',
              },
            ],
          }),
          'legacy-dev-media-cdn': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'PublicRead',
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-media/*',
                },
                {
                  Sid: 'CloudFrontReads',
                  Effect: 'Allow',
                  Principal: { Service: 'cloudfront.amazonaws.com' },
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-media/*',
                  Condition: { StringEquals: { 'AWS:SourceArn': now(legacyDevMediaCdnDistribution).arn } },
                },
              ],
            }),
          'legacy-dev-media-closed': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'CloudFrontReads',
                  Effect: 'Allow',
                  Principal: { Service: 'cloudfront.amazonaws.com' },
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-media/*',
                  Condition: { StringEquals: { 'AWS:SourceArn': now(legacyDevMediaCdnDistribution).arn } },
                },
              ],
            }),
        }),
      },
      adopted('legacy-dev-media', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.s3.BucketPolicy(
      'legacy-dev-static-assets',
      {
        bucket: now(legacyDevStaticAssetsBucket).bucket,
        policy: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'PublicRead',
                Effect: 'Allow',
                Principal: '*',
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::legacy-dev-static-assets/*',
              },
            ],
          }),
          'legacy-dev-media-cdn': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'PublicRead',
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-static-assets/*',
                },
                {
                  Sid: 'CloudFrontReads',
                  Effect: 'Allow',
                  Principal: { Service: 'cloudfront.amazonaws.com' },
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-static-assets/*',
                  Condition: { StringEquals: { 'AWS:SourceArn': now(legacyDevStaticAssetsCdnDistribution).arn } },
                },
              ],
            }),
          'legacy-dev-media-closed': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'CloudFrontReads',
                  Effect: 'Allow',
                  Principal: { Service: 'cloudfront.amazonaws.com' },
                  Action: 's3:GetObject',
                  Resource: 'arn:aws:s3:::legacy-dev-static-assets/*',
                  Condition: { StringEquals: { 'AWS:SourceArn': now(legacyDevStaticAssetsCdnDistribution).arn } },
                },
              ],
            }),
        }),
      },
      adopted('legacy-dev-static-assets', { protect: steps.at({ adopt: true, 'legacy-dev-retired-programs': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.sns.TopicPolicy(
      'legacy-dev-events',
      {
        arn: now(legacyDevEventsTopic).arn,
        policy: pulumi.jsonStringify({
          Version: '2008-10-17',
          Id: '__default_policy_ID',
          Statement: [
            {
              Effect: 'Allow',
              Sid: '__default_statement_ID',
              Principal: { AWS: '*' },
              Action: [
                'SNS:GetTopicAttributes',
                'SNS:SetTopicAttributes',
                'SNS:AddPermission',
                'SNS:RemovePermission',
                'SNS:DeleteTopic',
                'SNS:Subscribe',
                'SNS:ListSubscriptionsByTopic',
                'SNS:Publish',
              ],
              Resource: now(legacyDevEventsTopic).arn,
              Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
            },
          ],
        }),
      },
      adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events', { protect: false }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.sns.TopicSubscription(
      'legacy-dev-events-to-email',
      {
        topic: now(legacyDevEventsTopic).arn,
        protocol: 'email',
        endpoint: '<redacted>',
        rawMessageDelivery: false,
      },
      adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events:1996a672-c1cb-4658-95cc-ca749eb6a7b5', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
        ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms', 'endpoint'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.sns.TopicSubscription(
      'legacy-dev-events-to-lambda-legacy-dev-worker',
      {
        topic: now(legacyDevEventsTopic).arn,
        protocol: 'lambda',
        endpoint: now(legacyDevWorkerFunction).arn,
        rawMessageDelivery: false,
      },
      adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events:b68ab80e-07bb-4288-b857-b2805dc2037e', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
        ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  (now) =>
    new aws.sns.TopicSubscription(
      'legacy-dev-events-to-sqs-legacy-dev-jobs',
      {
        topic: now(legacyDevEventsTopic).arn,
        protocol: 'sqs',
        endpoint: now(legacyDevJobsQueue).arn,
        rawMessageDelivery: false,
      },
      adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events:38ba8645-087f-4588-9b71-4ff8ddc2639f', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
        ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms'],
      }),
    ),
);

steps.until(
  'legacy-dev-retired-data',
  (now) =>
    new aws.sqs.QueuePolicy(
      'legacy-dev-jobs',
      {
        queueUrl: now(legacyDevJobsQueue).url,
        policy: steps.from('adopt', 'legacy-dev-retired-data').at({
          adopt: (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'open',
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 'sqs:*',
                  Resource: now(legacyDevJobsQueue).arn,
                },
              ],
            }),
          'legacy-dev-deliverers-named': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'open',
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 'sqs:*',
                  Resource: now(legacyDevJobsQueue).arn,
                },
                {
                  Sid: 'Fromlegacydevevents',
                  Effect: 'Allow',
                  Principal: { Service: 'sns.amazonaws.com' },
                  Action: 'sqs:SendMessage',
                  Resource: now(legacyDevJobsQueue).arn,
                  Condition: {
                    ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events' },
                  },
                },
              ],
            }),
          'legacy-dev-open-policies-closed': (now) =>
            pulumi.jsonStringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'Fromlegacydevevents',
                  Effect: 'Allow',
                  Principal: { Service: 'sns.amazonaws.com' },
                  Action: 'sqs:SendMessage',
                  Resource: now(legacyDevJobsQueue).arn,
                  Condition: {
                    ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:ap-northeast-2:111122223333:legacy-dev-events' },
                  },
                },
              ],
            }),
        }),
      },
      adopted('https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-dev-jobs', { protect: false }),
    ),
);
