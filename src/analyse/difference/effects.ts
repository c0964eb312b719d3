/** What the difference means: for the internet, for connections that must work, for the loss of a zone. */

import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  type ConnectionSet,
  isNoConnection,
  NO_CONNECTIONS,
  subtractConnections,
  unionConnections,
} from '../../estate/sets/index.ts';
import { exposures } from '../exposure/exposure.ts';
import { type Outcome, survivals } from '../resilience/survive.ts';
import type { Matching } from './match.ts';
import { type Thing, thing, wouldTell } from './resources.ts';

export interface Door {
  readonly resource: Thing;
  readonly ports: readonly string[];
  readonly sources: readonly string[];
}

type Doors = Pick<Effects, 'opened' | 'closed' | 'undecided'>;

export interface ZoneChange {
  readonly zone: string;
  readonly flow: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

export interface Effects {
  /** What the internet reaches now and did not before, and the other way round. */
  readonly opened: readonly Door[];
  readonly closed: readonly Door[];
  /** Of these it is not known on one of the sides. */
  readonly undecided: readonly Thing[];
  readonly flowsCome: readonly string[];
  readonly flowsGone: readonly string[];
  readonly zones: readonly ZoneChange[];
}

export function effectsOf(before: Estate, after: Estate, matching: Matching): Effects {
  const flows = [flowKeys(before, (id) => id), flowKeys(after, matching.earlier)] as const;
  return {
    ...doors(before, after, matching),
    flowsCome: missingFrom(before, flows[0], flows[1]),
    flowsGone: missingFrom(after, flows[1], flows[0]),
    zones: zones(before, after, flows),
  };
}

function doors(before: Estate, after: Estate, { earlier, pairs, come, gone }: Matching): Doors {
  const [then, now] = [doorsOf(before, (id) => id), doorsOf(after, earlier)];
  const inBoth = new Set(pairs.map((pair) => `${pair.before.id}`));
  // what one side was not able to see is neither opened nor closed
  const truly = (list: readonly Resource[], other: Estate): ReadonlySet<string> =>
    new Set(list.flatMap((one) => (wouldTell(other, one) ? [`${one.id}`] : [])));
  const [came, went] = [truly(come, before), truly(gone, after)];
  const sure = (id: string, others: ReadonlySet<string>): boolean =>
    !then.unknown.has(id) && !now.unknown.has(id) && (inBoth.has(id) || others.has(id));
  return {
    opened: wider(now.reached, then.reached, (id) => sure(id, came)),
    closed: wider(then.reached, now.reached, (id) => sure(id, went)),
    undecided: [...now.unknown].filter(([id]) => inBoth.has(id)).map(([, one]) => thing(one)),
  };
}

interface Reached extends Door {
  readonly admitted: ConnectionSet;
}

/** By the id that the earlier estate has. */
function doorsOf(estate: Estate, earlier: (id: string) => string) {
  const { exposures: found, unknown } = exposures(estate);
  const reached = new Map<string, Reached>();
  for (const { resource, admitted, ports, sources } of found) {
    const id = earlier(resource.id);
    const known = reached.get(id);
    reached.set(id, {
      resource: thing(resource),
      admitted: known ? unionConnections(known.admitted, admitted) : admitted,
      ports: [...new Set([...(known?.ports ?? []), ...ports])],
      sources: [...new Set([...(known?.sources ?? []), ...sources])],
    });
  }
  return { reached, unknown: new Map(unknown.map(({ resource }) => [earlier(resource.id), resource])) };
}

/** What is reached in more ways than in the other estate. */
const wider = (
  here: ReadonlyMap<string, Reached>,
  there: ReadonlyMap<string, Reached>,
  sure: (id: string) => boolean,
): readonly Door[] =>
  [...here].flatMap(([id, { admitted, ...door }]) =>
    sure(id) && !isNoConnection(subtractConnections(admitted, there.get(id)?.admitted ?? NO_CONNECTIONS)) ? [door] : [],
  );

type Keyed = ReadonlyMap<string, Flow>;

/** Connections that the other estate would tell, since it has the answers that they were read from, and does not. */
const missingFrom = (other: Estate, there: Keyed, here: Keyed): readonly string[] =>
  [...here].flatMap(([key, { id, evidence }]) =>
    !there.has(key) && evidence.every(({ source }) => statusOf(other.coverage, source.operation) === 'read')
      ? [id]
      : [],
  );

/** The same connection has the same ends, whatever its ends are called there. */
function flowKeys({ flows }: Estate, earlier: (id: string) => string): Keyed {
  const end = (one: FlowEnd): string =>
    one.type === 'resource' ? earlier(one.id) : JSON.stringify(Object.entries(one).sort());
  return new Map(
    flows.map((flow) => {
      const ports = flow.ports === null ? '' : `${flow.ports.from}-${flow.ports.to}`;
      return [[end(flow.from), end(flow.to), flow.protocol, ports].join(' '), flow];
    }),
  );
}

function zones(before: Estate, after: Estate, [then, now]: readonly [Keyed, Keyed]): readonly ZoneChange[] {
  const outcomes = (estate: Estate): ReadonlyMap<string, ReadonlyMap<string, Outcome>> =>
    new Map(
      survivals(estate).zones.map(({ zone, flows }) => [
        zone,
        new Map(flows.map(({ flow, outcome }) => [flow, outcome])),
      ]),
    );
  const [was, is] = [outcomes(before), outcomes(after)];
  return [...is].flatMap(([zone, later]) =>
    [...now].flatMap(([key, flow]): readonly ZoneChange[] => {
      const old = then.get(key);
      const [a, b] = [old && was.get(zone)?.get(old.id), later.get(flow.id)];
      return a === undefined || b === undefined || a === b ? [] : [{ zone, flow: flow.id, before: a, after: b }];
    }),
  );
}
