import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../inventory/user-error.ts';
import { type Asking, asker } from './ask.ts';
import { openJournal, type Request } from './journal.ts';
import { Gate, Limiter } from './limiter.ts';
import { askAll } from './pages.ts';
import { pick } from './pick.ts';
import { requestsOf } from './requests.ts';
import { fastClock, Refused } from './testing/replay.ts';

const outputFile = (): string => join(mkdtempSync(join(tmpdir(), 'underpin-collect-')), 'inventory.json');
const NOW = new Date('2026-11-22T13:00:00Z');
const vpcs: Request = { account: '111122223333', region: 'eu-west-1', operation: 'ec2:DescribeVpcs', input: {} };

describe('paths', () => {
  const answer = { A: [{ K: 'x', V: 1 }, { K: 'y', V: 2 }, { V: 3 }], B: { C: ['p', 'q'] }, D: null };
  it.each([
    ['A[].V', [1, 2, 3]],
    ["A[?K=='x'].V", [1]],
    ["A[?K!='x'].V", [2, 3]],
    ['B.C[]', ['p', 'q']],
    ['B.C', [['p', 'q']]],
    ['D.C[]', []],
    ['A.V', []],
    ['B.missing[].x', []],
  ])('%s', (path, found) => expect(pick(answer, path)).toEqual(found));
});

describe('requests', () => {
  const listed = [{ input: { cluster: 'c1' }, output: { arns: ['b', 'a', 'c', 'a'] } }];

  it('are one for each thing, once, in order', () => {
    const each = [{ of: 'x:List', items: 'arns[]', input: { arn: '@' } }];
    expect(requestsOf({ operation: 'x:Get', scope: 'region', each }, '1', () => listed)).toEqual(
      ['a', 'b', 'c'].map((arn) => ({ arn })),
    );
  });

  it('take many things at a time, with a parameter of the request that listed them and a constant', () => {
    const each = [
      {
        of: 'x:List',
        items: 'arns[]',
        input: { cluster: '<cluster', arns: ['@'], include: ['=TAGS'] } as const,
        batch: 2,
      },
    ];
    expect(requestsOf({ operation: 'x:Get', scope: 'region', each }, '1', () => listed)).toEqual([
      { cluster: 'c1', include: ['TAGS'], arns: ['a', 'b'] },
      { cluster: 'c1', include: ['TAGS'], arns: ['c'] },
    ]);
  });

  it('name the account where the row says so', () => {
    const inputs = [{ AccountId: '<account>' }];
    expect(requestsOf({ operation: 'x:Get', scope: 'account', inputs }, '111122223333', () => [])).toEqual([
      { AccountId: '111122223333' },
    ]);
  });
});

describe('the pace', () => {
  it('is never faster than it was set', async () => {
    const clock = fastClock(0);
    const limiter = new Limiter(5, clock);
    for (let n = 0; n < 11; n += 1) await limiter.turn();
    expect(clock.now()).toBe(2_000);
  });

  it('halves when AWS throttles, once for many at a time, and comes back slowly', async () => {
    const clock = fastClock(0);
    const limiter = new Limiter(8, clock);
    for (let n = 0; n < 5; n += 1) limiter.throttled();
    expect(limiter.rate).toBe(4);
    await clock.sleep(5_000);
    limiter.throttled();
    expect(limiter.rate).toBe(2);
    for (let n = 0; n < 1_000; n += 1) limiter.answered();
    expect(limiter.rate).toBe(8);
  });

  it('lets only so many through the gate at a time', async () => {
    const gate = new Gate(2);
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => gate.through(work)));
    expect(most).toBe(2);
  });
});

function office(send: Asking['send'], output = outputFile()) {
  const clock = fastClock(0);
  const journal = openJournal(output, NOW, false);
  let slowed = 0;
  const limiter = new Limiter(5, clock);
  const onThrottled = () => {
    slowed += 1;
  };
  const ask = asker({ send, limiter, clock, chance: () => 0.5, journal, onThrottled });
  return { ask, clock, journal, limiter, slowed: () => slowed };
}

describe('asking', () => {
  it('asks again when AWS throttles, and gives up in the end', async () => {
    let tries = 0;
    const { ask, slowed, limiter } = office(async () => {
      tries += 1;
      throw new Refused('RequestLimitExceeded', 'slow down', 503);
    });
    expect(await ask(vpcs)).toEqual({ error: { name: 'RequestLimitExceeded', message: 'slow down' } });
    expect([tries, slowed()]).toEqual([8, 8]);
    expect(limiter.rate).toBeLessThan(1);
  });

  it('asks once where AWS refuses', async () => {
    let tries = 0;
    const { ask } = office(async () => {
      tries += 1;
      throw new Refused('UnauthorizedOperation', 'no', 403);
    });
    expect((await ask(vpcs)).error?.name).toBe('UnauthorizedOperation');
    expect(tries).toBe(1);
  });

  it('stops the whole run when the credentials have ended, and keeps what it has', async () => {
    const output = outputFile();
    const { ask } = office(async ({ operation }) => {
      if (operation === 'ec2:DescribeVpcs') return { Vpcs: [] };
      throw new Refused('ExpiredToken', 'ended', 400);
    }, output);
    await ask(vpcs);
    await expect(ask({ ...vpcs, operation: 'ec2:DescribeSubnets' })).rejects.toBeInstanceOf(UserError);
    expect(openJournal(output, NOW, false).get(vpcs)).toEqual({ output: { Vpcs: [] } });
  });

  it('does not go on asking in a region where nobody answers', async () => {
    let tries = 0;
    const { ask } = office(async () => {
      tries += 1;
      throw Object.assign(new Error('gone'), { name: 'TimeoutError' });
    });
    const operations = Array.from({ length: 50 }, (_, n) => ({ ...vpcs, operation: `ec2:Describe${n}` }));
    const outcomes = await Promise.all(operations.map((request) => ask(request)));
    expect(outcomes.every(({ error }) => error?.name === 'TimeoutError')).toBe(true);
    expect(tries).toBe(24);
  });

  it('goes on in a region where everything that was asked at a time is silent once', async () => {
    let breaks = 8;
    const { ask } = office(async () => {
      if (breaks-- > 0) throw Object.assign(new Error('gone'), { name: 'TimeoutError' });
      return { Vpcs: [] };
    });
    const operations = Array.from({ length: 50 }, (_, n) => ({ ...vpcs, operation: `ec2:Describe${n}` }));
    const outcomes = await Promise.all(operations.map((request) => ask(request)));
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
  });

  it('joins pages, and ends when a page announces itself', async () => {
    const page = (n: number) => ({ Vpcs: [{ VpcId: `vpc-${n}` }], ...(n < 3 ? { NextToken: String(n + 1) } : {}) });
    const { ask } = office(async ({ input }) => page(Number(input.NextToken ?? 1)));
    const pages = { NextToken: 'NextToken' };
    expect(await askAll(ask, vpcs, pages)).toEqual({
      output: { Vpcs: [1, 2, 3].map((n) => ({ VpcId: `vpc-${n}` })) },
      error: undefined,
    });
    const endless = office(async () => ({ Vpcs: [], NextToken: 'same' }));
    expect((await askAll(endless.ask, vpcs, pages)).error?.name).toBe('EndlessPages');
  });
});

describe('the journal', () => {
  it('forgets a line that was not written to its end, and nothing else', () => {
    const output = outputFile();
    const journal = openJournal(output, NOW, false);
    journal.add(vpcs, { output: { Vpcs: [] } });
    appendFileSync(`${output}.journal`, '{"account":"111122223333","region":"eu-we');
    const again = openJournal(output, NOW, false);
    expect(again.found).toBe(1);
    again.add({ ...vpcs, region: 'eu-west-3' }, { output: { Vpcs: [] } });
    expect(openJournal(output, NOW, false).found).toBe(2);
    expect(readFileSync(`${output}.journal`, 'utf8')).not.toContain('"region":"eu-we{');
  });

  it('is good at every length that it may be cut to', () => {
    const output = outputFile();
    const journal = openJournal(output, NOW, false);
    for (const region of ['a', 'b', 'c']) journal.add({ ...vpcs, region }, { output: { Vpcs: [{ VpcId: 'ü' }] } });
    const bytes = readFileSync(`${output}.journal`);
    let most = 0;
    for (let length = 0; length <= bytes.length; length += 1) {
      writeFileSync(`${output}.journal`, bytes.subarray(0, length));
      const { found } = openJournal(output, NOW, false);
      expect(found).toBeGreaterThanOrEqual(most);
      most = found;
    }
    expect(most).toBe(3);
  });

  it('keeps answers and "there is none", and asks again what was refused', () => {
    const output = outputFile();
    const journal = openJournal(output, NOW, false);
    journal.add(vpcs, { output: { Vpcs: [] } });
    journal.add({ ...vpcs, operation: 's3:GetBucketPolicy' }, { error: { name: 'NoSuchBucketPolicy', message: '' } });
    journal.add({ ...vpcs, operation: 's3:ListBuckets' }, { error: { name: 'AccessDenied', message: '' } });
    expect(openJournal(output, NOW, false).found).toBe(2);
  });

  it('is of no use after a day, or when it is not wanted', () => {
    const output = outputFile();
    openJournal(output, NOW, false).add(vpcs, { output: {} });
    expect(openJournal(output, new Date('2026-11-23T12:00:00Z'), false).found).toBe(1);
    expect(openJournal(output, new Date('2026-11-23T14:00:00Z'), false).found).toBe(0);
    openJournal(output, NOW, true).add(vpcs, { output: {} });
    expect(openJournal(output, NOW, true).found).toBe(0);
  });
});
