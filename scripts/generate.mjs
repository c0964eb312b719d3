/** Writes the generated files; with `--check` fails when one is missing or stale. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './ready.mjs';

const check = process.argv.includes('--check');
const stale = [];

async function load(entry) {
  const folder = mkdtempSync(join(root, 'node_modules', '.generate-'));
  try {
    const outfile = join(folder, 'out.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a command prints, run in a folder that holds the examples and nothing else. */
function printed(args) {
  const cwd = mkdtempSync(join(tmpdir(), 'underpin-readme-'));
  symlinkSync(join(root, 'examples'), join(cwd, 'examples'), 'junction');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const ran = spawnSync(process.execPath, [join(root, 'bin/underpin.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 26,
  });
  rmSync(cwd, { recursive: true, force: true });
  if (ran.status === 2 || ran.status === null) throw new Error(`underpin ${args.join(' ')}: ${ran.stderr}`);
  return ran.stdout;
}

/** Replaces each `@@LINES COMMAND@@` by the command with the first lines of its output. */
function readme(template) {
  const banner =
    '<!-- Made by `npm run generate` from docs/readme.template.md, with the real output of every command. -->\n\n';
  return `${banner}${template}`.replace(/@@(\d+) underpin ([^@]+)@@/g, (_, most, args) => {
    const lines = printed(args.split(' ')).trimEnd().split('\n');
    const shown = lines.length > Number(most) ? [...lines.slice(0, Number(most)), '…'] : lines;
    return `\`\`\`console\n$ npx underpin ${args}\n${shown.join('\n')}\n\`\`\``;
  });
}

const formatted = (path, text) => {
  if (!path.endsWith('.ts')) return text;
  const biome = spawnSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', `--stdin-file-path=${path}`],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  return biome.stdout || text;
};

function put(path, text) {
  const file = join(root, path);
  const wanted = formatted(path, text);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  stale.push(path);
  if (check) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}

// First the indexes, since what follows imports them.
const { indexOf } = await load('scripts/generate.ts');
put('src/inventory/readers/index.ts', indexOf(root, 'src/inventory/readers', 'reader', 'Reader', '../reader.ts'));
put('src/rules/catalog/index.ts', indexOf(root, 'src/rules/catalog', 'rule', 'Rule', '../rule.ts'));
put(
  'src/inventory/adopt/adopters/index.ts',
  indexOf(root, 'src/inventory/adopt/adopters', 'adopter', 'Adopter', '../adopter.ts'),
);
put('src/plan/moves/index.ts', indexOf(root, 'src/plan/moves', 'move', 'Move', '../move.ts'));
if (process.argv.includes('--indexes')) process.exit(0);

if (!(check && stale.length > 0)) {
  const { pages } = await load('scripts/pages.ts');
  const wanted = pages();
  for (const [path, text] of wanted) put(path, text);
  const kept = new Set(wanted.map(([path]) => path));
  for (const name of existsSync(join(root, 'docs/rules')) ? readdirSync(join(root, 'docs/rules')) : []) {
    const path = `docs/rules/${name}`;
    if (kept.has(path)) continue;
    stale.push(`${path} (no such rule any more)`);
    if (!check) rmSync(join(root, path));
  }
}

// The README's outputs are what the commands really print.
if (!(check && stale.length > 0)) {
  put(
    'docs/legacy-shop.svg',
    printed(['draw', 'examples/legacy-shop/inventory.json', '--title', 'The legacy shop today']),
  );
  put('README.md', readme(readFileSync(join(root, 'docs/readme.template.md'), 'utf8')));
}

if (stale.length > 0) {
  console.error(`${check ? 'stale' : 'written'}:\n${stale.map((path) => `  ${path}`).join('\n')}`);
  if (check) {
    console.error('run: npm run generate');
    process.exit(1);
  }
}
