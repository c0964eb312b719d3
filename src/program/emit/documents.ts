/** JSON in a text: written as an object, where that gives the same text, or one that AWS and the provider take for the same. */
import type { Value } from '../../inventory/pulumi/recorded.ts';

/** Properties that the provider compares by meaning, so that spaces between their parts are no change. */
const BY_MEANING: ReadonlySet<string> = new Set([
  'policy',
  'assumeRolePolicy',
  'containerDefinitions',
  'redrivePolicy',
  'redriveAllowPolicy',
  'filterPolicy',
  'deliveryPolicy',
  'accessPolicies',
  'eventPattern',
]);

/** Whether the provider compares a property by what it says: other spaces, or another order of keys, are no change. */
export const isByMeaning = (property: string): boolean => BY_MEANING.has(property);

/** Whether a text is written as a document. Numbers and keys that JavaScript would write otherwise stay text. */
export function isDocument(text: string, property: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    const again = JSON.stringify(JSON.parse(text));
    return again === text || (BY_MEANING.has(property) && again === withoutSpaces(text));
  } catch {
    return false;
  }
}

export const parsedDocument = (text: string): Value => JSON.parse(text);

/** Without what stands between the parts; texts stay. */
const withoutSpaces = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

/** Whether two texts say the same at a property. */
export const sameDocument = (a: string, b: string, property: string): boolean =>
  a === b ||
  (BY_MEANING.has(property) &&
    isDocument(a, property) &&
    isDocument(b, property) &&
    withoutSpaces(a) === withoutSpaces(b));
