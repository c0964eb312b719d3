/** Stack exports made by hand, for tests: what Pulumi would have kept of a recording. */
import type { RecordedResource, Recording, Value } from '../../recorded.ts';

const MARK = '4dabf18193072939515e22adb298388d';

/** As the engine writes it: marks in place of ours. */
function encoded(value: Value): unknown {
  if (Array.isArray(value)) return value.map((each: Value) => encoded(each));
  if (typeof value !== 'object' || value === null) return value;
  if ('$secret' in value)
    return { [MARK]: '1b47061264138c4ac30d75fd1eb44270', plaintext: JSON.stringify(encoded(value.$secret ?? null)) };
  if ('$asset' in value) return { [MARK]: '0def7320c3a5731c473e5ecbe6d01bc7', path: value.$asset, hash: '00' };
  if ('$unknown' in value) return '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encoded(each)]));
}

export const SAVED = '2026-11-02T08:30:00.123456789+01:00';

export interface Draft {
  readonly version?: number;
  readonly pending?: readonly { readonly resource: { readonly urn: string }; readonly type: string }[];
}

/** `more` are outputs that the real provider gives beside those that the recorder makes, by type. */
export function exportOf(
  recording: Recording,
  more: Readonly<Record<string, object>> = {},
  { version = 3, pending }: Draft = {},
): Record<string, unknown> {
  const { project, stack } = recording;
  const root = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  const stored = (one: RecordedResource): object => ({
    urn: one.urn,
    custom: one.custom,
    ...(one.custom ? { id: one.id } : {}),
    type: one.type,
    inputs: { __defaults: [], ...(encoded(one.inputs) as object) },
    outputs: one.custom ? { ...more[one.type], ...(encoded(one.outputs) as object), id: one.id } : {},
    parent: one.parent ?? root,
    ...(one.options.protect ? { protect: true } : {}),
    ...(one.kind === 'read' ? { external: true } : {}),
    dependencies: one.dependencies,
    ...(one.options.provider ? { provider: `${one.options.provider}::4f3c` } : {}),
  });
  return {
    version,
    deployment: {
      manifest: { time: SAVED, magic: '00', version: 'v3.205.0' },
      secrets_providers: { type: 'passphrase', state: { salt: 'v1:00' } },
      resources: [
        { urn: root, custom: false, type: 'pulumi:pulumi:Stack', outputs: {} },
        ...recording.resources.map(stored),
      ],
      ...(pending ? { pending_operations: pending } : {}),
    },
  };
}
