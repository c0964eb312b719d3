/**
 * One state of a journey as an SVG of its own, arranged as all states are, but without the room of what it does not show: with
 * what the step before it did, marked.
 */
import type { IconSet } from './icons/icons.ts';
import type { JourneyPictures } from './journey.ts';
import { type Marks, marksBetween } from './marks.ts';
import type { Picture } from './picture.ts';
import { render } from './render.ts';
import { squeezed } from './squeeze.ts';

export interface Still {
  /** 0 is today. */
  readonly state: number;
  readonly title: string;
  /** Ids of resources that the step changes; undefined to draw the state without marks. */
  readonly touched: ReadonlySet<string> | undefined;
  readonly icons?: IconSet | undefined;
}

export function stillOf(journey: JourneyPictures, { state, title, touched, icons }: Still): string {
  const { pictures, placement, routing } = journey;
  const [before, after] = [pictures[state - 1], pictures[state]];
  if (!after) throw new RangeError(`there is no state ${state}`);
  const marks: Marks | undefined = before && touched ? marksBetween(before, after, touched) : undefined;
  const shown = { ...(marks && before ? withGone(journey, before, after) : after), title };
  const present = new Map(shown.links.map((link) => [link.id, link]));
  const routes = routing.routes.flatMap((route) => {
    const link = present.get(route.link.id);
    return link ? [{ ...route, link }] : [];
  });
  const unrouted = routing.unrouted.filter(({ id }) => present.has(id));
  const fit = squeezed(shown, placement, routes);
  return render(shown, fit.placement, { routes: fit.routes, unrouted }, { marks, icons });
}

/** What the step takes away is still drawn, in the order of the whole. */
function withGone(journey: JourneyPictures, before: Picture, after: Picture): Picture {
  const both = <T extends { readonly id: string }>(was: readonly T[], is: readonly T[]): readonly T[] => {
    const known = new Set(is.map(({ id }) => id));
    return [...is, ...was.filter(({ id }) => !known.has(id))];
  };
  const order = new Map(journey.containers.map(({ id }, n) => [id, n]));
  return {
    ...after,
    nodes: both(before.nodes, after.nodes),
    links: both(before.links, after.links),
    containers: [...both(before.containers, after.containers)].sort(
      (a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0),
    ),
  };
}
