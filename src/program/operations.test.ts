import { describe, expect, it } from 'vitest';
import type { Properties, RecordedOptions, RecordedResource } from '../inventory/pulumi/recorded.ts';
import { operations } from './operations.ts';

const one = (type: string, inputs: Properties, options: RecordedOptions = {}): RecordedResource => ({
  urn: `urn:pulumi:live::shop::${type}::one`,
  type,
  name: 'one',
  kind: 'declared',
  parent: undefined,
  custom: true,
  remote: false,
  id: 'one',
  inputs,
  outputs: {},
  dependencies: [],
  propertyDependencies: {},
  options,
  position: undefined,
  place: { account: '', region: '' },
});
const DATABASE = 'aws:rds/instance:Instance';
const ops = (before: readonly RecordedResource[], after: readonly RecordedResource[]) =>
  operations(before, after).map(({ op, properties }) => [op, ...properties]);

describe('from one recording to the next, Pulumi', () => {
  it('creates, imports, deletes, and leaves alone what says the same', () => {
    expect(ops([], [one(DATABASE, {})])).toEqual([['create']]);
    expect(ops([], [one(DATABASE, {}, { importId: 'shop' })])).toEqual([['import']]);
    expect(ops([one(DATABASE, {})], [])).toEqual([['delete']]);
    expect(ops([one(DATABASE, { a: [1] })], [one(DATABASE, { a: [1] })])).toEqual([]);
  });

  it('updates in place what can be, and replaces for a property that cannot', () => {
    expect(ops([one(DATABASE, { multiAz: false })], [one(DATABASE, { multiAz: true })])).toEqual([
      ['update', 'multiAz'],
    ]);
    expect(ops([one(DATABASE, { storageEncrypted: false })], [one(DATABASE, { storageEncrypted: true })])).toEqual([
      ['replace', 'storageEncrypted'],
    ]);
  });

  it('changes nothing that it was told to ignore', () => {
    const ignoring = { ignoreChanges: ['engineVersion'] };
    expect(ops([one(DATABASE, { engineVersion: '8.0' })], [one(DATABASE, { engineVersion: '8.4' }, ignoring)])).toEqual(
      [],
    );
  });

  it('calls every change of a task definition a replacement: a new revision', () => {
    const task = 'aws:ecs/taskDefinition:TaskDefinition';
    expect(ops([one(task, { cpu: '256' })], [one(task, { cpu: '512' })])).toEqual([['replace', 'cpu']]);
  });
});
