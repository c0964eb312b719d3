/** Large pictures: alike nodes of one box become one, until a reader can take it in. Nothing is dropped without saying so. */
import { stem } from './names.ts';
import type { DrawnNode, Link } from './picture.ts';

interface Folded {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly Link[];
  readonly notes: readonly string[];
}

/** From the mildest: same role; then same kind of thing. */
const LEVELS: readonly ((node: DrawnNode) => string)[] = [
  (node) => JSON.stringify([node.container, node.vpc, node.column, node.glyph, stem(node.label), node.exposed]),
  (node) => JSON.stringify([node.container, node.vpc, node.column, node.glyph]),
];
/** Beyond it even a folded picture is a wallpaper. */
const MOST_OVER = 20;

/** Which node stands for which. Worked out once for all states of a journey, so that a group is the same in each. */
export interface Folding {
  readonly become: ReadonlyMap<string, string>;
  /** Ids of the nodes that are drawn; undefined when all are. */
  readonly kept: ReadonlySet<string> | undefined;
}

export function fold(nodes: readonly DrawnNode[], links: readonly Link[], most: number): Folded {
  return folded(foldingOf(nodes, links, most), nodes, links);
}

/** The mildest folding that brings the nodes to at most so many, as `size` counts them; the identity where they are few. */
export function foldingOf(
  nodes: readonly DrawnNode[],
  links: readonly Link[],
  most: number,
  size: (become: Folding['become']) => number = (become) => new Set(nodes.map(({ id }) => become.get(id) ?? id)).size,
): Folding {
  let folding: Folding = { become: new Map(), kept: undefined };
  let count = size(folding.become);
  for (const level of LEVELS) {
    if (count <= most) return folding;
    folding = { become: groupsBy(nodes, level), kept: undefined };
    count = size(folding.become);
  }
  return count > most + MOST_OVER ? capped(folding, nodes, links, most + MOST_OVER) : folding;
}

function groupsBy(nodes: readonly DrawnNode[], key: (node: DrawnNode) => string): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const become = new Map<string, string>();
  for (const node of nodes) {
    const known = first.get(key(node)) ?? node.id;
    first.set(key(node), known);
    become.set(node.id, known);
  }
  return become;
}

export function folded({ become, kept }: Folding, nodes: readonly DrawnNode[], links: readonly Link[]): Folded {
  if (become.size === 0) return { nodes, links, notes: [] };
  const groups = new Map<string, DrawnNode[]>();
  for (const node of nodes) {
    const id = become.get(node.id) ?? node.id;
    const list = groups.get(id);
    if (list) list.push(node);
    else groups.set(id, [node]);
  }
  const whole = [...groups].flatMap(([id, members]) => {
    const [first] = members;
    if (!first) return [];
    return [members.length === 1 ? { ...first, id } : together(id, members, first)];
  });
  const shown = whole.filter(({ id }) => kept === undefined || kept.has(id));
  const present = new Set(shown.map(({ id }) => id));
  const [less, dropped] = [nodes.length - whole.length, whole.length - shown.length];
  return {
    nodes: shown,
    links: relink(links, become).filter((link) => present.has(link.from) && present.has(link.to)),
    notes: [
      ...(less > 0 ? [`Alike things in one place are drawn as one: ${nodes.length} as ${whole.length}.`] : []),
      ...(dropped > 0 ? [`${dropped} further groups of things are not drawn.`] : []),
    ],
  };
}

const TITLES = 12;
function together(id: string, members: readonly DrawnNode[], first: DrawnNode): DrawnNode {
  const label = new Set(members.map((node) => stem(node.label))).size === 1 ? stem(first.label) : first.glyph;
  const details = new Set(members.map((node) => node.detail));
  const detail = details.size === 1 && first.detail !== '' ? `${first.detail} ` : '';
  const more = members.length - TITLES;
  return {
    ...first,
    id,
    label,
    detail: `${detail}×${members.length}`,
    title: [...members.slice(0, TITLES).map((node) => node.title), ...(more > 0 ? [`and ${more} more`] : [])].join(
      '\n',
    ),
    resources: [...new Set(members.flatMap((node) => node.resources))],
    exposed: members.some((node) => node.exposed),
  };
}

function relink(links: readonly Link[], become: ReadonlyMap<string, string>): readonly Link[] {
  const merged = new Map<string, Link[]>();
  for (const link of links) {
    const [from, to] = [become.get(link.from) ?? link.from, become.get(link.to) ?? link.to];
    if (from === to) continue;
    const id = JSON.stringify([link.class, from, to, link.label]);
    const one = { ...link, id, from, to };
    const list = merged.get(id);
    if (list) list.push(one);
    else merged.set(id, [one]);
  }
  return [...merged.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const says = [...new Set(list.map((one) => one.title))];
    return [
      {
        ...first,
        title: [...says.slice(0, TITLES), ...(says.length > TITLES ? [`and ${says.length - TITLES} more`] : [])].join(
          '\n',
        ),
        carries: [...new Set(list.flatMap((one) => one.carries))],
      },
    ];
  });
}

/** Keeps what is exposed and what has most links. */
function capped(folding: Folding, nodes: readonly DrawnNode[], links: readonly Link[], most: number): Folding {
  const whole = folded(folding, nodes, links);
  const weight = new Map<string, number>();
  for (const link of whole.links)
    for (const end of [link.from, link.to])
      weight.set(end, (weight.get(end) ?? 0) + (link.class === 'exposure' ? 1000 : 1));
  const sorted = [...whole.nodes].sort(
    (a, b) => (weight.get(b.id) ?? 0) - (weight.get(a.id) ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  return { ...folding, kept: new Set(sorted.slice(0, most).map((node) => node.id)) };
}
