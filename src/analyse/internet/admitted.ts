/** A set of connections from the internet, in words: from whom, and on which ports. */
import {
  type AddressSet,
  type ConnectionSet,
  formatInternet,
  formatTraffic,
  INTERNET_IPV6,
  intersectTraffic,
  isAllTraffic,
  isEmpty,
  isNoTraffic,
  isSubset,
  NO_ADDRESSES,
  overlapsTraffic,
  partsOf,
  size,
  type TrafficSet,
  tcp,
  trafficIn,
  udp,
  union,
  unionAll,
  unionAllTraffic,
} from '../../estate/sets/index.ts';

/** A port that people manage machines by, or that a store keeps its data behind. */
export interface GuardedPort {
  readonly name: string;
  readonly use: 'management' | 'data';
  readonly traffic: TrafficSet;
}

const on = (use: GuardedPort['use'], name: string, ...ports: readonly (number | readonly [number, number])[]) => ({
  name,
  use,
  traffic: unionAllTraffic(ports.map((port) => (typeof port === 'number' ? tcp(port) : tcp(port[0], port[1])))),
});

/** The defaults of the software itself. None of them is meant for strangers. */
export const GUARDED: readonly GuardedPort[] = [
  on('management', 'SSH', 22),
  on('management', 'remote desktop', 3389),
  on('management', 'WinRM', [5985, 5986]),
  on('management', 'Telnet', 23),
  on('management', 'VNC', 5900),
  on('management', 'Docker', [2375, 2376]),
  on('management', 'kubelet', 10250),
  on('data', 'MySQL', 3306),
  on('data', 'PostgreSQL', 5432),
  on('data', 'SQL Server', 1433),
  on('data', 'Oracle', 1521),
  on('data', 'MongoDB', [27017, 27019]),
  on('data', 'Redis', 6379),
  { name: 'Memcached', use: 'data', traffic: unionAllTraffic([tcp(11211), udp(11211)]) },
  on('data', 'Elasticsearch', 9200, 9300),
  on('data', 'Cassandra', 9042),
  on('data', 'CouchDB', 5984),
  on('data', 'Kafka', 9092),
  on('data', 'RabbitMQ', 5672, 15672),
  on('data', 'ZooKeeper', 2181),
  on('data', 'etcd', [2379, 2380]),
  on('data', 'Windows file sharing', 445),
  on('data', 'NFS', 2049),
];
export const GUARDED_TRAFFIC: TrafficSet = unionAllTraffic(GUARDED.map((port) => port.traffic));

/** More IPv4 addresses than this are no longer "named": it is a quarter of a /20, more than an office has. */
const NAMED_IPV4 = 1024n;
/** A site's usual /48. */
const NAMED_IPV6 = 1n << 80n;

/** Whether the addresses are few enough to be somebody's: an office, a VPN, a partner. */
export const isNamed = (addresses: AddressSet): boolean =>
  size({ v4: addresses.v4, v6: [] }) <= NAMED_IPV4 && size({ v4: [], v6: addresses.v6 }) <= NAMED_IPV6;

const SHOWN = 3;

/** `anybody on the internet`, or the blocks. `everybody` is who counts as that (see `strangers`). */
export function whoText(addresses: AddressSet, everybody: AddressSet): string {
  if (isSubset({ v4: everybody.v4, v6: [] }, addresses)) return 'anybody on the internet';
  if (isEmpty({ v4: addresses.v4, v6: [] }) && isSubset(INTERNET_IPV6, addresses)) return 'anybody with IPv6';
  const blocks = formatInternet(addresses);
  const more = blocks.length - SHOWN;
  return blocks.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more blocks` : '');
}

/** Who may send some of the traffic. */
export const sendersOf = (set: ConnectionSet, traffic: TrafficSet): AddressSet =>
  unionAll(partsOf(set).flatMap((part) => (overlapsTraffic(part.traffic, traffic) ? [part.addresses] : [])));

export interface OpenPort {
  readonly port: GuardedPort;
  readonly senders: AddressSet;
}

/** The guarded ports that addresses beyond a few named ones may use. */
export function openPorts(set: ConnectionSet): readonly OpenPort[] {
  const parts = partsOf(set);
  return GUARDED.flatMap((port) => {
    const senders = unionAll(
      parts.flatMap((part) => (overlapsTraffic(part.traffic, port.traffic) ? [part.addresses] : [])),
    );
    return isNamed(senders) ? [] : [{ port, senders }];
  });
}

const PORTS_SHOWN = 4;

/** `SSH (22), MySQL (3306)`; with many, the first ones and how many more. */
export function openPortsText(open: readonly OpenPort[], set: ConnectionSet): string {
  const all = trafficIn(set);
  const texts = open.map(({ port }) => `${port.name} (${portNumbers(intersectTraffic(port.traffic, all))})`);
  const more = texts.length - PORTS_SHOWN;
  return more > 0 ? `${texts.slice(0, PORTS_SHOWN).join(', ')} and ${more} more services` : texts.join(', ');
}

const portNumbers = (traffic: TrafficSet): string =>
  [...new Set(formatTraffic(traffic).map((text) => text.replace(/^\w+\//, '')))].join(', ');

export const sendersTogether = (open: readonly OpenPort[]): AddressSet =>
  open.map(({ senders }) => senders).reduce(union, NO_ADDRESSES);

/** `every port`, or the ports. */
export function trafficText(traffic: TrafficSet): string {
  if (isAllTraffic(traffic)) return 'every port';
  const texts = formatTraffic(traffic);
  const more = texts.length - PORTS_SHOWN;
  return texts.slice(0, PORTS_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The traffic of a set that addresses beyond a few named ones may send. */
export const broadTraffic = (set: ConnectionSet): TrafficSet => {
  const broad = partsOf(set).filter((part) => !isNamed(part.addresses));
  return unionAllTraffic(broad.map((part) => part.traffic).filter((traffic) => !isNoTraffic(traffic)));
};
