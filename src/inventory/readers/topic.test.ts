import { expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../testing.ts';
import { reader } from './topic.ts';

const ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:events`;
const listed = { 'sns:ListTopics': { Topics: [{ TopicArn: ARN }] } };

it('reads policy and encryption from the attributes, and knows neither without them', () => {
  const attributes = { TopicArn: ARN, Policy: '{"Statement":[]}' };
  const asked = { 'sns:GetTopicAttributes': [{ input: { TopicArn: ARN }, output: { Attributes: attributes } }] };
  expect(reader.read(answersOf({ ...listed, ...asked }))).toMatchObject([
    { id: ARN, name: 'events', policy: '{"Statement":[]}', encrypted: false },
  ]);
  expect(reader.read(answersOf(listed))).toMatchObject([{ policy: undefined, encrypted: undefined }]);
  expect(reader.read(answersOf(asked))).toMatchObject([{ id: ARN, encrypted: false }]);
});
