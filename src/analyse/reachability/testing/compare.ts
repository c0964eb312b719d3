/** Evaluator and oracle asked the same about one network; the answer is what they disagree on. */
import { all, type Estate } from '../../../estate/estate.ts';
import {
  type Address,
  type ConnectionSet,
  hasPorts,
  overlapsTraffic,
  parseAddress,
  portTraffic,
  protocolTraffic,
  type TrafficSet,
  trafficIn,
  trafficOf,
} from '../../../estate/sets/index.ts';
import type { Clause } from '../clauses.ts';
import { INTERNET_END, resourceEnd } from '../endpoint.ts';
import { reach } from '../reach.ts';
import { Oracle } from './oracle.ts';
import { PORTS, STRANGERS } from './random-network.ts';

const PROBES: readonly (readonly [number, number])[] = [
  ...PORTS.map((port) => [6, port] as const),
  [17, 80],
  [1, 0],
  [47, 0],
];
const traffic = ([protocol, port]: readonly [number, number]): TrafficSet =>
  hasPorts(protocol) ? portTraffic(protocol, port) : protocolTraffic(protocol);

export interface Disagreement {
  readonly question: string;
  readonly oracle: boolean;
}

export function disagreements(estate: Estate, ignored?: ReadonlySet<Clause>): readonly Disagreement[] {
  const oracle = new Oracle(estate);
  const result: Disagreement[] = [];
  const interfaces = all(estate, 'networkInterface');
  const tell = (question: string, truth: boolean, sure: boolean, maybe: boolean): void => {
    if (truth !== sure || truth !== maybe) result.push({ question, oracle: truth });
  };
  const strangers = STRANGERS.map((text) => ({ text, address: parseAddress(text) }));
  const has = (set: ConnectionSet, parsed: Address | undefined, probe: readonly [number, number]): boolean => {
    return parsed !== undefined && overlapsTraffic(trafficOf(set, parsed), traffic(probe));
  };
  for (const one of interfaces) {
    const into = reach(estate, INTERNET_END, resourceEnd(one), undefined, ignored);
    const out = reach(estate, resourceEnd(one), INTERNET_END, undefined, ignored);
    for (const { text: stranger, address } of strangers)
      for (const probe of PROBES) {
        const [protocol, port] = probe;
        tell(
          `${stranger} -> ${one.id} ${probe}`,
          oracle.internetTo(one, { from: stranger, to: '', protocol, port }),
          has(into.admitted, address, probe),
          has(into.possible, address, probe),
        );
        tell(
          `${one.id} -> ${stranger} ${probe}`,
          oracle.toInternet(one, { from: '', to: stranger, protocol, port }) !== undefined,
          has(out.admitted, address, probe),
          has(out.possible, address, probe),
        );
      }
    for (const other of interfaces) {
      if (other.id === one.id) continue;
      const between = reach(estate, resourceEnd(one), resourceEnd(other), undefined, ignored);
      const [sure, maybe] = [trafficIn(between.admitted), trafficIn(between.possible)];
      for (const probe of PROBES)
        tell(
          `${one.id} -> ${other.id} ${probe}`,
          oracle.connects(one, other, ...probe),
          overlapsTraffic(sure, traffic(probe)),
          overlapsTraffic(maybe, traffic(probe)),
        );
    }
  }
  return result;
}
