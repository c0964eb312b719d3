/** Which ports a resource listens on, as far as the estate tells, and the usual ports of engines and URL schemes. */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Tutorials.WebServerDB.CreateVPC.html and the engines' own pages. */
const ENGINES: readonly (readonly [start: string, port: number])[] = [
  ['aurora-postgresql', 5432],
  ['aurora', 3306],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['postgres', 5432],
  ['oracle', 1521],
  ['custom-oracle', 1521],
  ['sqlserver', 1433],
  ['custom-sqlserver', 1433],
  ['db2', 50000],
  ['docdb', 27017],
  ['neptune', 8182],
  ['redis', 6379],
  ['valkey', 6379],
  ['memcached', 11211],
];

export const portOfEngine = (engine: string | undefined): number | undefined =>
  ENGINES.find(([start]) => engine?.startsWith(start))?.[1];

const SCHEMES: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  mysql: 3306,
  mysql2: 3306,
  mariadb: 3306,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  smtp: 25,
  smtps: 465,
  sqlserver: 1433,
  oracle: 1521,
  ldap: 389,
  ldaps: 636,
  ftp: 21,
  sftp: 22,
  ssh: 22,
  memcached: 11211,
};

/** `jdbc:mysql` counts as `mysql`, `postgresql+psycopg` as `postgresql`. */
export const portOfScheme = (scheme: string | undefined): number | undefined =>
  scheme === undefined
    ? undefined
    : SCHEMES[
        scheme
          .toLowerCase()
          .replace(/^jdbc:/, '')
          .replace(/\+.*$/, '')
      ];

/** The ports a resource is reached at; empty when not known, or when it is no listener. */
export function portsOfResource(estate: Estate, resource: Resource): readonly number[] {
  switch (resource.kind) {
    case 'database':
      return one(resource.endpoint?.port ?? portOfEngine(resource.engine));
    case 'databaseCluster':
      return one(resource.endpoint?.port ?? portOfEngine(resource.engine));
    case 'cache':
      return one(resource.port ?? resource.endpoints?.[0]?.port ?? portOfEngine(resource.engine));
    case 'loadBalancer':
      return resource.classic
        ? sorted(resource.classic.listeners.map((listener) => listener.port))
        : (listenerPorts(estate).get(resource.id) ?? []);
    case 'distribution':
      return resource.viewerProtocol === 'https-only' ? [443] : [80, 443];
    case 'bucket':
    case 'queue':
    case 'topic':
    case 'table':
    case 'secret':
    case 'function':
      return [443];
    default:
      return [];
  }
}

const one = (port: number | undefined): readonly number[] => (port === undefined ? [] : [port]);

const sorted = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((a, b) => a - b);

const listenerPorts = memoised((estate): ReadonlyMap<string, readonly number[]> => {
  const ports = new Map<string, number[]>();
  for (const listener of all(estate, 'listener')) {
    if (listener.loadBalancer === undefined || listener.port === undefined) continue;
    const list = ports.get(listener.loadBalancer.id);
    if (list) list.push(listener.port);
    else ports.set(listener.loadBalancer.id, [listener.port]);
  }
  return new Map([...ports].map(([balancer, list]) => [balancer, sorted(list)] as const));
});
