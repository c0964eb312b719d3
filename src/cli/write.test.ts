import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeInventory } from '../collect/inventory-file.ts';
import { openJournal } from '../collect/journal.ts';
import { UserError } from '../inventory/user-error.ts';
import { assertNoLink, makeFolder, writeInto, writeWhole } from './write.ts';

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'underpin-write-'));
const isRoot = process.getuid?.() === 0;

describe('a place that takes no file is told, and nothing is left behind', () => {
  // Node's own recursive mkdir never ends there
  it.skipIf(!existsSync('/proc/self'))('/proc/x', () => {
    expect(() => makeFolder('/proc/x')).toThrow(UserError);
    expect(() => makeFolder('/proc/x/y')).toThrow(UserError);
    expect(() => writeWhole('/proc/x/report.html', 'text')).toThrow(UserError);
    expect(() => writeInventory('/proc/x/inventory.json', { collectedAt: '', partition: 'aws', told: [] })).toThrow(
      UserError,
    );
    expect(() => openJournal('/proc/x/inventory.json', new Date(0), false)).toThrow(UserError);
  });

  it('a folder where a file is to stand', () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'report.html'));
    expect(() => writeWhole(join(folder, 'report.html'), 'text')).toThrow(UserError);
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  it('a file where a folder is to stand', () => {
    const file = join(emptyFolder(), 'results');
    writeFileSync(file, 'mine');
    expect(() => makeFolder(file)).toThrow(UserError);
    expect(() => makeFolder(join(file, 'inside'))).toThrow(UserError);
    expect(() => writeWhole(join(file, 'audit.json'), 'text')).toThrow(UserError);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.skipIf(isRoot)('a folder that may not be written to', () => {
    const folder = emptyFolder();
    chmodSync(folder, 0o500);
    expect(() => writeWhole(join(folder, 'audit.json'), 'text')).toThrow(UserError);
    expect(() => makeFolder(join(folder, 'inside'))).toThrow(UserError);
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk', () => {
    expect(() => writeWhole('/dev/full', 'text')).toThrow(/ENOSPC/);
    // the device is still the device
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });
});

describe('a link that somebody put there', () => {
  it('is not followed: what it leads to stays, and the file takes its place', () => {
    const [folder, elsewhere] = [emptyFolder(), join(emptyFolder(), 'precious')];
    writeFileSync(elsewhere, 'mine');
    for (const name of ['audit.json', `audit.json.${process.pid}.part`]) symlinkSync(elsewhere, join(folder, name));
    writeWhole(join(folder, 'audit.json'), 'text');
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(lstatSync(join(folder, 'audit.json')).isSymbolicLink()).toBe(false);
    expect(readFileSync(join(folder, 'audit.json'), 'utf8')).toBe('text');
    expect(readdirSync(folder)).toEqual(['audit.json']);
  });

  it('is not followed by the inventory and what is read so far, which only their owner may read', () => {
    const [folder, elsewhere] = [emptyFolder(), join(emptyFolder(), 'precious')];
    writeFileSync(elsewhere, 'mine');
    const output = join(folder, 'inventory.json');
    for (const end of ['', '.part', '.journal']) symlinkSync(elsewhere, `${output}${end}`);
    openJournal(output, new Date(0), true);
    writeInventory(output, { collectedAt: '2026-11-22T00:00:00Z', partition: 'aws', told: [] });
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    for (const file of [output, `${output}.journal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('in a project is refused where it is a folder', () => {
    const [folder, elsewhere] = [emptyFolder(), emptyFolder()];
    symlinkSync(elsewhere, join(folder, 'adopted'));
    expect(() => writeInto(folder, 'adopted/prod/data.ts', 'text')).toThrow(/link/);
    expect(() => assertNoLink(folder, 'adopted')).toThrow(/link/);
    expect(readdirSync(elsewhere)).toEqual([]);
    writeInto(folder, 'Pulumi.yaml', 'text');
  });

  it('is where the user pointed: followed', () => {
    const [folder, elsewhere] = [emptyFolder(), emptyFolder()];
    symlinkSync(elsewhere, join(folder, 'out'));
    writeInto(join(folder, 'out'), 'index.ts', 'text');
    expect(readdirSync(elsewhere)).toEqual(['index.ts']);
  });
});
