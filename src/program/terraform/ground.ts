/** What the exports of all steps share: the things of the journey, what they are called and how they name each other. */
import { type Journey, type Thing, thingsOf } from '../emit/journey.ts';
import { type Links, linksOf } from '../emit/links.ts';
import { References } from '../emit/references.ts';
import { labelsOf } from './names.ts';

export interface Ground {
  readonly journey: Journey;
  readonly things: readonly Thing[];
  readonly references: References;
  readonly links: Links;
  /** Terraform's name of each thing, the same at every step. */
  readonly labels: ReadonlyMap<Thing, string>;
}

export function groundOf(journey: Journey): Ground {
  const things = thingsOf(journey);
  const references = new References(things);
  return { journey, things, references, links: linksOf(things, references), labels: labelsOf(things) };
}
