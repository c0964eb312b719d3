/** When RDS ends the standard support of an engine's major version. */
import type { SupportEnd } from './ends.ts';

export const ENGINES_AS_OF = '2026-09-01';
export const ENGINE_SOURCES = [
  'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html',
  'https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html',
  'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html',
  'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html',
] as const;

interface Row {
  readonly version: string;
  readonly end: SupportEnd;
}
const row = (version: string, ends: string): Row => ({ version, end: { ends } });

/** Oldest first. Aurora MySQL is listed under the MySQL version that it is compatible with. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  mysql: [row('5.6', '2022-03-01'), row('5.7', '2024-02-29'), row('8.0', '2026-07-31'), row('8.4', '2029-07-31')],
  postgres: [
    row('10', '2023-04-17'),
    row('11', '2024-02-29'),
    row('12', '2025-02-28'),
    row('13', '2026-02-28'),
    row('14', '2027-02-28'),
    row('15', '2028-02-29'),
    row('16', '2029-02-28'),
    row('17', '2030-02-28'),
  ],
  mariadb: [
    row('10.3', '2023-10-23'),
    row('10.4', '2025-02-28'),
    row('10.5', '2026-02-28'),
    row('10.6', '2026-07-31'),
    row('10.11', '2028-02-29'),
    row('11.4', '2029-05-31'),
  ],
  'aurora-mysql': [
    row('5.6', '2023-02-28'),
    row('5.7', '2024-10-31'),
    // AWS has moved the end of version 3 to a later year
    { version: '8.0', end: { ends: undefined, notBefore: '2027-04-30' } },
  ],
  'aurora-postgresql': [
    row('11', '2024-02-29'),
    row('12', '2025-02-28'),
    row('13', '2026-02-28'),
    row('14', '2027-02-28'),
    row('15', '2028-02-29'),
    row('16', '2029-02-28'),
    row('17', '2030-02-28'),
  ],
};

/** Engines whose versions AWS goes on running for a price (Extended Support); MariaDB's it upgrades by itself. */
export const isExtended = (engine: string): boolean => engine !== 'mariadb';

/** `5.7.44` -> 5.7; `14.9` -> 14; `8.0.mysql_aurora.3.05.2` -> 8.0; undefined for what is no version. */
function majorOf(engine: string, version: string): string | undefined {
  const [, first, second] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (first === undefined) return undefined;
  if (engine.endsWith('postgres') || engine.endsWith('postgresql'))
    return Number(first) >= 10 ? first : second === undefined ? undefined : `${first}.${second}`;
  return second === undefined ? undefined : `${first}.${second}`;
}

function isOlder(a: string, b: string): boolean {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number);
  const [b1 = 0, b2 = 0] = b.split('.').map(Number);
  return a1 < b1 || (a1 === b1 && a2 < b2);
}

export interface EngineSupport {
  /** The major version, as AWS counts it for the engine. */
  readonly major: string;
  readonly end: SupportEnd;
  /** The version is older than every row: its support ended then or before. */
  readonly orBefore: boolean;
}

/** Undefined for an engine or version in no table. A version older than every row ended no later than the oldest one. */
export function engineSupport(engine: string, version: string): EngineSupport | undefined {
  const known = engine === 'aurora' ? 'aurora-mysql' : engine;
  const rows = Object.hasOwn(ROWS, known) ? ROWS[known] : undefined;
  const major = majorOf(known, version);
  if (rows === undefined || major === undefined) return undefined;
  const [oldest] = rows;
  const found =
    rows.find((one) => one.version === major) ?? (oldest && isOlder(major, oldest.version) ? oldest : undefined);
  return found && { major, end: found.end, orBefore: found.version !== major };
}
