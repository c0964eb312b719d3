/** The policy pack of docs/policy.md, run by Pulumi's own runner and asked over its own wire: no CLI, no deployment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenShop } from '../src/inventory/pulumi/stack/testing/broken-shop.ts';
import { ask } from '../src/policy/testing.ts';
import { emptyFolder, root, underpin } from './cli.ts';

const load = createRequire(import.meta.url);

/** The files of the documentation, in JavaScript: what they import is loaded as Pulumi loads it, with require(). */
function pack(): string {
  const folder = emptyFolder();
  const page = readFileSync(join(root, 'docs/policy.md'), 'utf8');
  const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
  const program = block('ts').replace(/import (\{.*\}) from ('.*');/g, 'const $1 = require($2);');
  expect(program).toContain("require('underpin/policy')");
  writeFileSync(join(folder, 'PulumiPolicy.yaml'), block('yaml'));
  writeFileSync(join(folder, 'package.json'), block('json').replace('index.ts', 'index.js'));
  writeFileSync(join(folder, 'index.js'), program);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'underpin'), 'junction');
  symlinkSync(join(root, 'node_modules', '@pulumi'), join(folder, 'node_modules', '@pulumi'), 'junction');
  return folder;
}

/** The runner writes the port that it serves. */
const portOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let told = '';
    child.stderr?.on('data', (data) => {
      told += data;
    });
    child.stdout?.on('data', (data) => resolve(String(data).trim()));
    child.on('exit', () => reject(new Error(told)));
  });

it('stops the broken shop, each violation at its resource', async () => {
  // builds dist/ where it is older than its sources
  expect(underpin(['--version']).code).toBe(0);
  const runner = join(root, 'node_modules/@pulumi/pulumi/cmd/run-policy-pack');
  const child = spawn(process.execPath, [runner, '127.0.0.1:1', '.'], {
    cwd: pack(),
  });
  try {
    const { AnalyzerClient } = load('@pulumi/pulumi/proto/analyzer_grpc_pb');
    const { credentials } = load('@grpc/grpc-js');
    const client = new AnalyzerClient(`127.0.0.1:${await portOf(child)}`, credentials.createInsecure());
    const found = await ask(({ request }, done) => client.analyzeStack(request, done), brokenShop.resources);
    client.close();
    expect(found.map(({ urn }) => urn.split('::').at(-1)).sort()).toEqual([
      'maria',
      'mysql',
      'mysql',
      'mysql',
      'shared',
    ]);
    expect(found.every(({ policy, mandatory }) => policy === 'underpin' && mandatory)).toBe(true);
  } finally {
    child.kill();
  }
});
