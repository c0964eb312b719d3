import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root } from './cli.ts';

const example = join(root, 'examples/sound-shop');
const infra = join(root, 'examples/legacy-shop/infra');
const program = readFileSync(join(example, 'index.ts'), 'utf8');

/** What no component takes: what stands in the example, what stands there instead, and the complaint. */
const WRONG = [
  ['cpu: 512, memory: 1024', 'cpu: 512, memory: 512', 'TS2345'],
  ["engine: 'mysql',", "engine: 'mysql', publiclyAccessible: true,", 'TS2353'],
] as const;

function node(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

/** The declarations of the blueprint and the timeline as the package brings them: by its compiler and settings, and only what the export leads to. */
function declare(to: string): void {
  const settings = {
    extends: join(root, 'tsconfig.types.json'),
    compilerOptions: {
      rootDir: join(root, 'src'),
      outDir: join(to, 'dist/types'),
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: [join(root, 'src/blueprint/index.ts'), join(root, 'src/timeline/index.ts')],
    include: [],
  };
  writeFileSync(join(to, 'tsconfig.json'), JSON.stringify(settings));
  const problems = node(join(root, 'node_modules/typescript7/bin/tsc'), '--singleThreaded', '-p', to);
  if (problems !== '') throw new Error(problems);
}

/** A copy of an example beside the package, as its README tells people to make one. */
function copy(name: string, from: string, files: readonly string[]): void {
  for (const file of files) cpSync(join(from, file), join(folder, name, file), { recursive: true });
}

const folder = emptyFolder();
const modules = join(folder, 'node_modules');
mkdirSync(join(modules, 'underpin'), { recursive: true });
cpSync(join(root, 'package.json'), join(modules, 'underpin/package.json'));
declare(join(modules, 'underpin'));
for (const name of ['@pulumi', '@types/node']) {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
}
const files = ['index.ts', 'tsconfig.json', 'package.json'];
copy('shop', example, files);
copy('wrong', example, files);
copy('infra', infra, readdirSync(infra));
writeFileSync(
  join(folder, 'wrong/index.ts'),
  WRONG.reduce((text, [right, other]) => text.replace(right, other), program),
);

/** All of them by one process of the compiler that people have: it reads Pulumi's declarations once. */
const complaints = node(join(root, 'node_modules/typescript/bin/tsc'), '-b', 'shop', 'wrong', 'infra').split('\n');
const of = (name: string): readonly string[] => complaints.filter((line) => line.startsWith(`${name}/`));

describe('the sound shop, copied beside the package', () => {
  it('imports only what its own package.json names', () => {
    const { dependencies } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8'));
    for (const [, name = ''] of program.matchAll(/from '((?:@[^/']+\/)?[^/']+)/g))
      expect(Object.keys(dependencies)).toContain(name);
  });

  it('type-checks against the declarations of the package', () => {
    expect(of('shop')).toEqual([]);
  });

  it('does not with a pair that Fargate does not take, nor with an argument that no component has', () => {
    for (const [right] of WRONG) expect(program).toContain(right);
    for (const [, , code] of WRONG) expect(of('wrong').join('\n')).toContain(code);
  });
});

describe('the program of the legacy shop’s journey, as `underpin program` writes it', () => {
  it('type-checks against the declarations of the package, as strictly as its own settings say', () => {
    expect(JSON.parse(readFileSync(join(infra, 'tsconfig.json'), 'utf8')).compilerOptions).toMatchObject({
      strict: true,
    });
    expect(of('infra')).toEqual([]);
  });
});

it('the compiler has nothing to say but of what was made wrong', () => {
  expect(complaints.filter((line) => line !== '' && !/^wrong\/|^ /.test(line))).toEqual([]);
});
