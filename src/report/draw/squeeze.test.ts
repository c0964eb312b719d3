import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { layout } from './layout.ts';
import type { Picture } from './picture.ts';
import type { Box } from './place.ts';
import type { Point } from './route.ts';
import { squeezed } from './squeeze.ts';
import { anyScene } from './testing.ts';

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const through = (a: Point, b: Point, box: Box): boolean =>
  Math.max(a.x, b.x) > box.x + 0.01 &&
  Math.min(a.x, b.x) < box.x + box.width - 0.01 &&
  Math.max(a.y, b.y) > box.y + 0.01 &&
  Math.min(a.y, b.y) < box.y + box.height - 0.01;

/** A scene laid out whole, and the state of it that has every fourth node only. */
const anyState = anyScene.map((made) => {
  const { placement, routing } = layout(made);
  const nodes = made.nodes.filter((_, n) => n % 4 === 0);
  const kept = new Set(nodes.map(({ id }) => id));
  const links = made.links.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const shown = new Set(links.map(({ id }) => id));
  const picture: Picture = { ...made, nodes, links, title: '', subtitle: '', notes: [] };
  const routes = routing.routes.filter(({ link }) => shown.has(link.id));
  return { picture, placement, routes, fit: squeezed(picture, placement, routes) };
});

const usual = { numRuns: runs(15) };

describe('a state without the room of the others', () => {
  it('is never larger, and no tile or name changes its size', () => {
    fc.assert(
      fc.property(anyState, ({ picture, placement, fit }) => {
        expect(fit.placement.width).toBeLessThanOrEqual(placement.width);
        expect(fit.placement.height).toBeLessThanOrEqual(placement.height);
        for (const { id } of picture.nodes) {
          const [was, is] = [placement.tiles.get(id), fit.placement.tiles.get(id)];
          for (const part of ['icon', 'label'] as const) {
            expect(is?.[part].width).toBeCloseTo(was?.[part].width ?? -1);
            expect(is?.[part].height).toBeCloseTo(was?.[part].height ?? -1);
          }
        }
      }),
      usual,
    );
  });

  it('keeps the order of everything from left to right and from top to bottom', () => {
    fc.assert(
      fc.property(anyState, ({ picture, placement, fit }) => {
        const tiles = picture.nodes.flatMap(({ id }) => {
          const [was, is] = [placement.tiles.get(id)?.icon, fit.placement.tiles.get(id)?.icon];
          return was && is ? [{ was, is }] : [];
        });
        for (const a of tiles)
          for (const b of tiles)
            for (const axis of ['x', 'y'] as const)
              if (a.was[axis] < b.was[axis]) expect(a.is[axis]).toBeLessThan(b.is[axis]);
      }),
      usual,
    );
  });

  it('lets no line through an icon or a name, and no two tiles onto one another', () => {
    fc.assert(
      fc.property(anyState, ({ fit }) => {
        const tiles = [...fit.placement.tiles.values()];
        for (const { points } of fit.routes)
          points.slice(1).forEach((b, n) => {
            const a = points[n];
            if (!a) return;
            expect(a.x === b.x || a.y === b.y).toBe(true);
            for (const { icon, label } of tiles) {
              expect(through(a, b, icon)).toBe(false);
              expect(through(a, b, label)).toBe(false);
            }
          });
        for (const [n, a] of tiles.entries())
          for (const b of tiles.slice(n + 1)) expect(meet(a.icon, b.icon) || meet(a.label, b.label)).toBe(false);
      }),
      usual,
    );
  });

  it('leaves out the room of what is not there', () => {
    const large = fc
      .sample(anyState, { numRuns: 60, seed: 7 })
      .filter(({ picture: { nodes, containers } }) => nodes.length > 5 && containers.length > 8);
    expect(large.length).toBeGreaterThan(3);
    const shorter = large.filter(({ placement, fit }) => fit.placement.height < placement.height);
    expect(shorter.length).toBeGreaterThan(large.length / 2);
  });
});
