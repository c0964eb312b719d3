/**
 * The last look at what a program may hold: texts in which nobody expects a secret (a description with a link that signs in)
 * lose it, and the property is left as AWS has it. What has rules of its own (variables, scripts, containers) was told by them.
 */
import { withoutSecrets } from '../credentials.ts';
import { isProperties, type Properties, type Value } from '../pulumi/recorded.ts';

/** Told by rules of their own; a policy document is no secret. */
const TOLD = /^(?:containerDefinitions|environment|userData|userDataBase64|tags|tagsAll)$|policy/i;

export interface Swept {
  readonly properties: Properties;
  /** Properties that are not any more what AWS has. */
  readonly changed: readonly string[];
}

export function swept(given: Properties): Swept {
  const changed: string[] = [];
  const entries = Object.entries(given).map(([name, value]): [string, Value] => {
    const safe = TOLD.test(name) ? value : without(value);
    if (safe !== value) changed.push(name);
    return [name, safe];
  });
  return changed.length === 0 ? { properties: given, changed } : { properties: Object.fromEntries(entries), changed };
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The same value where nothing is hidden in it. */
function without(value: Value): Value {
  if (typeof value === 'string') return withoutSecrets(value);
  if (isList(value)) {
    const safe = value.map(without);
    return safe.every((one, n) => one === value[n]) ? value : safe;
  }
  if (!isProperties(value)) return value;
  const { properties, changed } = swept(value);
  return changed.length === 0 ? value : properties;
}
