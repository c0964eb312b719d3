/** What a component of the blueprint declares, as edits: the plan proves what the component makes, and nothing of its own. */
import { type Declaration, plainProperties } from '../../blueprint/declared/declaration.ts';
import type { Create } from '../edit.ts';

/** Where, for what is not in the stack's own region. */
export interface Elsewhere {
  readonly region?: string;
}

export const createOf = (declaration: Declaration, place: Elsewhere = {}): Create => ({
  op: 'create',
  type: declaration.type,
  name: declaration.name,
  properties: plainProperties(declaration),
  ...place,
});

export const creates = (declarations: readonly Declaration[], place: Elsewhere = {}): readonly Create[] =>
  declarations.map((one) => createOf(one, place));
