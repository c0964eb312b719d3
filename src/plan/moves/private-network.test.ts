import { describe, expect, it } from 'vitest';
import { all } from '../../estate/estate.ts';
import { join } from '../../rules/example.ts';
import { database, databaseAnswer } from '../../rules/examples/database.ts';
import { instance, instanceAnswer, network, publicSubnet } from '../../rules/examples/network.ts';
import { onlyPublic } from '../../rules/examples/open.ts';
import { proveStep } from '../prove.ts';
import { estateAt, startOf } from '../state.ts';
import type { Step } from '../step.ts';
import { inTwoZones, tierSubnets } from '../structure/tiers.ts';
import { shopWithout, todayFrom } from '../testing/examples.ts';
import { contextOf, objections, shopToday, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move } from './private-network.ts';

const PROD = 'production';

function proposed(environment: string, preferences = {}): readonly Step[] {
  const { state } = walk(shopToday(), [[adopt, null]]);
  const proposal = move.propose(contextOf(state, environment, preferences));
  return proposal.state === 'ready' ? proposal.steps : [];
}

const created = (steps: readonly Step[], type: string) =>
  steps.flatMap(({ edits }) => edits.flatMap((edit) => (edit.op === 'create' && edit.type === type ? [edit] : [])));

describe('the private network of the shop', () => {
  it('comes in two steps that only add: the subnets with their tables, then the way out', () => {
    expect(proposed(PROD).map(({ id, kind, edits }) => [id, kind, edits.every(({ op }) => op === 'create')])).toEqual([
      ['legacy-prod-private-network-subnets', 'expand', true],
      ['legacy-prod-private-network-way-out', 'expand', true],
    ]);
  });

  it('has an app, a data and a new public subnet in each zone in use, in free blocks, each tied to a table by name', () => {
    const steps = proposed(PROD);
    const subnets = created(steps, 'aws:ec2/subnet:Subnet');
    expect(subnets.map(({ name, properties }) => `${name} ${String(properties.cidrBlock)}`).sort()).toEqual([
      'legacy-prod-network-app-a 10.0.32.0/20',
      'legacy-prod-network-app-c 10.0.64.0/20',
      'legacy-prod-network-data-a 10.0.20.0/22',
      'legacy-prod-network-data-c 10.0.84.0/22',
      'legacy-prod-network-public-a 10.0.16.0/22',
      'legacy-prod-network-public-c 10.0.80.0/22',
    ]);
    expect(created(steps, 'aws:ec2/routeTableAssociation:RouteTableAssociation')).toHaveLength(subnets.length);
  });

  it('goes out by a NAT gateway in each zone, and by a single one when the team wishes so', () => {
    const gateways = (environment: string, preferences = {}): number =>
      created(proposed(environment, preferences), 'aws:ec2/natGateway:NatGateway').length;
    expect([gateways(PROD), gateways('development'), gateways(PROD, { nat: 'single' })]).toEqual([2, 2, 1]);
  });

  it('stands its NAT gateways in new public subnets: the old ones are to become private', () => {
    for (const { properties } of created(proposed(PROD), 'aws:ec2/natGateway:NatGateway'))
      expect(properties.subnetId).toMatch(/legacy-prod-network-public-/);
  });

  it('puts gateway endpoints on the new tables only', () => {
    const tables = created(proposed(PROD), 'aws:ec2/vpcEndpoint:VpcEndpoint').flatMap(
      ({ properties }) => properties.routeTableIds,
    );
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(table).toMatch(/legacy-prod-network-/);
  });

  it('is proven in both environments, is found again by its tags, and is then not needed', () => {
    const { state, proven, proposals } = walk(shopToday(), [
      [adopt, null],
      [move, 'development'],
      [move, PROD],
      [move, PROD],
    ]);
    expect(proven.flatMap(objections)).toEqual([]);
    expect(proposals.at(-1)).toEqual({ state: 'notNeeded' });
    const estate = estateAt(state);
    const vpc = all(estate, 'vpc').find(({ name }) => name === 'legacy-prod-vpc');
    for (const tier of ['public', 'app', 'data'] as const)
      expect(vpc && inTwoZones(tierSubnets(estate, vpc, tier))).toBe(true);
  });

  it('takes the zones that the team names, and refuses such as the region has not', () => {
    const zones = proposed(PROD, { zones: ['ap-northeast-2b', 'ap-northeast-2d'] });
    const places = created(zones, 'aws:ec2/subnet:Subnet').map(({ properties }) => properties.availabilityZone);
    expect([...new Set(places)].sort()).toEqual(['ap-northeast-2b', 'ap-northeast-2d']);
    const { state } = walk(shopToday(), [[adopt, null]]);
    const strange = { zones: ['eu-west-1a', 'eu-west-1b'] };
    expect(move.propose(contextOf(state, PROD, strange))).toMatchObject({ state: 'refused' });
  });
});

describe('what the prover has against a bad one', () => {
  it('an endpoint on a table in use is no plain addition', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    const [subnets, wayOut] = proposed(PROD);
    if (!subnets || !wayOut) throw new Error('two steps are proposed');
    const { after } = proveStep(state, subnets);
    if (!after) throw new Error('the first step fits');
    const edits = wayOut.edits.map((edit) =>
      edit.op === 'create' && edit.type === 'aws:ec2/vpcEndpoint:VpcEndpoint'
        ? { ...edit, properties: { ...edit.properties, routeTableIds: ['rtb-44a134048303764e8'] } }
        : edit,
    );
    expect(proveStep(after, { ...wayOut, edits }).proofs.order.verdict).toBe('violated');
  });

  it('a way out before its subnets does not even fit', () => {
    const { state } = walk(shopToday(), [[adopt, null]]);
    const wayOut = proposed(PROD)[1];
    expect(wayOut && proveStep(state, wayOut).holds).toBe(false);
  });
});

describe('what is not known', () => {
  it.each(['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeInternetGateways'])(
    'without %s nothing is planned, and the refusal names it',
    (operation) => {
      const { state } = walk(shopWithout(operation), [[adopt, null]]);
      const proposal = move.propose(contextOf(state, PROD));
      expect(proposal.state).toBe('refused');
      expect(JSON.stringify(proposal)).toContain(operation);
    },
  );
});

describe('other accounts', () => {
  const web = (subnet: string, publicAddress?: string) =>
    instanceAnswer(instance('i-0web0000000000001', 'web', { subnet, ...(publicAddress ? { publicAddress } : {}) }));

  it('one whose servers and databases stand in private subnets with a way out needs nothing', () => {
    const today = todayFrom(
      join(network(), databaseAnswer(database('shop')), instanceAnswer(instance('i-0web0000000000001', 'web'))),
    );
    expect(move.propose(contextOf(startOf(today), PROD))).toEqual({ state: 'notNeeded' });
  });

  it('one with a public server only gets its tiers in two zones', () => {
    const today = todayFrom(join(onlyPublic(), web(publicSubnet('eu-west-1a'), '203.0.113.20')));
    const proposal = move.propose(contextOf(startOf(today), PROD));
    expect(proposal.state === 'ready' ? created(proposal.steps, 'aws:ec2/subnet:Subnet').length : proposal).toBe(6);
  });
});
