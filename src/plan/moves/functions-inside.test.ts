import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { addressOf } from '../edit.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State } from '../state.ts';
import type { Step } from '../step.ts';
import { shopWithout } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as databaseClosed } from './database-closed.ts';
import { move } from './functions-inside.ts';
import { move as privateNetwork } from './private-network.ts';
import { move as wayIn } from './way-in.ts';

const PROD = 'production';
const DEV = 'development';

const withNetwork = (): State => {
  const { state } = walk(shopToday(), [
    [adopt, null],
    [privateNetwork, PROD],
  ]);
  return state;
};

function stepsAt(state: State): readonly Step[] {
  const proposal = move.propose(contextOf(state, PROD));
  return proposal.state === 'ready' ? proposal.steps : [];
}

describe('functions of the shop that use a database from outside of the VPC', () => {
  it('wait for private subnets with a way out', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    expect(move.propose(contextOf(state, PROD))).toMatchObject({ state: 'waits' });
  });

  it('wait for the way out too: from a private subnet without one they could call nobody', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    const network = privateNetwork.propose(contextOf(state, PROD));
    const [subnets] = network.state === 'ready' ? network.steps : [];
    const at = subnets && proveStep(state, subnets).after;
    expect(at && move.propose(contextOf(at, PROD))).toMatchObject({ state: 'waits' });
  });

  it('get their group and their permission first, then move one by one', () => {
    const steps = stepsAt(withNetwork());
    expect(steps.map(({ id, kind, edits }) => [id, kind, edits.map(addressOf)])).toEqual([
      [
        'legacy-prod-functions-inside-prepared',
        'expand',
        [
          'aws:ec2/securityGroup:SecurityGroup::legacy-prod-worker-group',
          'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::legacy-prod-worker-to-anywhere-all',
          'aws:iam/rolePolicyAttachment:RolePolicyAttachment::legacy-prod-lambda-may-make-interfaces',
        ],
      ],
      [
        'legacy-prod-functions-inside-legacy-prod-worker',
        'switch',
        ['aws:lambda/function:Function::legacy-prod-worker'],
      ],
    ]);
  });

  it('are proven to reach everything that they reached, and then need nothing more', () => {
    const { proven, proposals, state } = walk(shopToday(), [
      [adopt, null],
      [privateNetwork, PROD],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
    const worker = all(estateAt(state), 'function').find(({ name }) => name === 'legacy-prod-worker');
    expect(worker?.network?.subnets).toHaveLength(2);
  });
});

describe('what the prover has against a bad one', () => {
  it('a group that lets nothing out cuts it off', () => {
    const [prepared, moves] = stepsAt(withNetwork());
    if (!prepared || !moves) throw new Error('the steps are proposed');
    const edits = prepared.edits.filter(({ type }) => !type.includes('EgressRule'));
    const at = proveStep(withNetwork(), { ...prepared, edits }).after;
    expect(at && objections(proveStep(at, moves)).join('\n')).toContain('flows: function/legacy-prod-worker');
  });

  it('without its group the move does not even fit', () => {
    const [, moves] = stepsAt(withNetwork());
    expect(moves && proveStep(withNetwork(), moves).after).toBeUndefined();
  });

  it('the database does not close before they are inside', () => {
    const { proven } = walk(shopToday(), [
      [adopt, null],
      [privateNetwork, PROD],
      [wayIn, PROD],
      [databaseClosed, PROD],
    ]);
    const told = proven.flatMap(objections);
    expect(told.length).toBeGreaterThan(0);
    for (const text of told) expect(text).toContain('function/legacy-prod-worker');
  });
});

it('with private subnets, a way in and the functions inside, databases close in both environments', () => {
  const { proven, proposals, state } = walk(shopToday(), [
    [adopt, null],
    ...[DEV, PROD].flatMap((environment) =>
      [privateNetwork, wayIn, move, databaseClosed].map((one) => [one, environment] as const),
    ),
  ]);
  expect(proposals.map((proposal) => proposal.state)).toEqual(Array(9).fill('ready'));
  expect(proven.flatMap(objections)).toEqual([]);
  expect(all(estateAt(state), 'database').filter(({ publiclyAccessible }) => publiclyAccessible !== false)).toEqual([]);
});

it('refuses where the role of the function was not read: nobody could permit it to make interfaces', () => {
  const { state } = walk(shopWithout('iam:GetAccountAuthorizationDetails', 'iam:ListRoles', 'iam:GetRole'), [
    [adopt, null],
    [privateNetwork, PROD],
  ]);
  const proposal = move.propose(contextOf(state, PROD));
  expect(proposal.state).toBe('refused');
});
