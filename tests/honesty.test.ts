/** Over whole accounts: whatever is taken out of the input, nothing bad about what is still there turns good. */
import { describe, expect, it } from 'vitest';
import { loadInputs } from '../src/inventory/load.ts';
import { elementCuts, fieldCuts } from './fuzz/cuts.ts';
import { asInventory, byShape, honest, turned, type Way, waysOf } from './fuzz/honesty.ts';
import { listedPeople } from './fuzz/listed-people.ts';
import { allow, arn, manyPeople, people, policy, role, trust } from './fuzz/people.ts';
import { dishonest, planned } from './fuzz/plans.ts';
import { isUndetectable, UNDETECTABLE } from './fuzz/undetectable.ts';
import { every } from './runs.ts';
import { legacyShop, type Members } from './whole.ts';

const shop = honest(legacyShop);

const inventoryOf = (path: string): Members => {
  const { entries, estate } = loadInputs([path]);
  return asInventory(entries, estate.collectedAt);
};

/** Evenly spread, always the same: there are ten thousand of them, and each takes every analysis. */
function* sample<T>(all: Iterable<T>, step: number, first = 0): Generator<T> {
  let n = 0;
  for (const one of all) {
    if (n % step === first % step) yield one;
    n += 1;
  }
}

it('has something to lose', () => {
  const answers = [...shop.claims.values()].map(({ answer }) => answer);
  expect(answers.filter((answer) => answer === 'bad').length).toBeGreaterThan(200);
  expect(answers.filter((answer) => answer === 'good').length).toBeGreaterThan(200);
  expect([...shop.bills.of.values()].filter(({ open, usd }) => !open && usd > 0).length).toBeGreaterThan(10);
});

// a resource less may well make a good thing bad: the alarm that is gone was needed
it.each([
  ['an operation, refused or left out', 'request', 151],
  ['a field of an answer', 'field', 1301],
  ['a resource', 'resource', 101],
] as const)('no answer turns into its opposite without %s', (_, of, usual) => {
  expect([...sample(waysOf(shop, [of]), every(usual))].flatMap((way) => turned(shop, way))).toEqual([]);
});

it('nor without two of them', () => {
  const firsts = [...sample(waysOf(shop, ['field']), every(1999))];
  const both = firsts.flatMap((first, n): readonly Way[] =>
    [...sample(waysOf({ responses: first.cut.responses }, ['field']), 3659 + n * 2)]
      .slice(1, 3)
      .map(({ cut }) => ({ of: 'field', cut: { ...cut, name: `${first.cut.name} and ${cut.name}` } })),
  );
  expect(both.length).toBeGreaterThan(6);
  expect(both.flatMap((way) => turned(shop, way))).toEqual([]);
});

describe('the same of', () => {
  it.each([
    ['scenarios/inventory/two-accounts.json', 40],
    ['scenarios/plan/default-vpc-one-machine.json', 60],
    ['scenarios/plan/two-peered-vpcs.json', 140],
    ['scenarios/plan/one-zone.json', 120],
    ['scenarios/plan/three-services-aurora.json', 140],
    ['scenarios/doors/inventory.json', 280],
    ['scenarios/doors/cloudformation/shop.yaml', 240],
    ['scenarios/doors/pulumi/stack.json', 240],
    ['scenarios/terraform/shop/plan.json', 280],
  ])('%s', (path, usual) => {
    const whole = honest(inventoryOf(path));
    const ways = [...sample(byShape(waysOf(whole), 1), every(usual), 7)];
    expect(ways.length).toBeGreaterThan(3);
    expect(ways.flatMap((way) => turned(whole, way))).toEqual([]);
  });
});

describe('what was found so', () => {
  /** Every way to take out what a name tells, in an input. */
  const without = (path: string, ...names: readonly string[]): readonly string[] => {
    const whole = honest(inventoryOf(path));
    const ways = [...waysOf(whole)].filter(({ cut }) => names.includes(cut.name));
    expect(ways.length).toBe(names.length);
    return ways.flatMap((way) => turned(whole, way));
  };

  it('a balancer may listen where a listener does not tell its port, or whose it is', () => {
    expect(
      without(
        'scenarios/plan/one-zone.json',
        'elbv2:DescribeListeners/0/output/Listeners/0/Port',
        'elbv2:DescribeListeners/0/output/Listeners/0/LoadBalancerArn',
      ),
    ).toEqual([]);
  });

  it('who gets in by a balancer that was not read is not known', () => {
    expect(
      without(
        'scenarios/doors/pulumi/stack.json',
        'elbv2:DescribeLoadBalancers',
        'ec2:DescribeSubnets/0/output/Subnets/0/VpcId',
      ),
    ).toEqual([]);
  });

  it('a subnet may have a table of the part of the listing that was refused', () => {
    expect(without('scenarios/doors/cloudformation/shop.yaml', 'ec2:DescribeRouteTables/0/refused')).toEqual([]);
  });

  it('what does not tell its groups may carry any', () => {
    const at = 'ec2:DescribeInstances/0/output/Reservations/0/Instances/0/SecurityGroups';
    expect(without('scenarios/inventory/two-accounts.json', at, `${at}/0/GroupId`)).toEqual([]);
  });

  it('public addresses that are not told are neither left out of the costs nor counted twice', () => {
    const network = 'ecs:DescribeServices/0/output/services/0/networkConfiguration';
    expect(
      without(
        'scenarios/plan/three-services-aurora.json',
        'elbv2:DescribeLoadBalancers/0/output/LoadBalancers/0/Scheme',
        'elbv2:DescribeLoadBalancers/0/output/LoadBalancers/0/AvailabilityZones',
        network,
        `${network}/awsvpcConfiguration/subnets`,
        `${network}/awsvpcConfiguration/assignPublicIp`,
      ),
    ).toEqual([]);
    expect(
      without(
        'scenarios/doors/inventory.json',
        'ec2:DescribeAddresses/0/output/Addresses/0/PublicIp',
        'ecs:DescribeServices/0/output/services/0/runningCount',
      ),
    ).toEqual([]);
  });

  it('a region that nobody told does not save what may stand in a zone of another', () => {
    const at = 'rds:DescribeDBInstances/0/output/DBInstances/0/AvailabilityZone';
    expect(without('scenarios/doors/cloudformation/shop.yaml', at)).toEqual([]);
  });

  it('an answer that does not say where it was asked is joined with nothing', () => {
    expect(without('examples/legacy-shop/inventory.json', 'ec2:DescribeInstances/0/region')).toEqual([]);
  });
});

describe('of what IAM tells', () => {
  const EC2 = trust({ Service: 'ec2.amazonaws.com' });
  const worker = (lets: Members, own: Members): Members => role('worker', lets, [own]);
  const all = (content: Members): readonly string[] => {
    const whole = honest(content);
    return [...waysOf(whole)].flatMap((way) => turned(whole, way));
  };
  const bad = (content: Members): readonly string[] =>
    [...honest(content).claims].flatMap(([claim, { answer }]) => (answer === 'bad' ? [claim] : []));
  const wildcard = `role-wildcard ${arn('role/worker')}`;

  it.each([
    ['the details of an account', manyPeople, 41],
    ['listings and an answer for each', listedPeople, 83],
  ])('no answer turns into its opposite: %s', (_, content, usual) => {
    const whole = honest(content);
    expect([...whole.claims.values()].filter(({ answer }) => answer === 'bad').length).toBeGreaterThan(40);
    expect([...sample(waysOf(whole), every(usual))].flatMap((way) => turned(whole, way))).toEqual([]);
  });

  it('two answers that name other principals in the trust of a role leave open whom it is for', () => {
    const alone = (lets: Members): Members => ({
      'iam:GetRole': [{ input: { RoleName: 'worker' }, output: { Role: worker(lets, policy()) } }],
    });
    const details = { RoleDetailList: [worker(EC2, policy(allow('s3:*')))] };
    expect(bad(people(details, alone(EC2)))).toContain(wildcard);
    const contrary = people(details, alone(trust({ AWS: arn('root') })));
    expect(bad(contrary)).not.toContain(wildcard);
    expect(all(contrary)).toEqual([]);
  });

  it('a trust that has lost its principals may let in anybody, who is an administrator then', () => {
    const anybody = role('anybody', trust({ AWS: '*' }), [policy(allow('*'))]);
    const content = people({ RoleDetailList: [anybody, worker(EC2, policy(allow('s3:*')))] });
    expect(bad(content)).toContain(`administrator ${arn('role/worker')}`);
    expect(all(content)).toEqual([]);
  });

  it('a policy that AWS would not have taken is one of which the input lost a part', () => {
    const mistaken = (lets: Members, own: Members) =>
      honest(people({ RoleDetailList: [worker(lets, own)] })).claims.get(`policy-mistaken ${arn('role/worker')}`)
        ?.answer;
    expect(mistaken(EC2, policy(allow('s3:GetObject')))).toBe('good');
    expect(mistaken(trust({}), policy(allow('s3:GetObject')))).toBe('open');
    expect(mistaken(EC2, policy({ Action: 's3:GetObject', Resource: '*' }))).toBe('open');
    expect(mistaken(EC2, policy({ Effect: 'Allow', Resource: '*' }))).toBe('open');
    expect(mistaken(EC2, policy(allow('s3:GetObjekt')))).toBe('bad');
  });

  it('a policy whose text was not read is not without mistakes', () => {
    const content = people({ RoleDetailList: [worker(EC2, policy(allow('s3:GetObjekt')))] });
    expect(bad(content)).toContain(`policy-mistaken ${arn('role/worker')}`);
    expect(all(content)).toEqual([]);
  });
});

// a step that is proven with less known is not refused with all of it, and no move is forgotten without a word
it.each([
  ['scenarios/plan/default-vpc-one-machine.json', 240],
  ['scenarios/plan/only-machines.json', 9],
])('plans promise no more with less known: %s', (path, usual) => {
  const whole = planned(inventoryOf(path));
  const ways = [...sample(byShape(waysOf(honest(whole.content)), 1), every(usual))].filter(
    ({ of }) => of !== 'resource',
  );
  expect(whole.plan.steps.length).toBeGreaterThan(0);
  expect(ways.flatMap(({ cut }) => dishonest(whole, cut))).toEqual([]);
});

describe('what cannot be noticed', () => {
  const inputs = [
    shop,
    honest(inventoryOf('scenarios/doors/inventory.json')),
    honest(manyPeople),
    honest(listedPeople),
  ];
  it.each(UNDETECTABLE)('$shape: $because', ({ of, shape }) => {
    const needed = inputs.some((whole) => {
      const cuts = of === 'field' ? fieldCuts(whole.responses) : elementCuts(whole.responses);
      for (const cut of cuts) if (shape.test(cut.shape) && turned(whole, { of, cut }).length > 0) return true;
      return false;
    });
    expect(needed).toBe(true);
  });

  it('is left out, and nothing else', () => {
    const left = [...fieldCuts(shop.responses)].filter((cut) => isUndetectable(cut, 'field')).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(100);
  });
});
