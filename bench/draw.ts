/** How long the picture takes, and how large it is, as more has to be drawn: whole, and as a reader gets it (alike things as one). */

import { folded, foldingOf } from '../src/report/draw/fold.ts';
import { layout } from '../src/report/draw/layout.ts';
import type { Picture } from '../src/report/draw/picture.ts';
import { render } from '../src/report/draw/render.ts';
import { scene } from '../src/report/draw/testing.ts';

const ROUNDS = 3;
/** More take a quarter of a minute each. */
const MANY = 500;
/** As `modelOf` folds. */
const MOST = 60;

interface Drawn {
  readonly milliseconds: number;
  readonly kilobytes: number;
  readonly nodes: number;
  readonly unrouted: number;
}

/** One picture, drawn whole and as a reader gets it. */
export interface Picturing {
  readonly nodes: number;
  readonly links: number;
  readonly whole: Drawn;
  readonly folded: Drawn;
}

/** Connections: four for every three nodes, most of them within a VPC. */
export const measurePictures = (counts: readonly number[]): readonly Picturing[] =>
  counts.map((nodes) => {
    const made = scene({
      nodes,
      links: Math.round(nodes * 1.34),
      vpcs: Math.ceil(nodes / 50),
      zones: 3,
      seed: 7,
      local: 85,
    });
    const picture: Picture = { ...made, title: 'made up', subtitle: '', notes: [] };
    const folding = foldingOf(picture.nodes, picture.links, MOST);
    const short: Picture = { ...picture, ...folded(folding, picture.nodes, picture.links) };
    return { nodes, links: made.links.length, whole: measured(picture), folded: measured(short) };
  });

/** One row for each number of nodes. */
export function drawTable(pictures: readonly Picturing[]): string {
  const rows = pictures.map(({ nodes, links, whole, folded }) =>
    [nodes, links, ...cells(whole), ...cells(folded)].map(String),
  );
  const head = ['nodes', 'links', 'whole: ms', 'KB', 'nodes', 'not routed', 'folded: ms', 'KB', 'nodes', 'not routed'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, n) => cell.padStart(widths[n] ?? 0)).join('  ')).join('\n');
}

const cells = ({ milliseconds, kilobytes, nodes, unrouted }: Drawn): readonly number[] => [
  Math.round(milliseconds),
  Math.round(kilobytes),
  nodes,
  unrouted,
];

/** Processor time, the middle of some rounds. */
function measured(picture: Picture): Drawn {
  const times: number[] = [];
  let [size, unrouted] = [0, 0];
  const rounds = picture.nodes.length > MANY ? 1 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const { placement, routing } = layout(picture);
    size = Buffer.byteLength(render(picture, placement, routing));
    unrouted = routing.unrouted.length;
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  const milliseconds = times.sort((a, b) => a - b)[rounds >> 1] ?? 0;
  return { milliseconds, kilobytes: size / 1024, nodes: picture.nodes.length, unrouted };
}
