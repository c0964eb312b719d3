/** The picture as a Mermaid flowchart, for places that draw one themselves (GitHub, GitLab, wikis). */
import { plain } from './escape.ts';
import { key, type Marks } from './marks.ts';
import type { Container, DrawnNode, Picture } from './picture.ts';

/** Mermaid's own entities; what it takes for markup or for the end of a text goes, and a line stays one line. */
const text = (value: string): string =>
  plain(value)
    .replace(/[#&<>"`|{}[\]()\\;%]/g, (char) => `#${char.charCodeAt(0)};`)
    .replace(/\s+/g, ' ')
    .trim();

export function mermaidOf(picture: Picture, marks?: Marks): string {
  const ids = new Map<string, string>();
  const named = (id: string, letter: string): string => {
    const known = ids.get(id) ?? `${letter}${ids.size}`;
    ids.set(id, known);
    return known;
  };
  const inside = new Map<string | null, DrawnNode[]>();
  const boxes = new Map<string | null, Container[]>();
  const known = new Set(picture.containers.map(({ id }) => id));
  for (const node of picture.nodes)
    push(inside, node.container !== null && known.has(node.container) ? node.container : null, node);
  for (const box of picture.containers) push(boxes, box.parent, box);
  const lines = ['flowchart LR'];
  const walk = (parent: string | null, indent: string): void => {
    for (const node of inside.get(parent) ?? []) {
      const label = [node.label, node.detail]
        .filter((one) => one !== '')
        .map(text)
        .join('<br>');
      const mark = marks?.get(key('node', node.id));
      const style = mark ? `:::${mark}` : node.exposed ? ':::exposed' : '';
      lines.push(`${indent}${named(`node ${node.id}`, 'n')}["${label || ' '}"]${style}`);
    }
    for (const box of boxes.get(parent) ?? []) {
      const label = text(`${box.label} ${box.range ?? ''}`);
      lines.push(`${indent}subgraph ${named(`box ${box.id}`, 'b')} ["${label || ' '}"]`);
      walk(box.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  walk(null, '  ');
  const red: number[] = [];
  for (const [n, { from, to, class: kind, label }] of picture.links.entries()) {
    const arrow = kind === 'replication' ? '-.->' : '-->';
    const ports = text(label);
    lines.push(
      `  ${named(`node ${from}`, 'n')} ${arrow}${ports === '' ? '' : `|"${ports}"|`} ${named(`node ${to}`, 'n')}`,
    );
    if (kind === 'exposure') red.push(n);
  }
  lines.push(
    '  classDef exposed stroke:#d92d0b,stroke-width:3px',
    '  classDef added stroke:#12805c,stroke-width:3px',
    '  classDef changed stroke:#1d66d6,stroke-width:3px',
    '  classDef removed stroke-dasharray:4 3,opacity:0.5',
    ...(red.length > 0 ? [`  linkStyle ${red.join(',')} stroke:#d92d0b,stroke-width:2px`] : []),
  );
  return `${lines.join('\n')}\n`;
}

function push<K, V>(map: Map<K, V[]>, id: K, value: V): void {
  const list = map.get(id);
  if (list) list.push(value);
  else map.set(id, [value]);
}
