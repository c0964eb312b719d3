/** Made-up scenes for tests and measurements: valid by construction, of any size. */
import fc from 'fast-check';
import { ICONS } from './icons/icons.ts';
import type { Scene } from './layout.ts';
import { type Column, type Container, type DrawnNode, type Link, type LinkClass, ZONE_COLUMNS } from './picture.ts';

/** One number after the other, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below === 0 ? 0 : state % below;
  };
}

export interface Size {
  readonly nodes: number;
  readonly links: number;
  readonly vpcs: number;
  readonly zones: number;
  readonly seed: number;
  /** Per cent of links that stay in or beside their VPC; 50 when left out. */
  readonly local?: number;
  readonly name?: string;
}

const ZONED: readonly Column[] = ZONE_COLUMNS;
const OF_VPC: readonly Column[] = ['gateway', 'balancer', 'endpoint'];
const OF_REGION: readonly Column[] = ['messages', 'stores'];
const OUTSIDE: readonly Column[] = ['people', 'edge', 'abroad'];
const CLASSES: readonly LinkClass[] = ['flow', 'flow', 'flow', 'exposure', 'replication'];
const PORTS = ['443', '3306', '80, 443', ''];

export function scene({ nodes: count, links: wanted, vpcs, zones, seed, name, local = 50 }: Size): Scene {
  const pick = numbers(seed);
  const from = <T>(list: readonly T[], fallback: T): T => list[pick(list.length)] ?? fallback;
  const containers: Container[] = [];
  const regions = Math.max(1, Math.min(vpcs, 1 + pick(3)));
  const regionOf = (v: number): string => `r${Math.floor((v * regions) / Math.max(1, vpcs))}`;
  for (let r = 0; r < regions; r++) {
    if (regions > 1 && r < 2)
      containers.push({ id: `a${r}`, kind: 'account', parent: null, label: name ?? `account ${r}` });
    containers.push({
      id: `r${r}`,
      kind: 'region',
      parent: regions > 1 ? `a${Math.min(r, 1)}` : null,
      label: `eu-west-${r}`,
    });
  }
  const subnets: { id: string; vpc: string }[] = [];
  for (let v = 0; v < vpcs; v++) {
    containers.push({ id: `v${v}`, kind: 'vpc', parent: regionOf(v), label: name ?? `vpc ${v}` });
    for (let z = 0; z < zones; z++) {
      containers.push({ id: `v${v}z${z}`, kind: 'zone', parent: `v${v}`, label: `eu-west-1${'abcdef'[z] ?? z}` });
      for (let s = 0; s <= pick(3); s++) {
        const id = `v${v}z${z}s${s}`;
        containers.push({ id, kind: 'subnet', parent: `v${v}z${z}`, label: name ?? id, public: s === 0 });
        subnets.push({ id, vpc: `v${v}` });
      }
    }
  }
  const nodes: DrawnNode[] = [];
  for (let i = 0; i < count; i++) {
    const roll = pick(20);
    const subnet = from(subnets, { id: 'none', vpc: 'none' });
    const place: Pick<DrawnNode, 'column' | 'container' | 'vpc'> =
      roll < 14 && subnets.length > 0
        ? { column: from(ZONED, 'app'), container: subnet.id, vpc: subnet.vpc }
        : roll < 16 && vpcs > 0
          ? { column: from(OF_VPC, 'gateway'), container: subnet.vpc, vpc: subnet.vpc }
          : roll < 19
            ? {
                column: from(OF_REGION, 'stores'),
                container: vpcs > 0 ? regionOf(Number(subnet.vpc.slice(1))) : 'r0',
                vpc: vpcs > 0 ? subnet.vpc : null,
              }
            : { column: from(OUTSIDE, 'people'), container: null, vpc: null };
    nodes.push({
      id: `n${i}`,
      label: name ?? `node-${i}`,
      detail: 'made up',
      title: name ?? '',
      glyph: 'instance',
      icon: ICONS[i % (ICONS.length + 1)] ?? null,
      category: 'compute',
      ...place,
      order: pick(4),
      resources: [],
      exposed: pick(6) === 0,
    });
  }
  const links = new Map<string, Link>();
  for (let i = 0; i < wanted; i++) {
    const a = pick(count);
    const near = nodes.map((_, n) => n).filter((n) => nodes[n]?.vpc === nodes[a]?.vpc);
    const b = pick(100) < local ? from(near, 0) : pick(count);
    if (a === b) continue;
    const kind = from(CLASSES, 'flow');
    const id = `${kind} ${a} ${b}`;
    links.set(id, {
      id,
      from: `n${a}`,
      to: `n${b}`,
      class: kind,
      label: from(PORTS, ''),
      title: name ?? '',
      carries: [],
    });
  }
  return { nodes, containers, links: [...links.values()] };
}

/** Scenes as tests want them: small, odd, and shrinking to the smallest that fails. */
export const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 40 }),
    links: fc.integer({ min: 0, max: 60 }),
    vpcs: fc.integer({ min: 0, max: 3 }),
    zones: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(scene);
