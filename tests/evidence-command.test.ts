import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, shop, underpin } from './cli.ts';

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

it('an audit tells who uses what was only open, by network and not by address', () => {
  const { out } = underpin(['audit', shop, '--evidence', log, '--fail-on', 'none']);
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

it('what is no log is an error that says what is expected', () => {
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'my notes\n');
  const { code, err } = underpin(['audit', shop, '--evidence', notes]);
  expect(code).toBe(2);
  expect(err).toContain('VPC flow logs');
  expect(err).toContain(notes);
});
