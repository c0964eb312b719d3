/** Disks that are full or may not be written to: every command that writes says so, and what it leaves is whole. Needs to mount. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeInventory } from '../src/collect/inventory-file.ts';
import { openJournal } from '../src/collect/journal.ts';
import { UserError } from '../src/inventory/user-error.ts';
import { emptyFolder, root, run } from './cli.ts';
import { filesIn } from './said.ts';

const disk = emptyFolder();
const mount = (...words: readonly string[]): boolean => spawnSync(words[0] ?? '', words.slice(1)).status === 0;
const mounted = process.platform === 'linux' && mount('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk);
afterAll(() => {
  if (mounted) mount('umount', disk);
});

const input = join(root, 'scenarios/plan/default-vpc-one-machine.json');
const WRITERS = [
  ['run', input, '-o', 'out'],
  ['report', input, '-o', 'report.html'],
  ['draw', input, '-o', 'picture.svg'],
  ['program', input, '-o', 'infra'],
  ['program', input, '--as', 'terraform', '-o', 'terraform'],
];

/** These leave several files. */
const SEVERAL = WRITERS.filter(([command, , tool]) => command === 'run' || tool === '--as');

const told = Array.from({ length: 2000 }, (_, n) => ({
  operation: 'ec2:DescribeVpcs',
  account: '111122223333',
  region: `region-${n}`,
  input: {},
  output: { Vpcs: [] },
}));
const inventory = (): void =>
  writeInventory(join(disk, 'inventory.json'), { collectedAt: '2026-11-22T00:00:00Z', partition: 'aws', told });
const journal = (): void => {
  const file = openJournal(join(disk, 'inventory.json'), new Date(0), true);
  for (const { output, ...request } of told) file.add(request, { output });
};

/** Leaves so many KB free. */
function fill(free: number): void {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
  writeFileSync(join(disk, 'filler'), Buffer.alloc((1024 - free) * 1024));
}

const left = (): ReadonlyMap<string, string> =>
  new Map([...filesIn(disk)].filter(([name]) => name !== 'filler').sort());

describe.skipIf(!mounted)('a disk that is full', () => {
  const good = emptyFolder();
  beforeAll(async () => {
    for (const words of SEVERAL) expect((await run(words, { cwd: good })).code, words.join(' ')).toBe(0);
  });

  it.each(WRITERS)('%s', async (...words) => {
    fill(8);
    const { code, err } = await run(words, { cwd: disk });
    expect([code, err]).toEqual([2, expect.stringContaining('ENOSPC')]);
    expect(err).not.toMatch(/bug of underpin|\n\s+at /);
    expectWhole();
  });

  it('after some of the files', async () => {
    fill(160);
    expect(await run(['run', input, '-o', 'out'], { cwd: disk })).toMatchObject({ code: 2 });
    expect([...left().keys()]).toContain('out/audit.json');
    expectWhole();
  });

  /** What is there is as it would be with room for all. */
  function expectWhole(): void {
    const whole = filesIn(good);
    for (const [name, text] of left()) expect(text === whole.get(name), name).toBe(true);
    expect(readdirSync(disk).filter((name) => name.startsWith('.'))).toEqual([]);
  }

  it('an inventory is not half written, and says what to do', () => {
    fill(8);
    expect(inventory).toThrow(UserError);
    expect(inventory).toThrow(/ENOSPC/);
    expect([...left()]).toEqual([]);
    expect(journal).toThrow(/ENOSPC/);
  });
});

describe.skipIf(!mounted)('a disk that may not be written to', () => {
  beforeAll(() => {
    fill(1024);
    mkdirSync(join(disk, 'out'));
    mount('mount', '-o', 'remount,ro', disk);
  });
  afterAll(() => mount('mount', '-o', 'remount,rw', disk));

  it.each(WRITERS)('%s', async (...words) => {
    const { code, err } = await run(words, { cwd: disk });
    expect(err).toMatch(/EROFS/);
    expect(err).not.toMatch(/bug of underpin|\n\s+at /);
    expect(code).toBe(2);
  });

  it('an inventory', () => {
    expect(inventory).toThrow(UserError);
    expect(journal).toThrow(UserError);
  });
});
