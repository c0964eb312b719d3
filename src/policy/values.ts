/**
 * A property as a policy reads it. In a preview reading what is not known throws
 * (https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/), so each value is read by itself.
 */
import type { Properties, Value } from '../inventory/pulumi/recorded.ts';
import { isUnknownMark } from '../inventory/pulumi/unknown-marks.ts';

const UNKNOWN: Value = { $unknown: true };

/** Deeper than any argument of AWS. */
const DEEPEST = 100;

function readValue(read: () => unknown, depth: number): Value {
  let value: unknown;
  try {
    value = read();
  } catch {
    return UNKNOWN;
  }
  if (value === null) return null;
  if (isUnknownMark(value)) return UNKNOWN;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'object' || depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return Array.from({ length: list.length }, (_, n) => readValue(() => list[n], depth + 1));
  }
  if ('__pulumiAsset' in value || '__pulumiArchive' in value) return { $asset: '' };
  return propertiesOf(value, depth + 1);
}

/** All properties of a resource, each known or marked as unknown. */
export const propertiesOf = (properties: object, depth = 0): Properties =>
  Object.fromEntries(
    Object.keys(properties)
      .filter((key) => !key.startsWith('__'))
      .map((key) => [key, readValue(() => (properties as Readonly<Record<string, unknown>>)[key], depth)]),
  );
