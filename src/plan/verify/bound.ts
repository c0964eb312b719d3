/**
 * What the journey made has addresses that the plan could only invent. Once a thing is found by its name, what AWS gave it
 * stands for what was invented, wherever else it is written: in a setting, in an origin.
 */
import type { Matching } from '../../analyse/difference/match.ts';
import type { Resource } from '../../estate/resource.ts';

/** Fields that AWS decides when it makes the thing. */
const GIVEN_BY_AWS: ReadonlySet<string> = new Set([
  'id',
  'arn',
  'dnsName',
  'domain',
  'endpoint',
  'endpointArn',
  'endpoints',
  'image',
  'ipv6',
  'networkInterfaces',
  'nodes',
  'privateAddress',
  'privateAddresses',
  'publicAddress',
  'publicAddresses',
  'readerEndpoint',
  'uri',
  'url',
  'urls',
]);

/** The matching, in which also these texts have an earlier form. */
export function bound(matching: Matching): Matching {
  const invented = new Map<string, string>();
  for (const { before, after, by } of matching.pairs) if (by === 'name') bind(before, after, invented);
  return { ...matching, earlier: (text) => invented.get(text) ?? matching.earlier(text) };
}

function bind(before: Resource, after: Resource, invented: Map<string, string>): void {
  const was = new Map<string, unknown>(Object.entries(before));
  for (const [field, value] of Object.entries(after))
    if (GIVEN_BY_AWS.has(field)) walk(was.get(field), value, invented);
}

/** Texts at the same place of both. */
function walk(before: unknown, after: unknown, invented: Map<string, string>): void {
  if (typeof before === 'string' && typeof after === 'string') {
    if (before !== after) invented.set(after, before);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (const [n, one] of after.entries()) walk(before[n], one, invented);
  } else if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    const was = new Map<string, unknown>(Object.entries(before));
    for (const [key, one] of Object.entries(after)) walk(was.get(key), one, invented);
  }
}
