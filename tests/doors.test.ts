/**
 * Same account, any door, same verdicts. `scenarios/doors` holds one small shop as an inventory, a Terraform state, a CloudFormation
 * template, a Pulumi program and a stack export. What is found wrong is the same, word for word but for ids and names; what a door
 * cannot tell is unknown there, and stands in the list below with the reason.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInputs } from '../src/inventory/load.ts';
import { estateOfRecording } from '../src/inventory/pulumi/index.ts';
import { record } from '../src/program/record/record.ts';
import { root } from './cli.ts';
import { verdicts } from './doors/verdicts.ts';

const door = (path: string): string => join(root, 'scenarios/doors', path);
const TODAY = '2026-11-02T08:00:00Z';

const parameters = new Map([
  ['AWS::AccountId', '111122223333'],
  ['AWS::Region', 'eu-west-1'],
]);

const NAMES = ['terraform', 'cloudformation', 'program', 'stack'] as const;
type Door = (typeof NAMES)[number];

let account: ReadonlyMap<string, string>;
let doors: Readonly<Record<Door, ReadonlyMap<string, string>>>;

beforeAll(async () => {
  account = verdicts(readInputs([door('inventory.json')]));
  doors = {
    terraform: verdicts(readInputs([door('terraform/state.json')], { today: TODAY })),
    cloudformation: verdicts(
      readInputs([door('cloudformation/shop.yaml')], { today: TODAY, templates: { parameters } }),
    ),
    program: verdicts(estateOfRecording(await record(door('pulumi')), TODAY)),
    stack: verdicts(readInputs([door('pulumi/stack.json')])),
  };
});

/** What a door cannot tell, by reason: there, and only there, it may say "unknown". */
const CANNOT_TELL: readonly {
  readonly why: string;
  readonly doors: readonly Door[];
  readonly rules: readonly string[];
}[] = [
  {
    why: 'An account has it once, and whatever else made the account may have set it.',
    doors: NAMES,
    rules: [
      'bucket-block-public-access-off',
      // Block Public Access of the account may close a bucket that opens itself
      'bucket-public',
      'bucket-served-without-cdn',
      'no-password-policy',
      'no-trail',
    ],
  },
  {
    why: 'Only AWS knows what people did by hand: second factors, keys, last uses, the root user.',
    doors: NAMES,
    rules: [
      'machine-as-user',
      'root-access-keys',
      'root-used',
      'root-without-mfa',
      'two-active-keys',
      'user-unused',
      'user-without-mfa',
    ],
  },
  {
    why: 'It tells of its own resources: others of the account may stand elsewhere, so that nothing is known to be absent or all right.',
    doors: ['terraform', 'cloudformation', 'stack'],
    rules: [
      'default-group-in-use',
      'ecs-on-ec2',
      'environments-share-a-resource',
      'group-open-to-the-world',
      'group-unused',
      'literal-credentials',
      'load-balancer-in-one-zone',
      'load-balancer-reachable-around-cdn',
      'load-balancer-without-cdn',
      'made-by-hand',
      'nat-in-one-zone',
      'no-alarms',
      'no-flow-logs',
      'no-private-subnets',
      'policy-mistaken',
      'previous-generation-database',
      'role-shared-by-services',
      'role-wildcard',
      'service-without-autoscaling',
      'subnet-hands-out-public-addresses',
      'task-with-public-address',
      'way-in-is-the-internet',
      'zone-loss-cuts-flows',
    ],
  },
  {
    why: 'What another program, or a person, hangs on a user or a function does not show in it.',
    doors: ['terraform', 'stack'],
    rules: ['function-policy-open', 'function-url-public', 'mfa-not-enforced', 'person-is-administrator'],
  },
];

/** Of several carriers of a group one is the example: the first by id, and ids are each door's own. */
const EXAMPLE = ['group-open-to-the-world'];

const ruleOf = (key: string): string => key.split(' ')[0] ?? '';

interface Difference {
  readonly key: string;
  readonly account: string;
  readonly here: string;
}

const without = (said: string, key: string): string =>
  EXAMPLE.includes(ruleOf(key)) ? said.replace(/ \[.*\]$/, '') : said;

const differences = (name: Door): readonly Difference[] =>
  [...new Set([...account.keys(), ...doors[name].keys()])].sort().flatMap((key) => {
    const [there, here] = [account, doors[name]].map((one) => without(one.get(key) ?? 'not said', key));
    return there === undefined || here === undefined || there === here ? [] : [{ key, account: there, here }];
  });

const excused = (name: Door): ReadonlySet<string> =>
  new Set(CANNOT_TELL.flatMap(({ doors: where, rules: which }) => (where.includes(name) ? which : [])));

it('is an account with much wrong, and something right', () => {
  const said = [...account];
  const failing = new Set(said.flatMap(([key, one]) => (one.startsWith('fail') ? [ruleOf(key)] : [])));
  expect(failing.size).toBeGreaterThan(25);
  for (const rule of [
    'bucket-public',
    'database-reachable-from-internet',
    'database-single-zone',
    'group-open-to-the-world',
    'literal-credentials',
    'role-wildcard',
    'user-without-mfa',
  ])
    expect([...failing]).toContain(rule);
  expect(said.filter(([, one]) => one === 'pass').length).toBeGreaterThan(15);
});

describe.each(NAMES)('through %s', (name) => {
  it('the same is found, in the same words, of the same resources; else it is unknown and listed why', () => {
    const allowed = excused(name);
    expect(differences(name).filter(({ key, here }) => here !== 'unknown' || !allowed.has(ruleOf(key)))).toEqual([]);
  });

  it('everything that is listed as untold is', () => {
    const untold = new Set(differences(name).map(({ key }) => ruleOf(key)));
    expect([...excused(name)].filter((rule) => !untold.has(rule))).toEqual([]);
  });
});
