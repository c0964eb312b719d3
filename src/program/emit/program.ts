/** The things of a journey as they stand in the program: components of the blueprint where these say the same, else resources. */
import { type Folded, folded } from './components/fold.ts';
import { kinds } from './components/index.ts';
import type { Thing } from './journey.ts';
import { type AllLinks, circlesOf, linksOf } from './links.ts';
import { References } from './references.ts';

export interface Program extends Folded {
  readonly references: References;
  readonly links: AllLinks;
}

/** What needs each other only as components is declared apart: a bucket that a role may read, and that names the role. */
export function programOf(things: readonly Thing[]): Program {
  const apart = new Set<string>();
  for (;;) {
    const found = folded(things, kinds, apart);
    const references = new References(things, found.parts);
    const circles = circlesOf(found.things, references).flat();
    const components = circles.filter((thing) => found.kinds.has(thing));
    if (components.length === 0) return { ...found, references, links: linksOf(found.things, references) };
    for (const { address } of components) apart.add(address);
  }
}
