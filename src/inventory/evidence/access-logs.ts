/** Access logs of load balancers, buckets and distributions: one line -> what is kept of it. */
import { fieldsOf, hostOf, secondsOf } from './words.ts';

export interface BalancerLine {
  /** `app/name/id`, `net/name/id`, or the name of a Classic balancer. */
  readonly balancer: string;
  readonly time: number;
  readonly client: string;
}

const TYPES: ReadonlySet<string> = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss']);
const CLIENT = /^[0-9a-fA-F.:[\]]+:\d{1,5}$/;

/**
 * Application: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 * TLS of Network: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 * Classic: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html
 */
export function balancerLine(line: string): BalancerLine | undefined {
  const words = line.split(' ', 7);
  const [first = '', second = '', third = '', fourth = '', , sixth = ''] = words;
  if (TYPES.has(first)) return balancerOf(third, second, fourth);
  if (first === 'tls') return balancerOf(fourth, third, sixth);
  return balancerOf(second, first, third);
}

function balancerOf(balancer: string, at: string, client: string): BalancerLine | undefined {
  const time = secondsOf(at);
  return Number.isNaN(time) || !CLIENT.test(client) || !/^[\w/-]{1,200}$/.test(balancer)
    ? undefined
    : { balancer, time, client: hostOf(client) };
}

export interface BucketLine {
  readonly bucket: string;
  readonly time: number;
  /** Null for whoever did not sign. */
  readonly requester: string | null;
  readonly operation: string;
  /** Without anything after a question mark; null where the request was about no object. */
  readonly object: string | null;
  readonly status: number;
  /** The host of the page that linked; null for none. */
  readonly referer: string | null;
  readonly userAgent: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `06/Feb/2019:00:00:38 +0000` */
function requestTime(text: string): number {
  const [, day, month, year, clock, sign, hours, minutes] =
    /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  const n = MONTHS.indexOf(month ?? '') + 1;
  if (n === 0) return Number.NaN;
  return secondsOf(`${year}-${String(n).padStart(2, '0')}-${day}T${clock}${sign}${hours}:${minutes}`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html: fields may be added behind those that are known. */
export function bucketLine(line: string): BucketLine | undefined {
  const words = fieldsOf(line);
  if (words === undefined || words.length < 17) return undefined;
  const [, bucket = '', at = '', , requester = '', , operation = '', key = '-', , status = ''] = words;
  const time = requestTime(at);
  if (Number.isNaN(time) || !/^[a-z0-9][a-z0-9.-]{2,62}$/.test(bucket)) return undefined;
  if (!/^(?:\d{3}|-)$/.test(status)) return undefined;
  return {
    bucket,
    time,
    requester: requester === '-' ? null : requester,
    operation,
    object: key === '-' ? null : (key.split('?')[0] ?? ''),
    status: Number(status === '-' ? 0 : status),
    referer: refererHost(words[15] ?? '-'),
    userAgent: words[16] ?? '-',
  };
}

const refererHost = (referer: string): string | null =>
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@\s]*@)?([\w.-]{1,253})(?=[:/?#]|$)/i.exec(referer)?.[1]?.toLowerCase() ?? null;

export interface DistributionLine {
  readonly host: string;
  readonly time: number;
  readonly status: number;
}

export type DistributionLayout = ReadonlyMap<string, number>;

/** `#Fields: date time …` of a standard log. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
export function distributionLayout(line: string): DistributionLayout | undefined {
  const [, names] = /^#Fields:\s*(.*)$/.exec(line) ?? [];
  return names === undefined
    ? undefined
    : new Map(
        names
          .trim()
          .split(/\s+/)
          .map((name, n) => [name, n]),
      );
}

export function distributionLine(line: string, layout: DistributionLayout): DistributionLine | undefined {
  const words = line.split('\t');
  if (words.length < layout.size) return undefined;
  const word = (name: string): string => words[layout.get(name) ?? -1] ?? '';
  const seconds = Number(word('timestamp'));
  const time =
    word('date') === '' && seconds > 0 && seconds < 4e9
      ? Math.floor(seconds)
      : secondsOf(`${word('date')}T${word('time')}Z`);
  const host = (word('cs(Host)') || word('x-host-header')).toLowerCase();
  const status = Number(word('sc-status'));
  return Number.isNaN(time) || !/^[\w.*-]{1,253}$/.test(host) || !(status >= 0 && status < 1000)
    ? undefined
    : { host, time, status };
}
