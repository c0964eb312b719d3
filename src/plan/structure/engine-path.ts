/**
 * The major versions between one whose support has ended and one that AWS still supports: RDS upgrades step by step.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MySQL.Major.html
 */
import { supportAt } from '../../analyse/support/ends.ts';
import { engineSupport } from '../../analyse/support/engines.ts';

/** Each version and the next one that RDS upgrades it to; PostgreSQL goes straight to any later one. */
const NEXT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mysql: { '5.6': '5.7', '5.7': '8.0', '8.0': '8.4' },
  mariadb: { '10.3': '10.6', '10.4': '10.6', '10.5': '10.6', '10.6': '10.11', '10.11': '11.4' },
  postgres: { '10': '16', '11': '16', '12': '16', '13': '16', '14': '17', '15': '17', '16': '17' },
};

/**
 * The versions to go through, empty when the version is supported at `now` (ISO); undefined when that is not known or when
 * there is no way to a supported one.
 */
export function enginePath(engine: string, version: string, now: string): readonly string[] | undefined {
  const path: string[] = [];
  for (let at = version; ; ) {
    const known = engineSupport(engine, at);
    const support = known && supportAt(known.end, now);
    if (known === undefined || support === undefined || support === 'unknown') return undefined;
    if (support !== 'ended') return path;
    const next = NEXT[engine]?.[known.major];
    if (next === undefined) return undefined;
    path.push(next);
    at = next;
  }
}
