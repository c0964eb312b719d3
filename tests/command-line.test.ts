import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../src/report/result.ts';
import { emptyFolder, root, run, scenario, shop, underpin } from './cli.ts';

describe('underpin run', () => {
  const folder = emptyFolder();
  const ran = underpin(['run'], { cwd: folder });

  it('judges the built-in shop and ends well', () => {
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/\d+ proven findings/);
  });

  it('proves the problems 1 to 8 and 10 on it, each naming resources of the shop', () => {
    const result: AuditResult = JSON.parse(readFileSync(join(folder, 'underpin-out', 'audit.json'), 'utf8'));
    for (const problem of [1, 2, 3, 4, 5, 6, 7, 8, 10])
      expect(result.summary.problems, String(problem)).toContain(problem);
    for (const finding of result.findings.filter(({ state }) => state === 'fail')) {
      expect(finding.resources.length, finding.rule).toBeGreaterThan(0);
      expect(finding.proof.length, finding.rule).toBeGreaterThan(0);
    }
  });

  it('keeps to 80 columns but for names that are longer themselves', () => {
    for (const line of ran.out.split('\n'))
      if (line.length > 80) expect(line.trim().split(' ').length, line).toBeLessThanOrEqual(2);
  });

  it('leaves nothing but its results', () => {
    expect(readdirSync(folder)).toEqual(['underpin-out']);
    expect(readdirSync(join(folder, 'underpin-out'))).toEqual(['audit.json', 'infra', 'plan.json', 'report.html']);
  });

  it('gives the same bytes again, as it is built and from the sources', async () => {
    const [once, again] = [emptyFolder(), emptyFolder()];
    const input = join(root, 'scenarios/plan/no-tags.json');
    expect((await run(['run', input], { cwd: once })).out).toBe(underpin(['run', input], { cwd: again }).out);
    for (const name of ['audit.json', 'plan.json', 'report.html'])
      expect(readFileSync(join(again, 'underpin-out', name), 'utf8'), name).toBe(
        readFileSync(join(once, 'underpin-out', name), 'utf8'),
      );
  });
});

describe('underpin audit', () => {
  it('prints one JSON object and nothing else with --json', () => {
    const { out, err, code } = underpin(['audit', shop, '--json']);
    const result: AuditResult = JSON.parse(out);
    expect(Object.keys(result)).toEqual([
      'schemaVersion',
      'command',
      'input',
      'coverage',
      'findings',
      'ignores',
      'summary',
    ]);
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  it('anchors every SARIF result to a line of the input that holds what it is about', async () => {
    const { out } = await run(['audit', shop, '--format', 'sarif'], { cwd: root });
    const [log] = JSON.parse(out).runs;
    const lines = readFileSync(shop, 'utf8').split('\n');
    expect(log.results.length).toBeGreaterThan(10);
    const fingerprints = new Set<string>();
    for (const result of log.results) {
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      expect(artifactLocation.uri).toBe('examples/legacy-shop/inventory.json');
      expect(region.startLine).toBeGreaterThan(1);
      expect(region.startLine).toBeLessThanOrEqual(lines.length);
      expect(log.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      fingerprints.add(result.partialFingerprints['underpin/v1']);
    }
    expect(fingerprints.size).toBe(log.results.length);
  });

  it('exits by the gravity of what it found', async () => {
    expect((await run(['audit', shop])).code).toBe(1);
    expect((await run(['audit', shop, '--fail-on', 'none'])).code).toBe(0);
    expect(underpin(['audit', scenario('all-denied.json')]).code).toBe(3);
    expect((await run(['audit', scenario('all-denied.json'), '--fail-on', 'none'])).code).toBe(0);
  });

  it('runs only the rules that are named, and names them all when one is misspelt', async () => {
    const { out } = await run(['audit', shop, '--json', '--rule', 'database-single-zone']);
    expect(new Set((JSON.parse(out) as AuditResult).findings.map(({ rule }) => rule))).toEqual(
      new Set(['database-single-zone']),
    );
    const wrong = await run(['audit', shop, '--rule', 'database-singel-zone']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/there is no rule "database-singel-zone"/);
    expect(wrong.err).toMatch(/database-single-zone/);
  });

  it('shows what the ignore file accepts as accepted, and an expired entry as expired', async () => {
    const file = join(emptyFolder(), 'ignore.yaml');
    const entry = (rule: string, until: string) => `  - { rule: ${rule}, reason: known, until: ${until} }\n`;
    writeFileSync(
      file,
      `ignore:\n${entry('database-single-zone', '2030-01-31')}${entry('replicas-in-primary-zone', '2020-01-31')}`,
    );
    const args = [
      'audit',
      shop,
      '--rule',
      'database-single-zone',
      '--rule',
      'replicas-in-primary-zone',
      '--ignore',
      file,
    ];
    const result: AuditResult = JSON.parse((await run([...args, '--json'])).out);
    for (const finding of result.findings.filter(({ state }) => state === 'fail'))
      expect(finding.ignored !== undefined, finding.rule).toBe(finding.rule === 'database-single-zone');
    expect(result.ignores.expired).toHaveLength(1);
    expect((await run(args)).out).toMatch(/expired on 2020-01-31: replicas-in-primary-zone/);
  });

  it('refuses an ignore file that gives no reason', async () => {
    const file = join(emptyFolder(), 'ignore.yaml');
    writeFileSync(file, 'ignore:\n  - rule: database-single-zone\n');
    const { code, err } = await run(['audit', shop, '--ignore', file]);
    expect(code).toBe(2);
    expect(err).toMatch(/at \/ignore\/0\/reason/);
  });

  it('uses ASCII where the terminal has nothing else, and colours only where asked', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them
    const colour = /\u001b/;
    const { out } = await run(['audit', shop], { env: { LANG: 'C', LC_ALL: 'C' } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
    expect(out).toMatch(/^[\u0000-\u007f]*$/);
    expect(out).not.toMatch(colour);
    expect((await run(['audit', shop], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })).out).toMatch(colour);
  });

  it('does not let names play tricks on the terminal', async () => {
    const file = join(emptyFolder(), 'inventory.json');
    writeFileSync(
      file,
      readFileSync(shop, 'utf8').replaceAll('legacy-prod-mysql', 'legacy\\u001b]0;pwned\\u0007\\u202emysql'),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point
    expect((await run(['audit', file, '--details'])).out).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe('what was refused', () => {
  it.each([['exposure'], ['survive'], ['cost'], ['access', '--administrators'], ['access', '--services']])(
    '%s %s finds nothing in an account that it may not read, says so and exits with 3',
    async (command, ...options) => {
      const denied = scenario('all-denied.json');
      const { code, out } = await run([command, denied, ...options]);
      expect(code).toBe(3);
      expect(out).toMatch(/Not read/);
      expect(JSON.parse((await run([command, denied, ...options, '--json'])).out).notRead).not.toEqual([]);
    },
  );
});

describe('files of PowerShell', () => {
  it('are read in UTF-16 and with a byte order mark', async () => {
    const text = readFileSync(shop, 'utf8');
    const plain = await run(['audit', shop, '--json']);
    for (const bytes of [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${text}`)]) {
      const file = join(emptyFolder(), 'inventory.json');
      writeFileSync(file, bytes);
      const { code, out } = await run(['audit', file, '--json']);
      expect(code).toBe(plain.code);
      expect(JSON.parse(out).findings.length).toBe(JSON.parse(plain.out).findings.length);
    }
  });
});

describe('usage', () => {
  it('answers --help and --version, and V8 has nothing to say to how it is run', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(underpin(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    // every command is loaded for it
    const help = underpin(['--help']);
    expect(help.code).toBe(0);
    expect(help.out).toMatch(/audit/);
  });

  it('exits with 2 on an unknown command or option', async () => {
    for (const args of [
      ['frobnicate'],
      ['audit'],
      ['audit', shop, '--frobnicate'],
      ['audit', shop, '--fail-on', 'grave'],
    ]) {
      const { code, out, err } = await run(args);
      expect(code, args.join(' ')).toBe(2);
      expect(out).toBe('');
      expect(err).not.toBe('');
    }
  });

  it('writes nothing half: a folder that cannot be made is an error and leaves no part', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'file'), '');
    const { code, err } = await run(['run', '-o', 'file/inside'], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toMatch(/cannot be written/);
    expect(existsSync(join(folder, 'file', 'inside'))).toBe(false);
  });
});
