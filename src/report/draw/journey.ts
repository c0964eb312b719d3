/** The pictures of all states of a journey over one placement: what stays, stays where it is. */
import { oncePer } from '../../estate/once.ts';
import { sharing } from './alike.ts';
import { type Caption, captionsOf, surroundingsOf } from './captions.ts';
import { folded, foldingOf } from './fold.ts';
import type { IconSet } from './icons/icons.ts';
import { layout } from './layout.ts';
import type { Container, DrawnNode, Link, Picture } from './picture.ts';
import { drawing, type Piece } from './pieces.ts';
import type { Placement } from './place.ts';
import { headersOf } from './render.ts';
import type { Route, Routing } from './route.ts';

/** Beyond this many nodes in one state, alike ones become one, in all states alike. More than one picture alone bears: here one can look closer. */
const MOST = 90;

export interface JourneyPictures {
  /** One for every state, with what is alike folded in the same way. */
  readonly pictures: readonly Picture[];
  readonly containers: readonly Container[];
  readonly placement: Placement;
  readonly routing: Routing;
}

/** `pictures`: of every state, not folded (`foldAbove: Infinity`). */
export function journeyOf(pictures: readonly Picture[], most: number = MOST): JourneyPictures {
  const named = pictures.map(oncePer((one: Picture): Picture => ({ ...one, links: one.links.map(withOwnId) })));
  const union = unionOf(named);
  const folding = foldingOf(union.nodes, union.links, most, (become) =>
    Math.max(0, ...[...new Set(named)].map(({ nodes }) => new Set(nodes.map(({ id }) => become.get(id) ?? id)).size)),
  );
  const shown = sharing(
    named.map(
      oncePer((one: Picture): Picture => {
        const { nodes, links, notes } = folded(folding, one.nodes, one.links);
        return { ...one, nodes, links, notes: [...notes, ...one.notes] };
      }),
    ),
  );
  const { nodes, links, containers } = unionOf(shown);
  return { pictures: shown, containers, ...layout({ nodes, links, containers }) };
}

/** A connection on other ports is another connection: it has a line of its own. */
const withOwnId = (link: Link): Link => ({
  ...link,
  id: JSON.stringify([link.class, link.from, link.to, link.label]),
});

function unionOf(pictures: readonly Picture[]): Pick<Picture, 'nodes' | 'links' | 'containers'> {
  const nodes = new Map<string, DrawnNode>();
  const links = new Map<string, Link>();
  const containers = new Map<string, Container>();
  for (const picture of new Set(pictures)) {
    for (const one of picture.nodes) {
      const known = nodes.get(one.id);
      if (!known) nodes.set(one.id, one);
      else if (one.exposed && !known.exposed) nodes.set(one.id, { ...known, exposed: true });
    }
    for (const one of picture.links) if (!links.has(one.id)) links.set(one.id, one);
    for (const one of picture.containers) if (!containers.has(one.id)) containers.set(one.id, one);
  }
  return { nodes: [...nodes.values()], links: [...links.values()], containers: inOrder([...containers.values()]) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Boxes that come later stand among their like: zones by name, subnets with the public ones first. */
function inOrder(containers: readonly Container[]): readonly Container[] {
  const children = new Map<string | null, Container[]>();
  for (const one of containers) {
    const list = children.get(one.parent);
    if (list) list.push(one);
    else children.set(one.parent, [one]);
  }
  const rank = (a: Container, b: Container): number =>
    a.kind !== b.kind || (a.kind !== 'zone' && a.kind !== 'subnet')
      ? 0
      : Number(b.public ?? false) - Number(a.public ?? false) || compare(a.label, b.label) || compare(a.id, b.id);
  const walk = (parent: string | null): readonly Container[] =>
    [...(children.get(parent) ?? [])].sort(rank).flatMap((one) => [one, ...walk(one.id)]);
  return walk(null);
}

/** What is drawn in every state. A caption keeps its place as long as the line is there on which it stands. */
export function piecesOfAll(
  { pictures, containers, placement, routing }: JourneyPictures,
  icons: IconSet,
): readonly {
  readonly pieces: readonly Piece[];
  readonly unrouted: number;
}[] {
  const around = surroundingsOf(placement, headersOf({ containers }, placement), routing.routes);
  const draw = drawing(placement, icons, pictures[0]?.say);
  const byLink = new Map(routing.routes.map((route) => [route.link.id, route]));
  const routeOf = oncePer((link: Link): Route | undefined => {
    const route = byLink.get(link.id);
    return route && { ...route, link };
  });
  const known: Caption[] = [];
  return pictures.map((picture) => {
    const present = new Map(picture.links.map((link) => [link.id, link]));
    const routes = routing.routes.flatMap((route): readonly Route[] => {
      const link = present.get(route.link.id);
      const own = link && routeOf(link);
      return own ? [own] : [];
    });
    const kept = new Map<string, Caption>();
    for (const caption of known)
      if (present.has(caption.link) && !kept.has(caption.bundle)) kept.set(caption.bundle, caption);
    const fresh = captionsOf(
      routes.filter(({ bundle }) => !kept.has(bundle.id)),
      around,
    );
    known.push(...fresh);
    for (const one of fresh) around.hard.add(one);
    return {
      pieces: draw(picture, routes, [...kept.values(), ...fresh]),
      unrouted: routing.unrouted.filter(({ id }) => present.has(id)).length,
    };
  });
}
