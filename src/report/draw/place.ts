/**
 * Where everything stands: rows are bands (VPCs) and in them zones, columns are tiers. Only the nodes and containers decide
 * (and how much room the channels between them get), never which links are shown: one placement of the union of all
 * states of a journey serves each of them, and nothing jumps.
 */
import { textWidth } from './measure.ts';
import {
  COLUMNS,
  type Column,
  type Container,
  type DrawnNode,
  REGION_COLUMNS,
  VPC_COLUMNS,
  ZONE_COLUMNS,
} from './picture.ts';
import { type Band, bandsOf, placeRows } from './rows.ts';
import { DETAIL_SIZE, ICON, LABEL_HEIGHT, NAME_SIZE, SLOT_WIDTH, TRACK } from './units.ts';

const BORDER = 16;
const OUTER_TRACKS = 3;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Tile {
  readonly icon: Box;
  readonly label: Box;
}
/** The room between two columns, with the lines that may be used in it. */
export interface Channel {
  readonly tracks: readonly number[];
}
export interface Placement {
  readonly tiles: ReadonlyMap<string, Tile>;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly channels: readonly Channel[];
  readonly width: number;
  readonly height: number;
}

/** How much room lines need. */
export interface Room {
  /** Tracks of each channel, from the left; the last holds for all further ones. */
  readonly tracks: readonly number[];
  /** How many lines at most leave or reach a node; nodes with many get a taller tile. */
  readonly touching: ReadonlyMap<string, number>;
}

export const tileHeight = (touching: number): number => Math.max(ICON, TRACK * touching);

const LEVELS = ['zone', 'vpc', 'region', 'account'] as const;
const COLUMNS_OF = { zone: ZONE_COLUMNS, vpc: VPC_COLUMNS, region: REGION_COLUMNS, account: REGION_COLUMNS };

interface Grid {
  /** Left edge of each present column's slot. */
  readonly left: ReadonlyMap<Column, number>;
  readonly channels: readonly Channel[];
  /** Horizontal extent of the boxes of each level. */
  readonly extent: ReadonlyMap<string, { readonly x: number; readonly right: number }>;
  readonly width: number;
}

function columnsGrid(present: readonly Column[], levels: ReadonlySet<string>, room: Room): Grid {
  const spans = LEVELS.filter((level) => levels.has(level)).flatMap((level) => {
    const own = present.filter((column) => COLUMNS_OF[level].includes(column));
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined ? [] : [{ level, first, last }];
  });
  const left = new Map<Column, number>();
  const channels: Channel[] = [];
  const edges = new Map<string, { x: number; right: number }>(spans.map(({ level }) => [level, { x: 0, right: 0 }]));
  let x = 0;
  for (let i = 0; i <= present.length; i++) {
    const [before, after] = [present[i - 1], present[i]];
    const ending = spans.filter((span) => span.last === before);
    const starting = spans.filter((span) => span.first === after).reverse();
    const outer = i === 0 || i === present.length;
    const count = outer ? OUTER_TRACKS : (room.tracks[i - 1] ?? room.tracks.at(-1) ?? 6);
    const width = (ending.length + starting.length) * BORDER + (count + 1) * TRACK;
    const borders = [
      ...ending.map((span, k) => ({ span, side: 'right' as const, at: x + BORDER * (k + 0.75) })),
      ...starting.map((span, k) => ({
        span,
        side: 'x' as const,
        at: x + width - BORDER * (starting.length - k - 0.25),
      })),
    ];
    for (const { span, side, at } of borders) {
      const edge = edges.get(span.level);
      if (edge) edge[side] = at;
    }
    const tracks: number[] = [];
    for (let at = x + TRACK; at <= x + width - TRACK + 0.01; at += TRACK)
      if (borders.every((border) => Math.abs(border.at - at) > 3)) tracks.push(at);
    channels.push({ tracks });
    x += width;
    if (after !== undefined) {
      left.set(after, x);
      x += SLOT_WIDTH;
    }
  }
  return { left, channels, extent: edges, width: x };
}

export function place(nodes: readonly DrawnNode[], containers: readonly Container[], room: Room): Placement {
  const present = COLUMNS.filter((column) => nodes.some((node) => node.column === column));
  const grid = columnsGrid(present, new Set(containers.map((one) => one.kind)), room);
  const bands: readonly Band[] = bandsOf(nodes, containers);
  const heightOf = (node: DrawnNode): number => tileHeight(room.touching.get(node.id) ?? 0);
  const rows = placeRows(bands, nodes, containers, present, heightOf);
  const tiles = new Map<string, Tile>();
  for (const node of nodes) {
    const y = rows.nodeTop.get(node.id) ?? 0;
    const middle = (grid.left.get(node.column) ?? 0) + SLOT_WIDTH / 2;
    const height = heightOf(node);
    const text = Math.min(
      SLOT_WIDTH - 6,
      Math.max(ICON + 6, textWidth(node.label, NAME_SIZE), textWidth(node.detail, DETAIL_SIZE)),
    );
    tiles.set(node.id, {
      icon: { x: middle - ICON / 2, y, width: ICON, height },
      label: { x: middle - text / 2, y: y + height, width: text, height: LABEL_HEIGHT },
    });
  }
  const boxes = new Map<string, Box>();
  for (const container of containers) {
    const row = rows.boxRows.get(container.id);
    if (!row) continue;
    const cells = rows.subnetColumns.get(container.id);
    const extent = grid.extent.get(container.kind);
    const x = cells ? (grid.left.get(cells.first) ?? 0) : (extent?.x ?? 0);
    const right = cells ? (grid.left.get(cells.last) ?? 0) + SLOT_WIDTH : (extent?.right ?? 0);
    boxes.set(container.id, { x, y: row.top, width: right - x, height: row.bottom - row.top });
  }
  return { tiles, boxes, channels: grid.channels, width: grid.width, height: rows.height };
}
