import { describe, expect, it } from 'vitest';
import { makeEstate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Proposal } from '../move.ts';
import type { Preferences } from '../preferences.ts';
import { proveStep } from '../prove.ts';
import type { State } from '../state.ts';
import type { Step } from '../step.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as behindCdn } from './balancer-behind-cdn.ts';
import { move as fargate } from './fargate.ts';
import { move as groups } from './groups-beside.ts';
import { move as network } from './private-network.ts';
import { move as roles } from './service-roles.ts';
import { move } from './vpc-origin.ts';

const DEV = 'development';
const WANTED: Preferences = { want: ['vpc-origin'] };

const before = walk(shopToday(), [
  [adopt, null],
  [network, DEV],
  [groups, DEV],
  [roles, DEV],
  [fargate, DEV],
]).state;

function made(from: State, list: readonly Step[]): { readonly state: State; readonly said: readonly string[] } {
  const said: string[] = [];
  let state = from;
  for (const step of list) {
    const one = proveStep(state, step);
    said.push(...objections(one));
    if (one.after) state = one.after;
  }
  return { state, said };
}

const stepsOf = (proposal: Proposal): readonly Step[] => (proposal.state === 'ready' ? proposal.steps : []);
const ready = made(before, stepsOf(behindCdn.propose(contextOf(before, DEV)))).state;
const steps = stepsOf(move.propose(contextOf(ready, DEV, WANTED)));

const refusalsWith = (change: (resource: Resource) => readonly Resource[]): string => {
  const context = contextOf(ready, DEV, WANTED);
  const resources = context.estate.resources.flatMap(change);
  const proposal = move.propose({ ...context, estate: makeEstate({ ...context.estate, resources }) });
  return 'refusals' in proposal ? (proposal.refusals ?? []).map(({ because }) => because).join('\n') : proposal.state;
};

describe('a load balancer without a public address', () => {
  it('is never proposed where nobody wishes it', () => {
    expect(move.propose(contextOf(ready, DEV))).toEqual({ state: 'notNeeded' });
  });

  it('waits for a distribution before the load balancer', () => {
    expect(move.propose(contextOf(before, DEV, WANTED))).toMatchObject({ state: 'waits' });
  });

  it('comes beside the public one, takes over by one change, and the public one goes', () => {
    expect(steps.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'expand legacy-dev-private-made',
      'expand legacy-dev-private-served',
      'expand legacy-dev-private-origin',
      'switch legacy-dev-private-switched',
      'watch legacy-dev-private-watch',
      'contract legacy-dev-private-alone',
      'contract legacy-dev-private-public-gone',
    ]);
    expect(steps.find(({ kind }) => kind === 'switch')?.edits).toHaveLength(1);
  });

  it('is proven, and then not needed', () => {
    const { state, said } = made(ready, steps);
    expect(said).toEqual([]);
    expect(move.propose(contextOf(state, DEV, WANTED))).toEqual({ state: 'notNeeded' });
  });

  it('is internal, and in a group that CloudFront alone gets into', () => {
    const edits = steps[0]?.edits ?? [];
    expect(edits.find(({ type }) => /LoadBalancer$/.test(type))).toMatchObject({ properties: { internal: true } });
    const doors = edits.filter(({ type, name }) => /IngressRule$/.test(type) && name.startsWith('legacy-dev-alb'));
    expect(doors).toMatchObject([{ properties: { prefixListId: expect.stringMatching(/^pl-/), fromPort: 443 } }]);
  });
});

describe('what the prover has against a bad one', () => {
  const without = (...left: readonly string[]): readonly string[] =>
    made(
      ready,
      steps.filter(({ id }) => !left.some((part) => id.endsWith(part))),
    ).said;

  it('the public origin taken off while it is still asked', () => {
    expect(without('-switched')).toContainEqual(expect.stringMatching(/-alone: order: .*origins/));
  });

  it('the public load balancer deleted while the distribution asks it', () => {
    expect(without('-alone')).not.toEqual([]);
  });

  it('a listener whose tasks do not register', () => {
    const list = steps.map((step) =>
      step.id.endsWith('-served') ? { ...step, edits: step.edits.filter(({ op }) => op === 'create') } : step,
    );
    expect(made(ready, list).said).toContainEqual(expect.stringMatching(/-served: flows.: .*nobody knows who answers/));
  });
});

describe('it is refused', () => {
  it('for a classic and for a network load balancer', () => {
    for (const type of ['classic', 'network'] as const)
      expect(refusalsWith((one) => [one.kind === 'loadBalancer' ? { ...one, type } : one])).toContain(type);
  });

  it('without an internet gateway, and with a listener that serves on another port', () => {
    expect(refusalsWith((one) => (one.kind === 'internetGateway' ? [] : [one]))).toContain('internet gateway');
    expect(
      refusalsWith((one) => [one.kind === 'listener' && one.port === 80 ? { ...one, port: 8080 } : one]),
    ).toContain('8080');
  });

  it('where it is not known whether a web ACL stands before it, and where another one than ECS deploys', () => {
    expect(refusalsWith((one) => [one.kind === 'loadBalancer' ? { ...one, webAcl: undefined } : one])).toContain(
      'not known',
    );
    expect(
      refusalsWith((one) => [one.kind === 'ecsService' ? { ...one, deploymentController: 'CODE_DEPLOY' } : one]),
    ).toContain('CODE_DEPLOY');
  });

  it('where the target group sends to machines', () => {
    expect(refusalsWith((one) => [one.kind === 'targetGroup' ? { ...one, targetType: 'instance' } : one])).toContain(
      'something else than tasks',
    );
  });
});
