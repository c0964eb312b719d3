/** The whole journey of an account whose answers come in another order: the same plan, program, pictures and report. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planInputs } from '../src/cli/plan-run.ts';
import { moves } from '../src/plan/moves/index.ts';
import { emit } from '../src/program/emit/emit.ts';
import { journeyOf } from '../src/program/emit/journey.ts';
import { emptyFolder, root, shop } from './cli.ts';
import { filesIn, heardBy } from './said.ts';
import { isMembers, type Json, type Members } from './whole.ts';

/** Lists in AWS's answers to whose order nothing is tied: neither priority nor number nor "the first". */
const SETS = new Set([
  ...['Tags', 'TagList', 'TagSet', 'tags', 'SecurityGroups', 'Groups', 'VpcSecurityGroups', 'SecurityGroupIds'],
  ...['IpPermissions', 'IpPermissionsEgress', 'IpRanges', 'Ipv6Ranges', 'UserIdGroupPairs', 'PrefixListIds'],
  ...['Routes', 'Associations', 'Entries', 'Subnets', 'SubnetIds', 'AvailabilityZones', 'NetworkInterfaces'],
  ...['ReadReplicaDBInstanceIdentifiers', 'Statement', 'AttachedManagedPolicies', 'RolePolicyList', 'UserPolicyList'],
  ...['GroupList', 'InstanceProfileList', 'TargetHealthDescriptions', 'Instances', 'Reservations', 'EnabledMetrics'],
  ...['AlternateDomainNames', 'SubjectAlternativeNames', 'TargetGroupARNs', 'capacityProviders'],
]);

/** Deterministic: the same seed gives the same order. */
function shuffler(seed: number): <T>(list: readonly T[]) => T[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return (list) =>
    list
      .map((one) => [next(), one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
}

type Shuffle = ReturnType<typeof shuffler>;

const inside = (value: Json, shuffle: Shuffle, name = '', depth = 0): Json => {
  if (Array.isArray(value)) {
    // what an answer lists at its top are resources
    const list = value.map((one) => inside(one, shuffle, '', depth + 1));
    return depth === 1 || SETS.has(name) ? shuffle(list) : list;
  }
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    shuffle(Object.entries(value)).map(([key, one]) => [key, inside(one, shuffle, key, depth + 1)]),
  );
};

const shuffled = (content: Members, shuffle: Shuffle): Members => ({
  ...content,
  responses: Object.fromEntries(
    shuffle(Object.entries(isMembers(content.responses) ? content.responses : {})).map(([operation, requests]) => [
      operation,
      Array.isArray(requests)
        ? shuffle(
            requests.map((request: Json) =>
              isMembers(request) && request.output !== undefined
                ? { ...request, output: inside(request.output, shuffle) }
                : request,
            ),
          )
        : requests,
    ]),
  ),
});

const ADOPT_ONLY = { want: ['adopt'], skip: moves.map(({ name }) => name).filter((name) => name !== 'adopt') };

const placeless = (text: string): string =>
  text.replace(/\/responses\/[^"' &<,)\\]*/g, '').replace(/"line": ?\d+|:\d+:\d+/g, '');

async function everything(folder: string, content: Members, config: object): Promise<ReadonlyMap<string, string>> {
  const input = join(folder, 'inventory.json');
  writeFileSync(input, JSON.stringify(content));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const options = { configFile: join(folder, 'config.json'), failOn: 'none' };
  const [html, terraform] = [join(folder, 'out', 'report.html'), join(folder, 'out', 'terraform')];
  const { plan, result } = await planInputs([input], options.configFile);
  const texts = new Map<string, string>([
    ['plan', JSON.stringify(result)],
    ...emit(journeyOf(plan), { name: 'shop', stack: 'main', version: '1.0.0' }).files,
    ['audit', await heardBy(['audit', input], { ...options, details: true, format: 'text' })],
    ['draw', await heardBy(['draw', input], { format: 'svg' })],
    ['report', await heardBy(['report', input], { ...options, output: html })],
    ['terraform', await heardBy(['program', input], { ...options, as: 'terraform', output: terraform })],
    ...filesIn(join(folder, 'out')),
  ]);
  return new Map([...texts].map(([name, text]) => [name, placeless(text)]));
}

it.each([
  ['the built-in shop, adopted', shop, ADOPT_ONLY],
  ['a small account, to the end', join(root, 'scenarios/plan/no-tags.json'), {}],
])('%s: the same bytes', async (_name, file, config) => {
  const folder = emptyFolder();
  const content: Members = JSON.parse(readFileSync(file, 'utf8'));
  const once = await everything(folder, content, config);
  const again = await everything(folder, shuffled(content, shuffler(7)), config);
  const different = [...once].filter(([name, text]) => again.get(name) !== text).map(([name]) => name);
  expect(different).toEqual([]);
  expect([...again.keys()]).toEqual([...once.keys()]);
});
