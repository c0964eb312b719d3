/**
 * The bill of materials of an installation, as CycloneDX 1.5: `node scripts/sbom.mjs > sbom.cdx.json`.
 *
 * From the lock file, the same packages as `licences.mjs`. `npm sbom --omit dev` leaves out what a development package needs as
 * well, and with it two thirds of what an installation has (npm 11.19).
 *
 * https://cyclonedx.org/docs/1.5/json/
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runtimePackages } from './licences.mjs';

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
const purlOf = ({ name, version }) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

export function billOf(lock) {
  const seen = new Map(runtimePackages(lock).map((one) => [purlOf(one), one]));
  const own = { name: lock.name, version: lock.version };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': purlOf(own), ...own, purl: purlOf(own) },
    },
    components: [...seen].map(([purl, { name, version, licence, integrity }]) => ({
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      licenses: [/^\(.*\)$| (?:OR|AND) /.test(licence) ? { expression: licence } : { license: { name: licence } }],
      purl,
      ...(integrity === undefined ? {} : { hashes: hashesOf(integrity) }),
    })),
  };
}

/** `sha512-…` in base64, several parted by spaces; CycloneDX has them in hexadecimal digits. */
const hashesOf = (integrity) =>
  integrity.split(' ').map((one) => {
    const [name = '', base64 = ''] = one.split(/-(.*)/);
    return { alg: name.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') };
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  process.stdout.write(`${JSON.stringify(billOf(lock), null, 2)}\n`);
}
