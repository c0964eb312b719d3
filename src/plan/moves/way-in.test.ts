import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { join } from '../../rules/example.ts';
import { group, groupAnswer, instance, instanceAnswer, network, publicSubnet } from '../../rules/examples/network.ts';
import { noBalancers, noSessionManager, OFFICE } from '../../rules/examples/open.ts';
import type { Preferences } from '../preferences.ts';
import { proveStep } from '../prove.ts';
import { estateAt, type State, startOf } from '../state.ts';
import type { Step } from '../step.ts';
import { todayFrom } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as privateNetwork } from './private-network.ts';
import { move } from './way-in.ts';

const PROD = 'production';
const SSH: Preferences = { wayIn: { sshFrom: { office: '203.0.113.0/24' } } };

const withNetwork = (): State =>
  walk(shopToday(), [
    [adopt, null],
    [privateNetwork, PROD],
  ]).state;

function stepsAt(state: State, preferences: Preferences = {}): readonly Step[] {
  const proposal = move.propose(contextOf(state, PROD, preferences));
  return proposal.state === 'ready' ? proposal.steps : [];
}

const ofType = (steps: readonly Step[], type: string) =>
  steps.flatMap(({ edits }) => edits.filter((edit) => edit.op === 'create' && edit.type === type));

describe('the way in of the shop', () => {
  it('waits for a private subnet', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    expect(move.propose(contextOf(state, PROD))).toMatchObject({ state: 'waits' });
  });

  it('is a machine that only adds, its report to Systems Manager, and the time for everybody to try it', () => {
    expect(stepsAt(withNetwork()).map(({ id, kind }) => [id, kind])).toEqual([
      ['legacy-prod-way-in', 'expand'],
      ['legacy-prod-way-in-answers', 'act'],
      ['legacy-prod-way-in-used', 'watch'],
    ]);
  });

  it('has no open port, no public address, a token for its metadata and the current image of AWS', () => {
    const steps = stepsAt(withNetwork());
    expect(ofType(steps, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')).toEqual([]);
    expect(ofType(steps, 'aws:ec2/instance:Instance')).toMatchObject([
      {
        properties: {
          associatePublicIpAddress: false,
          metadataOptions: { httpTokens: 'required' },
          ami: expect.stringMatching(/^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/al2023/),
        },
      },
    ]);
  });

  it('is proven, and is then not needed', () => {
    const { proven, proposals, state } = walk(shopToday(), [
      [adopt, null],
      [privateNetwork, PROD],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
    const stores = estateAt(state).flows.flatMap(({ from, to }) =>
      from.type === 'resource' && to.type === 'resource' && state.waysIn.includes(from.id) ? [to.id] : [],
    );
    // what the tunnel leads to is a flow of its own: no later step may cut it
    expect(stores.filter((id) => /:rds:|:elasticache:/.test(id)).length).toBeGreaterThan(0);
  });

  it('gives the exact command for each database', () => {
    const queries = stepsAt(withNetwork()).flatMap(({ gate }) => gate.flatMap(({ query }) => query ?? []));
    const tunnels = queries.filter((query) => query.includes('AWS-StartPortForwardingSessionToRemoteHost'));
    expect(tunnels[0]).toContain('"portNumber":["3306"],"localPortNumber":["13306"]');
    expect(new Set(tunnels).size).toBe(tunnels.length);
  });

  it('by SSH is exposed to the named addresses only, and is proven so', () => {
    const state = withNetwork();
    let at = state;
    for (const step of stepsAt(state, SSH)) {
      const proven = proveStep(at, step);
      expect(objections(proven)).toEqual([]);
      at = proven.after ?? at;
    }
  });
});

describe('what the prover has against a bad one', () => {
  it('SSH from more addresses than it says', () => {
    const state = withNetwork();
    const [first] = stepsAt(state, SSH);
    if (!first) throw new Error('a step is proposed');
    const edits = first.edits.map((edit) =>
      edit.op === 'create' && 'cidrIpv4' in edit.properties && edit.properties.cidrIpv4 === '203.0.113.0/24'
        ? { ...edit, properties: { ...edit.properties, cidrIpv4: '0.0.0.0/0' } }
        : edit,
    );
    expect(proveStep(state, { ...first, edits }).proofs.exposure.verdict).toBe('violated');
  });

  it('an exposure that it does not declare', () => {
    const state = withNetwork();
    const [first] = stepsAt(state, SSH);
    expect(first && proveStep(state, { ...first, declares: {} }).proofs.exposure.verdict).toBe('violated');
  });
});

describe('refusals', () => {
  it.each<Record<string, string>>([{ all: '0.0.0.0/0' }, { half: '128.0.0.0/1' }, {}])(
    'SSH from %o is no way in of the own people',
    (sshFrom) => {
      expect(move.propose(contextOf(withNetwork(), PROD, { wayIn: { sshFrom } }))).toMatchObject({ state: 'refused' });
    },
  );
});

describe('other accounts', () => {
  it('one with a bastion for named addresses, and no other door, needs nothing', () => {
    const today = todayFrom(
      join(
        network(),
        noBalancers(),
        noSessionManager(),
        groupAnswer(group('sg-0bastion00000001', 'bastion', [{ protocol: 'tcp', ports: [22, 22], cidr: OFFICE }])),
        instanceAnswer(
          instance('i-0bastion00000001', 'bastion', {
            subnet: publicSubnet('eu-west-1a'),
            publicAddress: '203.0.113.21',
            groups: ['sg-0bastion00000001'],
          }),
        ),
      ),
    );
    expect(all(today.estate, 'instance')).toHaveLength(1);
    expect(move.propose(contextOf(startOf(today), PROD))).toEqual({ state: 'notNeeded' });
  });
});
