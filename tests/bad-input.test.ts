import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../src/report/result.ts';
import { emptyFolder, run, scenario } from './cli.ts';

const NO_TRACE = /\n\s+at .*:\d+:\d+/;
const audit = async (...inputs: readonly string[]): Promise<AuditResult> => {
  const { out, err, code } = await run(['audit', ...inputs, '--json']);
  expect(code, err).not.toBe(2);
  return JSON.parse(out);
};
const refused = async (...args: readonly string[]): Promise<string> => {
  const { out, err, code } = await run(['audit', ...args]);
  expect(out).toBe('');
  expect(code).toBe(2);
  expect(err).not.toMatch(NO_TRACE);
  return err;
};
const written = (text: string, name = 'inventory.json'): string => {
  const file = join(emptyFolder(), name);
  writeFileSync(file, text);
  return file;
};
const codes = (result: AuditResult): readonly string[] =>
  [...new Set(result.coverage.notices.map(({ code }) => code))].sort();

describe('a file that cannot be read at all ends with one message that names file, place, expectation and remedy', () => {
  it('is not there', async () => expect(await refused('nowhere.json')).toMatch(/nowhere\.json: there is no such file/));
  it('is empty', async () => expect(await refused(written(''))).toMatch(/the file is empty/));
  it('is not JSON', async () => {
    const err = await refused(written('{\n  "format": hello\n}'));
    expect(err).toMatch(/at 2:\d+: this is not JSON/);
    expect(err).toMatch(/expected:/);
    expect(err).toMatch(/to do:/);
  });
  it('is cut short', async () =>
    expect(await refused(scenario('truncated.json.broken'))).toMatch(/at \d+:\d+: .*truncated/));
  it('is a list', async () => expect(await refused(written('[]'))).toMatch(/not an object/));
  it('has another version', async () => {
    expect(await refused(scenario('wrong-version.json'))).toMatch(/at \/format: .*underpin\.inventory\/9/);
  });
  it('has no answers', async () =>
    expect(await refused(written('{"format":"underpin.inventory/1"}'))).toMatch(/at \/responses/));
  it('is something else that is known by its content', async () => {
    expect(await refused(written('{"terraform_version":"1.9.0","values":{}}'))).toMatch(/Terraform/);
  });
  it('is a folder without answers', async () =>
    expect(await refused(emptyFolder())).toMatch(/no AWS answer was found/));
});

describe('everything else is read as far as it goes, and what is not understood is counted with its place', () => {
  it('an empty account fails nothing and leaves nothing unknown that was answered', async () => {
    const result = await audit(scenario('empty-account.json'));
    expect(result.summary.states.fail).toBe(0);
  });

  it('an account where everything is refused passes nothing, and every refusal is listed', async () => {
    const result = await audit(scenario('all-denied.json'));
    expect(result.coverage.operations.denied).toBe(60);
    expect(result.coverage.refused).toHaveLength(60);
    expect(result.summary.states.pass).toBe(0);
    expect(result.summary.states.fail).toBe(0);
    for (const finding of result.findings) {
      expect(finding.state, finding.rule).toBe('unknown');
      expect(finding.missing.length, finding.rule).toBeGreaterThan(0);
    }
  });

  it('fields of the wrong type become notices with their place', async () => {
    const result = await audit(scenario('wrong-types.json'));
    expect(codes(result)).toContain('wrongType');
    for (const notice of result.coverage.notices.filter(({ code }) => code === 'wrongType'))
      expect(notice.path).toMatch(/^\//);
  });

  it('references to what is absent become notices', async () => {
    expect(codes(await audit(scenario('dangling.json')))).toContain('danglingReference');
  });

  it('two tellings of one id become a notice, and what they differ in decides nothing', async () => {
    const result = await audit(scenario('duplicate-ids.json'));
    expect(codes(result)).toContain('duplicateId');
    const judged = result.findings.filter((finding) => finding.rule === 'group-open-to-the-world');
    expect(judged.map(({ state }) => state)).toContain('unknown');
  });

  it('keeps two accounts and their regions apart', async () => {
    const result = await audit(scenario('two-accounts.json'));
    expect(result.coverage.accounts).toHaveLength(2);
  });

  it('joins several files and folders', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'eu-west-1'));
    writeFileSync(
      join(folder, 'eu-west-1', 'ec2-describe-vpcs.json'),
      JSON.stringify({ Vpcs: [{ VpcId: 'vpc-0folder', CidrBlock: '10.9.0.0/16' }] }),
    );
    writeFileSync(join(folder, 'eu-west-1', 'notes.json'), '{"hello": 1}');
    writeFileSync(join(folder, 'eu-west-1', 'Subnets.json'), '{"Subnets": [');
    const result = await audit(scenario('two-accounts.json'), folder);
    const alone = await audit(scenario('two-accounts.json'));
    expect(result.coverage.kinds.vpc).toBe((alone.coverage.kinds.vpc ?? 0) + 1);
    expect(codes(result)).toEqual(expect.arrayContaining(['unknownFile', 'unreadableFile']));
  });
});
