/** Reading again what changed tells what reading everything anew does, whatever came before. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readInventory } from '../format.ts';
import type { RecordedResource } from '../pulumi/recorded.ts';
import { adopt } from './adopt.ts';
import { readBack, rereader } from './read-back.ts';

const file = 'examples/legacy-shop/inventory.json';
const { resources } = adopt(readInventory(file, JSON.parse(readFileSync(file, 'utf8'))).entries);

/** Another input of one resource: gone, or as another resource of its type has it. */
function altered(one: RecordedResource, seed: number): RecordedResource {
  const names = Object.keys(one.inputs);
  const name = names[seed % Math.max(1, names.length)] ?? '';
  const { [name]: _, ...rest } = one.inputs;
  const alike = resources.filter(({ type }) => type === one.type);
  const value = alike[seed % Math.max(1, alike.length)]?.inputs[name];
  return { ...one, inputs: seed % 2 === 0 || value === undefined ? rest : { ...rest, [name]: value } };
}

const place = fc.nat({ max: resources.length - 1 });
const edit = fc.record({ at: place, how: fc.constantFrom('drop', 'alter', 'back'), seed: fc.nat({ max: 1000 }) });

it('tells at every point of any way what reading that point alone tells', () => {
  const way = fc.array(fc.array(edit, { maxLength: 8 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(way, (points) => {
      const read = rereader();
      read(resources);
      const now: (RecordedResource | undefined)[] = [...resources];
      for (const edits of points) {
        for (const { at, how, seed } of edits) {
          const [one, whole] = [now[at], resources[at]];
          now[at] = how === 'drop' ? undefined : how === 'alter' && one ? altered(one, seed) : whole;
        }
        const there = now.flatMap((one) => (one ? [one] : []));
        expect(read(there)).toEqual(readBack(there));
      }
    }),
    { numRuns: 15 },
  );
});

it('keeps what no change concerns as the very object that it was', () => {
  const read = rereader();
  const before = new Set(read(resources));
  const table = resources.findIndex(({ type }) => type === 'aws:ec2/routeTable:RouteTable');
  const now = read(resources.filter((_, n) => n !== table));
  const other = now.filter((one) => !before.has(one));
  expect(other.length).toBeLessThan(5);
  expect(now.length).toBeGreaterThan(100);
});
