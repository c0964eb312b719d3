import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root } from './cli.ts';

const example = join(root, 'examples/sound-shop');
const tsc = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

/** A copy of the example, as its README says, beside what `npm install` brings: the package with declarations of this tree. */
function copied(): string {
  const folder = emptyFolder();
  for (const name of ['index.ts', 'tsconfig.json', 'package.json']) cpSync(join(example, name), join(folder, name));
  const modules = join(folder, 'node_modules');
  const underpin = join(modules, 'underpin');
  mkdirSync(underpin, { recursive: true });
  cpSync(join(root, 'package.json'), join(underpin, 'package.json'));
  const declared = tsc(
    root,
    ...['-p', 'tsconfig.types.json', '--outDir', join(underpin, 'dist/types'), '--declarationMap', 'false'],
  );
  if (declared.status !== 0) throw new Error(declared.stdout);
  for (const name of ['@pulumi', '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return folder;
}

describe('the sound shop, copied beside the package', () => {
  const folder = copied();

  it('has every package there that its program imports', () => {
    const program = readFileSync(join(example, 'index.ts'), 'utf8');
    const dependencies = Object.keys(JSON.parse(readFileSync(join(example, 'package.json'), 'utf8')).dependencies);
    for (const [, name = ''] of program.matchAll(/from '((?:@[^/']+\/)?[^/']+)/g)) expect(dependencies).toContain(name);
    expect(existsSync(join(folder, 'node_modules/underpin/dist/types/blueprint/index.d.ts'))).toBe(true);
  });

  it('type-checks against the declarations of the package', () => {
    const { status, stdout } = tsc(folder, '--noEmit', '-p', '.');
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('is refused when it asks for a Fargate pair that does not exist, so the check is one', () => {
    cpSync(join(folder, 'index.ts'), join(folder, 'wrong.ts'));
  });
});
