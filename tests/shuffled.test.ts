/** Every command twice, and on what it is given in another order where order means nothing: the same bytes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { planInputs } from '../src/cli/plan-run.ts';
import { inventoryText } from '../src/collect/inventory-file.ts';
import { readSource } from '../src/inventory/cloudformation/document.ts';
import { moves } from '../src/plan/moves/index.ts';
import { emit } from '../src/program/emit/emit.ts';
import { journeyOf } from '../src/program/emit/journey.ts';
import { emptyFolder, root, run, underpin } from './cli.ts';
import { filesIn } from './said.ts';
import { placeless, reordered, type Shuffle, shuffledInventory, shuffler } from './shuffle.ts';
import type { Json } from './whole.ts';

const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const read = (path: string) => JSON.parse(text(path));

const ACCOUNT = 'scenarios/plan/one-zone.json';
const MYSQL = 'eni-0608a7e9d01ceb9b9';
const FLOWS = [
  `2 111122223333 ${MYSQL} 198.51.100.77 10.0.0.31 50001 3306 6 40 4000 1795000000 1795000060 ACCEPT OK`,
  `2 111122223333 ${MYSQL} 10.0.0.31 198.51.100.77 3306 50001 6 40 9000 1795000000 1795000060 ACCEPT OK`,
  `2 111122223333 ${MYSQL} 203.0.113.9 10.0.0.31 50002 3306 6 40 4000 1795000000 1795000060 ACCEPT OK`,
  `2 111122223333 ${MYSQL} 10.0.0.31 203.0.113.9 3306 50002 6 40 9000 1795000000 1795000060 ACCEPT OK`,
];
const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
const USAGE: readonly Json[] = [
  { service: 'nat', sku: 'gb', perMonth: 200 },
  { region: 'eu-west-1', service: 'transfer', sku: 'internet-gb', perMonth: 1200 },
];

/** What is given to the commands: as it is, or in another order. */
function given(plan: string, shuffle: Shuffle = (list) => [...list]): string {
  const folder = emptyFolder();
  const put = (name: string, content: Json): void => writeFileSync(join(folder, name), JSON.stringify(content));
  const any = (content: Json, ...sets: readonly string[]): Json =>
    reordered(content, shuffle, (name) => sets.includes(name));
  put('account.json', shuffledInventory(read(ACCOUNT), shuffle));
  put('small.json', shuffledInventory(read('scenarios/plan/default-vpc-one-machine.json'), shuffle));
  put('later.json', shuffledInventory(read('scenarios/plan/no-tags.json'), shuffle));
  put('shop.json', shuffledInventory(read('examples/legacy-shop/inventory.json'), shuffle));
  put('plan.json', any(JSON.parse(plan)));
  put('preview.json', any(read('src/program/guard/scenarios/drift.json'), 'steps', 'diagnostics', 'diffReasons'));
  put('proven.json', any(read('src/program/guard/scenarios/proven.json')));
  put('state.json', any(read('scenarios/doors/terraform/state.json'), 'resources'));
  put('stack.json', any(read('scenarios/doors/pulumi/stack.json'), 'dependencies'));
  put('template.json', any(readSource('shop.yaml', text('scenarios/doors/cloudformation/shop.yaml')).data, 'Tags'));
  put('usage.json', any({ usage: USAGE }, 'usage'));
  writeFileSync(join(folder, 'flows.log'), `${[HEADER, ...shuffle(FLOWS)].join('\n')}\n`);
  return folder;
}

/** Ways of asking, by words as they are typed. */
const ASKED = [
  'audit account.json --format sarif',
  'audit account.json --details --lang ko',
  'audit shop.json --json --evidence flows.log',
  'audit state.json --json',
  'audit stack.json --json',
  'audit template.json --json --parameter AWS::AccountId=111122223333 --parameter AWS::Region=eu-west-1',
  'reach shop.json --from internet --to legacy-prod-mysql --json',
  'exposure shop.json --details',
  'access account.json --principal alice --action iam:CreateUser',
  'access shop.json --administrators --json',
  'access shop.json --services',
  'survive shop.json --machines --details',
  'cost shop.json --details --usage usage.json',
  'plan small.json --format markdown',
  'verify account.json --plan plan.json --step adopt --json',
  'diff account.json later.json --json',
  'guard --step groups-beside --plan proven.json --json',
  'guard small.json --step adopt --json',
  'draw account.json',
  'draw small.json --step end --format mermaid',
  'program small.json --as terraform --step adopt -o out/terraform',
];

/** These go a whole journey, and are asked once of each order. */
const LONG = [
  'plan account.json --details',
  'prove plan.json account.json --json',
  'report account.json -o out/report.html',
  'run small.json -o out',
];

/** What a command says, and the files that it writes. */
async function answer(folder: string, asked: string): Promise<ReadonlyMap<string, string>> {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  mkdirSync(join(folder, 'out'));
  const input = readFileSync(join(folder, 'preview.json'), 'utf8');
  const { code, out, err } = await run(asked.split(' '), { cwd: folder, input });
  expect(code, err).not.toBe(2);
  return new Map([['said', `${code} ${out}${err}`], ...filesIn(join(folder, 'out'))]);
}

const placed = (texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...texts].map(([name, said]) => [name, placeless(said)]));

describe('the same bytes', () => {
  let [plain, other] = ['', ''];
  beforeAll(async () => {
    const { out } = await run(['plan', join(root, ACCOUNT), '--json']);
    [plain, other] = [given(out), given(out, shuffler(7))];
  });

  it.each(ASKED)('%s', async (asked) => {
    const once = await answer(plain, asked);
    expect(await answer(plain, asked)).toEqual(once);
    expect(placed(await answer(other, asked))).toEqual(placed(once));
  });

  it.each(LONG)('%s', async (asked) => {
    const once = placed(await answer(plain, asked));
    expect(placed(await answer(other, asked))).toEqual(once);
  });

  it('are asked of every command, but for the one that reads AWS', () => {
    const names = new Set([...ASKED, ...LONG].map((asked) => asked.split(' ')[0]));
    expect([...COMMANDS.keys()].filter((name) => !names.has(name))).toEqual(['collect']);
  });
});

it('an input without a date of its own is judged as of today, and not as of this moment', () => {
  const { out } = underpin(['audit', join(root, 'scenarios/doors/terraform/state.json'), '--json']);
  expect(out).toMatch(/"collectedAt": "\d{4}-\d\d-\d\dT00:00:00\.000Z"/);
});

it('an inventory does not tell in which order AWS answered', () => {
  const told = ['a', 'b', 'c'].flatMap((region) =>
    ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'].flatMap((operation) =>
      ['111122223333', '444455556666'].map((account) => ({
        account,
        region,
        operation,
        input: {},
        output: { region },
      })),
    ),
  );
  const content = { collectedAt: '2026-11-22T00:00:00Z', partition: 'aws', told };
  const once = [...inventoryText(content)].join('');
  expect([...inventoryText({ ...content, told: shuffler(3)(told) })].join('')).toBe(once);
  expect(once).toContain('444455556666');
});

/** The shop's journey is too long to go twice: taken into the program, it stands in everything that is written. */
it('the built-in shop, adopted', async () => {
  const skip = moves.map(({ name }) => name).filter((name) => name !== 'adopt');
  const folder = emptyFolder();
  const config = join(folder, 'underpin.config.json');
  writeFileSync(config, JSON.stringify({ want: ['adopt'], skip }));
  const made = async (shuffle?: Shuffle): Promise<ReadonlyMap<string, string>> => {
    const content = read('examples/legacy-shop/inventory.json');
    writeFileSync(join(folder, 'shop.json'), JSON.stringify(shuffle ? shuffledInventory(content, shuffle) : content));
    const { plan, result } = await planInputs([join(folder, 'shop.json')], config);
    const { files } = emit(journeyOf(plan), { name: 'shop', stack: 'main', version: '1.0.0' });
    return placed(new Map([['plan', JSON.stringify(result)], ...files]));
  };
  const once = await made();
  expect(await made(shuffler(7))).toEqual(once);
  expect(once.size).toBeGreaterThan(10);
});
