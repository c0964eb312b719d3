/** The entries of an input, indexed for the readers. */
import type { CoverageEntry, CoverageStatus } from '../estate/coverage.ts';
import type { Notice } from '../estate/notice.ts';
import type { Entry } from './entry.ts';
import { type Item, itemOf } from './item.ts';

/** The answer to one request: its body, or that AWS says there is none, or that we do not know. */
export type Answer =
  | { readonly state: 'read'; readonly item: Item; readonly entry: Entry }
  | { readonly state: 'absent'; readonly entry: Entry }
  | { readonly state: 'unknown'; readonly status: CoverageStatus };

/** Fields by which AWS's operations announce another page. */
const PAGE_TOKENS = [
  'NextToken',
  'nextToken',
  'NextMarker',
  'NextPageMarker',
  'NextContinuationToken',
  'Marker',
  'PaginationToken',
];

export class Answers {
  readonly entries: readonly Entry[];
  readonly notices: Notice[];
  private readonly byOperation = new Map<string, Entry[]>();
  private readonly used = new Set<string>();
  private readonly hollow = new Set<Entry>();
  private readonly inputs = new Map<string, ReadonlySet<unknown>>();
  private readonly byTarget = new Map<string, Map<string, Entry[]>>();

  constructor(entries: readonly Entry[], notices: Notice[] = []) {
    this.entries = entries;
    this.notices = notices;
    for (const entry of entries) {
      const list = this.byOperation.get(entry.operation);
      if (list) list.push(entry);
      else this.byOperation.set(entry.operation, [entry]);
    }
  }

  /** Bodies of every answered request of an operation, in input order. */
  bodies(operation: string): readonly { readonly item: Item; readonly entry: Entry }[] {
    this.used.add(operation);
    return (this.byOperation.get(operation) ?? []).flatMap((entry) => {
      if (entry.status !== 'read') return [];
      const item = this.body(entry);
      return item ? [{ item, entry }] : [];
    });
  }

  /**
   * The items of a list in every answer of an operation: `items('ec2:DescribeSubnets', 'Subnets')`. An answer without
   * its list, or with something else in its place, told nothing: it counts as failed, not as "there are none".
   */
  items(operation: string, field: string): readonly Item[] {
    return this.bodies(operation).flatMap(({ item, entry }) => {
      const list = item.items(field);
      if (list === undefined) {
        if (!item.has(field))
          item.notice('missingField', `${operation}: the answer has no ${field}; taken as not answered`);
        this.hollow.add(entry);
      } else if (this.cutShort(entry, item)) {
        item.notice(
          'truncated',
          `${operation}: AWS had more pages than the input; what is there is used, "none" is not concluded`,
        );
        this.hollow.add(entry);
      }
      return list ?? [];
    });
  }

  /** The items of a list inside each item of a list (the instances of every reservation), with the same care. */
  nested(operation: string, field: string, inner: string): readonly Item[] {
    this.items(operation, field);
    return this.bodies(operation).flatMap(({ item, entry }) =>
      (item.items(field) ?? []).flatMap((outer) => {
        const list = outer.items(inner);
        if (list === undefined) this.hollow.add(entry);
        return list ?? [];
      }),
    );
  }

  /**
   * The answer to the one request whose input has `parameter` = `value`
   * (`one('s3:GetBucketPolicy', 'Bucket', 'shop-media', account)`).
   */
  one(
    operation: string,
    parameter: string,
    value: string,
    where: { readonly account?: string; readonly region?: string } = {},
  ): Answer {
    this.used.add(operation);
    const found = this.targeted(operation, parameter)
      .get(value)
      ?.filter(
        (entry) =>
          (where.account === undefined || entry.account === where.account) &&
          (where.region === undefined || entry.region === where.region),
      );
    let worst: CoverageStatus = 'notAsked';
    for (const entry of found ?? []) {
      if (entry.status === 'absent') return { state: 'absent', entry };
      if (entry.status === 'read') {
        const item = this.body(entry);
        if (item) return { state: 'read', item, entry };
      } else worst = entry.status;
    }
    return { state: 'unknown', status: worst };
  }

  /** Whether an operation was answered (perhaps with nothing) for an account and region. */
  asked(operation: string, where: { readonly account: string; readonly region?: string }): boolean {
    return (this.byOperation.get(operation) ?? []).some(
      (entry) =>
        (entry.status === 'read' || entry.status === 'absent') &&
        !this.hollow.has(entry) &&
        entry.account === where.account &&
        (where.region === undefined || entry.region === where.region),
    );
  }

  /** Every request of an operation, whatever came of it. */
  of(operation: string): readonly Entry[] {
    return this.byOperation.get(operation) ?? [];
  }

  /** The first request of an operation. */
  first(operation: string): Entry | undefined {
    return this.byOperation.get(operation)?.[0];
  }

  /** Operations in the input that no reader asked for. */
  unused(): readonly string[] {
    return [...this.byOperation.keys()].filter((operation) => !this.used.has(operation)).sort();
  }

  /** In the order of operation, account, region and target, whatever the order of the input. */
  coverage(): readonly CoverageEntry[] {
    const keyed = this.entries.map((entry) => {
      const told = this.coverageOf(entry);
      const { operation, account, region, target, file, path } = told;
      return { key: `${operation}\n${account}\n${region}\n${target}\n${file}\n${path}`, told };
    });
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ told }) => told);
  }

  private coverageOf(entry: Entry): CoverageEntry {
    return {
      operation: entry.operation,
      account: entry.account,
      region: entry.region,
      target: targetOf(entry),
      status: this.hollow.has(entry) ? 'failed' : entry.status === 'absent' ? 'read' : entry.status,
      ...(entry.error && entry.status !== 'absent'
        ? { error: `${entry.error.name}: ${(entry.error.message.split('\n')[0] ?? '').slice(0, 120)}` }
        : {}),
      file: entry.file,
      path: entry.path,
    };
  }

  /** Whether the answer announces a next page that no other request of the input asked for. */
  private cutShort(entry: Entry, item: Item): boolean {
    const token = PAGE_TOKENS.map((key) => item.value[key]).find((value) => typeof value === 'string' && value !== '');
    if (token === undefined) return item.value.IsTruncated === true && !item.has('Marker');
    if (item.value.IsTruncated === false) return false;
    return !this.askedWith(entry.operation).has(token);
  }

  /** Every value that a request of an operation was made with: the tokens of the pages that were asked for. */
  private askedWith(operation: string): ReadonlySet<unknown> {
    let values = this.inputs.get(operation);
    if (!values) {
      values = new Set((this.byOperation.get(operation) ?? []).flatMap(({ input }) => Object.values(input)));
      this.inputs.set(operation, values);
    }
    return values;
  }

  private body(entry: Entry): Item | undefined {
    const { operation, account, region, file, path, keptBy, named } = entry;
    const item = itemOf({ operation, account, region, file, keptBy, named, notices: this.notices }, entry.output, path);
    if (!item) this.hollow.add(entry);
    return item;
  }

  private targeted(operation: string, parameter: string): Map<string, Entry[]> {
    const key = `${operation} ${parameter}`;
    let index = this.byTarget.get(key);
    if (!index) {
      index = new Map();
      for (const entry of this.byOperation.get(operation) ?? []) {
        const value = entry.input[parameter];
        if (typeof value !== 'string') continue;
        const list = index.get(value);
        if (list) list.push(entry);
        else index.set(value, [entry]);
      }
      this.byTarget.set(key, index);
    }
    return index;
  }
}

/** What a request was for, as text: its scalar parameters but for paging. */
export function targetOf(entry: Entry): string {
  return Object.entries(entry.input)
    .filter(
      ([key, value]) =>
        !/^(max|next|marker|include|limit|showcache)/i.test(key) &&
        (typeof value === 'string' || typeof value === 'number'),
    )
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(' ');
}
