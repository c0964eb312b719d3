import { describe, expect, it } from 'vitest';
import { isPublic } from '../../analyse/internet/subnets.ts';
import { all, find } from '../../estate/estate.ts';
import { ref } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { after, estateAt, type State } from '../state.ts';
import { GROUND, otherwise, outline, refusalsOf, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as cachePrivate } from './cache-private.ts';
import { move } from './database-private.ts';
import { move as replicas } from './replicas-over-zones.ts';

const NAME = 'legacy-prod-mysql';
const ready = shopAfter(...GROUND);
const moved = shopAfter(...GROUND, replicas);

describe('flip: the subnets turn private where they are', () => {
  const proposal = move.propose(contextOf(ready, 'production'));

  it('is one switch of one association a subnet, to the table of the same zone that leads out by NAT', () => {
    expect(outline(proposal)).toEqual([
      'switch legacy-prod-database-private-legacy-prod-public-a',
      'switch legacy-prod-database-private-legacy-prod-public-c',
      'contract legacy-prod-database-private-no-public-addresses',
    ]);
    expect(stepsOf(proposal).map(({ edits }) => edits)[0]).toEqual([
      {
        op: 'update',
        type: 'aws:ec2/routeTableAssociation:RouteTableAssociation',
        name: 'legacy-prod-public-a',
        properties: {
          routeTableId: ref({ type: 'aws:ec2/routeTable:RouteTable', name: 'legacy-prod-network-app-a-routes' }),
        },
      },
    ]);
    expect(proposal).toMatchObject({ variant: 'flip' });
  });

  it('is refused by the prover as long as the load balancer stands there', () => {
    const [first] = stepsOf(proposal);
    if (!first) throw new Error('no step');
    expect(objections(proveStep(ready, first))).toContainEqual(
      expect.stringMatching(/flows: internet -> loadBalancer\/legacy-prod-alb tcp\/443/),
    );
  });

  it('takes the cache along, which stands in the same subnets', () => {
    expect(cachePrivate.propose(contextOf(ready, 'production'))).toMatchObject({ state: 'waits' });
    const end = stepsOf(proposal).reduce(after, ready);
    expect(cachePrivate.propose(contextOf(end, 'production')).state).toBe('notNeeded');
    expect(move.propose(contextOf(end, 'production')).state).toBe('notNeeded');
  });
});

describe('failover: the database leaves by its standby', () => {
  const preferences = { databasePrivate: 'failover' } as const;
  const proposal = move.propose(contextOf(moved, 'production', preferences));
  const steps = stepsOf(proposal);

  it('goes the only way that RDS allows', () => {
    const id = 'legacy-prod-database-private-legacy-prod-mysql';
    expect(outline(proposal)).toEqual([
      `act ${id}-copied`,
      `switch ${id}-subnets-one`,
      `expand ${id}-standby-in-private`,
      `act ${id}-failover`,
      `contract ${id}-alone-after`,
      `switch ${id}-subnets-two`,
      `expand ${id}-standby-again`,
    ]);
    expect(steps.find(({ id: each }) => each.endsWith('-failover'))?.clientsNotice).toMatchObject({
      from: 60,
      to: 120,
    });
  });

  it('is proven with everything else still in the public subnets, and ends in private ones', () => {
    let state: State = moved;
    for (const step of steps) {
      expect(objections(proveStep(state, step))).toEqual([]);
      state = after(state, step);
    }
    const estate = estateAt(state);
    const database = all(estate, 'database').find(({ name }) => name === NAME);
    const subnets = find(estate, database?.subnetGroup)?.subnets?.map((ref) => find(estate, ref)) ?? [];
    expect(subnets.map((subnet) => subnet && isPublic(estate, subnet).answer)).toEqual(['no', 'no']);
    const standing = all(estate, 'networkInterface').filter(({ owner }) => owner?.id === database?.id);
    expect(standing.map(({ subnet }) => subnet?.id).every((id) => subnets.some((one) => one?.id === id))).toBe(true);
    expect(database).toMatchObject({ multiAz: true, zone: { id: 'ap-northeast-2c' } });
  });

  it('waits for the replicas that hold on to the subnet group', () => {
    expect(move.propose(contextOf(ready, 'production', preferences))).toMatchObject({ state: 'waits' });
  });

  it('is not proven to be safe for the standby when the step does not say that it is missing for a while', () => {
    const at = steps.findIndex(({ id }) => id.endsWith('-alone-after'));
    const alone = steps[at];
    if (!alone) throw new Error('no step');
    const state = steps.slice(0, at).reduce(after, moved);
    expect(objections(proveStep(state, { ...alone, declares: {} })).some((text) => text.includes('resilience'))).toBe(
      true,
    );
  });

  it('is refused where the team accepts no minute', () => {
    const told = move.propose(contextOf(moved, 'production', { ...preferences, acceptedSeconds: 5 }));
    expect(told.state).toBe('refused');
    expect(refusalsOf(told)).toContainEqual(expect.stringContaining("databasePrivate: 'flip'"));
  });
});

it('waits until the database has lost its public address', () => {
  expect(move.propose(otherwise(ready, NAME, { publiclyAccessible: true })).state).toBe('waits');
  expect(move.propose(otherwise(ready, NAME, { publiclyAccessible: undefined })).state).toBe('waits');
});

it('waits for a private table', () => {
  const bare = shopAfter(adopt);
  expect(move.propose(otherwise(bare, 'legacy-prod-mysql', { publiclyAccessible: false })).state).toBe('waits');
});
