import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { bundlesOf } from './bundle.ts';
import { layout } from './layout.ts';
import type { Box, Placement } from './place.ts';
import { render } from './render.ts';
import { type Point, type Route, route } from './route.ts';
import { anyScene, type scene } from './testing.ts';

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** A straight between two points as a box without thickness, a hair inside of its ends. */
const straights = ({ points }: Route): readonly (readonly [Point, Point])[] =>
  points.slice(1).flatMap((b, i) => {
    const a = points[i];
    return a ? [[a, b] as const] : [];
  });
const through = ([a, b]: readonly [Point, Point], box: Box): boolean =>
  Math.max(a.x, b.x) > box.x + 0.01 &&
  Math.min(a.x, b.x) < box.x + box.width - 0.01 &&
  Math.max(a.y, b.y) > box.y + 0.01 &&
  Math.min(a.y, b.y) < box.y + box.height - 0.01;

/** Whether two straights have more than a point in common. */
function share(p: readonly [Point, Point], q: readonly [Point, Point]): boolean {
  const upright = (s: readonly [Point, Point]): boolean => s[0].x === s[1].x;
  if (upright(p) !== upright(q)) return false;
  const [line, along] = upright(p) ? (['x', 'y'] as const) : (['y', 'x'] as const);
  if (p[0][line] !== q[0][line]) return false;
  const [from, to] = [Math.max(lowest(p, along), lowest(q, along)), Math.min(highest(p, along), highest(q, along))];
  return to - from > 0.01;
}
const lowest = (s: readonly [Point, Point], axis: 'x' | 'y'): number => Math.min(s[0][axis], s[1][axis]);
const highest = (s: readonly [Point, Point], axis: 'x' | 'y'): number => Math.max(s[0][axis], s[1][axis]);

const positions = (placement: Placement): unknown => [[...placement.tiles].sort(), [...placement.boxes].sort()];
const usual = { numRuns: runs(12) };

describe('a bundle', () => {
  it('holds each link exactly once, and its links share one end, the port and the kind', () => {
    fc.assert(
      fc.property(anyScene, ({ links }) => {
        const bundles = bundlesOf(links);
        const ids = bundles.flatMap((bundle) => bundle.links.map((link) => link.id));
        expect([...ids].sort()).toEqual(links.map((link) => link.id).sort());
        for (const { shared, links: members, label, class: kind } of bundles) {
          expect(new Set(members.map((link) => link[shared])).size).toBe(1);
          expect(members.every((link) => link.label === label && link.class === kind)).toBe(true);
        }
      }),
      usual,
    );
  });
});

describe('the placement', () => {
  it('puts every node into its box and every box into its parent', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { placement } = layout(made);
        for (const node of made.nodes) {
          const tile = placement.tiles.get(node.id);
          const box = node.container === null ? undefined : placement.boxes.get(node.container);
          expect(tile).toBeDefined();
          if (!tile || !box) continue;
          expect(within(tile.icon, box)).toBe(true);
          expect(within(tile.label, box)).toBe(true);
        }
        for (const one of made.containers) {
          const [own, parent] = [placement.boxes.get(one.id), placement.boxes.get(one.parent ?? '')];
          if (own && parent) expect(within(own, parent)).toBe(true);
        }
      }),
      usual,
    );
  });

  it('lets no two nodes overlap, nor two boxes side by side', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { placement } = layout(made);
        const tiles = [...placement.tiles.values()].map(({ icon, label }) => ({
          ...icon,
          height: icon.height + label.height,
        }));
        for (const [i, a] of tiles.entries()) for (const b of tiles.slice(i + 1)) expect(meet(a, b)).toBe(false);
        for (const [i, a] of made.containers.entries())
          for (const b of made.containers.slice(i + 1)) {
            const [x, y] = [placement.boxes.get(a.id), placement.boxes.get(b.id)];
            if (a.parent === b.parent && x && y) expect(meet(x, y)).toBe(false);
          }
      }),
      usual,
    );
  });

  it('is the same whatever the order of nodes and links', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const turned = { ...made, nodes: [...made.nodes].reverse(), links: [...made.links].reverse() };
        expect(positions(layout(turned).placement)).toEqual(positions(layout(made).placement));
      }),
      usual,
    );
  });
});

describe('the lines', () => {
  it('never pass through an icon or a label', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { placement, routing } = layout(made);
        for (const each of routing.routes)
          for (const line of straights(each))
            for (const { icon, label } of placement.tiles.values()) {
              expect(through(line, icon)).toBe(false);
              expect(through(line, label)).toBe(false);
            }
      }),
      usual,
    );
  });

  it('are shared by mates of one bundle only', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { routes } = layout(made).routing;
        for (const [i, a] of routes.entries())
          for (const b of routes.slice(i + 1)) {
            if (a.bundle.id === b.bundle.id) continue;
            for (const p of straights(a)) for (const q of straights(b)) expect(share(p, q)).toBe(false);
          }
      }),
      usual,
    );
  });

  it('begin at the edge of their source and end at the edge of their target', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { placement, routing } = layout(made);
        const onEdge = (point: Point | undefined, box: Box | undefined): boolean =>
          point !== undefined &&
          box !== undefined &&
          point.x >= box.x &&
          point.x <= box.x + box.width &&
          point.y >= box.y &&
          point.y <= box.y + box.height &&
          (point.x === box.x || point.x === box.x + box.width || point.y === box.y);
        for (const { link, points } of routing.routes) {
          expect(onEdge(points[0], placement.tiles.get(link.from)?.icon)).toBe(true);
          expect(onEdge(points.at(-1), placement.tiles.get(link.to)?.icon)).toBe(true);
        }
      }),
      usual,
    );
  });

  it('are all there, or named as not drawn', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const { routes, unrouted } = layout(made).routing;
        const ids = [...routes.map((one) => one.link.id), ...unrouted.map((link) => link.id)];
        expect(ids.sort()).toEqual(made.links.map((link) => link.id).sort());
      }),
      usual,
    );
  });
});

describe('a state of a journey', () => {
  const picture = (made: ReturnType<typeof scene>) => ({ ...made, title: 'shop', subtitle: '', notes: [] });
  const tile = /<g class="node [\s\S]*?<\/g>/g;

  it('shows what it shows where the union of all states has it', () => {
    fc.assert(
      fc.property(anyScene, fc.integer({ min: 1, max: 5 }), (made, every) => {
        const union = layout(made);
        const all = new Set(render(picture(made), union.placement, union.routing).match(tile));
        const nodes = made.nodes.filter((_, i) => i % (every + 1) !== 0);
        const shown = new Set(nodes.map((node) => node.id));
        const links = made.links.filter((link, i) => shown.has(link.from) && shown.has(link.to) && i % every !== 1);
        const routing = route(union.placement, made.containers, links);
        const state = render(picture({ ...made, nodes, links }), union.placement, routing).match(tile) ?? [];
        expect(state).toHaveLength(nodes.length);
        for (const one of state) expect(all.has(one)).toBe(true);
      }),
      usual,
    );
  });

  it('is drawn with the same bytes every time', () => {
    fc.assert(
      fc.property(anyScene, (made) => {
        const once = layout(made);
        const again = layout(structuredClone(made));
        expect(render(picture(made), again.placement, again.routing)).toBe(
          render(picture(made), once.placement, once.routing),
        );
      }),
      { numRuns: runs(6) },
    );
  });
});
