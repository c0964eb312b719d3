import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { assemble } from '../assemble.ts';
import { readInventory } from '../format.ts';

vi.mock('./adopters/index.ts', async () => {
  const names = (process.env.MINE ?? '').split(' ').filter(Boolean);
  return {
    adopters: await Promise.all(
      names.map(async (n) => (await import(/* @vite-ignore */ `./adopters/${n}.ts`)).adopter),
    ),
  };
});
const { adopt } = await import('./adopt.ts');
const { adopters } = await import('./adopters/index.ts');
const { readBack } = await import('./read-back.ts');
const SETS = new Set([
  'acl',
  'aliases',
  'domains',
  'endpoints',
  'replicas',
  'securityGroups',
  'subnets',
  'values',
  'vpcs',
  'zones',
]);
const text = (v: unknown) => JSON.stringify(v) ?? '';
const observed = new Map<string, Set<string>>();
for (const a of adopters)
  for (const [k, f] of Object.entries(a.observed ?? {}))
    observed.set(k, new Set([...(observed.get(k) ?? []), ...(f as string[])]));
const strip = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([k, e]) => e !== undefined && k !== 'source' && !(k === 'field' && 'id' in value))
      .map(([k, e]) => [
        k,
        SETS.has(k) && Array.isArray(e) ? e.map(strip).sort((a, b) => (text(a) < text(b) ? -1 : 1)) : strip(e),
      ]),
  );
};
const files = (
  process.env.FILES ??
  [
    'examples/legacy-shop/inventory.json',
    '/work/shared/corpora/legacy-shop.inventory.json',
    ...readdirSync('scenarios/inventory')
      .filter((n) => n.endsWith('.json'))
      .map((n) => `scenarios/inventory/${n}`),
    ...readdirSync('/tmp/te').map((n) => `/tmp/te/${n}`),
  ].join(' ')
).split(' ');
it.each(files)('%s', (file) => {
  let entries;
  try {
    entries = readInventory(file, JSON.parse(readFileSync(file, 'utf8'))).entries;
  } catch {
    return;
  }
  const a = adopt(entries);
  const n: Record<string, number> = {};
  for (const r of a.resources) n[r.type] = (n[r.type] ?? 0) + 1;
  console.log(
    file,
    n,
    a.unadopted.map((u) => `${u.type} ${u.of.id}: ${u.because}`),
  );
  if (process.env.TYPE)
    console.log(
      JSON.stringify(
        a.resources
          .filter((r) => r.type.includes(process.env.TYPE ?? ''))
          .slice(0, 3)
          .map(({ inputs, outputs, options, of }) => ({ inputs, outputs, options, of })),
        null,
        1,
      ),
    );
  const was = new Map(assemble(entries, [], undefined).resources.map((o) => [`${o.kind} ${o.id}`, o]));
  const is = new Map(readBack(a.resources).map((o) => [`${o.kind} ${o.id}`, o]));
  const wholes = new Set(a.resources.map(({ of }) => `${of.kind} ${of.id}`));
  for (const o of a.unadopted) wholes.delete(`${o.of.kind} ${o.of.id}`);
  for (const key of wholes) {
    const [old, now] = [was.get(key), is.get(key)];
    if (!old) {
      console.log('not read itself', key);
      continue;
    }
    const bare = (o: object) =>
      strip(Object.fromEntries(Object.entries(o).filter(([k]) => !observed.get(old.kind)?.has(k))));
    expect.soft(now && bare(now), key).toEqual(bare(old));
  }
});
