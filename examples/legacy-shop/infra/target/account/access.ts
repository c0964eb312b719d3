/** What the journey makes: who may use what, and what starts what: policies of buckets and queues, subscriptions, permissions. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';
import { alarmsTopic } from './messaging.js';

steps.since(
  'account-evidence-alarms',
  (now) =>
    new aws.sns.TopicSubscription('alarms', {
      topic: now(alarmsTopic).arn,
      protocol: 'email',
      endpoint: 'ops@example.com',
    }),
);
