/** For tests of moves: small accounts put together from the answers that the rules' examples use, and shops with answers changed. */
import { readFileSync } from 'node:fs';
import { assemble } from '../../inventory/assemble.ts';
import { readInventory } from '../../inventory/format.ts';
import { inventoryOf } from '../../rules/example.ts';
import type { Example } from '../../rules/rule.ts';
import { type Today, todayOf } from '../today.ts';

function todayOfInventory(inventory: Readonly<Record<string, unknown>>): Today {
  const { entries, notices, collectedAt } = readInventory('example.json', inventory);
  return todayOf(assemble(entries, notices, collectedAt), entries);
}

export const todayFrom = (example: Example): Today => todayOfInventory(inventoryOf(example));

/** The built-in shop without the answers of some operations: as if AWS had not been asked. */
export function shopWithout(...operations: readonly string[]): Today {
  const text = readFileSync('examples/legacy-shop/inventory.json', 'utf8');
  const shop = JSON.parse(text) as { readonly responses: Readonly<Record<string, unknown>> };
  const responses = Object.fromEntries(
    Object.entries(shop.responses).filter(([operation]) => !operations.includes(operation)),
  );
  return todayOfInventory({ ...shop, responses });
}

interface Exchange {
  readonly input?: Readonly<Record<string, unknown>>;
  /** Left out where AWS answered with an error. */
  output?: Record<string, unknown>;
}

/** The built-in shop with answers changed, by operation, as if AWS had said something else. */
export function shopChanged(change: (responses: Record<string, Exchange[]>) => void): Today {
  const shop = JSON.parse(readFileSync('examples/legacy-shop/inventory.json', 'utf8')) as {
    readonly responses: Record<string, Exchange[]>;
  };
  change(shop.responses);
  return todayOfInventory({ ...shop });
}
