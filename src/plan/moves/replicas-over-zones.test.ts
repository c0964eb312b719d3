import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { ref } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { estateAt, after as next } from '../state.ts';
import { GROUND, otherwise, outline, refusalsOf, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './replicas-over-zones.ts';

const ready = shopAfter(...GROUND);
const PRIMARY = 'legacy-prod-mysql';

describe('the replicas of the shop, which all stand in one zone', () => {
  const proposal = move.propose(contextOf(ready, 'production'));
  const steps = stepsOf(proposal);

  it('get others beside, then lose their readers one by one, then go', () => {
    expect(outline(proposal)).toEqual([
      'expand legacy-prod-replicas-legacy-prod-mysql-made',
      'switch legacy-prod-replicas-legacy-prod-mysql-readers-taskdefinition-legacy-prod-web',
      'watch legacy-prod-replicas-legacy-prod-mysql-watched',
      'contract legacy-prod-replicas-legacy-prod-mysql-dropped',
    ]);
    expect(refusalsOf(proposal)).toEqual([]);
  });

  it('are made by the ARN of the primary in a private group, closed, in two zones, of a current class', () => {
    const made = steps[0]?.edits.filter(({ type }) => type === 'aws:rds/instance:Instance');
    expect(made?.map((edit) => ('properties' in edit ? edit.properties : {}))).toMatchObject([
      {
        replicateSourceDb: ref({ type: 'aws:rds/instance:Instance', name: PRIMARY }, 'arn'),
        dbSubnetGroupName: ref({ type: 'aws:rds/subnetGroup:SubnetGroup', name: 'legacy-prod-mysql-private' }),
        availabilityZone: 'ap-northeast-2c',
        publiclyAccessible: false,
        instanceClass: 'db.m5.large',
      },
      { availabilityZone: 'ap-northeast-2a', publiclyAccessible: false },
    ]);
  });

  it('are proven, every step, and stand in two zones at the end', () => {
    let state = ready;
    for (const step of steps) {
      expect(objections(proveStep(state, step))).toEqual([]);
      state = next(state, step);
    }
    const replicas = all(estateAt(state), 'database').filter(({ replicaOf }) => replicaOf?.id.endsWith(`:${PRIMARY}`));
    expect(replicas.map(({ zone }) => zone?.id).sort()).toEqual(['ap-northeast-2a', 'ap-northeast-2c']);
    expect(move.propose(contextOf(state, 'production')).state).toBe('notNeeded');
  });

  it('cannot go while somebody still reads from them', () => {
    const [made, , , dropped] = steps;
    if (!made || !dropped) throw new Error('no steps');
    const state = next(ready, made);
    const found = objections(proveStep(state, dropped));
    expect(found).toContainEqual(expect.stringContaining('still asked for: DB_READ_HOST_1 in the environment'));
  });

  it('cannot go without the word that they are copies', () => {
    const last = steps.at(-1);
    if (!last) throw new Error('no steps');
    const state = steps.slice(0, -1).reduce(next, ready);
    const found = objections(proveStep(state, { ...last, declares: {} }));
    expect(found).toContainEqual(
      expect.stringContaining('legacy-prod-mysql-replica-1 keeps data and would be deleted'),
    );
  });
});

it('turns backups on in a step of its own where there are none, and says that it is felt', () => {
  const proposal = move.propose(otherwise(ready, PRIMARY, { backupRetention: 0 }));
  expect(outline(proposal).slice(0, 3)).toEqual([
    'act legacy-prod-replicas-legacy-prod-mysql-copied',
    'expand legacy-prod-replicas-legacy-prod-mysql-backups',
    'expand legacy-prod-replicas-legacy-prod-mysql-made',
  ]);
  expect(stepsOf(proposal)[1]?.clientsNotice).toMatchObject({ from: 2, to: 300 });
});

it.each([
  [{ zone: undefined }, 'The zone of legacy-prod-mysql or of a replica of it is not known'],
  [{ backupRetention: undefined }, 'Whether legacy-prod-mysql keeps backups is not known'],
])('refuses what is not known: %o', (fields, because) => {
  const proposal = move.propose(otherwise(ready, PRIMARY, fields));
  expect(proposal.state).toBe('refused');
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining(because));
});

it('refuses a replica that has replicas', () => {
  const replicas = [{ id: 'arn:aws:rds:ap-northeast-2:111122223333:db:another', field: 'x' }];
  const proposal = move.propose(otherwise(ready, 'legacy-prod-mysql-replica-1', { replicas }));
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining('has replicas of its own'));
});

it('waits for private subnets in two zones', () => {
  expect(move.propose(contextOf(shopAfter(adopt), 'production'))).toMatchObject({ state: 'waits' });
});

it('leaves replicas in two zones alone', () => {
  const zone = { id: 'ap-northeast-2c', field: 'AvailabilityZone' };
  expect(move.propose(otherwise(ready, 'legacy-prod-mysql-replica-1', { zone })).state).toBe('notNeeded');
});
