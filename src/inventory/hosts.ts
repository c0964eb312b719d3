/**
 * Host names in configuration values, without what stands around them: of `mysql://app:pw@db.example.com:3306/shop`
 * only `db.example.com` and 3306 come out. When a text can be read in two ways and one of them would take a part of
 * a password for a host, nothing comes out.
 */
import type { EnvironmentFact } from '../estate/kinds/compute.ts';

export type Host = EnvironmentFact['hosts'][number];

const LABELS = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
/** Endings that make a dotted word a host even when nothing else says so; `app.jar` and `index.handler` are none. */
const ENDING =
  /\.(?:com|net|org|edu|gov|io|co|ai|app|dev|cloud|tech|shop|store|online|site|me|tv|us|eu|uk|de|fr|es|it|nl|se|no|fi|dk|pl|ch|at|be|ie|pt|cz|ru|jp|kr|cn|hk|tw|sg|my|th|vn|ph|id|in|au|nz|ca|mx|br|ar|cl|za|ae|il|tr|internal|local|lan|intranet|svc|consul|test|example)$/i;
/** A name that ends so (`DB_HOST`, `KAFKA_BROKERS`, `DB_HOST_READER`, `REDIS_HOST_2`) has a host as its value. */
const HINT =
  /(?:^|[^a-z]|^[a-z]+(?=host))(?:host|hosts|hostname|endpoint|endpoints|addr|addrs|address|server|servers|broker|brokers|bootstrap|node|nodes|peer|peers|url|uri|dsn|domain|backend|upstream|origin)(?:_?\d+|_(?:rw|ro|read|reader|write|writer|primary|replica|master|slave|prod|dev|staging|test))?$/i;

const words = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');

/** Whether a variable's name says that its value is a host. */
export const namesHost = (name: string): boolean => HINT.test(words(name));

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;

/** `host`, `host:port` or `[ipv6]:port`; undefined when it is none. `plain` admits a single word such as `mysql`. */
function hostAndPort(text: string, scheme: string | undefined, plain: boolean): Host | undefined {
  const ipv6 = /^\[([0-9a-f:.]{2,45})\](?::(\d{1,5}))?$/i.exec(text);
  const [host = '', port] = ipv6 ? [ipv6[1], ipv6[2]] : splitPort(text);
  if (port !== undefined && !isPort(port)) return undefined;
  const name = host.replace(/\.$/, '').toLowerCase();
  const good =
    ipv6 || IPV4.test(name) || (LABELS.test(name) && !/^[\d.]+$/.test(name) && (plain || name.includes('.')));
  return good ? { host: name, port: port === undefined ? undefined : Number(port), scheme } : undefined;
}

function splitPort(text: string): readonly [string, string | undefined] {
  const colon = text.lastIndexOf(':');
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** Hosts of one authority, which for MongoDB, Kafka and Redis may hold several: `a:27017,b:27017`. */
const authorityHosts = (authority: string, scheme: string): readonly Host[] =>
  authority.split(',').flatMap((part) => hostAndPort(part, scheme, true) ?? []);

/** The part of a URL (after `://`) that names hosts, without user and password; undefined when that is not certain. */
function authorityOf(scheme: string, rest: string): string | undefined {
  const end = rest.search(/[/?#;]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const after = end < 0 ? '' : rest.slice(end);
  const at = authority.lastIndexOf('@');
  if (!after.includes('@')) return authority.slice(at + 1);
  // An @ further on: a path (https://example.com/@team), or a password with a slash in it.
  if (at < 0 && /^https?$|^wss?$/.test(scheme))
    return /[.]/.test(authority) || authority === 'localhost' ? authority : undefined;
  const last = rest.slice(rest.lastIndexOf('@') + 1);
  const tail = last.search(/[/?#;]/);
  const candidate = tail < 0 ? last : last.slice(0, tail);
  return /\./.test(candidate) ? candidate : undefined;
}

/** Everything written as `scheme://…`, JDBC's forms included. */
function urls(value: string): readonly Host[] {
  if (!value.includes(':')) return [];
  const hosts: Host[] = [];
  for (const match of value.matchAll(/([a-z][a-z0-9+.-]*(?::[a-z0-9+.-]+)*):(?:thin:@)?\/\/([^\s"'<>`\\]+)/gi)) {
    const scheme = (match[1] ?? '').toLowerCase().replace(/^jdbc:/, '');
    if (scheme === 's3' || scheme === 'file' || scheme === 'unix') continue;
    const authority = authorityOf(scheme, (match[2] ?? '').replace(/[),\]}]+$/, ''));
    if (authority !== undefined) hosts.push(...authorityHosts(authority, scheme));
  }
  // Oracle's short form, jdbc:oracle:thin:@host:1521:SID
  for (const match of value.matchAll(/jdbc:oracle:thin:(?:[^@\s]*)@([\w.-]+):(\d+)/gi)) {
    const host = hostAndPort(`${match[1]}:${match[2]}`, 'oracle', true);
    if (host) hosts.push(host);
  }
  return hosts;
}

/** Go's `user:pw@tcp(host:3306)/db`, and `host=… port=…` or `Server=tcp:…,1433;…` lists. */
function connectionStrings(value: string): readonly Host[] {
  if (!/[@=]/.test(value)) return [];
  const hosts: Host[] = [];
  for (const match of value.matchAll(/@(?:tcp|udp)6?\(([\w.:[\]-]+)\)/gi)) {
    const host = hostAndPort(match[1] ?? '', undefined, true);
    if (host) hosts.push(host);
  }
  const server =
    /(?:^|[;\s])(?:host|server|data source|addr|address)\s*=\s*(?:tcp:)?([\w.-]+)(?:[,:](\d{1,5}))?(?=$|[;\s])/i.exec(
      value,
    );
  if (server && /[;\s]\s*\w[\w ]*=/.test(value)) {
    const port = server[2] ?? /(?:^|[;\s])port\s*=\s*(\d{1,5})(?=$|[;\s])/i.exec(value)?.[1];
    const host = hostAndPort(port === undefined ? (server[1] ?? '') : `${server[1]}:${port}`, undefined, true);
    if (host) hosts.push(host);
  }
  return hosts;
}

/** A value that is nothing but a host or a list of hosts. */
function bare(name: string, value: string): readonly Host[] {
  const parts = value
    .trim()
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 64 || value.includes('://')) return [];
  const hinted = namesHost(name);
  const hosts = parts.map((part) => hostAndPort(part.replace(/\/$/, ''), undefined, hinted));
  const known = hosts.filter((host) => host !== undefined);
  if (known.length !== hosts.length) return [];
  if (/version|cidr|mask|range/i.test(name)) return [];
  return known.every(({ host }) => hinted || ENDING.test(host) || IPV4.test(host)) ? known : [];
}

/** Endpoints of AWS anywhere in a text, for JSON and other forms that this file does not know. */
function awsEndpoints(value: string): readonly Host[] {
  if (!/amazonaws\.com/i.test(value)) return [];
  const found = value.matchAll(
    /(?<![\w@.-])((?:[a-z0-9_-]+\.)+amazonaws\.com(?:\.cn)?)(?::(\d{1,5}))?(?![\w.-]*@|:[^\s/"',;]*@)/gi,
  );
  return [...found].flatMap(
    ([, host = '', port]) =>
      hostAndPort(port === undefined || !isPort(port) ? host : `${host}:${port}`, undefined, true) ?? [],
  );
}

/** One host once, keeping the reading that tells most of it. */
function distinct(hosts: readonly Host[]): readonly Host[] {
  const known: Host[] = [];
  for (const host of hosts) {
    const twin = known.findIndex(
      (one) => one.host === host.host && (one.port === host.port || host.port === undefined || one.port === undefined),
    );
    const before = known[twin];
    if (before === undefined) known.push(host);
    else known[twin] = { host: host.host, port: before.port ?? host.port, scheme: before.scheme ?? host.scheme };
  }
  return known;
}

/** Every host that a value names. `secretive`: the value is a credential, so only whole URLs are looked at. */
export function hostsIn(name: string, value: string, secretive = false): readonly Host[] {
  const text = value.slice(0, 20_000);
  if (secretive) return distinct([...urls(text), ...connectionStrings(text)].filter(({ host }) => host.includes('.')));
  return distinct([...urls(text), ...connectionStrings(text), ...bare(name, text), ...awsEndpoints(text)]);
}
