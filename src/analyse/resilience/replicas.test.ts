import { describe, expect, it } from 'vitest';
import type { ResourceOf } from '../../estate/resource.ts';
import { readersInWriterZone, replicasInPrimaryZone } from './replicas.ts';
import { estate, made, network, ref, refs } from './testing/build.ts';
import { zonesOf } from './zones.ts';

const db = (name: string, zone: string | undefined, fields: Partial<ResourceOf<'database'>> = {}) =>
  made('database', name, { ...(zone === undefined ? {} : { zone: ref<'zone'>(zone) }), ...fields });

describe('replicasInPrimaryZone', () => {
  it('tells replicas beside the primary from those elsewhere and those untold', () => {
    const primary = db('main', 'a', { replicas: refs('near', 'far', 'dark', 'gone') });
    const placement = replicasInPrimaryZone(
      estate([
        primary,
        db('near', 'a', { replicaOf: ref('main') }),
        db('far', 'b', { replicaOf: ref('main') }),
        db('dark', undefined, { replicaOf: ref('main') }),
      ]),
      primary,
    );
    expect(placement.same.map((one) => one.database.id)).toEqual(['near']);
    expect(placement.elsewhere.map((one) => one.id)).toEqual(['far']);
    expect(placement.missing.map((one) => one.resource)).toEqual(['dark', 'main']);
  });

  it('is unknown, not "none", when replicas were not told', () => {
    const primary = db('main', 'a');
    expect(replicasInPrimaryZone(estate([primary]), primary).missing).toHaveLength(1);
    const alone = db('main', 'a', { replicas: [] });
    expect(replicasInPrimaryZone(estate([alone]), alone)).toEqual({ same: [], elsewhere: [], missing: [] });
  });
});

it('readersInWriterZone finds readers beside the writer', () => {
  const cluster = made('databaseCluster', 'c', {
    members: [
      { ref: ref<'database'>('w'), writer: true },
      { ref: ref<'database'>('r1'), writer: false },
      { ref: ref<'database'>('r2'), writer: false },
    ],
  });
  const placement = readersInWriterZone(estate([cluster, db('w', 'a'), db('r1', 'a'), db('r2', 'b')]), cluster);
  expect(placement.same.map((one) => one.database.id)).toEqual(['r1']);
  expect(placement.elsewhere.map((one) => one.id)).toEqual(['r2']);
});

describe('zonesOf', () => {
  it('is tri-state', () => {
    const nodes = network('a', 'b');
    const group = made('databaseSubnetGroup', 'group', { subnets: refs('subnet-a', 'subnet-b') });
    const dark = db('dark', undefined, { subnetGroup: ref('group'), multiAz: false });
    const whole = estate([...nodes, group, dark, made('queue', 'q'), db('lit', 'b', { multiAz: false })]);
    expect(zonesOf(whole, dark)).toMatchObject({
      known: false,
      possible: ['a', 'b'],
      missing: [{ operation: 'rds:DescribeDBInstances' }],
    });
    expect(zonesOf(whole, made('queue', 'q'))).toEqual({ known: true, scope: 'regional' });
    expect(zonesOf(whole, db('lit', 'b', { multiAz: false }))).toEqual({ known: true, scope: 'zonal', zones: ['b'] });
  });

  it('of a service is known only when all its tasks are', () => {
    const service = made('ecsService', 'web', { running: 2, desired: 2, network: null });
    const task = (name: string, zone: string) =>
      made('ecsTask', name, { service: ref('web'), zone: ref(zone), lastStatus: 'RUNNING' });
    expect(zonesOf(estate([service, task('t1', 'a')]), service).known).toBe(false);
    expect(zonesOf(estate([service, task('t1', 'a'), task('t2', 'b')]), service)).toMatchObject({ zones: ['a', 'b'] });
  });
});
