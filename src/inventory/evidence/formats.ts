/** What a file is, by the beginning of its content; names and endings say nothing. */
import type { LogKind } from '../../estate/evidence.ts';
import {
  balancerLine,
  bucketLine,
  type DistributionLayout,
  distributionLayout,
  distributionLine,
} from './access-logs.ts';
import { lines, records, type Sink } from './chunks.ts';
import { DEFAULT_LAYOUT, isDefaultLine, type Layout, layoutIn, parse } from './flow-log.ts';
import type { Tallies } from './tally.ts';
import { jsonRecord } from './trail.ts';

export interface Counts {
  records: Partial<Record<LogKind, number>>;
  malformed: number;
}

export interface Recognised {
  readonly kind: LogKind;
  readonly sink: Sink;
}

/** One that takes a line and says whether it was one. Undefined: a line that belongs there and says nothing. */
type Take = (line: string) => boolean | undefined;

/** Undefined for a file that is none of these. */
export function recognise(head: string, tallies: Tallies, counts: Counts): Recognised | undefined {
  const start = head.trimStart();
  if (start.startsWith('{')) return json(start, tallies, counts);
  const [first = ''] = start.split(/\r?\n/, 1);
  const found = textFormat(first, start, tallies);
  if (found === undefined) return undefined;
  const malformed = (): void => {
    counts.malformed += 1;
    tallies.incomplete(found.kind);
  };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const was = found.take(line);
    if (was === true) counts.records[found.kind] = (counts.records[found.kind] ?? 0) + 1;
    else if (was === false) malformed();
  };
  return { kind: found.kind, sink: lines(take, malformed) };
}

function textFormat(
  first: string,
  start: string,
  tallies: Tallies,
): { readonly kind: LogKind; readonly take: Take } | undefined {
  const layout = layoutIn(first);
  if (layout && layout.lacks.length === 0) return { kind: 'flowLog', take: flowLines(layout, tallies) };
  if (isDefaultLine(first)) return { kind: 'flowLog', take: flowLines(DEFAULT_LAYOUT, tallies) };
  if (first.startsWith('#Version:') || first.startsWith('#Fields:'))
    return /^#Fields:.*(?:cs\(Host\)|x-host-header)/m.test(start)
      ? { kind: 'distributionLog', take: distributionLines(tallies) }
      : undefined;
  if (balancerLine(first))
    return { kind: 'balancerLog', take: (line) => taken(balancerLine(line), (one) => tallies.balancer(one)) };
  if (bucketLine(first))
    return { kind: 'bucketLog', take: (line) => taken(bucketLine(line), (one) => tallies.bucket(one)) };
  return undefined;
}

function taken<T>(one: T | undefined, take: (one: T) => void): boolean {
  if (one === undefined) return false;
  take(one);
  return true;
}

/** Files that were put together have a header line each. */
function flowLines(begin: Layout, tallies: Tallies): Take {
  let layout = begin;
  return (line) => {
    const flow = parse(line, layout);
    if (flow) {
      tallies.flow(flow);
      return true;
    }
    const header = layoutIn(line);
    if (header && header.lacks.length === 0) {
      layout = header;
      return undefined;
    }
    return false;
  };
}

function distributionLines(tallies: Tallies): Take {
  let layout: DistributionLayout | undefined;
  return (line) => {
    if (line.startsWith('#')) {
      layout = distributionLayout(line) ?? layout;
      return undefined;
    }
    return layout === undefined ? false : taken(distributionLine(line, layout), (one) => tallies.distribution(one));
  };
}

/** CloudTrail's records, or the answer of a command that looked them up. */
function json(start: string, tallies: Tallies, counts: Counts): Recognised | undefined {
  const flows = /^\{\s*"(?:events|searchedLogStreams)"/.test(start);
  if (!flows && !/^\{\s*"(?:Records|Events|NextToken)"/.test(start)) return undefined;
  const kind: LogKind = flows ? 'flowLog' : 'trail';
  const malformed = (): void => {
    counts.malformed += 1;
    tallies.incomplete(kind);
  };
  const take = (text: string): void => {
    const record = jsonRecord(text);
    if (record?.type === 'call') tallies.call(record.call);
    else {
      const flow = record && parse(record.message, DEFAULT_LAYOUT);
      if (flow === undefined) {
        malformed();
        return;
      }
      tallies.flow(flow);
    }
    const is: LogKind = record?.type === 'call' ? 'trail' : 'flowLog';
    counts.records[is] = (counts.records[is] ?? 0) + 1;
  };
  return { kind, sink: records(take, malformed) };
}
