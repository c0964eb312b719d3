/** The options of a registration that the recording keeps; those that are not set are left out. */
import type { RecordedOptions, Value } from '../../../inventory/pulumi/recorded.ts';
import { isProperties } from '../../../inventory/pulumi/recorded.ts';
import type { AliasMessage, Registration } from './requests.ts';

export function optionsOf(request: Registration): RecordedOptions {
  const aliases = [...request.getAliasesList().map(aliasOf), ...(request.getAliasurnsList?.() ?? [])];
  return {
    ...(request.getProtect() ? { protect: true } : {}),
    ...text('importId', request.getImportid()),
    ...list('ignoreChanges', request.getIgnorechangesList()),
    ...list('replaceOnChanges', request.getReplaceonchangesList()),
    ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
    ...(request.getRetainondelete?.() ? { retainOnDelete: true } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...text('provider', request.getProvider().replace(/::[^:]*$/, '')),
  };
}

const text = (key: string, value: string): Readonly<Record<string, string>> => (value === '' ? {} : { [key]: value });
const list = (key: string, value: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  value.length === 0 ? {} : { [key]: value };

/** A URN, or what of the former identity differs. */
function aliasOf(alias: AliasMessage): Value {
  if (alias.hasUrn()) return alias.getUrn();
  const specification: Value = JSON.parse(JSON.stringify(alias.getSpec()?.toObject() ?? {}));
  if (!isProperties(specification)) return {};
  return Object.fromEntries(Object.entries(specification).filter(([, value]) => value !== '' && value !== false));
}
