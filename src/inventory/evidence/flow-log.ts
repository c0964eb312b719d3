/**
 * VPC flow logs: the default format, and custom ones by the header line that AWS writes into files for S3. From
 * CloudWatch Logs, lines may begin with the time at which they were written.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
import { owned } from './counting.ts';

export interface FlowRecord {
  readonly eni: string;
  /** Empty when the format does not hold it. */
  readonly vpc: string;
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** IANA number. */
  readonly protocol: number;
  readonly packets: number;
  readonly bytes: number;
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly accepted: boolean;
  /** Undefined when the format does not hold them. */
  readonly tcpFlags: number | undefined;
}

/** `NODATA`: nothing went by; `SKIPDATA`: AWS could not write everything down. */
export type FlowLine =
  | { readonly type: 'flow'; readonly record: FlowRecord }
  | { readonly type: 'none' | 'skipped'; readonly eni: string; readonly start: number; readonly end: number };

const DEFAULT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );

/** Without these nothing can be said of a record. */
const NEEDED = ['interface-id', 'srcaddr', 'dstaddr', 'start', 'end'] as const;

export interface Layout {
  readonly at: ReadonlyMap<string, number>;
  readonly length: number;
  /** Fields that are needed and not there. */
  readonly lacks: readonly string[];
}

const layoutOf = (names: readonly string[]): Layout => {
  const at = new Map(names.map((name, n) => [owned(name), n]));
  const lacks: string[] = [
    ...NEEDED.filter((name) => !at.has(name)),
    ...['srcport', 'dstport', 'protocol', 'action'].filter((name) => !at.has(name)),
  ];
  return { at, length: names.length, lacks };
};

export const DEFAULT_LAYOUT: Layout = layoutOf(DEFAULT);

/** All fields that there are make a line of some hundred characters. */
const LONGEST_HEADER = 4096;

/** The layout that a header line gives; undefined for a line that is none. */
export function layoutIn(line: string): Layout | undefined {
  if (line.length > LONGEST_HEADER) return undefined;
  // S3 has `srcaddr`, the console and the API `${srcaddr}`
  const names = line
    .trim()
    .split(/\s+/)
    .map((name) => name.replace(/^\$\{(.*)\}$/, '$1').toLowerCase());
  const known = names.filter((name) => /^[a-z][a-z0-9-]+$/.test(name));
  return names.length >= 3 &&
    known.length === names.length &&
    (names.includes('srcaddr') || names.includes('interface-id'))
    ? layoutOf(names)
    : undefined;
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z /;

/** Without the time that CloudWatch puts before it. */
const bare = (line: string): string => (line.charCodeAt(4) === 45 ? line.replace(TIME, '') : line);

/** Whether a line without a header is of the default format. */
export const isDefaultLine = (line: string): boolean =>
  /^[2-9] (?:\d{12}|unknown|-) eni-[0-9a-f]+ /.test(bare(line)) && parse(line, DEFAULT_LAYOUT) !== undefined;

const number = (text: string | undefined): number =>
  text !== undefined && /^\d{1,19}$/.test(text) ? Number(text) : Number.NaN;

const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/** Undefined for a line that is not as the layout says. */
export function parse(line: string, { at, length }: Layout): FlowLine | undefined {
  const words = bare(line).split(' ');
  if (words.length !== length) return undefined;
  const word = (name: string): string | undefined => {
    const n = at.get(name);
    return n === undefined ? undefined : words[n];
  };
  const eni = word('interface-id') ?? '';
  const [start, end] = [number(word('start')), number(word('end'))];
  // a hundred years are enough for a clock that is wrong
  if (!/^eni-[0-9a-f]+$/.test(eni) || !(start >= 0) || !(end >= start) || end > 4e9 || end - start > 86_400)
    return undefined;
  const status = word('log-status');
  if (status === 'NODATA') return { type: 'none', eni, start, end };
  if (status === 'SKIPDATA') return { type: 'skipped', eni, start, end };
  const [from, to, action] = [word('srcaddr') ?? '', word('dstaddr') ?? '', word('action')];
  const [fromPort, toPort, protocol] = [number(word('srcport')), number(word('dstport')), number(word('protocol'))];
  const [packets, bytes] = [number(word('packets') ?? '0'), number(word('bytes') ?? '0')];
  if (!ADDRESS.test(from) || !ADDRESS.test(to)) return undefined;
  if (!(fromPort <= 65_535) || !(toPort <= 65_535) || !(protocol <= 255)) return undefined;
  if (Number.isNaN(packets) || Number.isNaN(bytes)) return undefined;
  if (action !== 'ACCEPT' && action !== 'REJECT') return undefined;
  const flags = number(word('tcp-flags'));
  return {
    type: 'flow',
    record: {
      eni,
      vpc: /^vpc-[0-9a-f]+$/.test(word('vpc-id') ?? '') ? (word('vpc-id') ?? '') : '',
      from,
      to,
      fromPort,
      toPort,
      protocol,
      packets,
      bytes,
      start,
      end,
      accepted: action === 'ACCEPT',
      tcpFlags: Number.isNaN(flags) ? undefined : flags,
    },
  };
}

const [SYN, ACK] = [2, 16];
/** Where a caller's own port begins on nearly every system. */
const EPHEMERAL = 32_768;

/**
 * Whether the record goes from caller to listener. The first packet tells where the log has it; else the end that is known
 * to listen; else the ports: callers take high ones. Undefined when neither tells.
 */
export function isForward(
  { tcpFlags, protocol, fromPort, toPort }: FlowRecord,
  listens: { readonly from: boolean; readonly to: boolean },
): boolean | undefined {
  if (protocol === 6 && tcpFlags !== undefined && (tcpFlags & SYN) !== 0) return (tcpFlags & ACK) === 0;
  if (listens.from !== listens.to) return listens.to;
  const low = (port: number): boolean => port < 1024;
  if (low(fromPort) !== low(toPort)) return low(toPort);
  if (low(fromPort)) return undefined;
  if (fromPort >= EPHEMERAL !== toPort >= EPHEMERAL) return fromPort >= EPHEMERAL;
  return undefined;
}
