/** Tables, queues and buckets of example inventories, each with the requests that tell of it alone. */
import { ACCOUNT, REGION } from '../example.ts';
import type { Example } from '../rule.ts';

export const tableAnswer = (name: string, recovery: 'ENABLED' | 'DISABLED'): Example => ({
  'dynamodb:ListTables': { TableNames: [name] },
  'dynamodb:DescribeContinuousBackups': [
    {
      input: { TableName: name },
      output: {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: recovery },
        },
      },
    },
  ],
});

export const queueUrl = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

/** Queues by name, each with its dead-letter queue, or null. */
export const queueAnswer = (queues: Readonly<Record<string, string | null>>): Example => ({
  'sqs:ListQueues': { QueueUrls: Object.keys(queues).map(queueUrl) },
  'sqs:GetQueueAttributes': Object.entries(queues).map(([name, deadLetter]) => ({
    input: { QueueUrl: queueUrl(name), AttributeNames: ['All'] },
    output: {
      Attributes: {
        QueueArn: queueArn(name),
        VisibilityTimeout: '30',
        CreatedTimestamp: '1565000400',
        ...(deadLetter === null
          ? {}
          : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(deadLetter), maxReceiveCount: 5 }) }),
      },
    },
  })),
});

export const versionedBucketAnswer = (name: string, versioning: object): Example => ({
  's3:ListBuckets': { Buckets: [{ Name: name, CreationDate: '2024-05-01T08:00:00Z' }] },
  's3:GetBucketVersioning': [{ input: { Bucket: name }, output: versioning }],
});
