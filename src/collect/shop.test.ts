import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../estate/estate.ts';
import { loadInputs } from '../inventory/load.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { collect } from './collect.ts';
import type { Request } from './journal.ts';
import { paged } from './testing/paged.ts';
import { optionsFor, Refused, replay } from './testing/replay.ts';

const shop = fileURLToPath(new URL('../../examples/legacy-shop/inventory.json', import.meta.url));
const outputFile = (): string => join(mkdtempSync(join(tmpdir(), 'underpin-collect-')), 'inventory.json');
const estateOf = (file: string): Estate => loadInputs([file]).estate;
const HERE = { regions: ['ap-northeast-2'] };

/** Every resource without where it was read. */
const facts = ({ resources }: Estate): ReadonlyMap<string, unknown> =>
  new Map(
    resources
      .map(({ source: _, ...resource }) => [resource.id, plain(resource)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const plain = (resource: object): unknown =>
  JSON.parse(
    JSON.stringify(resource, (key, value: unknown) => (key === 'source' || key === 'field' ? undefined : value)),
  );

const failures = (estate: Estate): readonly string[] =>
  audit(estate, rules)
    .filter(({ state }) => state === 'fail')
    .map(({ rule, claim, resources }) => `${rule} ${resources[0]?.id}: ${claim}`)
    .sort();

describe('the legacy shop, read through the table', () => {
  it('has the resources and the findings of the example, without its secrets', async () => {
    const output = outputFile();
    await collect(optionsFor(output, [replay(shop)], HERE));
    expect(facts(estateOf(output))).toEqual(facts(estateOf(shop)));
    expect(failures(estateOf(output))).toEqual(failures(estateOf(shop)));
    expect(readFileSync(shop, 'utf8')).toContain('plaintext-password');
    expect(readFileSync(output, 'utf8')).not.toContain('plaintext-password');
  });

  it('asks nothing twice', async () => {
    const asked: Request[] = [];
    await collect(optionsFor(outputFile(), [replay(shop, asked)], HERE));
    // AWS is asked for the credential report until it is there
    const once = asked.filter(({ operation }) => operation !== 'iam:GenerateCredentialReport');
    const keys = once.map((request) => JSON.stringify(request));
    expect(keys.length).toBe(new Set(keys).size);
  });

  it('gives the same bytes when every listing comes in pages of one', async () => {
    const [one, two] = [outputFile(), outputFile()];
    const asked: Request[] = [];
    await collect(optionsFor(one, [replay(shop)], HERE));
    await collect(optionsFor(two, [paged(replay(shop), asked)], HERE));
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
    expect(asked.length).toBeGreaterThan(200);
  });

  it('gives the same bytes however fast the answers come', async () => {
    const [one, two] = [outputFile(), outputFile()];
    await collect(optionsFor(one, [replay(shop)], HERE));
    const session = replay(shop);
    const late = async (request: Request): Promise<unknown> => {
      const answer = await session.sdk.send(request);
      await new Promise((resolve) => setTimeout(resolve, (request.operation.length * 7) % 5));
      return answer;
    };
    await collect(optionsFor(two, [{ ...session, sdk: { ...session.sdk, send: late } }], HERE));
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
  });

  it('finds nothing that is not there when answers are refused: fails are a part, and nothing new passes', async () => {
    const whole = failures(estateOf(shop));
    for (const hidden of [/^iam:/, /^s3:/, /^ec2:DescribeSecurityGroups$/, /^rds:/, /:List/]) {
      const output = outputFile();
      const session = replay(shop);
      const send = (request: Request): Promise<unknown> =>
        hidden.test(request.operation)
          ? Promise.reject(new Refused('AccessDenied', 'no', 403))
          : session.sdk.send(request);
      const summary = await collect(optionsFor(output, [{ ...session, sdk: { ...session.sdk, send } }], HERE));
      expect(summary.unanswered.some(({ status, actions }) => status === 'denied' && actions.length > 0)).toBe(true);
      const passes = audit(estateOf(output), rules).filter(({ state }) => state === 'pass');
      const before = new Set(
        audit(estateOf(shop), rules)
          .filter(({ state }) => state === 'fail')
          .map(({ rule }) => rule),
      );
      const passedBefore = new Set(
        audit(estateOf(shop), rules)
          .filter(({ state }) => state === 'pass')
          .map(({ rule }) => rule),
      );
      expect(passes.map(({ rule }) => rule).filter((rule) => before.has(rule) && !passedBefore.has(rule))).toEqual([]);
      expect(whole.length).toBeGreaterThan(0);
    }
  });
});

describe('which regions are read', () => {
  const regions = (names: readonly string[]) => ({ Regions: names.map((RegionName) => ({ RegionName })) });
  const session = (send: (request: Request) => unknown) => ({
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    sdk: {
      async send(request: Request) {
        const answer = send(request);
        if (answer === undefined) throw new Refused('AccessDenied', 'no', 403);
        return answer;
      },
      close() {},
    },
  });

  it('are those that are enabled and in use, and the one that is set', async () => {
    const asked: Request[] = [];
    const summary = await collect(
      optionsFor(outputFile(), [
        session((request) => {
          asked.push(request);
          if (request.operation === 'ec2:DescribeRegions') return regions(['eu-west-1', 'eu-west-3', 'us-east-1']);
          if (request.operation === 'sqs:ListQueues') return request.region === 'us-east-1' ? { QueueUrls: ['q'] } : {};
          return undefined;
        }),
      ]),
    );
    expect(summary.accounts).toEqual([{ account: '111122223333', regions: ['eu-west-1', 'us-east-1'] }]);
    expect(summary.notInUse).toEqual([{ account: '111122223333', regions: ['eu-west-3'] }]);
    expect(
      asked.some(({ region, operation }) => region === 'eu-west-3' && operation === 'elbv2:DescribeLoadBalancers'),
    ).toBe(false);
  });

  it('are the one that is set when AWS does not say which are enabled', async () => {
    const notes: string[] = [];
    const options = optionsFor(outputFile(), [session(() => undefined)]);
    const summary = await collect({ ...options, watch: { ...options.watch, note: (text) => void notes.push(text) } });
    expect(summary.accounts).toEqual([{ account: '111122223333', regions: ['eu-west-1'] }]);
    expect(notes.join()).toMatch(/only eu-west-1/);
  });

  it('of several accounts stand in one inventory', async () => {
    const output = outputFile();
    const other = { ...session(() => ({})), account: '444455556666' };
    await collect(optionsFor(output, [session(() => ({})), other], { regions: ['eu-west-1', 'eu-west-3'] }));
    const { responses }: { responses: Record<string, { account: string; region: string }[]> } = JSON.parse(
      readFileSync(output, 'utf8'),
    );
    expect(responses['ec2:DescribeVpcs']?.map(({ account, region }) => `${account} ${region}`)).toEqual([
      '111122223333 eu-west-1',
      '111122223333 eu-west-3',
      '444455556666 eu-west-1',
      '444455556666 eu-west-3',
    ]);
    expect(responses['iam:ListUsers']?.map(({ account, region }) => `${account} ${region}`)).toEqual([
      '111122223333 global',
      '444455556666 global',
    ]);
  });
});
