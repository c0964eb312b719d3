/** What the logs show, as part of a result: counts and networks, never an address of a visitor. */
import { type UnusedGrants, unusedGrants } from '../analyse/grants/unused.ts';
import type {
  BalancerUse,
  BucketUse,
  DistributionUse,
  EvidenceInput,
  LogKind,
  PrincipalUse,
} from '../estate/evidence.ts';
import type { Seen } from '../inventory/evidence/index.ts';

export interface LogSummary {
  readonly kind: LogKind;
  /** How many things have such a log. */
  readonly subjects: number;
  readonly from: string;
  readonly to: string;
  /** How many of these logs have a time in between with nothing in them, or are known not to be whole. */
  readonly interrupted: number;
  readonly leftOut: number;
}

export interface UndeclaredFlow {
  readonly flow: string;
  readonly bytes: number;
  readonly first: string | null;
  readonly last: string | null;
}

export interface EvidenceResult {
  readonly inputs: readonly EvidenceInput[];
  readonly logs: readonly LogSummary[];
  readonly flows: {
    /** Flows of the input that the logs confirm. */
    readonly confirmed: number;
    readonly undeclared: readonly UndeclaredFlow[];
    /** Flows that were known only because the way is open, and that are used. */
    readonly guessed: readonly {
      readonly flow: string;
      readonly from: readonly string[];
      readonly last: string | null;
    }[];
    /** Connections with ends that are not in the input, and networks that only knocked. */
    readonly endsNotKnown: number;
    readonly knocks: number;
    readonly rejected: number;
    readonly undirected: number;
  };
  readonly buckets: readonly BucketUse[];
  readonly balancers: readonly BalancerUse[];
  readonly distributions: readonly DistributionUse[];
  readonly principals: readonly PrincipalUse[];
  /** Roles and users of the input of which the trail shows no call. */
  readonly silent: readonly string[];
  /** Services that they may use by name, and of which the trail shows no call. */
  readonly unusedGrants: readonly UnusedGrants[];
}

const KINDS: readonly LogKind[] = ['flowLog', 'balancerLog', 'bucketLog', 'distributionLog', 'trail'];

export function evidenceResult({ estate, evidence, observed }: Seen): EvidenceResult {
  const logs = KINDS.flatMap((kind): readonly LogSummary[] => {
    const own = evidence.logged.filter((log) => log.kind === kind);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        kind,
        subjects: own.length,
        from: own.reduce((least, { from }) => (from < least ? from : least), first.from),
        to: own.reduce((most, { to }) => (to > most ? to : most), first.to),
        interrupted: own.filter(({ gaps, incomplete }) => gaps.length > 0 || incomplete !== null).length,
        leftOut: evidence.leftOut[kind],
      },
    ];
  });
  const count = (because: Seen['observed'][number]['because']): number =>
    observed.filter((one) => one.because === because).length;
  const made = new Map<string, UndeclaredFlow>();
  for (const { makes, connection } of observed)
    for (const flow of makes) {
      const known = made.get(flow);
      const { first, last } = connection.accepted;
      made.set(flow, {
        flow,
        bytes: (known?.bytes ?? 0) + connection.bytes,
        first: known?.first && first && known.first < first ? known.first : first,
        last: known?.last && last && known.last > last ? known.last : last,
      });
    }
  const seen = new Set(evidence.principals.map(({ principal }) => principal));
  const people = estate.resources.filter(({ kind }) => kind === 'role' || kind === 'user');
  return {
    inputs: evidence.inputs,
    logs,
    flows: {
      confirmed: new Set(observed.flatMap(({ confirms }) => confirms)).size,
      guessed: guessedFlows(estate, observed),
      undeclared: [...made.values()].sort((a, b) => (a.flow < b.flow ? -1 : 1)),
      endsNotKnown: count('endsNotKnown'),
      knocks: count('knock'),
      rejected: count('notAccepted'),
      undirected: evidence.undirected,
    },
    buckets: evidence.buckets,
    balancers: evidence.balancers,
    distributions: evidence.distributions,
    principals: evidence.principals,
    unusedGrants: unusedGrants(estate, evidence),
    silent: logs.some(({ kind }) => kind === 'trail')
      ? people.flatMap(({ id, arn }) => (seen.has(arn ?? id) || evidence.leftOut.trail > 0 ? [] : [id])).sort()
      : [],
  };
}

/** So many networks of callers are told. */
const NETWORKS = 5;

function guessedFlows({ flows }: Seen['estate'], observed: Seen['observed']): EvidenceResult['flows']['guessed'] {
  const open = new Set(
    flows.flatMap(({ id, evidence }) =>
      evidence.every(({ type }) => type === 'open' || type === 'observed') &&
      evidence.some(({ type }) => type === 'open')
        ? [id]
        : [],
    ),
  );
  const found = new Map<string, { readonly from: Set<string>; last: string | null }>();
  for (const { confirms, connection } of observed)
    for (const id of confirms) {
      if (!open.has(id)) continue;
      const one = found.get(id) ?? { from: new Set<string>(), last: null };
      found.set(id, one);
      one.from.add(connection.from);
      const { last } = connection.accepted;
      if (last !== null && (one.last === null || last > one.last)) one.last = last;
    }
  return [...found]
    .map(([flow, { from, last }]) => ({ flow, from: [...from].sort().slice(0, NETWORKS), last }))
    .sort((a, b) => (a.flow < b.flow ? -1 : 1));
}
