import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { emptyFolder, root, shop, underpin } from './cli.ts';

/** Names every package that a process loads, by import or by require, in the file of the environment. */
const PROBE = `
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
const hook = "import { appendFileSync } from 'node:fs';" +
  "export async function resolve(name, context, next) {" +
  "  const found = await next(name, context);" +
  "  appendFileSync(process.env.UNDERPIN_LOADED, found.url + '\\\\n');" +
  "  return found;" +
  "}";
register('data:text/javascript,' + encodeURIComponent(hook));
process.on('exit', () => {
  const files = Object.keys(createRequire(import.meta.url).cache);
  appendFileSync(process.env.UNDERPIN_LOADED, files.map((file) => file + '\\n').join(''));
});
`;

function packagesOf(run: (env: NodeJS.ProcessEnv) => void): ReadonlySet<string> {
  const folder = emptyFolder();
  const [probe, loaded] = [join(folder, 'probe.mjs'), join(folder, 'loaded.txt')];
  writeFileSync(probe, PROBE);
  run({ NODE_OPTIONS: `--import=${pathToFileURL(probe).href}`, UNDERPIN_LOADED: loaded });
  const names = readFileSync(loaded, 'utf8').matchAll(/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/g);
  return new Set([...names].flatMap(([, name]) => name ?? []));
}

const heavy = (packages: ReadonlySet<string>): readonly string[] =>
  [...packages].filter((name) => /^@(pulumi|aws-sdk|smithy)\//.test(name));

const small = join(root, 'scenarios', 'plan', 'default-vpc-one-machine.json');

// what the clone's own build loads is not the command's
underpin(['--version']);

it('audit and plan load neither Pulumi nor an AWS SDK, nor a YAML parser for JSON, and an audit no schemas', () => {
  for (const [command, input] of [
    ['audit', shop],
    ['plan', small],
  ] as const) {
    const packages = packagesOf((env) => void underpin([command, input, '--json'], { env }));
    expect([...packages], command).toContain('commander');
    expect(packages.has('zod'), command).toBe(command === 'plan');
    expect([...packages], command).not.toContain('yaml');
    expect(heavy(packages), command).toEqual([]);
  }
});

it('--version loads the command line only', () => {
  const packages = packagesOf((env) => void underpin(['--version'], { env }));
  expect([...packages].filter((name) => name !== 'esbuild')).toEqual(['commander']);
});

it('the probe sees what is loaded', () => {
  const packages = packagesOf((env) => {
    spawnSync(process.execPath, ['--input-type=module', '-e', "await import('@pulumi/pulumi')"], {
      cwd: root,
      env: { ...process.env, ...env },
    });
  });
  expect(heavy(packages)).toContain('@pulumi/pulumi');
});
