/** A value of the plan beside the one that a preview shows: what differs, and what nobody can tell before it is applied. */
import { isDeepStrictEqual } from 'node:util';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { referencesIn } from '../../plan/edit.ts';
import { sameDocument } from '../emit/documents.ts';

export interface Doubt {
  /** `tags.Name`. */
  readonly path: string;
  /**
   * `later`: only the deployment tells, as the plan says too. `unseen`: Pulumi hides it, or does not know it, and nothing in
   * the plan says why.
   */
  readonly kind: 'differs' | 'later' | 'unseen';
}

/**
 * How Pulumi's engine writes what it does not know yet, by type.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);
/** How the digest writes every secret. */
const SECRET = '[secret]';

export const isUnknown = (value: Value | undefined): boolean => UNKNOWN.has(value);

/** Whether something in it is not known yet. */
export function holdsUnknown(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isProperties(value) ? Object.values(value).some(holdsUnknown) : isUnknown(value);
}

/** `changes`: addresses of what the step makes or changes, whose outputs a preview cannot know. */
export function doubtsAbout(
  planned: Value,
  shown: Value | undefined,
  property: string,
  changes: ReadonlySet<string>,
): readonly Doubt[] {
  return doubts(planned, shown, { path: property, name: property }, changes);
}

interface Spot {
  readonly path: string;
  /** The innermost name, by which documents are known. */
  readonly name: string;
}

function doubts(planned: Value, shown: Value | undefined, spot: Spot, changes: ReadonlySet<string>): readonly Doubt[] {
  const { path, name } = spot;
  const one = (kind: Doubt['kind']): readonly Doubt[] => [{ path, kind }];
  if (isProperties(planned) && planned.$hidden === true) return shown === undefined ? one('differs') : [];
  if (isUnknown(shown))
    return one(referencesIn(planned).some(({ address }) => changes.has(address)) ? 'later' : 'unseen');
  if (shown === SECRET) return planned === SECRET ? [] : one('unseen');
  if (planned === null) return shown === undefined || shown === null ? [] : one('differs');
  if (typeof planned === 'string') return textFits(planned, shown, name) ? [] : one('differs');
  if (Array.isArray(planned)) {
    if (!Array.isArray(shown) || shown.length !== planned.length) return one('differs');
    return planned.flatMap((each: Value, n) => doubts(each, shown[n], { path: `${path}[${n}]`, name }, changes));
  }
  if (!isProperties(planned))
    return isDeepStrictEqual(planned, shown) || sameScalar(planned, shown) ? [] : one('differs');
  if (!isProperties(shown)) return one('differs');
  const filled = defaultsIn(shown);
  const extra = Object.keys(shown).filter((key) => !Object.hasOwn(planned, key) && !filled.has(key));
  return [
    ...Object.entries(planned).flatMap(([key, each]) =>
      doubts(each, Object.hasOwn(shown, key) ? shown[key] : undefined, { path: `${path}.${key}`, name: key }, changes),
    ),
    ...extra.map((key): Doubt => ({ path: `${path}.${key}`, kind: 'differs' })),
  ];
}

/** Numbers and truths that the provider writes as text, and the other way round, are the same to it. */
const sameScalar = (planned: Value, shown: Value | undefined): boolean =>
  (typeof shown === 'string' || typeof shown === 'number' || typeof shown === 'boolean') &&
  String(planned) === String(shown);

function textFits(planned: string, shown: Value | undefined, property: string): boolean {
  if (planned === shown) return true;
  const references = referencesIn(planned);
  if (references.length === 0)
    return typeof shown === 'string' ? sameDocument(planned, shown, property) : sameScalar(planned, shown);
  const whole = references.length === 1 && /^\$\{[^}]*\}$/.test(planned);
  if (whole) return shown !== undefined && shown !== null && shown !== '';
  return typeof shown === 'string' && fits(planned, shown);
}

const REFERENCE = /\$\{[^}#]+#[\w.]+\}/;

/** A text of fixed parts with something between them: the parts stand in it in their order. Linear in the text. */
function fits(planned: string, shown: string): boolean {
  const parts = planned.split(REFERENCE);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!shown.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = shown.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  return shown.length - last.length > at && shown.endsWith(last);
}

/** What the provider itself has put in; the bridge notes it beside. */
export function defaultsIn(shown: Properties): ReadonlySet<string> {
  const noted = Object.hasOwn(shown, '__defaults') ? shown.__defaults : undefined;
  const names = Array.isArray(noted) ? noted.filter((one): one is string => typeof one === 'string') : [];
  return new Set(['__defaults', ...names]);
}
