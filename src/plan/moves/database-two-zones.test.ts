import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { proveStep } from '../prove.ts';
import { after, estateAt } from '../state.ts';
import { GROUND, otherwise, outline, refusalsOf, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move } from './database-two-zones.ts';

const ready = shopAfter(...GROUND);
const NAME = 'legacy-prod-mysql';

describe('the database of the shop, alone in a zone and on an old class', () => {
  const steps = stepsOf(move.propose(contextOf(ready, 'production')));

  it('is copied, gets a standby at once, and then a newer class by one failover', () => {
    expect(steps.map(({ kind, edits }) => [kind, edits])).toEqual([
      ['act', []],
      [
        'expand',
        [
          {
            op: 'update',
            type: 'aws:rds/instance:Instance',
            name: NAME,
            properties: { multiAz: true, applyImmediately: true },
          },
        ],
      ],
      [
        'switch',
        [
          {
            op: 'update',
            type: 'aws:rds/instance:Instance',
            name: NAME,
            properties: { instanceClass: 'db.m5.large', applyImmediately: true },
          },
        ],
      ],
    ]);
    expect(steps[2]?.clientsNotice).toMatchObject({ from: 60, to: 120 });
  });

  it('is proven, and stands in the other zone afterwards: a new class is a failover', () => {
    let state = ready;
    for (const step of steps) {
      expect(objections(proveStep(state, step))).toEqual([]);
      state = after(state, step);
    }
    const database = all(estateAt(state), 'database').find(({ name }) => name === NAME);
    expect(database).toMatchObject({
      multiAz: true,
      instanceClass: 'db.m5.large',
      zone: { id: 'ap-northeast-2c' },
      secondaryZone: { id: 'ap-northeast-2a' },
    });
    expect(move.propose(contextOf(state, 'production')).state).toBe('notNeeded');
  });

  it('needs a copy where it keeps no backups', () => {
    const [, standby] = steps;
    if (!standby) throw new Error('no step');
    const bare = {
      ...ready,
      effects: [{ op: 'set', kind: 'database', id: idOf(), fields: { backupRetention: 0 } }],
    } as const;
    expect(objections(proveStep(bare, standby))).toContainEqual(expect.stringContaining('no backup and no snapshot'));
  });
});

const idOf = (): string => all(estateAt(ready), 'database').find(({ name }) => name === NAME)?.id ?? '';

it.each([
  [{ multiAz: undefined }, 'Whether legacy-prod-mysql has a standby is not known'],
  [{ pendingChanges: ['DBInstanceClass'] }, 'changes that wait for its maintenance window'],
  [{ engine: 'sqlserver-ex' }, 'AWS gives no standby to the edition sqlserver-ex'],
  [{ subnetGroup: undefined }, 'The subnet group of legacy-prod-mysql is not known'],
])('refuses %o', (fields, because) => {
  const proposal = move.propose(otherwise(ready, NAME, fields));
  expect(proposal.state).toBe('refused');
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining(because));
});

it('leaves the class where the team accepts no minute', () => {
  const proposal = move.propose(otherwise(ready, NAME, {}, { acceptedSeconds: 10 }));
  expect(outline(proposal)).toEqual([
    'act legacy-prod-two-zones-legacy-prod-mysql-copied',
    'expand legacy-prod-two-zones-legacy-prod-mysql',
  ]);
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining('acceptedSeconds: 120'));
});
