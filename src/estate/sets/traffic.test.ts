import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import {
  ALL_TRAFFIC,
  addressesOf,
  addressSetOf,
  type ConnectionSet,
  complementTraffic,
  connections,
  containsTraffic,
  equalConnections,
  firstTraffic,
  formatTraffic,
  icmpTraffic,
  intersectConnections,
  intersectTraffic,
  isSubsetTraffic,
  NO_ADDRESSES,
  overlapsTraffic,
  parseAddress,
  parseTraffic,
  partsOf,
  portsOf,
  protocolTraffic,
  subtractConnections,
  subtractTraffic,
  TCP,
  type TrafficSet,
  tcp,
  trafficIn,
  trafficOf,
  udp,
  unionAllTraffic,
  unionConnections,
  unionTraffic,
} from './index.ts';

const ranges = fc.array(
  fc
    .tuple(fc.constantFrom(6, 17), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 4 }))
    .map(([protocol, from, more]) => ({ protocol, from, to: from + more })),
  { maxLength: 4 },
);
type Ranges = readonly { protocol: number; from: number; to: number }[];
const setOf = (list: Ranges): TrafficSet =>
  unionAllTraffic(list.map(({ protocol, from, to }) => (protocol === TCP ? tcp(from, to) : udp(from, to))));
const points = [6, 17].flatMap((protocol) => Array.from({ length: 20 }, (_, value) => ({ protocol, value })));
const naive = (list: Ranges): readonly boolean[] =>
  points.map(({ protocol, value }) => list.some((r) => r.protocol === protocol && r.from <= value && value <= r.to));
const members = (set: TrafficSet): readonly boolean[] => points.map((point) => containsTraffic(set, point));

describe('traffic sets agree with enumeration', () => {
  it('in every operation', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const [A, B, na, nb] = [setOf(a), setOf(b), naive(a), naive(b)];
        expect(members(A)).toEqual(na);
        expect(members(unionTraffic(A, B))).toEqual(na.map((x, i) => x || nb[i]));
        expect(members(intersectTraffic(A, B))).toEqual(na.map((x, i) => x && nb[i]));
        expect(members(subtractTraffic(A, B))).toEqual(na.map((x, i) => x && !nb[i]));
        expect(members(complementTraffic(A))).toEqual(na.map((x) => !x));
        expect(overlapsTraffic(A, B)).toBe(na.some((x, i) => x && nb[i]));
        expect(isSubsetTraffic(A, B)).toBe(na.every((x, i) => !x || nb[i]));
      }),
      { numRuns: runs(2000) },
    );
  });
  it('as text they come back as themselves', () => {
    fc.assert(
      fc.property(ranges, (a) => {
        const text = formatTraffic(setOf(a));
        expect(unionAllTraffic(text.map((part) => parseTraffic(part) ?? ALL_TRAFFIC))).toEqual(setOf(a));
      }),
    );
  });
});

describe('text', () => {
  it.each([
    ['3306', ['tcp/3306']],
    ['tcp/8000-8099', ['tcp/8000-8099']],
    ['udp', ['udp']],
    ['all', ['all']],
    ['icmp/8', ['icmp/8']],
    ['icmp/8.0', ['icmp/8.0']],
    ['protocol-47', ['protocol-47']],
  ])('%s', (text, parts) => expect(formatTraffic(parseTraffic(text) ?? [])).toEqual(parts));
  it.each(['', 'tcp/', 'tcp/70000', 'tcp/9-8', 'shop', 'tcp/1/2', 'protocol-47/1', 'icmp/300', 'all/1'])(
    '%j is not traffic',
    (text) => expect(parseTraffic(text)).toBeUndefined(),
  );
  it('all but one port is told shortly', () =>
    expect(formatTraffic(subtractTraffic(ALL_TRAFFIC, tcp(22)))).toEqual([
      'protocol-0',
      'icmp',
      'protocol-2-5',
      'tcp/0-21',
      'tcp/23-65535',
      'protocol-7-16',
      'udp',
      'protocol-18-57',
      'icmpv6',
      'protocol-59-255',
    ]));
  it('a witness is TCP where there is any', () => {
    expect(firstTraffic(ALL_TRAFFIC)).toEqual({ protocol: 6, value: 0 });
    expect(firstTraffic(icmpTraffic(8, 0))).toEqual({ protocol: 1, value: 2048 });
    expect(firstTraffic([])).toBeUndefined();
  });
  it('ports of one protocol are inclusive', () =>
    expect(portsOf(unionTraffic(tcp(80), protocolTraffic(17)), TCP)).toEqual([{ from: 80, to: 80 }]));
});

const boxes = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }), fc.boolean(), ranges),
  {
    maxLength: 3,
  },
);
type Boxes = readonly (readonly [number, number, boolean, Ranges])[];
const build = (list: Boxes): ConnectionSet =>
  list
    .map(([last, prefix, v6, traffic]) =>
      connections(
        addressSetOf([v6 ? `2001:db8::${last.toString(16)}/${prefix + 96}` : `192.0.2.${last}/${prefix}`]) ??
          NO_ADDRESSES,
        setOf(traffic),
      ),
    )
    .reduce(unionConnections, connections(NO_ADDRESSES, []));
const hosts = Array.from({ length: 16 }, (_, i) => [`192.0.2.${i}`, `2001:db8::${i.toString(16)}`])
  .flat()
  .map((text) => parseAddress(text))
  .filter((address) => address !== undefined);
const table = (set: ConnectionSet): readonly boolean[] => hosts.flatMap((host) => members(trafficOf(set, host)));

describe('connection sets agree with enumeration', () => {
  it('in every operation, with one representation', () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const [A, B] = [build(a), build(b)];
        const [ta, tb] = [table(A), table(B)];
        expect(table(unionConnections(A, B))).toEqual(ta.map((x, i) => x || tb[i]));
        expect(table(intersectConnections(A, B))).toEqual(ta.map((x, i) => x && tb[i]));
        expect(table(subtractConnections(A, B))).toEqual(ta.map((x, i) => x && !tb[i]));
        expect(equalConnections(A, B)).toBe(ta.every((x, i) => x === tb[i]));
        const again = partsOf(A)
          .map((part) => connections(part.addresses, part.traffic))
          .reduce(unionConnections, connections(NO_ADDRESSES, []));
        expect(again).toEqual(A);
        expect(hosts.map((host) => trafficOf(A, host).length > 0)).toEqual(
          hosts.map((host) => trafficOf(connections(addressesOf(A), ALL_TRAFFIC), host).length > 0),
        );
        expect(members(trafficIn(A))).toEqual(
          points.map((point) => hosts.some((host) => containsTraffic(trafficOf(A, host), point))),
        );
      }),
      { numRuns: runs(1000) },
    );
  });
});
