import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root } from './cli.ts';

const example = join(root, 'examples/sound-shop');
const program = readFileSync(join(example, 'index.ts'), 'utf8');

const tsc = (folder: string): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
    cwd: folder,
    encoding: 'utf8',
  });

/** The declarations of the blueprint and the timeline as the package brings them: its settings of the compiler, and only what the export leads to. */
function declare(folder: string): void {
  const project = emptyFolder();
  const settings = {
    extends: join(root, 'tsconfig.types.json'),
    compilerOptions: {
      rootDir: join(root, 'src'),
      outDir: join(folder, 'dist/types'),
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: [join(root, 'src/blueprint/index.ts'), join(root, 'src/timeline/index.ts')],
    include: [],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings));
  const { status, stdout } = tsc(project);
  if (status !== 0) throw new Error(stdout);
}

/** A copy of an example, as its README tells people to make one, beside what `npm install` brings there. */
function copied(from: string, names: readonly string[]): string {
  const folder = emptyFolder();
  for (const name of names) cpSync(join(from, name), join(folder, name), { recursive: true });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'underpin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(modules, 'underpin/package.json'));
  declare(join(modules, 'underpin'));
  for (const name of ['@pulumi', '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return folder;
}

describe('the sound shop, copied beside the package', () => {
  const folder = copied(example, ['index.ts', 'tsconfig.json', 'package.json']);
  const checked = (text: string) => {
    writeFileSync(join(folder, 'index.ts'), text);
    return tsc(folder);
  };

  it('imports only what its own package.json names', () => {
    const { dependencies } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8'));
    for (const [, name = ''] of program.matchAll(/from '((?:@[^/']+\/)?[^/']+)/g))
      expect(Object.keys(dependencies)).toContain(name);
  });

  it('type-checks against the declarations of the package', () => {
    expect(checked(program)).toMatchObject({ stdout: '', status: 0 });
  });

  it('does not with a pair that Fargate does not take, nor with an argument that no component has', () => {
    const wrong = [
      ['cpu: 512, memory: 1024', 'cpu: 512, memory: 512', 'TS2345'],
      ["engine: 'mysql',", "engine: 'mysql', publiclyAccessible: true,", 'TS2353'],
    ] as const;
    for (const [right] of wrong) expect(program).toContain(right);
    const { status, stdout } = checked(wrong.reduce((text, [right, other]) => text.replace(right, other), program));
    expect(stdout).toMatch(/^index\.ts/);
    for (const [, , code] of wrong) expect(stdout).toContain(code);
    expect(status).not.toBe(0);
  });
});

describe('the program of the legacy shop’s journey, as `underpin program` writes it', () => {
  const infra = join(root, 'examples/legacy-shop/infra');
  const folder = copied(infra, readdirSync(infra));

  it('type-checks against the declarations of the package, as strictly as its own settings say', () => {
    expect(JSON.parse(readFileSync(join(infra, 'tsconfig.json'), 'utf8')).compilerOptions).toMatchObject({
      strict: true,
    });
    expect(tsc(folder)).toMatchObject({ stdout: '', status: 0 });
  });
});
