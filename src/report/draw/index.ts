/** The architecture picture: an estate in, one SVG out. See README.md. */
import type { Estate } from '../../estate/estate.ts';
import type { IconSet } from './icons/icons.ts';
import { layout } from './layout.ts';
import { type ModelOptions, modelOf } from './model.ts';
import { render } from './render.ts';

export { layout, type Scene } from './layout.ts';
export { type ModelOptions, modelOf } from './model.ts';
export type { Container, DrawnNode, Link, Picture } from './picture.ts';
export { type Placement, place } from './place.ts';
export { render } from './render.ts';
export { type Route, type Routing, route } from './route.ts';

/** The picture of an estate as SVG. Pure: the same estate gives the same bytes. */
export function draw(estate: Estate, options: ModelOptions & { readonly icons?: IconSet | undefined } = {}): string {
  const picture = modelOf(estate, options);
  const { placement, routing } = layout(picture);
  return render(picture, placement, routing, { icons: options.icons });
}
