/**
 * A value as Pulumi keeps it in a stack's state: plain JSON with marked objects. What is encrypted, and what a failed
 * deployment never learned, is unknown.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go holds the marks.
 */
import type { Properties, Value } from '../recorded.ts';
import { isUnknownMark } from '../unknown-marks.ts';

const MARK = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const RESOURCE = '5cf8f73096256a8f31e491e813e4eb8e';
const ASSET = 'c44067f5952c0a294b673a41bacd8c17';
const ARCHIVE = '0def7320c3a5731c473e5ecbe6d01bc7';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';

/** Deeper than any argument of AWS: what lies below is taken as unknown, so that no input exhausts the stack. */
const DEEPEST = 100;

const UNKNOWN: Value = { $unknown: true };

/** From the state's form to a recording's. */
export function decoded(value: unknown, depth = 0): Value {
  if (depth > DEEPEST || value === undefined || isUnknownMark(value)) return UNKNOWN;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map((each) => decoded(each, depth + 1));
  if (!isObject(value)) return UNKNOWN;
  switch (value[MARK]) {
    case undefined:
      return decodedObject(value, depth + 1);
    case SECRET:
      return secret(value, depth + 1);
    case RESOURCE:
      return typeof value.id === 'string' && value.id !== '' ? value.id : UNKNOWN;
    case ASSET:
    case ARCHIVE:
      return { $asset: typeof value.path === 'string' ? value.path : '' };
    case OUTPUT: {
      const inner = decoded(value.value, depth + 1);
      return value.secret === true ? { $secret: inner } : inner;
    }
    default:
      return UNKNOWN;
  }
}

/** The properties of a resource. The bridge's own notes (`__defaults`, `__meta`) are no properties. */
export const decodedObject = (value: unknown, depth = 0): Properties =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => (key.startsWith('__') ? [] : [[key, decoded(each, depth)]])),
      )
    : {};

/** With `--show-secrets` the value stands there as JSON text; else it is encrypted. */
function secret(value: Readonly<Record<string, unknown>>, depth: number): Value {
  if (typeof value.plaintext === 'string') {
    try {
      return { $secret: decoded(JSON.parse(value.plaintext), depth) };
    } catch {
      return UNKNOWN;
    }
  }
  return value.value === undefined ? UNKNOWN : { $secret: decoded(value.value, depth) };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
