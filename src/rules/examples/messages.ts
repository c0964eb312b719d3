/** Queues, topics and functions of example inventories that have a policy of their own. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';
import { queueArn, queueUrl } from './stores.ts';

const document = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const queueWithPolicy = (name: string, ...statements: readonly object[]): Example => ({
  'sqs:ListQueues': { QueueUrls: [queueUrl(name)] },
  'sqs:GetQueueAttributes': [
    {
      input: { QueueUrl: queueUrl(name), AttributeNames: ['All'] },
      output: {
        Attributes: {
          QueueArn: queueArn(name),
          VisibilityTimeout: '30',
          CreatedTimestamp: '1565000400',
          Policy: document(statements),
        },
      },
    },
  ],
});

export const topicArn = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;

export const topicWithPolicy = (name: string, ...statements: readonly object[]): Example => ({
  'sns:ListTopics': { Topics: [{ TopicArn: topicArn(name) }] },
  'sns:GetTopicAttributes': [
    {
      input: { TopicArn: topicArn(name) },
      output: { Attributes: { TopicArn: topicArn(name), Owner: ACCOUNT, Policy: document(statements) } },
    },
  ],
});

/** What the function's own policy says, and the URL it has, if it has one. */
export const functionAccess = (
  FunctionName: string,
  statements: readonly object[],
  auth?: 'NONE' | 'AWS_IAM',
): Example => ({
  'lambda:GetPolicy': [{ input: { FunctionName }, output: { Policy: document(statements), RevisionId: '0example' } }],
  'lambda:ListFunctionUrlConfigs': [
    {
      input: { FunctionName },
      output: {
        FunctionUrlConfigs: auth
          ? [{ FunctionUrl: `https://0example.lambda-url.${REGION}.on.aws/`, AuthType: auth }]
          : [],
      },
    },
  ],
});
