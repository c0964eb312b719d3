import { describe, expect, it } from 'vitest';
import { all, makeEstate } from '../../estate/estate.ts';
import { proveStep } from '../prove.ts';
import { after, estateAt } from '../state.ts';
import { enginePath } from '../structure/engine-path.ts';
import { GROUND, otherwise, refusalsOf, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move } from './database-renewed.ts';
import { move as twoZones } from './database-two-zones.ts';
import { move as replicas } from './replicas-over-zones.ts';

const NAME = 'legacy-prod-mysql';
const ready = shopAfter(...GROUND, twoZones, replicas);

describe('the database of the shop, on MySQL 5.7 and not encrypted', () => {
  const steps = stepsOf(move.propose(contextOf(ready, 'production')));

  it('goes through every major version, and is encrypted in the first round', () => {
    const commands = steps.flatMap(({ actions }) => actions.map(({ command }) => command));
    const created = commands.filter((text) => text.includes('create-blue-green-deployment'));
    expect(created).toHaveLength(2);
    expect(created[0]).toContain("'8.0.'");
    expect(created[0]).toContain('TargetKmsKeyId=alias/legacy-prod-database-key');
    // each instance is named: AWS encrypts a replica of the copy only when it is told to
    expect(created[0]?.match(/SourceArn=/g)).toHaveLength(3);
    expect(created[1]).toContain("'8.4.'");
    expect(created[1]).not.toContain('TargetKmsKeyId');
  });

  it('is proven, and encrypted on a supported version at the end, replicas and all', () => {
    let state = ready;
    for (const step of steps) {
      expect(objections(proveStep(state, step))).toEqual([]);
      state = after(state, step);
    }
    const family = all(estateAt(state), 'database').filter(({ name }) => name.startsWith(NAME));
    expect(family.map(({ storageEncrypted }) => storageEncrypted)).toEqual([true, true, true]);
    expect(family.find(({ name }) => name === NAME)?.engineVersion).toBe('8.4');
    expect(move.propose(contextOf(state, 'production')).state).toBe('notNeeded');
  });

  it('tells of the seconds without writes', () => {
    expect(
      steps.filter(({ clientsNotice }) => clientsNotice.to > 0).map(({ clientsNotice }) => clientsNotice.to),
    ).toEqual([60, 60]);
  });

  it('would be a replacement if the program did it', () => {
    const at = steps.findIndex(({ id }) => id.endsWith('-1-switched'));
    const act = steps[at];
    if (!act) throw new Error('no step');
    const state = steps.slice(0, at).reduce(after, ready);
    const edits = act.edits.map((edit) => (edit.op === 'update' ? { ...edit, follows: undefined } : edit));
    const found = objections(
      proveStep(state, { ...act, kind: 'switch', edits: edits.slice(0, 1) as typeof act.edits }),
    );
    expect(found).toContainEqual(expect.stringContaining('the provider replaces the resource'));
  });
});

it.each([
  [{ storageEncrypted: undefined }, 'is not known'],
  [{ backupRetention: 0 }, 'keeps no automatic backups'],
  [{ engine: 'oracle-se2' }, 'AWS renews no oracle-se2 database'],
])('refuses %o', (fields, because) => {
  const proposal = move.propose(otherwise(ready, NAME, fields));
  expect(proposal.state).toBe('refused');
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining(because));
});

const groups = (parameter: string, option: string) => ({ settingGroups: { parameter: [parameter], option: [option] } });

it.each([
  [groups('seoul-time', 'default:mysql-5-7'), 'settings of its own (seoul-time)'],
  [groups('default.mysql5.7', 'audit'), 'settings of its own (audit)'],
  [{ settingGroups: undefined }, 'is not known, and a copy on another major version'],
])('leaves nobody without the settings of the database: %o', (fields, because) => {
  const proposal = move.propose(otherwise(ready, NAME, fields));
  expect(stepsOf(proposal)).toEqual([]);
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining(because));
});

it.each([
  ['db-ABC', 'db-ABC', true],
  ['db-ABC', '*', false],
  ['db-ABC', 'db-DEF', false],
  [undefined, 'db-DEF', true],
])(
  'of a database with the resource id %s, a policy for users of %s stands in the way: %s',
  (resourceId, named, stands) => {
    const context = otherwise(ready, NAME, { resourceId, iamAuthentication: true });
    const connect = { Effect: 'Allow', Action: 'rds-db:connect', Resource: `arn:aws:rds-db:*:*:dbuser:${named}/app` };
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [connect] });
    const resources = context.estate.resources.map((one) =>
      one.kind === 'role' ? { ...one, inlinePolicies: [{ name: 'connect', document }] } : one,
    );
    const estate = makeEstate({ ...context.estate, resources, flows: context.estate.flows });
    const proposal = move.propose({ ...context, estate });
    expect(refusalsOf(proposal).some((text) => text.includes('by its resource id'))).toBe(stands);
  },
);

it('waits for a current class: newer versions do not run on the old one', () => {
  expect(move.propose(otherwise(ready, NAME, { instanceClass: 'db.m4.large' })).state).toBe('waits');
});

it('finds the way through the major versions to one that is supported', () => {
  expect(enginePath('mysql', '5.7.44', '2026-09-01')).toEqual(['8.0', '8.4']);
  expect(enginePath('mysql', '8.4.5', '2026-09-01')).toEqual([]);
  expect(enginePath('postgres', '12.9', '2026-09-01')).toEqual(['16']);
  expect(enginePath('mariadb', '10.4.8', '2026-09-01')).toEqual(['10.6', '10.11']);
  expect(enginePath('mysql', '9.9', '2026-09-01')).toBeUndefined();
  expect(enginePath('oracle-ee', '19', '2026-09-01')).toBeUndefined();
});
