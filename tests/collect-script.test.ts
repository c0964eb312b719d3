import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../src/collect/collect.ts';
import type { Request } from '../src/collect/journal.ts';
import { command } from '../src/collect/script.ts';
import { optionsFor, replay } from '../src/collect/testing/replay.ts';
import type { AuditResult } from '../src/report/result.ts';
import { emptyFolder, root, run, shop } from './cli.ts';
import { aws, type FakeAccount } from './fake/aws.ts';

const account: FakeAccount & { readonly collectedAt: string } = JSON.parse(readFileSync(shop, 'utf8'));

/** The words of every call. */
const calls: (readonly string[])[] = [];

/** Answers what the stand-in below asks: the number of words, the region and the words, each ended by a zero byte. */
const server = createServer((socket) => {
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text;
    const [count, region, ...words] = heard.split('\0').slice(0, -1);
    if (count === undefined || region === undefined || words.length < Number(count)) return;
    calls.push(words);
    const { code, text: said } = aws(account, words, region || undefined);
    socket.end(`${code}\n${said}`);
  });
});
afterAll(() => server.close());

/** There are hundreds of calls, so this starts no Node: it asks this process. */
const AWS = `#!/usr/bin/env bash
exec 3<> "/dev/tcp/127.0.0.1/$FAKE_AWS_PORT"
printf '%s\\0' "$#" "\${AWS_REGION-}" "$@" >&3
read -r code <&3
if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$code"
`;

/** A folder for PATH whose `aws` answers from the built-in shop, on the day that it was collected, and where waiting takes no time. */
function fakes(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'aws'), AWS);
  writeFileSync(join(folder, 'date'), `#!/bin/sh\necho ${account.collectedAt}\n`);
  writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n');
  for (const name of ['aws', 'date', 'sleep']) chmodSync(join(folder, name), 0o755);
  return folder;
}

const failures = async (input: string): Promise<readonly string[]> => {
  const result: AuditResult = JSON.parse((await run(['audit', input, '--json'])).out);
  return result.findings
    .filter(({ state }) => state === 'fail')
    .map(({ rule, resources }) => `${rule} ${resources[0]?.id}`);
};

/** The CLI's words for all that `collect` asks of the same account. */
async function collected(): Promise<ReadonlySet<string>> {
  const asked: Request[] = [];
  await collect(optionsFor(join(emptyFolder(), 'inventory.json'), [replay(shop, asked)], { regions: [REGION] }));
  return new Set(asked.map(({ operation }) => command(operation)));
}

const REGION = 'ap-northeast-2';

describe.skipIf(process.platform === 'win32')('docs/collect.sh, with an aws that answers as the built-in shop', () => {
  const folder = join(emptyFolder(), 'answers');

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    mkdirSync(folder);
    const script = spawn('bash', [join(root, 'docs/collect.sh'), folder, REGION], {
      env: { ...process.env, PATH: `${fakes()}${delimiter}${process.env.PATH}`, FAKE_AWS_PORT: String(port) },
      stdio: 'ignore',
    });
    expect(await once(script, 'exit')).toEqual([0, null]);
  }, 180_000);

  it('makes a folder that gives the same findings as the inventory', async () => {
    expect(await failures(folder)).toEqual(await failures(shop));
    expect((await failures(shop)).length).toBeGreaterThan(0);
  });

  it('asks what collect asks, and nothing else', async () => {
    const called = new Set(calls.map(([service, operation]) => `${service} ${operation}`));
    expect([...called].filter((one) => one !== 'configure get').sort()).toEqual([...(await collected())].sort());
  });

  it('asks nothing twice', () => {
    const answers = calls.filter((words) => words.includes('json')).map((words) => words.join(' '));
    const twice = answers.filter((one, n) => answers.indexOf(one) !== n);
    // a task definition is named by its service and by its tasks
    expect(twice.filter((one) => !/describe-task-definition|describe-instance-types/.test(one))).toEqual([]);
  });
});
