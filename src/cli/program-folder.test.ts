import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OURS } from '../program/emit/project.ts';
import { assertOurs, writeProject } from './program-folder.ts';

const FILES = new Map([
  ['Pulumi.yaml', `${OURS}\nname: shop\n`],
  ['Pulumi.live.yaml', 'config: {}\n'],
  ['adopted/network.ts', 'new\n'],
]);
const yes = async () => ({ content: true, result: 'yes' });

let parent = '';
let folder = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'underpin-folder-'));
  folder = join(parent, 'infra');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('a project', () => {
  it('appears whole, and nothing else beside it', async () => {
    expect(await writeProject(folder, FILES, yes)).toBe('yes');
    expect(readFileSync(join(folder, 'adopted/network.ts'), 'utf8')).toBe('new\n');
    expect(readdirSync(parent)).toEqual(['infra']);
  });

  it('does not appear when it is not what it should be, or when looking at it fails', async () => {
    await writeProject(folder, FILES, async () => ({ content: false, result: 0 }));
    await expect(writeProject(folder, FILES, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('written again keeps how far the stack is, and drops files that are no part of it any more', async () => {
    await writeProject(folder, FILES, yes);
    writeFileSync(join(folder, 'Pulumi.live.yaml'), 'config: { shop:step: way-in }\n');
    writeFileSync(join(folder, 'adopted/old.ts'), '');
    mkdirSync(join(folder, 'target/dev'), { recursive: true });
    writeFileSync(join(folder, 'target/dev/old.ts'), '');
    mkdirSync(join(folder, 'journey'));
    writeFileSync(join(folder, 'journey/09-old.md'), '');
    writeFileSync(join(folder, 'notes.md'), 'ours');
    assertOurs(folder, false);
    await writeProject(folder, FILES, yes);
    expect(readFileSync(join(folder, 'Pulumi.live.yaml'), 'utf8')).toContain('way-in');
    for (const old of ['adopted/old.ts', 'target/dev/old.ts', 'journey/09-old.md'])
      expect(existsSync(join(folder, old)), old).toBe(false);
    expect(existsSync(join(folder, 'notes.md'))).toBe(true);
  });

  it('is not written over what somebody else has there, unless asked to', () => {
    mkdirSync(folder);
    assertOurs(folder, false);
    writeFileSync(join(folder, 'main.tf'), '');
    expect(() => assertOurs(folder, false)).toThrow('did not write');
    expect(() => assertOurs(join(folder, 'main.tf'), false)).toThrow('this is a file');
    assertOurs(folder, true);
  });
});
