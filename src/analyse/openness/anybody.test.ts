// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest';
import { assemble } from '../../inventory/assemble.ts';
import { readInventory } from '../../inventory/format.ts';
import { openToAnybody } from './anybody.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:events';
const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs';

function open(statements: readonly object[], actions = ['sqs:SendMessage'], resource = QUEUE) {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const inventory = {
    format: 'underpin.inventory/1',
    account: '111122223333',
    region: 'eu-west-1',
    collectedAt: '2026-01-31T12:00:00Z',
    responses: {
      'sqs:ListQueues': [{ input: {}, output: { QueueUrls: [url] } }],
      'sqs:GetQueueAttributes': [{ input: { QueueUrl: url }, output: { Attributes: { QueueArn: QUEUE, Policy } } }],
      'sns:ListTopics': [{ input: {}, output: { Topics: [{ TopicArn: TOPIC }] } }],
      'sns:GetTopicAttributes': [
        { input: { TopicArn: TOPIC }, output: { Attributes: { TopicArn: TOPIC, Owner: '111122223333', Policy } } },
      ],
    },
  };
  const { entries, notices, collectedAt } = readInventory('example.json', inventory);
  const {
    open: actionsOpen,
    weakly,
    missing,
  } = openToAnybody(assemble(entries, notices, collectedAt), resource, actions);
  return actionsOpen.length > 0 ? (weakly.length > 0 ? 'weakly' : 'open') : missing.length > 0 ? 'unknown' : 'shut';
}

const allow = (Condition?: object, rest: object = {}): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'sqs:*',
  Resource: QUEUE,
  ...(Condition ? { Condition } : {}),
  ...rest,
});
const deny = (Condition?: object): object => ({ ...allow(Condition), Effect: 'Deny' });

describe('a condition keeps strangers out', () => {
  it.each<[string, object]>([
    ['by an account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    ['by its organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-example123' } }],
    ['by a path of its organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-example123/*' } }],
    ['by a topic', { ArnEquals: { 'aws:SourceArn': TOPIC } }],
    ['by the things of an account', { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:111122223333:*' } }],
    ['by a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::shop-media' } }],
    ['by an office', { IpAddress: { 'aws:SourceIp': ['198.51.100.0/28', '2001:db8::/48'] } }],
    ['by an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-0example' } }],
    [
      'by a key that must be there',
      { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' }, Null: { 'aws:SourceAccount': 'false' } },
    ],
    ['by a time that is over', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
  ])('%s', (_, condition) => {
    expect(open([allow(condition)])).toBe('shut');
  });
});

describe('a condition keeps nobody out', () => {
  it.each<[string, object]>([
    ['by every address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['by every address in halves', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }],
    ['by one fixed and one wide value', { StringLike: { 'aws:PrincipalAccount': ['111122223333', '*'] } }],
    ['by a role of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }],
    ['by any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
    ['by buckets whose names begin alike', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::shop-*' } }],
    ['by whom it spares', { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } }],
    ['by a key that may be missing', { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }],
    ['by all of no values', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': ['o-example123/*'] } }],
    ['by any organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-*/r-*/*'] } }],
    ['by an address that every VPC may have', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } }],
    ['by a tag that everybody gives their own user', { StringEquals: { 'aws:PrincipalTag/team': 'shop' } }],
    ['by the name of a user', { StringEquals: { 'aws:username': 'deploy' } }],
    ['by ids that begin alike', { StringLike: { 'aws:userid': 'A*' } }],
    ['by a time that lasts', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
  ])('%s', (_, condition) => {
    expect(open([allow(condition)])).toBe('weakly');
  });

  it('by a key that nobody here knows: that is not decided', () => {
    expect(open([allow({ StringEquals: { 'lambda:EventSourceToken': 'x' } })])).toBe('unknown');
    expect(open([allow(), deny({ StringEquals: { 'new:Key': 'x' } })])).toBe('unknown');
    expect(open([allow({ StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } })])).toBe('unknown');
  });

  it('beside a statement that names its callers', () => {
    const named = allow({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
    expect(open([named, allow({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })])).toBe('weakly');
    expect(open([named, allow()])).toBe('open');
  });
});

describe('a Deny beside an open statement', () => {
  it.each<[string, 'open' | 'shut', object | undefined]>([
    ['of one address leaves it open', 'open', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } }],
    ['of one account leaves it open', 'open', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }],
    ['of all but half the world leaves it open', 'open', { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }],
    ['of plain HTTP leaves it open', 'open', { Bool: { 'aws:SecureTransport': 'false' } }],
    [
      'of some value not among the fixed leaves it open',
      'open',
      { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-example123/*' } },
    ],
    ['of all shuts it', 'shut', undefined],
    ['of all but an organization shuts it', 'shut', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-example123' } }],
    [
      'of all but an organization and the services of AWS shuts it',
      'shut',
      {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example123' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    ],
    [
      'of all but two fixed things shuts it',
      'shut',
      {
        StringNotEquals: { 'aws:SourceVpce': 'vpce-0example' },
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' },
      },
    ],
  ])('%s', (_, expected, condition) => {
    expect(open([allow(), deny(condition)])).toBe(expected);
  });
});

describe('subscribers of a topic', () => {
  const subscribe = (endpoint: string) =>
    open(
      [allow({ StringLike: { 'sns:Endpoint': endpoint } }, { Action: 'sns:Subscribe', Resource: TOPIC })],
      ['sns:Subscribe'],
      TOPIC,
    );
  it.each(['*@example.com', 'https://shop.example.com/*', 'arn:aws:sqs:*:111122223333:*'])('at %s are ours', (one) => {
    expect(subscribe(one)).toBe('shut');
  });
  it.each(['*', '*example.com', 'https://shop.example.com*', 'https://*.example.com', '*@*', 'arn:aws:sqs:*:*:jobs'])(
    'at %s are anybody',
    (one) => {
      expect(subscribe(one)).toBe('weakly');
    },
  );
});
