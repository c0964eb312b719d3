import type { Answers } from '../../answers.ts';
import { nameOfArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, refused, untold } from '../needs.ts';
import { tagged } from '../tags.ts';
import { camel } from '../values.ts';

const TYPE = 'aws:lambda/eventSourceMapping:EventSourceMapping';
const OPERATION = 'lambda:ListEventSourceMappings';

const DISABLED = new Set(['Disabled', 'Disabling']);
const ENABLED = new Set(['Enabled', 'Enabling', 'Creating', 'Updating']);

/** Sources that need arguments of their own. */
const OTHERS = ['SelfManagedEventSource', 'Topics', 'Queues', 'DocumentDBEventSourceConfig', 'ProvisionedPollerConfig'];

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

function mapping(answers: Answers, item: Item): readonly Adoption[] {
  const id = item.string('UUID');
  if (id === undefined || item.string('State') === 'Deleting') return [];
  const of: Whole = { kind: 'eventSource', id };
  const state = item.string('State') ?? '';
  const read = {
    FunctionArn: item.string('FunctionArn'),
    EventSourceArn: item.string('EventSourceArn'),
    BatchSize: item.number('BatchSize'),
    State: DISABLED.has(state) ? false : ENABLED.has(state) ? true : undefined,
  };
  const other = OTHERS.find((field) => !isEmpty(item.value[field]));
  if (other !== undefined) return [refused(TYPE, of, `it has a ${other}, which is not adopted`)];
  if (!isKnown(read)) return [refused(TYPE, of, untold(OPERATION, read))];
  const arn = item.string('EventSourceMappingArn');
  const tags = tagged(answers, arn ?? id, item.tags());
  const some = (field: string) => (isEmpty(item.value[field]) ? undefined : camel(item.value[field]));
  return [
    {
      state: 'adopted',
      type: TYPE,
      name: `${nameOfArn(read.FunctionArn)}-${nameOfArn(read.EventSourceArn)}`,
      id,
      importId: id,
      inputs: said({
        eventSourceArn: read.EventSourceArn,
        functionName: read.FunctionArn,
        enabled: read.State,
        batchSize: read.BatchSize,
        startingPosition: item.string('StartingPosition'),
        maximumBatchingWindowInSeconds: item.number('MaximumBatchingWindowInSeconds'),
        maximumRecordAgeInSeconds: item.number('MaximumRecordAgeInSeconds'),
        maximumRetryAttempts: item.number('MaximumRetryAttempts'),
        parallelizationFactor: item.number('ParallelizationFactor'),
        bisectBatchOnFunctionError: item.boolean('BisectBatchOnFunctionError'),
        tumblingWindowInSeconds: item.number('TumblingWindowInSeconds'),
        kmsKeyArn: item.string('KMSKeyArn'),
        functionResponseTypes: some('FunctionResponseTypes'),
        filterCriteria: some('FilterCriteria'),
        scalingConfig: some('ScalingConfig'),
        destinationConfig: destinationOf(item),
        ...tags.inputs,
      }),
      outputs: said({ uuid: id, arn, functionArn: read.FunctionArn, ...tags.outputs }),
      ignoreChanges: tags.ignoreChanges,
      protect: true,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}

function destinationOf(item: Item): { readonly onFailure: { readonly destinationArn: string } } | undefined {
  const destinationArn = item.item('DestinationConfig')?.item('OnFailure')?.string('Destination');
  return destinationArn === undefined ? undefined : { onFailure: { destinationArn } };
}

export const adopter: Adopter = {
  name: 'event-source',
  types: [TYPE],
  operations: [OPERATION],
  adopt: (answers) => answers.items(OPERATION, 'EventSourceMappings').flatMap((item) => mapping(answers, item)),
};
