/** Where the port of a bundle is written: on one of its own straights, near the end it shares, over nothing else. */
import { textWidth } from './measure.ts';
import { Nearby } from './nearby.ts';
import type { LinkClass } from './picture.ts';
import type { Box, Placement } from './place.ts';
import type { Point, Route } from './route.ts';

export interface Caption {
  readonly bundle: string;
  /** Id of the link on whose line it stands. */
  readonly link: string;
  readonly class: LinkClass;
  readonly text: string;
  readonly box: Box;
}

const HEIGHT = 13;
const SIZE = 9;
const TIP = 12;

interface Straight {
  readonly a: Point;
  readonly b: Point;
  /** How far its start is along the route, from the end that the bundle shares. */
  readonly from: number;
}

function straights(route: Route): readonly Straight[] {
  const points = route.bundle.shared === 'from' ? route.points : [...route.points].reverse();
  let along = 0;
  return points.slice(1).flatMap((b, i) => {
    const a = points[i];
    if (!a) return [];
    const from = along;
    along += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    return [{ a, b, from }];
  });
}

const meets = (a: Box, b: Box, gap: number): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;

const boxOf = (a: Point, b: Point): Box => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

/** What stands where captions may go. */
export interface Surroundings {
  /** What no caption may cover. */
  readonly hard: Nearby<{ readonly box: Box }>;
  /** What they had better not. */
  readonly lines: Nearby<{ readonly box: Box; readonly bundle: string }>;
}

/** `routes`: of a journey those of all its states. */
export function surroundingsOf(placement: Placement, headers: readonly Box[], routes: readonly Route[]): Surroundings {
  const hard: Surroundings['hard'] = new Nearby();
  for (const box of headers) hard.add({ box });
  for (const { icon, label } of placement.tiles.values()) for (const box of [icon, label]) hard.add({ box });
  const lines: Surroundings['lines'] = new Nearby();
  for (const { bundle, points } of routes)
    points.slice(1).forEach((b, i) => {
      const a = points[i];
      if (a) lines.add({ bundle: bundle.id, box: boxOf(a, b) });
    });
  return { hard, lines };
}

export function captionsOf(routes: readonly Route[], { hard, lines }: Surroundings): readonly Caption[] {
  const byBundle = new Map<string, Route[]>();
  for (const route of routes) {
    if (route.bundle.label === '') continue;
    const list = byBundle.get(route.bundle.id);
    if (list) list.push(route);
    else byBundle.set(route.bundle.id, [route]);
  }
  const captions: Caption[] = [];
  const taken = new Nearby<Caption>();
  for (const [bundle, members] of byBundle) {
    const [first] = members;
    if (!first) continue;
    const text = first.bundle.label;
    const width = textWidth(text, SIZE) + 10;
    let best: { box: Box; cost: number; link: string } | undefined;
    for (const route of members)
      for (const { a, b, from } of straights(route)) {
        const across = a.y === b.y;
        const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
        const need = (across ? width : HEIGHT) + 2 * TIP;
        if (length < need) continue;
        const steps = Math.min(12, Math.max(1, Math.floor((length - need) / 16)));
        for (let k = 0; k <= steps; k++) {
          const at = (need / 2 + ((length - need) * k) / steps) / length;
          const [x, y] = [a.x + (b.x - a.x) * at, a.y + (b.y - a.y) * at];
          const box = { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT };
          if ([...hard.around(box, 2)].some((one) => meets(one.box, box, 2))) continue;
          if ([...taken.around(box, 3)].some((one) => meets(one.box, box, 3))) continue;
          const over = [...lines.around(box, 0)].filter(
            (line) => line.bundle !== bundle && meets(line.box, box, 0),
          ).length;
          const cost = over * 60 + (from + at * length) * 0.25 + (across ? 0 : 25);
          if (!best || cost < best.cost) best = { box, cost, link: route.link.id };
        }
      }
    if (!best) continue;
    const caption: Caption = { bundle, link: best.link, class: first.bundle.class, text, box: best.box };
    captions.push(caption);
    taken.add(caption);
  }
  return captions;
}
