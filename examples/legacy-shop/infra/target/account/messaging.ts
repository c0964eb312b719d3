/** What the journey makes: queues, topics and events. */
import * as aws from '@pulumi/aws';
import { steps } from '../../steps.js';

export const alarmsTopic = steps.since(
  'account-evidence-alarms',
  () => new aws.sns.Topic('alarms', { name: 'alarms', tags: { Name: 'alarms', ManagedBy: 'underpin' } }),
);
