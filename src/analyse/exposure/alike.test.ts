import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, type Estate, makeEstate } from '../../estate/estate.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, equalConnections, tcp } from '../../estate/sets/index.ts';
import { readInputs } from '../../inventory/load.ts';
import { toInterface } from '../reachability/direct.ts';
import { networkOf } from '../reachability/network.ts';
import { classOf, fromStrangers } from './alike.ts';

const INPUTS = [
  'examples/legacy-shop/inventory.json',
  'scenarios/plan/three-services-aurora.json',
  'scenarios/plan/two-peered-vpcs.json',
  'scenarios/doors/inventory.json',
  'scenarios/inventory/two-accounts.json',
];

/** What may be missing of the resources that a path from the internet passes. */
const FIELDS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  networkInterface: ['vpc', 'subnet', 'securityGroups', 'hasPublicAddress', 'ipv6', 'addresses', 'owner'],
  subnet: ['cidr', 'ipv6Cidrs', 'zone'],
  routeTable: ['routes', 'subnets', 'main'],
  networkAcl: ['entries', 'subnets'],
  internetGateway: ['vpcs'],
  securityGroup: ['rules'],
  database: ['endpoint'],
  instance: ['state'],
  loadBalancer: ['scheme', 'type'],
};

const isCut = ({ kind }: Resource): boolean => FIELDS[kind] !== undefined;

/** The estate without some fields of some resources, and without some resources. */
function cut(estate: Estate, choices: readonly number[]): Estate {
  let n = 0;
  const resources = estate.resources.flatMap((resource): readonly Resource[] => {
    if (!isCut(resource)) return [resource];
    const choice = choices[n++ % choices.length] ?? 0;
    const field = FIELDS[resource.kind]?.[choice];
    if (choice === 9 && resource.kind !== 'networkInterface') return [];
    return [field === undefined ? resource : ({ ...resource, [field]: undefined } as Resource)];
  });
  return makeEstate({ ...estate, resources });
}

const TRAFFIC = [ALL_TRAFFIC, tcp(22), tcp(3306), tcp(443)];

/** Interfaces of which what is found for another of their class is not what they are asked themselves. */
function unlike(estate: Estate): readonly string[] {
  const network = networkOf(estate);
  const start = { type: 'addresses', set: network.strangers, internet: true } as const;
  return all(estate, 'networkInterface').flatMap((one) =>
    TRAFFIC.flatMap((traffic) => {
      const [shared, own] = [fromStrangers(estate, one, traffic), toInterface(network, start, one, traffic)];
      const same =
        shared.answer === own.answer &&
        equalConnections(shared.sure, own.sure) &&
        equalConnections(shared.maybe, own.maybe);
      expect(shared.verdict).toEqual(own.verdict);
      return same ? [] : [`${one.id}: ${shared.answer}, by itself ${own.answer}`];
    }),
  );
}

describe.each(INPUTS)('interfaces that are alike, of %s', (input) => {
  const whole = readInputs([input]);

  it('are reached by the same strangers', () => {
    expect(unlike(whole)).toEqual([]);
  });

  it('also where much is not known', () => {
    const choices = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(choices, (list) => {
        expect(unlike(cut(whole, list))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

it('some are alike', () => {
  const shop = readInputs([INPUTS[0] ?? '']);
  const interfaces = all(shop, 'networkInterface');
  const classes = new Set(interfaces.map((one) => classOf(networkOf(shop), one)));
  expect(classes.size).toBeLessThan(interfaces.length);
});
