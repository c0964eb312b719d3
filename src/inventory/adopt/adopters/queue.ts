/**
 * SQS queues. The dead-letter queue stands in the queue; the policy is a resource of its own, so that it can be narrowed by itself.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
import type { Queue } from '../../../estate/kinds/data.ts';
import type { Answers } from '../../answers.ts';
import { text } from '../../fields.ts';
import { isPolicyText } from '../../policy-text.ts';
import { reader } from '../../readers/queue.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';

const QUEUE = 'aws:sqs/queue:Queue';
const POLICY = 'aws:sqs/queuePolicy:QueuePolicy';
const ATTRIBUTES = 'sqs:GetQueueAttributes';

export const adopter: Adopter = {
  name: 'queue',
  types: [QUEUE, POLICY],
  operations: reader.operations,
  adopt: (answers) => reader.read(answers).flatMap((one) => (one.kind === 'queue' ? queueOf(answers, one) : [])),
};

function queueOf(answers: Answers, queue: Queue): readonly Adoption[] {
  const { id, account, region, source, policy, deadLetter } = queue;
  const of: Whole = { kind: 'queue', id };
  const url = queue.url ?? '';
  const name = url.replace(/^.*\//, '');
  const answer = answers.one(ATTRIBUTES, 'QueueUrl', url, { account });
  const told = answer.state === 'read' ? answer.item.item('Attributes') : undefined;
  const tags = tagged(answers, id, queue.tags);
  // AWS tells these of every queue
  const needed = {
    delaySeconds: told?.number('DelaySeconds'),
    maxMessageSize: told?.number('MaximumMessageSize'),
    messageRetentionSeconds: told?.number('MessageRetentionPeriod'),
    receiveWaitTimeSeconds: told?.number('ReceiveMessageWaitTimeSeconds'),
    visibilityTimeoutSeconds: told?.number('VisibilityTimeout'),
  };
  const other = managed(QUEUE, of, tags);
  if (other) return [other];
  if (!isKnown(needed)) return [refused(QUEUE, of, untold(ATTRIBUTES, needed))];
  if (policy === undefined || (policy !== null && !isPolicyText(policy)))
    return [refused(QUEUE, of, `its policy was not read (${ATTRIBUTES})`)];
  if (deadLetter === undefined) return [refused(QUEUE, of, `its dead-letter queue was not read (${ATTRIBUTES})`)];
  const common = { state: 'adopted', name, id: url, importId: url, of, place: { account, region }, source } as const;
  const kmsMasterKeyId = text(told, 'KmsMasterKeyId');
  const inputs = said({
    name,
    ...needed,
    redrivePolicy: text(told, 'RedrivePolicy'),
    redriveAllowPolicy: text(told, 'RedriveAllowPolicy'),
    kmsMasterKeyId,
    kmsDataKeyReusePeriodSeconds: kmsMasterKeyId && told?.number('KmsDataKeyReusePeriodSeconds'),
    // false on queues from before 2022, and nothing to be said beside a key of KMS
    sqsManagedSseEnabled: kmsMasterKeyId === undefined ? told?.boolean('SqsManagedSseEnabled') : undefined,
    ...(told?.boolean('FifoQueue') ? fifo(told) : {}),
    ...tags.inputs,
  });
  const outputs = { arn: id, url, ...tags.outputs };
  const encryption = told?.has('SqsManagedSseEnabled') || kmsMasterKeyId !== undefined;
  const ignoreChanges = [...(encryption ? [] : ['sqsManagedSseEnabled']), ...tags.ignoreChanges];
  return [
    { ...common, type: QUEUE, inputs, outputs, ignoreChanges, protect: true },
    ...(policy === null
      ? []
      : [
          {
            ...common,
            type: POLICY,
            inputs: { queueUrl: url, policy },
            outputs: {},
            ignoreChanges: [],
            protect: false,
          },
        ]),
  ];
}

const fifo = (told: Parameters<typeof text>[0]) => ({
  fifoQueue: true,
  contentBasedDeduplication: told?.boolean('ContentBasedDeduplication'),
  deduplicationScope: told?.string('DeduplicationScope'),
  fifoThroughputLimit: told?.string('FifoThroughputLimit'),
});
