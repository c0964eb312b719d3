import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, runtimePackages } from '../scripts/licences.mjs';
import { billOf } from '../scripts/sbom.mjs';
import { root } from './cli.ts';

const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const packages = runtimePackages(read('package-lock.json'));

describe('what comes with an installation', () => {
  it('has a licence that binds nobody to publish their own code', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('is every dependency that the package declares', () => {
    const names = new Set(packages.map(({ name }) => name));
    expect(Object.keys(read('package.json').dependencies).filter((name) => !names.has(name))).toEqual([]);
  });

  it('is taken from the lock file, which names no registry', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
  });
});

describe('a licence', () => {
  it('is refused when it is copyleft, unknown, or only half free', () => {
    for (const one of ['GPL-3.0-only', 'AGPL-3.0-or-later', 'LGPL-2.1', 'MPL-2.0', 'unknown', 'MIT AND GPL-2.0-only'])
      expect(isAllowed(one), one).toBe(false);
  });

  it('is allowed when one of the choices is free', () => {
    expect(isAllowed('(MIT OR GPL-3.0-or-later)')).toBe(true);
    expect(isAllowed('MIT AND ISC')).toBe(true);
  });
});

describe('the bill of materials of a release', () => {
  const { components } = billOf(read('package-lock.json'));

  it('has every package of an installation once, with what identifies its content', () => {
    const installed = new Set(packages.map(({ name, version }) => `${name}@${version}`));
    expect(new Set(components.map(({ name, version }) => `${name}@${version}`))).toEqual(installed);
    expect(components).toHaveLength(installed.size);
    for (const { purl, hashes } of components) {
      expect(purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/);
      expect(hashes, purl).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
    }
  });

  it('is of every release, which says where it was built and is checked for known weaknesses', () => {
    const publish = readFileSync(join(root, '.github/workflows/publish.yml'), 'utf8');
    for (const line of [
      'node scripts/sbom.mjs > sbom.cdx.json',
      'gh release create "$GITHUB_REF_NAME" sbom.cdx.json',
      'npm publish --provenance',
      'id-token: write',
      'npm audit --omit=dev',
    ])
      expect(publish).toContain(line);
  });
});
