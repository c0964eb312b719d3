import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { shopChanged } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import type { Today } from '../today.ts';
import { move as adopt } from './adopt.ts';
import { move } from './balancer-rehomed.ts';
import { move as privateNetwork } from './private-network.ts';

const PROD = 'production';

const withNetwork = (today: Today = shopToday()): State =>
  walk(today, [
    [adopt, null],
    [privateNetwork, PROD],
  ]).state;

function stepsAt(state: State): readonly Step[] {
  const proposal = move.propose(contextOf(state, PROD));
  return proposal.state === 'ready' ? proposal.steps : [];
}

describe('the balancer of the shop', () => {
  it('waits for public subnets of its own', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    expect(move.propose(contextOf(state, PROD))).toMatchObject({ state: 'waits' });
  });

  it('moves zone by zone, is proven, and is then not needed', () => {
    const { proven, proposals, state } = walk(shopToday(), [
      [adopt, null],
      [privateNetwork, PROD],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.filter(({ step }) => step.move === move.name).map(({ step }) => [step.id, step.kind])).toEqual([
      ['legacy-prod-rehomed-legacy-prod-alb-1', 'switch'],
      ['legacy-prod-rehomed-legacy-prod-alb-2', 'switch'],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
    const estate = estateAt(state);
    const [balancer] = all(estate, 'loadBalancer').filter(({ name }) => name === 'legacy-prod-alb');
    const names = balancer?.subnets?.map(({ id }) => all(estate, 'subnet').find((one) => one.id === id)?.name);
    expect([...(names ?? [])].sort()).toEqual(['legacy-prod-network-public-a', 'legacy-prod-network-public-c']);
  });

  it('is in two zones at every moment, and says that nobody has tried it', () => {
    const steps = stepsAt(withNetwork());
    for (const { edits, clientsNotice, sources } of steps) {
      expect(edits).toMatchObject([{ properties: { subnets: { length: 2 } } }]);
      expect(clientsNotice.to).toBeGreaterThan(0);
      expect(sources.some(({ certainty }) => certainty === 'composed')).toBe(true);
    }
  });

  it('stays where it is when the databases leave by failover and the cache stands elsewhere', () => {
    const today = shopChanged((responses) => {
      delete responses['elasticache:DescribeCacheSubnetGroups'];
    });
    const context = contextOf(withNetwork(today), PROD, { databasePrivate: 'failover' });
    expect(move.propose(context)).toEqual({ state: 'notNeeded' });
  });
});

describe('what is refused', () => {
  it('a network load balancer', () => {
    const today = shopChanged((responses) => {
      const text = JSON.stringify(responses['elbv2:DescribeLoadBalancers']);
      responses['elbv2:DescribeLoadBalancers'] = JSON.parse(text.replaceAll('"application"', '"network"'));
    });
    expect(move.propose(contextOf(withNetwork(today), PROD))).toMatchObject({ state: 'refused' });
  });

  it('by the prover: both zones in one step, one zone only, a subnet without a route to the internet', () => {
    const state = withNetwork();
    const [first] = stepsAt(state);
    if (!first) throw new Error('a step is proposed');
    const into = (...subnets: readonly string[]) =>
      proveStep(state, {
        ...first,
        edits: first.edits.map((edit) => ({ ...edit, properties: { subnets } })) as Step['edits'],
      });
    const [a] = (first.edits[0]?.op === 'update' ? first.edits[0].properties.subnets : []) as readonly string[];
    expect(into(a ?? '').holds).toBe(false);
    const apps = all(estateAt(state), 'subnet').filter(({ name }) => /^legacy-prod-network-app-/.test(name));
    expect(into(...apps.map(({ id }) => id)).proofs.flows.verdict).not.toBe('proven');
  });
});
