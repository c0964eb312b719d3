/** New tables get the ways to other networks that the old ones have; where they cannot, nothing is planned and somebody is told. */
import { describe, expect, it } from 'vitest';
import { ref as at } from '../../analyse/reachability/testing/build.ts';
import { all, makeEstate } from '../../estate/estate.ts';
import type { Route, RouteTarget } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { move as adopt } from '../moves/adopt.ts';
import { move as privateNetwork } from '../moves/private-network.ts';
import { contextOf, shopToday, walk } from '../testing/shop.ts';
import { onwardRoutes } from './onward-routes.ts';

const SOURCE = { operation: 'test', file: 'test.json', path: '' };
const to = (cidr: string, target: RouteTarget | undefined, more: Partial<Route> = {}): Route => ({
  destination: { type: 'cidr', cidr },
  target,
  state: 'active',
  propagated: false,
  source: SOURCE,
  ...more,
});
const VPN: RouteTarget = { type: 'vpnGateway', id: 'vgw-1' };
const TRANSIT: RouteTarget = { type: 'transitGateway', id: 'tgw-1' };

/** The shop's production network, with these routes in its tables beside what they have; the n-th list for the n-th table. */
function asked(...lists: readonly (readonly Route[])[]) {
  const { state } = walk(shopToday(), [[adopt, null]]);
  const context = contextOf(state, 'production');
  const vpc = all(context.estate, 'vpc').find(({ name }) => name === 'legacy-prod-vpc');
  if (!vpc) throw new Error('the shop has a network');
  const tables = all(context.estate, 'routeTable').filter((one) => one.vpc.id === vpc.id && one.subnets?.length !== 0);
  const resources = context.estate.resources.map((one): Resource => {
    const n = tables.findIndex(({ id }) => id === one.id);
    return one.kind === 'routeTable' && n >= 0
      ? { ...one, routes: [...(one.routes ?? []), ...(lists[Math.min(n, lists.length - 1)] ?? [])] }
      : one;
  });
  const estate = makeEstate({ ...context.estate, resources, flows: [] });
  return { answer: onwardRoutes(estate, state, vpc), context: { ...context, estate }, state };
}

const written = (...routes: readonly Route[]) => {
  const { answer } = asked(routes);
  return 'routes' in answer ? answer.routes.map(({ properties }) => properties) : answer;
};

describe('carried as they are', () => {
  it.each([
    ['a virtual private gateway', VPN, { gatewayId: 'vgw-1' }],
    ['a transit gateway', TRANSIT, { transitGatewayId: 'tgw-1' }],
    ['a peering', { type: 'peering', ref: at<'peering'>('pcx-1') }, { vpcPeeringConnectionId: 'pcx-1' }],
    [
      'an interface',
      { type: 'networkInterface', ref: at<'networkInterface'>('eni-9') },
      { networkInterfaceId: 'eni-9' },
    ],
  ] as const)('%s', (_, target, argument) => {
    expect(written(to('192.168.0.0/16', target))).toEqual([{ destinationCidrBlock: '192.168.0.0/16', ...argument }]);
  });

  it('not what leads to the internet, nor what leads nowhere', () => {
    expect(written()).toEqual([]);
    expect(written(to('192.168.0.0/16', VPN, { state: 'blackhole' }))).toEqual([]);
  });

  it('into every new table', () => {
    const { context } = asked([to('192.168.0.0/16', VPN)]);
    const proposal = privateNetwork.propose(context);
    if (proposal.state !== 'ready') throw new Error('the network is planned');
    const [subnets] = proposal.steps;
    const created = (type: string) =>
      (subnets?.edits ?? []).flatMap((edit) => (edit.op === 'create' && edit.type === type ? [edit] : []));
    const tables = created('aws:ec2/routeTable:RouteTable').map(({ name }) => name);
    const onward = created('aws:ec2/route:Route').filter(({ properties }) => properties.gatewayId === 'vgw-1');
    expect(tables.length).toBeGreaterThan(2);
    expect(onward.map(({ properties }) => String(properties.routeTableId)).sort()).toEqual(
      tables.map((name) => `\${aws:ec2/routeTable:RouteTable::${name}#id}`).sort(),
    );
  });
});

describe('refused, with what would help', () => {
  it.each([
    ['propagated by the gateway', [to('192.168.0.0/16', VPN, { propagated: true })], /propagation/],
    ['everything by another network', [to('0.0.0.0/0', TRANSIT)], /goes by another network/],
    ['to what has no argument', [to('192.168.0.0/16', { type: 'other', id: 'lgw-1' })], /is not known/],
    ['nobody knows where', [to('192.168.0.0/16', undefined)], /is not known/],
  ] as const)('%s', (_, routes, because) => {
    const { answer } = asked(routes);
    expect('refused' in answer && answer.refused).toMatch(because);
    expect('refused' in answer && answer.change).not.toBe('');
  });

  it('not where a route that somebody wrote leads to the same place', () => {
    const learned = to('192.168.0.0/16', VPN, { propagated: true });
    expect(written(learned, to('192.168.0.0/16', VPN))).toHaveLength(1);
  });

  it('two ways to one place', () => {
    expect(written(to('192.168.0.0/16', VPN), to('192.168.0.0/16', TRANSIT))).toMatchObject({
      refused: expect.stringContaining('tgw-1') as string,
    });
  });
});
