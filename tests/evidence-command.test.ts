import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, run, scenario, shop, underpin } from './cli.ts';

const folder = emptyFolder();
const log = join(folder, 'flows.log');
const interfaceOfMysql = 'eni-0608a7e9d01ceb9b9';
writeFileSync(
  log,
  [
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
    `2 111122223333 ${interfaceOfMysql} 198.51.100.77 10.0.0.31 50001 3306 6 40 4000 1795000000 1795000060 ACCEPT OK`,
    `2 111122223333 ${interfaceOfMysql} 10.0.0.31 198.51.100.77 3306 50001 6 40 9000 1795000000 1795000060 ACCEPT OK`,
  ].join('\n'),
);

it('an audit tells who uses what was only open, by network and not by address', async () => {
  const { out } = await run(['audit', shop, '--evidence', log, '--fail-on', 'none']);
  expect(out).toContain('What the logs show');
  expect(out.replace(/\s+/g, ' ')).toContain('It was only open, and it is used');
  expect(out).toContain('198.51.100.0/24');
  expect(out).not.toContain('198.51.100.77');
});

it('and as JSON, with nothing else on stdout', () => {
  const { out, code } = underpin(['audit', shop, '--evidence', log, '--fail-on', 'none', '--json']);
  const { evidence } = JSON.parse(out) as { evidence: { inputs: readonly { records: object }[] } };
  expect(code).toBe(0);
  expect(evidence.inputs.map(({ records }) => records)).toEqual([{ flowLog: 2 }]);
});

it('what is no log is an error that says what is expected', async () => {
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'my notes\n');
  const { code, err } = await run(['audit', shop, '--evidence', notes]);
  expect(code).toBe(2);
  expect(err).toContain('VPC flow logs');
  expect(err).toContain(notes);
});

it('a plan names the logs that it was made with, and prove reads them again', async () => {
  const [small, file] = [scenario('two-accounts.json'), join(folder, 'plan.json')];
  const made = JSON.parse((await run(['plan', small, '--evidence', log, '--json'])).out);
  expect(made.evidence).toEqual([{ path: log }]);
  expect(JSON.parse((await run(['plan', small, '--json'])).out)).not.toHaveProperty('evidence');
  writeFileSync(file, JSON.stringify({ ...made, evidence: [{ path: 'moved.log' }] }));
  const { code, err } = await run(['prove', file]);
  expect(code).toBe(2);
  expect(err).toContain(join(folder, 'moved.log'));
  expect((await run(['prove', file, '--evidence', log])).err).not.toContain('moved.log');
});
