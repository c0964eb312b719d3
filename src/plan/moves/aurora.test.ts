import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { proveStep } from '../prove.ts';
import { worthDoing } from '../selection.ts';
import { after, estateAt, type State } from '../state.ts';
import { NOTHING_NOTICED, step } from '../step.ts';
import { auroraClass, auroraFor } from '../structure/aurora-cluster.ts';
import { declaredOf } from '../structure/declared.ts';
import { GROUND, otherwise, outline, refusalsOf, shopAfter, stepsOf, today } from '../testing/databases.ts';
import { contextOf, findingsOf, objections, shopToday } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './aurora.ts';
import { move as renewed } from './database-renewed.ts';
import { move as twoZones } from './database-two-zones.ts';
import { move as replicas } from './replicas-over-zones.ts';

const NAME = 'legacy-prod-mysql';
const wanted = { want: ['aurora'] };

/** Encrypted, on MySQL 8.0 (the first round of the renewal), and protected. */
function onEight(): State {
  const before = shopAfter(...GROUND, twoZones, replicas);
  const rounds = stepsOf(renewed.propose(contextOf(before, 'production')));
  const end = rounds.findIndex(({ id }) => id.endsWith('-1-switched'));
  const state = rounds.slice(0, end + 1).reduce(after, before);
  const database = all(estateAt(state), 'database').find(({ name }) => name === NAME);
  const declared = database && declaredOf(state, database);
  if (!declared) throw new Error('the shop has no such database');
  const { type, name } = declared;
  const guarded = step({
    id: 'guarded',
    title: 'Protect it',
    kind: 'switch',
    move: 'test',
    environment: 'production',
    why: 'as most databases are',
    edits: [{ op: 'update', type, name, properties: { deletionProtection: true } }],
    duration: { from: 0, to: 0 },
    clientsNotice: NOTHING_NOTICED,
    undo: { how: '', until: '', exact: true },
    sources: [],
  });
  return after(state, guarded);
}
const ready = onEight();
const proposal = move.propose(contextOf(ready, 'production', wanted));
const steps = stepsOf(proposal);

describe('without the wish of the team', () => {
  it('has nothing to do, and is not selected for any finding', () => {
    expect(move.propose(contextOf(ready, 'production'))).toEqual({ state: 'notNeeded' });
    const chosen = (preferences: { want?: string[] }): readonly string[] =>
      worthDoing([adopt, move], findingsOf(shopToday()), preferences).map(({ name }) => name);
    expect(chosen({})).not.toContain('aurora');
    expect(chosen(wanted)).toContain('aurora');
  });
});

describe('the database of the shop, encrypted and on MySQL 8.0', () => {
  it('becomes a cluster in these steps', () => {
    const start = 'legacy-prod-aurora-legacy-prod-mysql';
    expect(outline(proposal)).toEqual([
      `act ${start}-copied`,
      `expand ${start}-made`,
      `expand ${start}-readers`,
      `watch ${start}-in-step`,
      `act ${start}-promoted`,
      `switch ${start}-caller-taskdefinition-legacy-prod-web`,
      `switch ${start}-caller-taskdefinition-legacy-prod-worker`,
      `switch ${start}-caller-function-legacy-prod-worker`,
      `switch ${start}-caller-record-db-prod-legacy-shop-example-cname`,
      `watch ${start}-watched`,
      `act ${start}-last-copy`,
      `switch ${start}-unprotected`,
      `contract ${start}-dropped`,
    ]);
    expect(refusalsOf(proposal)).toEqual([]);
  });

  it('is proven step by step; nothing is left to do, and a reader in another zone takes over', () => {
    let state = ready;
    for (const one of steps) {
      expect(objections(proveStep(state, one))).toEqual([]);
      state = after(state, one);
    }
    const estate = estateAt(state);
    const [cluster, ...others] = all(estate, 'databaseCluster');
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({
      engine: 'aurora-mysql',
      storageEncrypted: true,
      deletionProtection: true,
      multiAz: true,
    });
    const left = all(estate, 'database').filter(({ name }) => name.startsWith(NAME));
    expect(left.map(({ cluster: of, publiclyAccessible }) => [of?.id, publiclyAccessible])).toEqual(
      [1, 2, 3].map(() => [cluster?.id, false]),
    );
    expect(move.propose(contextOf(state, 'production', wanted)).state).toBe('notNeeded');
  });

  it('sends writers to the writer and readers to the readers', () => {
    const web = JSON.stringify(steps.find(({ id }) => id.endsWith('-legacy-prod-web'))?.edits);
    expect(web).toContain('legacy-prod-mysql-aurora#endpoint}');
    expect(web).toContain('legacy-prod-mysql-aurora#readerEndpoint}');
  });

  it('scales readers, from as many as there are replicas', () => {
    const made = steps.flatMap(({ edits }) => edits);
    const target = made.find(({ type }) => type === 'aws:appautoscaling/target:Target');
    expect(target).toMatchObject({ properties: { minCapacity: 2, maxCapacity: 4 } });
    expect(made.some(({ type }) => type === 'aws:appautoscaling/policy:Policy')).toBe(true);
  });

  it('tells of the minutes without writes, and nothing cheaper', () => {
    const felt = steps.find(({ id }) => id.endsWith('-promoted'));
    expect(felt?.clientsNotice.from).toBeGreaterThanOrEqual(300);
    expect(felt?.clientsNotice.what).toContain('Nothing can be written');
  });

  it('is not proven when a caller still names what is deleted', () => {
    const rest = steps.filter(({ id }) => !id.endsWith('-legacy-prod-web') && !id.endsWith('-dropped'));
    const last = steps.at(-1);
    if (!last) throw new Error('no step');
    expect(objections(proveStep(rest.reduce(after, ready), last))).toContainEqual(expect.stringContaining('web'));
  });

  it('is not proven when the deletion is not declared, replicas of the plan included', () => {
    const last = steps.at(-1);
    if (!last) throw new Error('no step');
    const found = objections(proveStep(steps.slice(0, -1).reduce(after, ready), { ...last, declares: {} }));
    expect(found.filter((text) => text.includes('keeps data and would be deleted'))).toHaveLength(3);
  });
});

it.each([
  [NAME, { storageEncrypted: undefined }, 'is not known'],
  [NAME, { engineVersion: undefined }, 'is not known'],
  [NAME, { instanceClass: 'db.x2g.large' }, 'is not known'],
  [NAME, { endpoint: undefined }, 'address of'],
  [NAME, { storageEncrypted: false }, 'Renew it first by hand'],
  [NAME, { backupRetention: 0 }, 'keeps no automatic backups'],
  [NAME, { replicas: undefined }, 'Not every replica'],
  [NAME, { engine: 'mariadb' }, 'Aurora is MySQL or PostgreSQL'],
  [NAME, { engineVersion: '8.4.5' }, 'No Aurora version'],
  [NAME, { engineVersion: '5.7.44' }, 'No Aurora version'],
  [NAME, { cluster: undefined }, 'part of a cluster'],
  [`${NAME}-reader-a`, { replicas: undefined }, 'replicas of its own'],
  [`${NAME}-reader-a`, { replicas: [{ id: 'x', field: 'replicas' }] }, 'replicas of its own'],
  [`${NAME}-reader-a`, { region: 'eu-west-1' }, 'in another region'],
])('refuses %s with %o', (name, fields, because) => {
  const told = move.propose(otherwise(ready, name, fields, wanted));
  expect(told.state).toBe('refused');
  expect(refusalsOf(told)).toContainEqual(expect.stringContaining(because));
});

it('refuses what is not under the program’s care', () => {
  const fields = { storageEncrypted: true, engineVersion: '8.0.40', backupRetention: 7 };
  expect(refusalsOf(move.propose(otherwise(today(), NAME, fields, wanted)))).toContainEqual(
    expect.stringContaining('not under the program’s care'.replace('’', "'")),
  );
});

it('waits for the renewal where an Aurora version continues what comes of it', () => {
  for (const fields of [
    { engine: 'postgres', engineVersion: '16.4', storageEncrypted: false },
    { engine: 'postgres', engineVersion: '12.9' },
  ])
    expect(move.propose(otherwise(ready, NAME, fields, wanted))).toMatchObject({
      state: 'waits',
      for: expect.stringContaining('to be renewed'),
    });
});

it('waits for private subnets in two zones', () => {
  const fields = { storageEncrypted: true, engineVersion: '8.0.40', backupRetention: 7 };
  expect(move.propose(otherwise(shopAfter(adopt), NAME, fields, wanted)).state).toBe('waits');
});

it('knows which Aurora continues which version, and which class', () => {
  expect(auroraFor('mysql', '8.0.40', '2026-09-01')?.engine).toBe('aurora-mysql');
  expect(auroraFor('postgres', '16.4', '2026-09-01')).toEqual({ engine: 'aurora-postgresql', version: '16.4' });
  expect(auroraFor('postgres', '12.9', '2026-09-01')).toBeUndefined();
  expect(auroraFor('mysql', '8.0.40', '2040-01-01')).toBeUndefined();
  expect(auroraClass('db.t3.small')).toBe('db.t4g.medium');
  expect(auroraClass('db.m5.large')).toBe('db.r6g.large');
  expect(auroraClass('db.r7g.2xlarge')).toBe('db.r7g.2xlarge');
  expect(auroraClass('db.m4.10xlarge')).toBeUndefined();
});
