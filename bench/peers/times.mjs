/**
 * Processor time and findings of Underpin and of each other tool on the template of scenarios/doors, once and ten times over in one template:
 * `npm install && node times.mjs` here. Needs a shell that knows `times`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ROUNDS = 3;

/** The template with all of its resources n times, each time with names of its own. */
function repeated(text, n) {
  const [head, resources] = text.split(/^Resources:\n/m);
  const ids = [...resources.matchAll(/^ {2}(\w+):$/gm)].map(([, id]) => id);
  const words = `${ids.join('|')}|shop|shared|web|ops|mails?|mailer|public|private`;
  // not in a type (`AWS::EC2::…`), and not a property of the same word
  const names = new RegExp(`(?<!::)\\b(${words})\\b(?!: )`, 'g');
  const copies = Array.from({ length: n }, (_, at) => resources.replace(names, `$1${at}`));
  return `${head}Resources:\n${copies.join('')}`;
}

/** The least of some rounds, in milliseconds, with all processes that are started; and the lines that were printed. */
function measured(args) {
  let least = Number.POSITIVE_INFINITY;
  let lines = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { stdout, stderr } = spawnSync('sh', ['-c', '"$@" 2>/dev/null; times >&2', 'sh', process.execPath, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    lines = stdout.trim().split('\n');
    // the shell's own times; those of what it started: `0m1.20s 0m0.31s`
    const theirs = stderr.trim().split('\n').at(-1);
    const seconds = [...theirs.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
    least = Math.min(
      least,
      seconds.reduce((sum, one) => sum + one, 0),
    );
  }
  return { milliseconds: Math.round(least * 1000), lines };
}

const folder = mkdtempSync(join(tmpdir(), 'peers-'));
try {
  const shop = readFileSync(here('../../scenarios/doors/cloudformation/shop.yaml'), 'utf8');
  for (const n of [1, 10]) {
    const file = join(folder, `${n}.yaml`);
    const text = n === 1 ? shop : repeated(shop, n);
    writeFileSync(file, text);
    console.log(`${(text.match(/^ {4}Type: AWS::/gm) ?? []).length} resources`);
    const place = ['--parameter', 'AWS::AccountId=111122223333', '--parameter', 'AWS::Region=eu-west-1'];
    const underpin = measured([here('../../dist/cli.js'), 'audit', file, ...place, '--json']);
    const { findings } = JSON.parse(underpin.lines.join('\n'));
    const failed = findings.filter(({ state }) => state === 'fail');
    const rules = new Set(failed.map(({ rule }) => rule));
    console.log(`  underpin   ${underpin.milliseconds} ms, ${rules.size} rules, ${failed.length} findings`);
    for (const tool of ['cdk', 'cdk-nag', 'cfn-guard']) {
      const { milliseconds, lines } = measured([here('check.mjs'), tool, file]);
      const things = lines.reduce((sum, line) => sum + (line.split('\t')[1] ?? '').split(' ').length, 0);
      console.log(`  ${tool.padEnd(10)} ${milliseconds} ms, ${lines.length} rules, ${things} findings`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
