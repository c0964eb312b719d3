/**
 * The SDK's wire format: plain JSON with marked objects for secrets, unknowns, resources and files.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts holds the marks.
 */
import { isProperties, type Properties, type Value } from '../../../inventory/pulumi/recorded.ts';

const MARK = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const RESOURCE = '5cf8f73096256a8f31e491e813e4eb8e';
const ASSET = 'c44067f5952c0a294b673a41bacd8c17';
const ARCHIVE = '0def7320c3a5731c473e5ecbe6d01bc7';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** From the wire to the recording's form. */
export function decoded(value: Value): Value {
  if (value === UNKNOWN) return { $unknown: true };
  if (Array.isArray(value)) return value.map(decoded);
  if (!isProperties(value)) return value;
  switch (value[MARK]) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each)]));
    case SECRET:
      return { $secret: decoded(value.value ?? null) };
    case RESOURCE:
      // a provider sees the id of a resource that stands where a value is expected
      return value.id !== undefined && value.id !== null && value.id !== '' ? value.id : { $resource: value.urn ?? '' };
    case ASSET:
    case ARCHIVE:
      return {
        $asset: value.path ?? value.uri ?? (value.assets === undefined ? (value.text ?? '') : decoded(value.assets)),
      };
    case OUTPUT:
      if (value.value === undefined) return { $unknown: true };
      return value.secret === true ? { $secret: decoded(value.value) } : decoded(value.value);
    default:
      return { $unknown: true };
  }
}

export function decodedProperties(value: Value): Properties {
  const properties = decoded(value);
  return isProperties(properties) ? properties : {};
}
