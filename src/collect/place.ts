/** Everything that is asked in one place, each row when the answers that it needs are there. */
import { isRegionless } from '../estate/coverage.ts';
import type { Ask } from './ask.ts';
import { askAll } from './pages.ts';
import { scalar } from './pick.ts';
import { type Answered, keyOf, requestsOf } from './requests.ts';
import type { Input, Row } from './row.ts';

export interface Place {
  readonly account: string;
  readonly partition: string;
  /** The region that is asked for rows that name none. */
  readonly region: string;
}

/** A request and what came of it, as it will stand in the inventory. */
export interface Told {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: Input;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

export interface Asked {
  readonly told: readonly Told[];
  readonly answers: readonly Answered[];
  /** Whether every request was answered in full. */
  readonly whole: boolean;
}

export interface Counting {
  readonly planned: (place: Place, requests: number) => void;
  readonly done: (place: Place, operation: string) => void;
}

/** Milliseconds between two looks at work that AWS does on request, and how often to look. */
const WAIT = { pause: 2_000, looks: 15 } as const;

export interface Office {
  readonly ask: Ask;
  readonly counting: Counting;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The rows of a place; an operation is asked once, however many need its answers. */
export class PlaceReader {
  private readonly place: Place;
  private readonly rows: readonly Row[];
  private readonly office: Office;
  private readonly asked = new Map<string, Promise<Asked>>();
  private locations: Promise<ReadonlyMap<unknown, string>> | undefined;

  constructor(place: Place, rows: readonly Row[], office: Office) {
    this.place = place;
    this.rows = rows;
    this.office = office;
  }

  async all(operations: Iterable<string> = this.rows.map(({ operation }) => operation)): Promise<readonly Told[]> {
    const asked = await Promise.all([...new Set(operations)].map((operation) => this.operation(operation)));
    return asked.flatMap(({ told }) => told);
  }

  operation(operation: string): Promise<Asked> {
    const known = this.asked.get(operation) ?? this.run(operation);
    this.asked.set(operation, known);
    return known;
  }

  private async run(operation: string): Promise<Asked> {
    const rows = this.rows.filter((row) => row.operation === operation);
    const parts = await Promise.all(rows.map((row) => this.row(row)));
    return {
      told: parts.flatMap(({ told }) => told),
      answers: parts.flatMap(({ answers }) => answers),
      whole: parts.length > 0 && parts.every(({ whole }) => whole),
    };
  }

  private async row(row: Row): Promise<Asked> {
    if (row.unless !== undefined && (await this.operation(row.unless)).whole)
      return { told: [], answers: [], whole: true };
    const sources = new Map<string, Asked>();
    for (const { of } of row.each ?? []) sources.set(of, await this.operation(of));
    const inputs = requestsOf(row, this.place.account, (of) => sources.get(of)?.answers ?? []);
    this.office.counting.planned(this.place, inputs.length);
    const told = (await Promise.all(inputs.map((input) => this.request(row, input)))).flat();
    return {
      told,
      answers: told.flatMap(({ input, output }) => (output === undefined ? [] : [{ input, output }])),
      whole: told.every(({ error }) => error === undefined) && [...sources.values()].every(({ whole }) => whole),
    };
  }

  private async request(row: Row, input: Input): Promise<readonly Told[]> {
    const { account } = this.place;
    const { operation } = row;
    const region = await this.regionOf(row, input);
    const refused = row.prepare === undefined ? undefined : await this.prepared(row.prepare, region);
    const { output, error } = await askAll(this.office.ask, { account, region, operation, input }, row.pages);
    this.office.counting.done(this.place, operation);
    const about = { operation, account, region: this.shownRegion(row, region), input };
    return [
      ...(output === undefined ? [] : [{ ...about, output }]),
      ...(error === undefined ? [] : [{ ...about, error: refused ?? error }]),
    ];
  }

  /** Services without regions answer for the whole account; outside of AWS's first partition the region tells which. */
  private shownRegion({ operation, scope }: Row, region: string): string {
    const regionless = scope !== 'region' && isRegionless(operation);
    return regionless && this.place.partition === 'aws' ? 'global' : region;
  }

  /** Buckets are asked about in their own region. */
  private async regionOf(row: Row, input: Input): Promise<string> {
    if (row.scope !== 'bucket') return row.region ?? this.place.region;
    this.locations ??= this.operation('s3:GetBucketLocation').then(
      ({ answers }) => new Map(answers.map((answer) => [answer.input.Bucket, locationIn(answer.output)])),
    );
    return (await this.locations).get(input.Bucket) ?? this.place.region;
  }

  /** Has AWS do what the row's answer rests on, and waits for it; why not, when AWS refuses. */
  private async prepared(operation: string, region: string) {
    for (let look = 0; look < WAIT.looks; look += 1) {
      const request = { account: this.place.account, region, operation, input: {} };
      const outcome = await this.office.ask(request, true);
      if (outcome.error) return outcome.error;
      if (scalar(outcome.output, 'State') === 'COMPLETE') return undefined;
      await this.office.sleep(WAIT.pause);
    }
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
function locationIn(output: unknown): string {
  const told = scalar(output, 'LocationConstraint');
  return told === 'EU' ? 'eu-west-1' : String(told ?? 'us-east-1');
}

export const sameRequest = ({ operation, account, region, input }: Told): string =>
  [operation, account, region, keyOf(input)].join('\n');
