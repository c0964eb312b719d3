import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { proveStep } from '../prove.ts';
import { after, estateAt } from '../state.ts';
import { GROUND, otherwise, outline, refusalsOf, shopAfter, stepsOf } from '../testing/databases.ts';
import { contextOf, objections } from '../testing/shop.ts';
import { move } from './cache-failover.ts';

const ready = shopAfter(...GROUND);
const NAME = 'legacy-prod-redis';

describe('the cache of the shop, one old node', () => {
  const proposal = move.propose(contextOf(ready, 'production'));
  const steps = stepsOf(proposal);

  it('becomes a group by the call of AWS, fails over, is called by the address of the group, and gets newer nodes', () => {
    expect(outline(proposal)).toEqual([
      'act legacy-prod-cache-group-legacy-prod-redis',
      'expand legacy-prod-cache-failover-legacy-prod-redis',
      'switch legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web',
      'switch legacy-prod-cache-newer-legacy-prod-redis',
    ]);
    expect(steps[0]?.actions.map(({ operation }) => operation)).toEqual([
      'elasticache:CreateReplicationGroup',
      'elasticache:IncreaseReplicaCount',
      '',
    ]);
  });

  it('is only written down by the program: it lets go of the node and takes over the group', () => {
    expect(steps[0]?.edits).toMatchObject([
      { op: 'delete', type: 'aws:elasticache/cluster:Cluster', keeps: true },
      { op: 'create', type: 'aws:elasticache/replicationGroup:ReplicationGroup', importId: NAME },
    ]);
  });

  it('is proven, and survives either zone afterwards', () => {
    let state = ready;
    for (const step of steps) {
      expect(objections(proveStep(state, step))).toEqual([]);
      state = after(state, step);
    }
    const [cache] = all(estateAt(state), 'cache').filter(({ name }) => name === NAME);
    expect(cache).toMatchObject({ form: 'replicationGroup', automaticFailover: true, nodeType: 'cache.t3.small' });
    expect(cache?.nodes?.map(({ zone }) => zone?.id)).toEqual(['ap-northeast-2a', 'ap-northeast-2c']);
    expect(move.propose(contextOf(state, 'production')).state).toBe('notNeeded');
  });

  it('may not be let go by a step that says nothing of the group', () => {
    const [act] = steps;
    if (!act) throw new Error('no step');
    const edits = act.edits.filter(({ op }) => op === 'delete');
    const found = objections(proveStep(ready, { ...act, edits, successions: [] }));
    expect(found).toContainEqual(expect.stringContaining('nothing says what it is part of'));
  });

  it('may not be let go by an expand', () => {
    const [act] = steps;
    if (!act) throw new Error('no step');
    expect(objections(proveStep(ready, { ...act, kind: 'expand' }))).toContainEqual(
      expect.stringContaining('only of an act can the program write down'),
    );
  });
});

it.each([
  [{ nodeType: 'cache.t1.micro' }, 'for which AWS does no failover'],
  [{ nodeType: undefined }, 'The node type of legacy-prod-redis is not known'],
  [{ subnetGroup: undefined }, 'The subnet group of legacy-prod-redis is not known'],
  [
    { form: 'replicationGroup', automaticFailover: undefined, nodes: undefined },
    'Whether legacy-prod-redis fails over',
  ],
])('refuses %o', (fields, because) => {
  const proposal = move.propose(otherwise(ready, NAME, fields));
  expect(proposal.state).toBe('refused');
  expect(refusalsOf(proposal)).toContainEqual(expect.stringContaining(because));
});

it('has nothing to do for Memcached', () => {
  expect(move.propose(otherwise(ready, NAME, { engine: 'memcached' })).state).toBe('notNeeded');
});
