/** What was built by hand: prod: who may use what, and what starts what: policies of buckets and queues, subscriptions, permissions. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdMediaCdnDistribution, legacyProdStaticAssetsCdnDistribution } from '../../target/prod/edge.js';
import { legacyProdWorkerFunction } from './functions.js';
import { legacyProdEventsTopic, legacyProdJobsQueue } from './messaging.js';
import { legacyProdMediaBucket, legacyProdStaticAssetsBucket } from './storage.js';

new aws.lambda.EventSourceMapping(
  'legacy-prod-worker-legacy-prod-jobs',
  {
    eventSourceArn: legacyProdJobsQueue.arn,
    functionName: legacyProdWorkerFunction.arn,
    enabled: true,
    batchSize: 10,
    maximumBatchingWindowInSeconds: 0,
  },
  adopted('dc67a4ce-5325-46fe-b759-4645f9acec48', { ignoreChanges: ['tags', 'tagsAll'] }),
);

new aws.lambda.Permission(
  'legacy-prod-worker-sns',
  {
    statementId: 'sns',
    action: 'lambda:InvokeFunction',
    function: legacyProdWorkerFunction.name,
    principal: 'sns.amazonaws.com',
    sourceArn: legacyProdEventsTopic.arn,
  },
  adopted('legacy-prod-worker/sns'),
);

new aws.s3.BucketPolicy(
  'legacy-prod-media',
  {
    bucket: legacyProdMediaBucket.bucket,
    policy: steps.at({
      adopt: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'PublicRead',
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::legacy-prod-media/*',
          },
        ],
      }),
      'legacy-prod-media-cdn': (now) =>
        pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'PublicRead',
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-media/*',
            },
            {
              Sid: 'CloudFrontReads',
              Effect: 'Allow',
              Principal: { Service: 'cloudfront.amazonaws.com' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-media/*',
              Condition: { StringEquals: { 'AWS:SourceArn': now(legacyProdMediaCdnDistribution).arn } },
            },
          ],
        }),
      'legacy-prod-media-closed': (now) =>
        pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'CloudFrontReads',
              Effect: 'Allow',
              Principal: { Service: 'cloudfront.amazonaws.com' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-media/*',
              Condition: { StringEquals: { 'AWS:SourceArn': now(legacyProdMediaCdnDistribution).arn } },
            },
          ],
        }),
    }),
  },
  adopted('legacy-prod-media'),
);

new aws.s3.BucketPolicy(
  'legacy-prod-static-assets',
  {
    bucket: legacyProdStaticAssetsBucket.bucket,
    policy: steps.at({
      adopt: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'PublicRead',
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::legacy-prod-static-assets/*',
          },
        ],
      }),
      'legacy-prod-media-cdn': (now) =>
        pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'PublicRead',
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-static-assets/*',
            },
            {
              Sid: 'CloudFrontReads',
              Effect: 'Allow',
              Principal: { Service: 'cloudfront.amazonaws.com' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-static-assets/*',
              Condition: { StringEquals: { 'AWS:SourceArn': now(legacyProdStaticAssetsCdnDistribution).arn } },
            },
          ],
        }),
      'legacy-prod-media-closed': (now) =>
        pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'CloudFrontReads',
              Effect: 'Allow',
              Principal: { Service: 'cloudfront.amazonaws.com' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::legacy-prod-static-assets/*',
              Condition: { StringEquals: { 'AWS:SourceArn': now(legacyProdStaticAssetsCdnDistribution).arn } },
            },
          ],
        }),
    }),
  },
  adopted('legacy-prod-static-assets'),
);

new aws.sns.TopicPolicy(
  'legacy-prod-events',
  {
    arn: legacyProdEventsTopic.arn,
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
          Resource: legacyProdEventsTopic.arn,
          Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
        },
      ],
    }),
  },
  adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events', { protect: false }),
);

new aws.sns.TopicSubscription(
  'legacy-prod-events-to-email',
  {
    topic: legacyProdEventsTopic.arn,
    protocol: 'email',
    endpoint: '<redacted>',
    rawMessageDelivery: false,
  },
  adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events:ae589473-74db-4bd7-bee1-2b6e03ac836c', {
    ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms', 'endpoint'],
  }),
);

new aws.sns.TopicSubscription(
  'legacy-prod-events-to-lambda-legacy-prod-worker',
  {
    topic: legacyProdEventsTopic.arn,
    protocol: 'lambda',
    endpoint: legacyProdWorkerFunction.arn,
    rawMessageDelivery: false,
  },
  adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events:eb9c3e3b-cd0b-4099-a0df-dd447c60abbb', {
    ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms'],
  }),
);

new aws.sns.TopicSubscription(
  'legacy-prod-events-to-sqs-legacy-prod-jobs',
  {
    topic: legacyProdEventsTopic.arn,
    protocol: 'sqs',
    endpoint: legacyProdJobsQueue.arn,
    rawMessageDelivery: false,
  },
  adopted('arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events:01b5dc4b-accd-4c30-96d4-787e646d035e', {
    ignoreChanges: ['confirmationTimeoutInMinutes', 'endpointAutoConfirms'],
  }),
);

new aws.sqs.QueuePolicy(
  'legacy-prod-jobs',
  {
    queueUrl: legacyProdJobsQueue.url,
    policy: steps.at({
      adopt: pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'open', Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: legacyProdJobsQueue.arn },
        ],
      }),
      'legacy-prod-deliverers-named': pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          { Sid: 'open', Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: legacyProdJobsQueue.arn },
          {
            Sid: 'Fromlegacyprodevents',
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: legacyProdJobsQueue.arn,
            Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events' } },
          },
        ],
      }),
      'legacy-prod-open-policies-closed': pulumi.jsonStringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Fromlegacyprodevents',
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: legacyProdJobsQueue.arn,
            Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:ap-northeast-2:111122223333:legacy-prod-events' } },
          },
        ],
      }),
    }),
  },
  adopted('https://sqs.ap-northeast-2.amazonaws.com/111122223333/legacy-prod-jobs', { protect: false }),
);
