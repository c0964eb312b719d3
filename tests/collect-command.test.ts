import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, root, run, underpin } from './cli.ts';

describe('underpin collect', () => {
  it('prints the policy that the documents show', () => {
    expect(underpin(['collect', '--print-policy']).out).toBe(
      readFileSync(join(root, 'docs/read-only-policy.json'), 'utf8'),
    );
  });

  it('prints the script that the documents show', async () => {
    expect((await run(['collect', '--print-script'])).out).toBe(readFileSync(join(root, 'docs/collect.sh'), 'utf8'));
  });

  it.each([
    [['--role-arn', 'arn:aws:iam::1:user/alice'], 'is not a role'],
    [['--profile', 'a', '--profile', 'b', '--role-arn', 'arn:aws:iam::111122223333:role/r'], 'which profile assumes'],
    [['--rate', '0'], 'above zero'],
    [['--timeout', 'soon'], 'above zero'],
  ])('%j is refused with words', async (args, words) => {
    const { code, err } = await run(['collect', ...args, '-o', join(emptyFolder(), 'x.json')]);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toContain('bug of underpin');
  });
});
