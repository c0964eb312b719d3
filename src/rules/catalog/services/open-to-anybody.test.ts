/** What rules make of the policies of queues, topics and functions that name everybody. */
import { expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf, join } from '../../example.ts';
import { functionAnswer, functionArn, lambda } from '../../examples/functions.ts';
import { functionAccess, queueWithPolicy, topicArn, topicWithPolicy } from '../../examples/messages.ts';
import { queueArn } from '../../examples/stores.ts';
import type { Example, Rule } from '../../rule.ts';
import { runRule } from '../../run.ts';
import { rule as functionOpen } from './function-policy-open.ts';
import { rule as functionUrl } from './function-url-public.ts';
import { rule as queueOpen } from './queue-open-to-the-world.ts';
import { rule as topicOpen } from './topic-open-to-the-world.ts';

function said(rule: Rule, example: Example): string {
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt))
    .map(({ state, claim, severity }) => (state === 'fail' ? `${severity}: ${claim}` : state))
    .join();
}
const allow = (Action: string, Resource: string, Condition?: object): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});

it('a queue is open by every action that another account can be given', () => {
  const queue = (action: string, condition?: object): string =>
    said(queueOpen, queueWithPolicy('jobs', allow(action, queueArn('jobs'), condition)));
  expect(queue('sqs:PurgeQueue')).toBe('high: anybody can delete messages of the queue jobs');
  expect(queue('sqs:ChangeMessageVisibility')).toBe('high: anybody can hide messages of the queue jobs');
  expect(queue('sqs:SendMessage', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })).toBe(
    'medium: anybody can send messages of the queue jobs: the only condition, on aws:SourceIp, can be met by anybody',
  );
});

it('a topic is open to who may change it', () => {
  const topic = (action: string): string =>
    said(topicOpen, topicWithPolicy('events', allow(action, topicArn('events'))));
  expect(topic('sns:AddPermission')).toBe('high: anybody can change the topic events');
  expect(topic('sns:*')).toBe('high: anybody can subscribe to, publish to, delete and change the topic events');
});

it('a function is open to who may change, call or see it', () => {
  const held = (action: string, condition?: object): string =>
    said(
      functionOpen,
      join(
        functionAnswer(lambda('mailer', 'nodejs22.x')),
        functionAccess('mailer', [allow(action, functionArn('mailer'), condition)]),
      ),
    );
  expect(held('lambda:UpdateFunctionCode')).toContain('high: anybody with an AWS account can change the function');
  expect(held('lambda:GetFunction')).toContain('can see the settings of the function mailer');
  expect(held('lambda:InvokeFunction')).toContain('can call the function mailer');
  expect(held('lambda:InvokeFunction', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })).toContain(
    'on aws:SourceArn, can be met by anybody',
  );
  // what only its URL may call is the URL's own matter
  expect(held('lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } })).toBe('pass');
});

it('a Deny of one address closes no URL', () => {
  const url = allow('lambda:*', functionArn('mailer'), { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } });
  const deny = {
    ...allow('*', '*', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } }),
    Effect: 'Deny',
  };
  const example = join(functionAnswer(lambda('mailer', 'nodejs22.x')), functionAccess('mailer', [url, deny], 'NONE'));
  expect(said(functionUrl, example)).toContain('anybody on the internet can call');
});
