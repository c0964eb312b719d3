/** Reads accounts and regions, and writes what AWS answered as an inventory. */
import { statusOfError } from '../inventory/entry.ts';
import { actionsOf } from '../inventory/read-only-policy.ts';
import { asker } from './ask.ts';
import { type Content, writeInventory } from './inventory-file.ts';
import { openJournal } from './journal.ts';
import { type Clock, Limiter } from './limiter.ts';
import { type Counting, type Office, PlaceReader, type Told } from './place.ts';
import { enabledRegions, inUse, SIGN_OPERATIONS } from './regions.ts';
import { ROWS } from './rows/index.ts';
import { FIRST_REGION, type Session } from './sessions.ts';

export interface Options {
  readonly sessions: readonly Session[];
  /** Empty: those that are enabled and in use. */
  readonly regions: readonly string[];
  readonly output: string;
  /** Requests a second, for everything together. */
  readonly rate: number;
  /** Whether to forget what an interrupted run has read. */
  readonly fresh: boolean;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly watch: Watch;
}

/** Who follows the run. */
export interface Watch extends Counting {
  readonly note: (text: string) => void;
  readonly throttled: () => void;
  readonly pace: (requestsPerSecond: () => number) => void;
}

/** A kind of call that was not answered. */
export interface Unanswered {
  readonly operation: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly status: 'denied' | 'throttled' | 'failed';
  /** How many requests. */
  readonly requests: number;
  /** AWS's words for the first of them. */
  readonly error: string;
  /** IAM actions that would allow it; empty when it was not refused. */
  readonly actions: readonly string[];
}

export interface Summary {
  readonly output: string;
  readonly collectedAt: string;
  readonly accounts: readonly { readonly account: string; readonly regions: readonly string[] }[];
  /** Regions that were left out because nothing was seen in them. */
  readonly notInUse: readonly { readonly account: string; readonly regions: readonly string[] }[];
  readonly answered: number;
  readonly unanswered: readonly Unanswered[];
}

interface Read {
  readonly account: string;
  readonly regions: readonly string[];
  readonly unused: readonly string[];
  readonly told: readonly Told[];
}

export async function collect(options: Options): Promise<Summary> {
  const { sessions, clock, watch, output } = options;
  const journal = openJournal(output, new Date(clock.now()), options.fresh);
  if (journal.found > 0)
    watch.note(`going on where a run of ${journal.startedAt} stopped: ${journal.found} answers are kept`);
  const limiter = new Limiter(options.rate, clock);
  watch.pace(() => limiter.rate);
  const reads = await Promise.all(
    different(sessions).map((session) => {
      const ask = asker({ ...options, send: session.sdk.send, limiter, journal, onThrottled: watch.throttled });
      return readAccount(session, options, { ask, counting: watch, sleep: clock.sleep });
    }),
  );
  const content: Content = {
    collectedAt: journal.startedAt,
    partition: sessions[0]?.partition ?? 'aws',
    told: reads.flatMap(({ told }) => told),
  };
  writeInventory(output, content);
  journal.remove();
  return summary(output, content, reads);
}

/** Two profiles may lead to the same account. */
const different = (sessions: readonly Session[]): readonly Session[] => [
  ...new Map(sessions.map((session) => [session.account, session] as const).reverse()).values(),
];

async function readAccount(session: Session, options: Options, office: Office): Promise<Read> {
  const { account, partition } = session;
  const first = FIRST_REGION[partition] ?? 'us-east-1';
  const readers = new Map<string, PlaceReader>();
  const readerOf = (region: string): PlaceReader => {
    const known = readers.get(region) ?? new PlaceReader({ account, partition, region }, REGIONAL, office);
    readers.set(region, known);
    return known;
  };
  const home = new PlaceReader({ account, partition, region: first }, WHOLE, office);
  const inRegions = async () => {
    const { regions, unused } = await chosenRegions(session, options, readerOf, first);
    const told = await Promise.all([
      ...regions.map((region) => readerOf(region).all()),
      ...unused.map((region) => readerOf(region).all(SIGN_OPERATIONS)),
    ]);
    return { account, regions, unused, told: told.flat() };
  };
  const [told, read] = await Promise.all([home.all(), inRegions()]);
  return { ...read, told: [...told, ...read.told] };
}

const REGIONAL = ROWS.filter(({ scope }) => scope === 'region');
const WHOLE = ROWS.filter(({ scope }) => scope !== 'region');

async function chosenRegions(
  session: Session,
  { regions, watch }: Options,
  readerOf: (region: string) => PlaceReader,
  first: string,
): Promise<{ readonly regions: readonly string[]; readonly unused: readonly string[] }> {
  if (regions.length > 0) return { regions: [...new Set(regions)].sort(), unused: [] };
  const home = session.region ?? first;
  const enabled = await enabledRegions(readerOf(home));
  if (enabled === undefined) {
    watch.note(`account ${session.account}: AWS does not say which regions are enabled; only ${home} is read`);
    return { regions: [home], unused: [] };
  }
  const used = await Promise.all(enabled.map((region) => inUse(readerOf(region))));
  const chosen = enabled.filter((region, n) => used[n] || region === home);
  return { regions: chosen, unused: enabled.filter((region) => !chosen.includes(region)) };
}

function summary(output: string, { collectedAt, told }: Content, reads: readonly Read[]): Summary {
  const unanswered = new Map<
    string,
    { told: Told; status: Unanswered['status']; regions: Set<string>; requests: number }
  >();
  let answered = 0;
  for (const one of told) {
    const status = one.error === undefined ? 'read' : statusOfError(one.error);
    if (status === 'read' || status === 'absent' || status === 'notAsked') answered += 1;
    else {
      const key = [one.account, one.operation, status].join(' ');
      const known = unanswered.get(key) ?? { told: one, status, regions: new Set(), requests: 0 };
      known.regions.add(one.region);
      known.requests += 1;
      unanswered.set(key, known);
    }
  }
  return {
    output,
    collectedAt,
    accounts: reads.map(({ account, regions }) => ({ account, regions })),
    notInUse: reads.flatMap(({ account, unused }) => (unused.length > 0 ? [{ account, regions: unused }] : [])),
    answered,
    unanswered: [...unanswered.keys()].sort().flatMap((key): readonly Unanswered[] => {
      const one = unanswered.get(key);
      if (!one) return [];
      const { told: example, status, requests } = one;
      const { account, operation, error } = example;
      return [
        {
          operation,
          account,
          regions: [...one.regions].sort(),
          status,
          requests,
          error: `${error?.name}: ${error?.message}`,
          actions: status === 'denied' ? actionsOf(operation) : [],
        },
      ];
    }),
  };
}
