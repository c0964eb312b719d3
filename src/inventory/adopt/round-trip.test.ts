/** Adopting is exact: what AWS answered, written as a program and read back, is the same resource of the estate. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import { assemble } from '../assemble.ts';
import type { Entry } from '../entry.ts';
import { readInventory } from '../format.ts';
import { adopt } from './adopt.ts';
import { adopters } from './adopters/index.ts';
import { readBack } from './read-back.ts';

const observed = new Map<string, ReadonlySet<string>>();
for (const adopter of adopters)
  for (const [kind, fields] of Object.entries(adopter.observed ?? {}))
    observed.set(kind, new Set([...(observed.get(kind) ?? []), ...(fields ?? [])]));

/** Lists whose order AWS gives no meaning to, wherever they stand in a resource. */
const SETS = new Set([
  'acl',
  'aliases',
  'cidrs',
  'domains',
  'egress',
  'endpoints',
  'entries',
  'gateways',
  'ingress',
  'networkInterfaces',
  'replicas',
  'routeTables',
  'routes',
  'securityGroups',
  'subnets',
  'values',
  'vpcs',
  'zones',
]);

const text = (value: unknown): string => JSON.stringify(value) ?? '';
const sorted = (list: readonly unknown[]): readonly unknown[] =>
  [...list].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));

/** Without where it was read, and without what no program declares. */
function bare(resource: Resource): unknown {
  const skip = observed.get(resource.kind);
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key, each]) => each !== undefined && key !== 'source');
    return Object.fromEntries(
      entries
        .filter(([key]) => !(key === 'field' && 'id' in value))
        .map(([key, each]) => [key, SETS.has(key) && Array.isArray(each) ? sorted(each.map(strip)) : strip(each)]),
    );
  };
  const own = Object.fromEntries(
    Object.entries(resource)
      .filter(([key]) => !skip?.has(key))
      .map(([key, value]) => [key, within(key, value, skip)]),
  );
  return strip(own);
}

/** A field that is a record, without the members that are observed: `attributes/waf.fail_open.enabled`. */
const within = (field: string, value: unknown, skip: ReadonlySet<string> | undefined): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !skip?.has(`${field}/${key}`)))
    : value;

const inventories = (folder: string): readonly (readonly [string, readonly Entry[]])[] =>
  readdirSync(folder).flatMap((name): (readonly [string, readonly Entry[]])[] => {
    if (!name.endsWith('.json')) return [];
    const file = join(folder, name);
    try {
      return [[name, readInventory(file, JSON.parse(readFileSync(file, 'utf8'))).entries]];
    } catch {
      return []; // broken on purpose: bad-input.test.ts holds them
    }
  });

const cases = [
  ...inventories('examples/legacy-shop'),
  ...inventories('scenarios/inventory'),
  ...inventories('src/inventory/adopt/examples'),
];

describe.each(cases)('%s', (_name, entries) => {
  const before = assemble(entries, [], undefined);
  const adoptions = adopt(entries);
  const after = readBack(adoptions.resources);

  it('adopted resources read back as what they were', () => {
    const wholes = new Set(adoptions.resources.map(({ of }) => `${of.kind} ${of.id}`));
    for (const one of adoptions.unadopted) wholes.delete(`${one.of.kind} ${one.of.id}`);
    const was = new Map(before.resources.map((one) => [`${one.kind} ${one.id}`, one]));
    const is = new Map(after.map((one) => [`${one.kind} ${one.id}`, one]));
    for (const key of wholes) {
      const [old, now] = [was.get(key), is.get(key)];
      if (old === undefined) continue; // named by another resource, and not read itself
      expect(now && bare(now), key).toEqual(bare(old));
    }
  });
});
