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

  it('changes who takes a value from what is replaced, and nobody who ignores that', () => {
    const task = { ...one('aws:ecs/taskDefinition:TaskDefinition', { cpu: '256' }), urn: 'urn:task' };
    const service = (options: RecordedOptions = {}): RecordedResource => ({
      ...one('aws:ecs/service:Service', { taskDefinition: 'arn' }, options),
      propertyDependencies: { taskDefinition: ['urn:task'] },
    });
    const larger = { ...task, inputs: { cpu: '512' } };
    expect(operations([task, service()], [larger, service()])).toMatchObject([
      { op: 'replace', properties: ['cpu'] },
      { op: 'update', properties: ['taskDefinition'], follows: 'urn:task' },
    ]);
    const ignoring = service({ ignoreChanges: ['taskDefinition'] });
    expect(operations([task, ignoring], [larger, ignoring])).toMatchObject([{ op: 'replace' }]);
  });

  it('replaces who takes what it cannot change in place from what is replaced', () => {
    const balancer = { ...one('aws:lb/loadBalancer:LoadBalancer', { internal: false }), urn: 'urn:balancer' };
    const listener = {
      ...one('aws:lb/targetGroupAttachment:TargetGroupAttachment', { targetId: 'arn' }),
      propertyDependencies: { targetId: ['urn:balancer'] },
    };
    expect(ops([balancer, listener], [{ ...balancer, inputs: { internal: true } }, listener])).toEqual([
      ['replace', 'internal'],
      ['replace', 'targetId'],
    ]);
  });

  it('says of which properties nobody told what a change does', () => {
    expect(operations([one(DATABASE, { brandNew: 1 })], [one(DATABASE, { brandNew: 2 })])).toMatchObject([
      { op: 'update', properties: ['brandNew'], untold: ['brandNew'] },
    ]);
  });

  it('imports anew what an act took out of the state, and lets go of what AWS keeps as a part of something else', () => {
    const old = one(DATABASE, { storageEncrypted: false });
    const copy = one(DATABASE, { storageEncrypted: true }, { importId: 'shop' });
    const forgotten = new Set([`${DATABASE}::one`]);
    expect(operations([old], [copy], forgotten)).toMatchObject([{ op: 'import' }]);
    expect(operations([old], [], forgotten)).toEqual([]);
  });
});
