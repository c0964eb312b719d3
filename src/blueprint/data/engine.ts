/** What differs between the database engines: pure data, no Pulumi. */
import type { ZoneLetter } from '../network/plan.ts';
import { refuse } from '../refuse.ts';

export type Engine = 'mysql' | 'postgres';

/** A read replica of RDS for MySQL and PostgreSQL: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html */
export const MOST_REPLICAS = 15;

export const PORTS: Readonly<Record<Engine, number>> = { mysql: 3306, postgres: 5432 };

/** Clients without TLS are turned away by this parameter. */
export const TLS_REQUIRED: Readonly<Record<Engine, { readonly name: string; readonly value: string }>> = {
  mysql: { name: 'require_secure_transport', value: '1' },
  postgres: { name: 'rds.force_ssl', value: '1' },
};

export const LOGS: Readonly<Record<Engine, readonly string[]>> = {
  mysql: ['error', 'slowquery'],
  postgres: ['postgresql', 'upgrade'],
};

/** `mysql8.4` of MySQL 8.4.5, `postgres17` of PostgreSQL 17.2: the family of a parameter group. */
export function parameterFamily(engine: Engine, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return engine === 'mysql' ? `mysql${major}.${minor}` : `postgres${major}`;
}

/** `aurora-mysql8.0` of Aurora MySQL 8.0.mysql_aurora.3.08.0, `aurora-postgresql16` of Aurora PostgreSQL 16.4. */
export function auroraFamily(engine: Engine, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return engine === 'mysql' ? `aurora-mysql${major}.${minor}` : `aurora-postgresql${major}`;
}

export interface PlannedInstance {
  /** The zone, and from the second in a zone on its number there: `c`, `c-2`. Appending to the list renames nothing. */
  readonly key: string;
  readonly zone: ZoneLetter;
}

/** Names instances by where they are. */
export function nameByZone(zones: readonly ZoneLetter[]): readonly PlannedInstance[] {
  return zones.map((zone, at) => {
    const before = zones.slice(0, at).filter((each) => each === zone).length;
    return { key: before === 0 ? zone : `${zone}-${before + 1}`, zone };
  });
}

/** Checks read replicas: few enough, in the network's zones, and not all in one while there are others. */
export function planReplicas(
  database: string,
  zones: readonly ZoneLetter[],
  available: readonly ZoneLetter[],
): readonly PlannedInstance[] {
  if (zones.length > MOST_REPLICAS) {
    refuse(
      database,
      `${zones.length} replicas are more than the ${MOST_REPLICAS} that RDS takes.`,
      'Use fewer and larger ones, or AuroraDatabase with reader scaling.',
    );
  }
  checkSpread(database, 'replicas', zones, available);
  return nameByZone(zones);
}

/** Refuses zones that the network is not in, and a spread that one lost zone would end. */
export function checkSpread(
  component: string,
  what: string,
  zones: readonly ZoneLetter[],
  available: readonly ZoneLetter[],
): void {
  const outside = zones.find((zone) => !available.includes(zone));
  if (outside !== undefined)
    refuse(
      component,
      `The network is not in zone ${outside}.`,
      `Use ${available.join(', ')}, or add ${outside} to the network's zones.`,
    );
  if (zones.length > 1 && new Set(zones).size === 1) {
    refuse(
      component,
      `All ${zones.length} ${what} are in zone ${zones[0]}, so losing it loses them all.`,
      `Spread them, like ${what}: ['${available.join("', '")}'].`,
    );
  }
}
