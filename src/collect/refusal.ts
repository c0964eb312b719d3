/** What an error of the SDK means: AWS's own word for it, and whether to ask again. */
import { statusOfError } from '../inventory/entry.ts';

export interface Refusal {
  readonly name: string;
  readonly message: string;
  /**
   * - `throttled`: too many requests, ask again more slowly;
   * - `broken`: AWS or the way to it, ask again a few times;
   * - `expired`: the credentials are of no use any more;
   * - `final`: the answer would be the same.
   */
  readonly kind: 'throttled' | 'broken' | 'expired' | 'final';
  /** Nobody answered at all. */
  readonly silent: boolean;
}

const EXPIRED = /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|CredentialsProviderError|TokenProviderError)$/;
/** Names of what goes wrong between us and AWS. */
const NETWORK = /^(?:TimeoutError|E(?!RR_)[A-Z_]+|ERR_HTTP2\w*)$/;
const LENGTH = 300;

export function refusalOf(error: unknown): Refusal {
  const told = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const status = httpStatus(told);
  const heard = status !== undefined || told.$response !== undefined || told.$fault !== undefined;
  const given = textOf(told.name) ?? 'Error';
  const name = !heard ? silentName(told, given) : told.$fault === undefined ? 'UnreadableAnswer' : given;
  const silent = !heard && NETWORK.test(name);
  const message = messageOf(name, textOf(told.message) ?? String(error), status);
  return { name, message, silent, kind: kindOf(name, message, status, silent, told) };
}

function kindOf(
  name: string,
  message: string,
  status: number | undefined,
  silent: boolean,
  { $retryable: hint }: Readonly<Record<string, unknown>>,
): Refusal['kind'] {
  if (EXPIRED.test(name)) return 'expired';
  const throttling = typeof hint === 'object' && hint !== null && 'throttling' in hint && hint.throttling === true;
  if (throttling || status === 429 || statusOfError({ name, message }) === 'throttled') return 'throttled';
  // a host that does not exist will not come into being
  if (silent) return name === 'ENOTFOUND' ? 'final' : 'broken';
  return status !== undefined && status >= 500 && status !== 501 ? 'broken' : 'final';
}

function silentName(told: Readonly<Record<string, unknown>>, name: string): string {
  if (name === 'TimeoutError' || name === 'AbortError') return 'TimeoutError';
  return textOf(told.code) ?? name;
}

function messageOf(name: string, message: string, status: number | undefined): string {
  switch (name) {
    case 'TimeoutError':
      return 'no answer in time';
    case 'ENOTFOUND':
      return `${firstLine(message)}: the service may not exist in this region`;
    case 'UnreadableAnswer':
      return `the answer is not one of AWS (HTTP ${status ?? 'without status'})`;
    default:
      return firstLine(message);
  }
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, LENGTH);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function httpStatus({ $metadata: metadata, $response: response }: Readonly<Record<string, unknown>>) {
  for (const [holder, key] of [
    [metadata, 'httpStatusCode'],
    [response, 'statusCode'],
  ] as const) {
    const status =
      typeof holder === 'object' && holder !== null ? (holder as Readonly<Record<string, unknown>>)[key] : undefined;
    if (typeof status === 'number') return status;
  }
  return undefined;
}
