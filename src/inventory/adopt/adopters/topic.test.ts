import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './topic.ts';

const ARN = `arn:aws:sns:eu-west-1:${ACCOUNT}:events`;
const listed = { 'sns:ListTopics': { Topics: [{ TopicArn: ARN }] } };

it('writes a topic, its policy by itself, and where deliveries are logged', () => {
  const Attributes = {
    TopicArn: ARN,
    Policy: '{"Statement":[]}',
    DisplayName: '',
    DeliveryPolicy: '',
    KmsMasterKeyId: 'alias/aws/sns',
    SQSFailureFeedbackRoleArn: `arn:aws:iam::${ACCOUNT}:role/log`,
    LambdaSuccessFeedbackSampleRate: '50',
  };
  const answers = answersOf({
    ...listed,
    'sns:GetTopicAttributes': [{ input: { TopicArn: ARN }, output: { Attributes } }],
    'sns:ListTagsForResource': [{ input: { ResourceArn: ARN }, output: { Tags: [{ Key: 'team', Value: 'shop' }] } }],
  });
  expect(adopter.adopt(answers).map((one) => one.state === 'adopted' && [one.type, one.importId, one.inputs])).toEqual([
    [
      'aws:sns/topic:Topic',
      ARN,
      {
        name: 'events',
        kmsMasterKeyId: 'alias/aws/sns',
        sqsFailureFeedbackRoleArn: `arn:aws:iam::${ACCOUNT}:role/log`,
        lambdaSuccessFeedbackSampleRate: 50,
        tags: { team: 'shop' },
      },
    ],
    ['aws:sns/topicPolicy:TopicPolicy', ARN, { arn: ARN, policy: '{"Statement":[]}' }],
  ]);
});

it('refuses a topic that was only listed', () => {
  expect(adopter.adopt(answersOf(listed))).toMatchObject([
    { state: 'unadopted', because: expect.stringContaining('sns:GetTopicAttributes') },
  ]);
});
