/** What is there and still records nothing, or tells nobody. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { ACCOUNT, inventoryOf, join, REGION } from '../../example.ts';
import { database, databaseAnswer } from '../../examples/database.ts';
import { instance, instanceAnswer, network, VPC } from '../../examples/network.ts';
import { alarm, alarmAnswer, callerAnswer, onCallAnswer, trailAnswer } from '../../examples/records.ts';
import type { Example, Rule } from '../../rule.ts';
import { runRule } from '../../run.ts';
import { rule as noAlarms } from './no-alarms.ts';
import { rule as noFlowLogs } from './no-flow-logs.ts';
import { rule as noTrail } from './no-trail.ts';

function said(rule: Rule, example: Example): string {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt))
    .map(({ state, claim }) => (state === 'fail' ? claim : state))
    .join();
}

it('a flow log that can not be delivered records nothing', () => {
  const log = (fields: object): Example =>
    join(network(), instanceAnswer(instance('i-0web0000000000001', 'web')), {
      'ec2:DescribeFlowLogs': {
        FlowLogs: [
          { FlowLogId: 'fl-0example', ResourceId: VPC, FlowLogStatus: 'ACTIVE', TrafficType: 'ALL', ...fields },
        ],
      },
    });
  expect(said(noFlowLogs, log({ DeliverLogsStatus: 'SUCCESS' }))).toBe('pass');
  const failed = log({ DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' });
  expect(said(noFlowLogs, failed)).toContain('do not arrive where they are sent (Access error)');
});

describe('a trail of all regions', () => {
  const TRAIL = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`;
  const inhabited = join(network(), instanceAnswer(instance('i-0web0000000000001', 'web')));
  const trail = (fields: object, status: object = {}, selectors?: object): string =>
    said(noTrail, {
      ...inhabited,
      ...trailAnswer({ audit: { multiRegion: true, logging: true } }),
      'cloudtrail:DescribeTrails': {
        trailList: [{ Name: 'audit', TrailARN: TRAIL, HomeRegion: REGION, IsMultiRegionTrail: true, ...fields }],
      },
      'cloudtrail:GetTrailStatus': [{ input: { Name: TRAIL }, output: { IsLogging: true, ...status } }],
      ...(selectors ? { 'cloudtrail:GetEventSelectors': [{ input: { TrailName: TRAIL }, output: selectors }] } : {}),
    });
  const OWN = { HasCustomEventSelectors: true };
  const advanced = (...FieldSelectors: readonly object[]) => ({ AdvancedEventSelectors: [{ FieldSelectors }] });
  const management = { Field: 'eventCategory', Equals: ['Management'] };

  it('records management events without selectors of its own, or by them', () => {
    expect(trail({ HasCustomEventSelectors: false })).toBe('pass');
    expect(trail(OWN, {}, { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] })).toBe('pass');
    expect(trail(OWN, {}, advanced(management))).toBe('pass');
  });
  it.each<[string, object]>([
    ['data events alone', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] }],
    ['reads alone', { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }],
    ['data events alone, told anew', advanced({ Field: 'eventCategory', Equals: ['Data'] })],
    ['reads alone, told anew', advanced(management, { Field: 'readOnly', Equals: ['true'] })],
  ])('does not do with %s', (_, selectors) => {
    expect(trail(OWN, {}, selectors)).toContain('who changes what leaves no trace');
  });
  it('is not decided where its selectors are not told', () => {
    expect(trail(OWN)).toBe('unknown');
    expect(trail({})).toBe('unknown');
  });
  it('does not do when its records do not arrive', () => {
    expect(trail({ HasCustomEventSelectors: false }, { LatestDeliveryError: 'AccessDenied' })).toContain(
      'do not arrive in its bucket (AccessDenied)',
    );
  });
});

describe('an alarm', () => {
  const storage = alarm('orders-storage', 'AWS/RDS', 'FreeStorageSpace', ['DBInstanceIdentifier', 'orders']);
  const shop = join(callerAnswer(), databaseAnswer(database('orders')), {
    'elbv2:DescribeLoadBalancers': { LoadBalancers: [] },
  });
  const watched = (fields: object, subscriptions: Example = onCallAnswer()): string =>
    said(noAlarms, join(shop, alarmAnswer({ ...storage, ...fields }), subscriptions));
  const scaling = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:scalingPolicy:0example:autoScalingGroupName/web:policyName/up`;

  it('that tells a topic with a subscriber tells somebody', () => {
    expect(watched({})).toBe('pass');
  });
  it('that only scales or restarts something tells nobody', () => {
    expect(watched({ AlarmActions: [scaling] })).toContain('no alarm watches');
    expect(watched({ AlarmActions: [`arn:aws:automate:${REGION}:ec2:recover`] })).toContain('no alarm watches');
    expect(watched({ AlarmActions: [scaling, ...storage.AlarmActions] })).toBe('pass');
  });
  it('whose topic nobody listens to tells nobody', () => {
    expect(watched({}, { 'sns:ListSubscriptions': { Subscriptions: [] } })).toContain('no alarm watches');
    const pending = {
      SubscriptionArn: 'PendingConfirmation',
      TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:on-call`,
      Protocol: 'email',
    };
    expect(watched({}, { 'sns:ListSubscriptions': { Subscriptions: [pending] } })).toContain('no alarm watches');
  });
  it('whose topic was not asked for its subscribers is not decided', () => {
    expect(watched({}, {})).toBe('unknown');
  });
});
