import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import type { AuditResult } from '../src/report/result.ts';
import { emptyFolder, root, shop, underpin } from './cli.ts';

/** A folder for PATH whose `aws` answers from the built-in shop, on the day that it was collected. */
function fakeAws(): string {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'tests/fake/aws.mjs')}" "$@"\n`,
  );
  writeFileSync(join(folder, 'date'), `#!/bin/sh\necho ${JSON.parse(readFileSync(shop, 'utf8')).collectedAt}\n`);
  for (const name of ['aws', 'date']) chmodSync(join(folder, name), 0o755);
  return folder;
}

const failures = (input: string): readonly string[] => {
  const result: AuditResult = JSON.parse(underpin(['audit', input, '--json']).out);
  return result.findings
    .filter(({ state }) => state === 'fail')
    .map(({ rule, resources }) => `${rule} ${resources[0]?.id}`);
};

it.skipIf(process.platform === 'win32')(
  'docs/collect.sh makes a folder that gives the same findings as the inventory of the same account',
  () => {
    const folder = join(emptyFolder(), 'answers');
    mkdirSync(folder);
    execFileSync('bash', [join(root, 'docs/collect.sh'), folder, 'ap-northeast-2'], {
      env: { ...process.env, PATH: `${fakeAws()}${delimiter}${process.env.PATH}`, FAKE_INVENTORY: shop },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    expect(failures(folder)).toEqual(failures(shop));
  },
);
