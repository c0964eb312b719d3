/**
 * The packages that come with an installation of Underpin, and their licences, read from the lock file:
 *
 *     npm run licences            a table
 *     npm run licences -- --json  the same as JSON
 *
 * Exit code 1 when one of them has a licence that is not on the list below: copyleft at run time would bind those who
 * use Underpin in programs of their own, so there is none.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Licences that ask for their notice and nothing else (and the Python one of argparse, which is as free). */
export const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** What the lock file cannot say, looked up by hand in the package itself. */
const READ = new Map([
  // its LICENSE is the MIT text
  ['@logdna/tail-file', 'MIT'],
  // a list of names: data with attribution, which the package itself gives
  ['spdx-exceptions', 'CC-BY-3.0 (data)'],
]);
const ALLOWED_DATA = new Set(['CC-BY-3.0 (data)']);

/** `MIT`, `(MIT OR Apache-2.0)`: enough when one of the choices is allowed, or all of what is joined by AND. */
export function isAllowed(expression) {
  if (ALLOWED_DATA.has(expression)) return true;
  const bare = String(expression).replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(bare)) return bare.split(' OR ').some(isAllowed);
  if (/ AND /.test(bare)) return bare.split(' AND ').every(isAllowed);
  return ALLOWED.has(bare);
}

/** Every package of the lock file that is there at run time, by name. */
export function runtimePackages(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link)
    .map(([path, { version, license, integrity }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      return { name, version, licence: READ.get(name) ?? license ?? 'unknown', integrity };
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = runtimePackages(JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')));
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  if (process.argv.includes('--json'))
    console.log(
      JSON.stringify(
        packages.map(({ integrity: _, ...one }) => one),
        null,
        2,
      ),
    );
  else for (const { name, version, licence } of packages) console.log(`${licence.padEnd(14)} ${name} ${version}`);
  for (const { name, version, licence } of refused) console.error(`not allowed: ${name} ${version} (${licence})`);
  process.exitCode = refused.length > 0 ? 1 : 0;
}
