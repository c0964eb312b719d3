/** Terraform's names from the account's own: `legacy-prod-mysql` is `legacy_prod_mysql`. */
import type { Thing } from '../emit/journey.ts';

/**
 * Letters, digits and `_`, in lower case, beginning with a letter or `_`; empty where there are none.
 * https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function identifier(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.join('_').toLowerCase();
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Names of which each is given once. */
export class Names {
  readonly #taken = new Set<string>();

  once(wish: string): string {
    let name = wish;
    for (let n = 2; this.#taken.has(name); n++) name = `${wish}_${n}`;
    this.#taken.add(name);
    return name;
  }
}

/** The label of each thing, unique among those of its type in the whole journey: what is there at two steps is called the same. */
export function labelsOf(things: readonly Thing[]): ReadonlyMap<Thing, string> {
  const byType = new Map<string, Names>();
  return new Map(
    things.map((thing) => {
      const names = byType.get(thing.type) ?? new Names();
      byType.set(thing.type, names);
      return [thing, names.once(identifier(thing.name) || 'this')];
    }),
  );
}
