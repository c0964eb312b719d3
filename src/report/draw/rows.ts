/** The vertical half of the placement: bands, zones, lanes of subnets, and the stacks of tiles in them. */
import type { Column, Container, DrawnNode } from './picture.ts';
import { ZONE_COLUMNS } from './picture.ts';
import { GAP, HEADER, LABEL_HEIGHT, TRACK } from './units.ts';

const SLOT_GAP = 3 * TRACK;
/** Between VPCs: long lines run here. */
const BAND_GAP = 8 * TRACK;
const TOP = 4 * TRACK;
const BOTTOM = 3 * TRACK;

export interface Band {
  /** The VPC, or null for what a region has outside of all. */
  readonly vpc: Container | null;
  readonly region: Container;
  readonly account: Container | null;
}

interface Span {
  readonly top: number;
  readonly bottom: number;
}
export interface Rows {
  readonly nodeTop: ReadonlyMap<string, number>;
  readonly boxRows: ReadonlyMap<string, Span>;
  readonly subnetColumns: ReadonlyMap<string, { readonly first: Column; readonly last: Column }>;
  readonly height: number;
}

const children = (containers: readonly Container[]): ReadonlyMap<string | null, readonly Container[]> => {
  const map = new Map<string | null, Container[]>();
  for (const one of containers) {
    const list = map.get(one.parent);
    if (list) list.push(one);
    else map.set(one.parent, [one]);
  }
  return map;
};

/** The rows of the picture, in the order of the containers. */
export function bandsOf(nodes: readonly DrawnNode[], containers: readonly Container[]): readonly Band[] {
  const byId = new Map(containers.map((one) => [one.id, one]));
  const inside = children(containers);
  const bands: Band[] = [];
  for (const region of containers.filter((one) => one.kind === 'region')) {
    const account = byId.get(region.parent ?? '') ?? null;
    const vpcs = (inside.get(region.id) ?? []).filter((one) => one.kind === 'vpc');
    for (const vpc of vpcs) bands.push({ vpc, region, account });
    const loose = nodes.some((node) => node.container === region.id && !vpcs.some((vpc) => vpc.id === node.vpc));
    if (loose || vpcs.length === 0) bands.push({ vpc: null, region, account });
  }
  return bands;
}

const byOrder = (a: DrawnNode, b: DrawnNode): number => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export function placeRows(
  bands: readonly Band[],
  nodes: readonly DrawnNode[],
  containers: readonly Container[],
  present: readonly Column[],
  heightOf: (node: DrawnNode) => number,
): Rows {
  const inside = children(containers);
  const nodeTop = new Map<string, number>();
  const boxRows = new Map<string, Span>();
  const subnetColumns = new Map<string, { first: Column; last: Column }>();
  const zoneColumns = present.filter((column) => ZONE_COLUMNS.includes(column));
  const slot = (node: DrawnNode): number => heightOf(node) + LABEL_HEIGHT + SLOT_GAP;
  const stackHeight = (list: readonly DrawnNode[]): number => list.reduce((sum, node) => sum + slot(node), 0);
  const stack = (list: readonly DrawnNode[], from: number): void => {
    let y = from;
    for (const node of list) {
      nodeTop.set(node.id, y);
      y += slot(node);
    }
  };
  const centred = (list: readonly DrawnNode[], span: Span): void => {
    const free = Math.max(0, span.bottom - span.top - stackHeight(list));
    stack(list, span.top + GAP / 2 + Math.floor(free / 2 / TRACK) * TRACK);
  };
  const cellsOf = (list: readonly DrawnNode[]): readonly (readonly DrawnNode[])[] => {
    const cells = new Map<Column, DrawnNode[]>();
    for (const node of [...list].sort(byOrder)) {
      const cell = cells.get(node.column);
      if (cell) cell.push(node);
      else cells.set(node.column, [node]);
    }
    return [...cells.values()];
  };
  const in_ = new Map<string, DrawnNode[]>();
  const firstBand = bands[0];
  const outside: DrawnNode[] = [];
  const bandKey = (band: Band): string => band.vpc?.id ?? band.region.id;
  const keys = new Set(bands.map(bandKey));
  const regions = new Set(containers.filter((one) => one.kind === 'region').map((one) => one.id));
  for (const node of nodes) {
    const stands = node.container !== null && !regions.has(node.container) ? node.container : null;
    const loose = node.vpc ?? node.container;
    const key = stands ?? (loose !== null && keys.has(loose) ? `beside ${loose}` : null);
    if (key === null && (node.column === 'people' || firstBand === undefined)) {
      outside.push(node);
      continue;
    }
    const at = key ?? `beside ${firstBand ? bandKey(firstBand) : ''}`;
    const list = in_.get(at);
    if (list) list.push(node);
    else in_.set(at, [node]);
  }

  const placeZone = (zone: Container, top: number): number => {
    let y = top + HEADER;
    for (const lane of lanes(inside.get(zone.id) ?? [])) {
      const tallest = Math.max(...lane.map(({ cells }) => Math.max(0, ...cells.map(stackHeight))));
      const bottom = y + HEADER + Math.max(tallest, 2 * TRACK) + TRACK;
      for (const { subnet, cells, first, last } of lane) {
        boxRows.set(subnet.id, { top: y, bottom });
        subnetColumns.set(subnet.id, { first, last });
        for (const cell of cells) stack(cell, y + HEADER + TRACK);
      }
      y = bottom + GAP;
    }
    const bottom = y - GAP + TRACK;
    boxRows.set(zone.id, { top, bottom });
    return bottom;
  };
  /** Subnets whose columns do not meet share a lane. */
  const lanes = (subnets: readonly Container[]) => {
    const packed: { subnet: Container; cells: readonly (readonly DrawnNode[])[]; first: Column; last: Column }[][] = [];
    for (const subnet of subnets) {
      const own = in_.get(subnet.id) ?? [];
      const columns = zoneColumns.filter((column) => own.some((node) => node.column === column));
      const [first, last] = [columns[0] ?? zoneColumns[0] ?? 'public', columns.at(-1) ?? zoneColumns[0] ?? 'public'];
      const index = (column: Column): number => zoneColumns.indexOf(column);
      const entry = { subnet, cells: cellsOf(own), first, last };
      const lane = packed.find((list) =>
        list.every((other) => index(other.last) < index(first) || index(last) < index(other.first)),
      );
      if (lane) lane.push(entry);
      else packed.push([entry]);
    }
    return packed;
  };

  let y = TOP;
  let first: Span | undefined;
  let region: Container | undefined;
  let account: Container | null | undefined;
  const open = new Map<string, number>();
  const close = (one: Container | null | undefined, bottom: number): void => {
    if (one) boxRows.set(one.id, { top: open.get(one.id) ?? 0, bottom });
  };
  const begin = (one: Container): void => {
    open.set(one.id, y);
    y += HEADER + GAP;
  };
  for (const band of bands) {
    if (band.region !== region) {
      if (region) {
        close(region, y - BAND_GAP + GAP);
        y += GAP;
      }
      if (band.account !== account) {
        if (account) {
          close(account, y);
          y += BAND_GAP;
        }
        account = band.account;
        if (account) begin(account);
      }
      region = band.region;
      begin(region);
    }
    const top = y;
    const beside = cellsOf(in_.get(`beside ${bandKey(band)}`) ?? []);
    const own = band.vpc ? cellsOf(in_.get(band.vpc.id) ?? []) : [];
    const tallest = Math.max(0, ...[...beside, ...own].map(stackHeight)) + GAP;
    let bottom = top;
    if (band.vpc) {
      bottom = top + HEADER + GAP;
      for (const zone of (inside.get(band.vpc.id) ?? []).filter((one) => one.kind === 'zone'))
        bottom = placeZone(zone, bottom) + GAP + TRACK;
      bottom = Math.max(bottom, top + HEADER + tallest);
      boxRows.set(band.vpc.id, { top, bottom });
    }
    bottom = Math.max(bottom, top + tallest);
    if (band.vpc) boxRows.set(band.vpc.id, { top, bottom });
    for (const cell of own) centred(cell, { top: top + HEADER, bottom });
    for (const cell of beside) centred(cell, { top, bottom });
    first ??= { top, bottom };
    y = bottom + BAND_GAP;
  }
  y -= BAND_GAP - GAP;
  close(region, y);
  if (account) close(account, y + GAP);
  const height = Math.max(y + (account ? GAP : 0), TOP + Math.max(0, ...cellsOf(outside).map(stackHeight))) + BOTTOM;
  // Beside the first band, which is the largest: who reads from the top sees where the lines come from.
  for (const cell of cellsOf(outside))
    centred(
      cell,
      first && stackHeight(cell) <= first.bottom - first.top ? first : { top: TOP, bottom: height - BOTTOM },
    );
  return { nodeTop, boxRows, subnetColumns, height };
}
