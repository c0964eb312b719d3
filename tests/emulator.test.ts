/**
 * Accounts made by calls in moto, an emulator of AWS written by others; then collected by the command, and audited. What is found
 * in the built-in legacy shop is found there too, and the same with the shop of `scenarios/doors`.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick } from '../src/collect/pick.ts';
import { builder, present, roleOf, startMoto } from '../src/collect/testing/moto.ts';
import { statusOf } from '../src/estate/coverage.ts';
import { readInputs } from '../src/inventory/load.ts';
import { rules } from '../src/rules/catalog/index.ts';
import type { Finding } from '../src/rules/finding.ts';
import { audit } from '../src/rules/run.ts';
import { emptyFolder, root, shop } from './cli.ts';
import * as doors from './doors/seed.ts';
import { verdicts } from './doors/verdicts.ts';
import type { Ids } from './legacy-shop/ids.ts';
import { completed, LACKS, POLICIES, YOUNGER } from './legacy-shop/lacks.ts';
import { type Inventory, ofAccount } from './legacy-shop/responses.ts';
import * as legacy from './legacy-shop/seed.ts';

/** The account and the region of the shop of the doors are the example's too: here it stands beside the example. */
const BESIDE = '444455556666';
const DOORS = { account: '111122223333', region: 'eu-west-1' };

const folder = emptyFolder();
const file = (name: string, inventory: Inventory): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(inventory));
  return path;
};

interface Ran {
  readonly status: number | null;
  readonly stderr: string;
}

const collect = (output: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const command = [
      join(root, 'bin/underpin.js'),
      'collect',
      '-o',
      output,
      '--rate',
      '500',
      '--timeout',
      '60',
      ...args,
    ];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'], env: process.env });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.on('exit', (status) => resolve({ status, stderr }));
  });

describe.skipIf(!present)('accounts made by calls, and read by the command', () => {
  const output = join(folder, 'both.json');
  let stop: () => void = () => {};
  let ran: Ran;
  let ids: Ids;

  beforeAll(async () => {
    stop = await startMoto(legacy.REGION);
    const [here, beside] = [await builder(legacy.ACCOUNT, legacy.REGION), await builder(BESIDE, legacy.REGION)];
    ids = await legacy.seed(here);
    await doors.seed(beside, BESIDE, legacy.REGION);
    for (const sdk of [here, beside]) sdk.close();
    // one account by its role, and the other through the first
    const chain = [roleOf(legacy.ACCOUNT), roleOf(BESIDE)].join(',');
    ran = await collect(output, ['--role-arn', roleOf(legacy.ACCOUNT), '--role-arn', chain, '--region', legacy.REGION]);
  }, 0);

  afterAll(() => stop());

  /** What was collected in an account, on the day of the other inventory of the same shop and in its words. */
  function collected(account: string, other: string, translate: (text: string) => string): Inventory {
    const inventory: Inventory = JSON.parse(readFileSync(output, 'utf8'));
    const { collectedAt }: Inventory = JSON.parse(readFileSync(other, 'utf8'));
    return JSON.parse(translate(JSON.stringify({ ...ofAccount(inventory, account), collectedAt })));
  }

  it('stand in one inventory, each with what was answered about it', () => {
    const { responses }: Inventory = JSON.parse(readFileSync(output, 'utf8'));
    const accounts = responses['rds:DescribeDBInstances']?.map(({ account }) => account);
    expect(accounts).toEqual([legacy.ACCOUNT, BESIDE]);
  });

  it('are not known to the end where the emulator answers with a page of HTML, which the exit code says', () => {
    const { responses }: Inventory = JSON.parse(readFileSync(output, 'utf8'));
    const unreadable = { error: { name: 'UnreadableAnswer' } };
    expect(responses['ssm:DescribeInstanceInformation']).toMatchObject([unreadable, unreadable]);
    const { coverage } = readInputs([output]);
    expect(statusOf(coverage, 'ssm:DescribeInstanceInformation', { account: BESIDE, region: legacy.REGION })).toBe(
      'failed',
    );
    expect(ran.stderr).toContain('ssm:DescribeInstanceInformation');
    expect(ran.status).toBe(3);
  });

  it('have no password in their inventory', () => {
    const userData = Buffer.from(`export DB_PASSWORD=${legacy.PASSWORD}\n`).toString('base64').slice(8, 30);
    const [before, after] = [shop, output].map((path) => readFileSync(path, 'utf8'));
    for (const secret of [legacy.PASSWORD, userData]) {
      expect(before).toContain(secret);
      expect(after).not.toContain(secret);
    }
    expect(after).not.toContain(doors.PASSWORD);
  });

  describe('the legacy shop', () => {
    /** Of several databases the one whose network interface comes first by id is named, and ids are made up. */
    const NAMES_ONE_OF_MANY = new Set(['group-open-to-the-world', 'way-in-is-the-internet']);
    const DATABASE = /legacy-(?:prod|dev)-mysql(?:-replica-\d)?\b/g;

    const said = ({ rule, state, claim, resources }: Finding): string => {
      const [subject, ...others] = resources.map(({ id }) => id);
      const sentence = `${rule} ${state}: ${claim} [${[subject, ...others.sort()].join(', ')}]`;
      return NAMES_ONE_OF_MANY.has(rule) ? sentence.replaceAll(DATABASE, '«database»') : sentence;
    };
    const audited = (path: string): readonly Finding[] => audit(readInputs([path]), rules);
    const told = audited(shop);
    const sentences = told.map(said).sort();

    let inventory: Inventory;
    const withThese = (lacks: typeof LACKS): readonly Finding[] =>
      audited(file('shop.json', { ...inventory, responses: completed(inventory.responses, [POLICIES, ...lacks]) }));

    beforeAll(() => {
      inventory = collected(legacy.ACCOUNT, shop, (text) => ids.toExample(text));
    });

    it('has the findings of the example, in the same words and about the same things', () => {
      expect(withThese(LACKS).map(said).sort()).toEqual(sentences);
      expect(sentences.length).toBeGreaterThan(150);
    });

    it('passes nothing that fails in the example where the emulator says less, but for what is younger in it', () => {
      const subjects = (findings: readonly Finding[], wanted: string): readonly string[] =>
        findings
          .filter(({ state }) => state === wanted)
          .flatMap(({ rule, resources }) =>
            (wanted === 'fail' ? resources.slice(0, 1) : resources).map(({ id }) => `${rule} ${id}`),
          );
      const here = withThese([]);
      const failed = new Set(subjects(told, 'fail'));
      const better = subjects(here, 'pass').filter((one) => failed.has(one));
      expect([...new Set(better.map((one) => one.split(' ')[0]))]).toEqual(YOUNGER);
      expect(subjects(here, 'unknown').length).toBeGreaterThan(0);
    });

    it('is not told alone of its policies still: the emulator lists all that AWS offers', () => {
      const policies = ({ responses }: Pick<Inventory, 'responses'>): number =>
        pick(responses[POLICIES.of]?.[0]?.output, 'Policies[]').length;
      expect(policies({ responses: completed(inventory.responses, [POLICIES]) })).toBeLessThan(10);
      expect(policies(inventory)).toBeGreaterThan(1_000);
    });

    it.each(LACKS)('needs the example’s word on $of still: $why', (lack) => {
      const others = LACKS.filter((one) => one !== lack);
      expect(withThese(others).map(said).sort()).not.toEqual(sentences);
    });
  });

  describe('the shop of the doors', () => {
    const INVENTORY = join(root, 'scenarios/doors/inventory.json');
    /** The credential report of the emulator leaves the root user out. */
    const UNTOLD = ['root-used account 111122223333'];
    /** Of several databases that a group opens the first by id is named, and ids are made up. */
    const EXAMPLE = / \[database db:shop-mysql(?:-replica)?\]$/;

    it('is found to have what its inventory has', () => {
      const inventory = collected(BESIDE, INVENTORY, (text) =>
        text.replaceAll(BESIDE, DOORS.account).replaceAll(legacy.REGION, DOORS.region),
      );
      const responses = completed(inventory.responses, [POLICIES]);
      const here = verdicts(readInputs([file('doors.json', { ...inventory, responses })]));
      const there = verdicts(readInputs([INVENTORY]));
      const differs = [...there].flatMap(([key, sentence]) => {
        const [wanted, found] = [sentence, here.get(key)].map((one) => one?.replace(EXAMPLE, ''));
        return !sentence.startsWith('fail') || wanted === found ? [] : [`${key}: ${found}`];
      });
      expect(differs).toEqual(UNTOLD.map((key) => `${key}: unknown`));
      expect([...here].filter(([key, now]) => now === 'pass' && there.get(key)?.startsWith('fail'))).toEqual([]);
      expect([...there.values()].filter((one) => one.startsWith('fail')).length).toBeGreaterThan(UNTOLD.length * 20);
    });
  });
});
