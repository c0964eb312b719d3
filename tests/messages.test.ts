import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

it('has Korean for every text that the sources say to people, and nothing stale', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/messages.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  expect(stderr.split('\n').slice(0, 20).join('\n')).toBe('');
  expect(status).toBe(0);
});
