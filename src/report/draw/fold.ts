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

export function fold(nodes: readonly DrawnNode[], links: readonly Link[], most: number): Folded {
  let result: Folded = { nodes, links, notes: [] };
  for (const level of LEVELS) {
    if (result.nodes.length <= most) return result;
    result = foldBy(nodes, links, level);
  }
  return result.nodes.length > most + MOST_OVER ? cap(result, most + MOST_OVER) : result;
}

function foldBy(nodes: readonly DrawnNode[], links: readonly Link[], key: (node: DrawnNode) => string): Folded {
  const groups = new Map<string, DrawnNode[]>();
  for (const node of nodes) {
    const list = groups.get(key(node));
    if (list) list.push(node);
    else groups.set(key(node), [node]);
  }
  const become = new Map<string, string>();
  const folded = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    for (const node of members) become.set(node.id, first.id);
    return [members.length === 1 ? first : together(members, first)];
  });
  const count = nodes.length - folded.length;
  return {
    nodes: folded,
    links: relink(links, become),
    notes: count > 0 ? [`Alike things in one place are drawn as one: ${nodes.length} as ${folded.length}.`] : [],
  };
}

const TITLES = 12;
function together(members: readonly DrawnNode[], first: DrawnNode): DrawnNode {
  const label = new Set(members.map((node) => stem(node.label))).size === 1 ? stem(first.label) : first.glyph;
  const details = new Set(members.map((node) => node.detail));
  const detail = details.size === 1 && first.detail !== '' ? `${first.detail} ` : '';
  const more = members.length - TITLES;
  return {
    ...first,
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
function cap(picture: Folded, most: number): Folded {
  const weight = new Map<string, number>();
  for (const link of picture.links)
    for (const end of [link.from, link.to])
      weight.set(end, (weight.get(end) ?? 0) + (link.class === 'exposure' ? 1000 : 1));
  const sorted = [...picture.nodes].sort(
    (a, b) => (weight.get(b.id) ?? 0) - (weight.get(a.id) ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const kept = new Set(sorted.slice(0, most).map((node) => node.id));
  return {
    nodes: picture.nodes.filter((node) => kept.has(node.id)),
    links: picture.links.filter((link) => kept.has(link.from) && kept.has(link.to)),
    notes: [...picture.notes, `${picture.nodes.length - kept.size} further groups of things are not drawn.`],
  };
}
