import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root } from './cli.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The packed package in an empty folder, beside its declared runtime dependencies and nothing else. */
function installed(): string {
  const folder = emptyFolder();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'underpin'), { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', join(modules, 'underpin'), '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return folder;
}

describe('the packed package, installed in an empty folder', () => {
  const folder = installed();
  const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  it('does the main job, program and all', () => {
    cpSync(join(root, 'scenarios/plan/default-vpc-one-machine.json'), join(folder, 'inventory.json'));
    const { status, stdout, stderr } = node('node_modules/underpin/bin/underpin.js', 'run', 'inventory.json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/proven findings/);
    expect(readdirSync(join(folder, 'underpin-out')).sort()).toEqual([
      'audit.json',
      'infra',
      'plan.json',
      'report.html',
    ]);
  });

  it('brings the example that it judges without an input', () => {
    const example = 'node_modules/underpin/examples/legacy-shop/inventory.json';
    expect(node('node_modules/underpin/bin/underpin.js', 'audit', example, '--fail-on', 'none').status).toBe(0);
  });

  it('can be imported as a library by every export it declares', () => {
    for (const path of Object.keys(manifest.exports).filter((one) => !one.endsWith('.json'))) {
      const name = path === '.' ? 'underpin' : `underpin/${path.slice(2)}`;
      const { status, stderr } = node('--input-type=module', '-e', `await import('${name}')`);
      expect(stderr, name).toBe('');
      expect(status, name).toBe(0);
    }
  });

  it('has declarations for every export', () => {
    for (const target of Object.values<string | { types: string }>(manifest.exports))
      if (typeof target !== 'string')
        expect(readFileSync(join(folder, 'node_modules/underpin', target.types), 'utf8')).not.toBe('');
  });

  it('brings no sources, tests or scenarios', () => {
    expect(readdirSync(join(folder, 'node_modules/underpin')).sort()).toEqual(
      [
        'LICENSE',
        'NOTICE',
        'README.ko.md',
        'README.md',
        'bin',
        'dist',
        'docs',
        'examples',
        'package.json',
        'schema',
      ].sort(),
    );
  });
});

it('keeps no registry address in the lock file', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
});

it('has every platform’s optional package in the lock file, without which a clean install fails', () => {
  type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>> };
  const packages: Readonly<Record<string, Locked>> = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  ).packages;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
