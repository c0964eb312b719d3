/** A program that calls somebody in another network by a private address: it moves only where it may still arrive there. */
import { describe, expect, it } from 'vitest';
import type { Move } from '../move.ts';
import { shopChanged } from '../testing/examples.ts';
import { objections, walk } from '../testing/shop.ts';
import { move as adopt } from './adopt.ts';
import { move as fargate } from './fargate.ts';
import { move as groups } from './groups-beside.ts';
import { move as network } from './private-network.ts';
import { move as roles } from './service-roles.ts';

const DEV = 'development';

/** What the prover has against the way of the programs of development to Fargate, as far as it names the host. */
function against(host: string, routes: readonly object[], carried = true): readonly string[] {
  const today = shopChanged((responses) => {
    for (const { output } of responses['ec2:DescribeRouteTables'] ?? [])
      for (const table of lists(output, 'RouteTables')) (table.Routes as object[]).push(...routes);
    for (const { output } of responses['ecs:DescribeTaskDefinition'] ?? [])
      for (const container of lists(output?.taskDefinition, 'containerDefinitions'))
        (container.environment as object[]).push({ name: 'ERP_URL', value: `http://${host}:8080` });
  });
  const bare: Move = {
    ...network,
    propose: (context) => {
      const proposal = network.propose(context);
      if (proposal.state !== 'ready' || carried) return proposal;
      const steps = proposal.steps.map((step) => ({
        ...step,
        edits: step.edits.filter(({ name }) => !name.startsWith('onward-')),
      }));
      return { ...proposal, steps };
    },
  };
  const { proven } = walk(today, [
    [adopt, null],
    [bare, DEV],
    [groups, DEV],
    [roles, DEV],
    [fargate, DEV],
  ]);
  expect(proven.map(({ step }) => step.id)).toContain('legacy-dev-fargate-beside');
  return proven.flatMap(objections).filter((one) => one.includes(host));
}

const lists = (from: unknown, key: string): readonly Record<string, unknown>[] =>
  (from as Record<string, readonly Record<string, unknown>[]> | undefined)?.[key] ?? [];

const VPN = {
  DestinationCidrBlock: '192.168.0.0/16',
  GatewayId: 'vgw-0a1b2c3d4e5f60718',
  State: 'active',
  Origin: 'CreateRoute',
};

describe('an address behind a VPN', () => {
  it('may still be reached from the new subnets, which have the route too: nobody knows today, and nobody afterwards', () => {
    expect(against('192.168.10.5', [VPN])).toEqual([]);
  });

  it('is surely lost without the route: what nobody knows is not made a no', () => {
    expect(against('192.168.10.5', [VPN], false).join('\n')).toContain('it is new and would not work');
  });
});

describe('an address that only the machine itself may have', () => {
  it('keeps its programs from leaving the machine', () => {
    expect(against('172.17.0.1', []).join('\n')).toContain('it is new and would not work');
  });
});
