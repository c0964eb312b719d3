import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { filmOf, ranges } from './film.ts';
import { journeyOf } from './journey.ts';
import type { Scene } from './layout.ts';
import { marksBetween } from './marks.ts';
import { mermaidOf } from './mermaid.ts';
import type { Picture } from './picture.ts';
import { stillOf } from './still.ts';
import { anyScene, scene } from './testing.ts';

const usual = { numRuns: runs(12) };

const picture = (made: Scene): Picture => ({ ...made, title: 'shop', subtitle: '', notes: [] });

/** States that each leave out something of a scene. */
const states = (made: Scene, count: number): readonly Picture[] =>
  Array.from({ length: count }, (_, at) => {
    const nodes = made.nodes.filter((_node, n) => (n + at) % 4 !== 0);
    const shown = new Set(nodes.map(({ id }) => id));
    return picture({
      nodes,
      containers: made.containers,
      links: made.links.filter((link, n) => shown.has(link.from) && shown.has(link.to) && (n + at) % 3 !== 0),
    });
  });

const anyStates = fc.tuple(anyScene, fc.integer({ min: 1, max: 5 })).map(([made, count]) => states(made, count));

const film = (pictures: readonly Picture[], touched: readonly ReadonlySet<string>[] = []) =>
  filmOf(journeyOf(pictures), { touched, flowNumber: () => undefined, label: 'shop' });

interface Drawn {
  readonly key: string;
  readonly states: ReadonlySet<number> | undefined;
  readonly marks: readonly string[];
}

function drawn(svg: string): readonly Drawn[] {
  return [...svg.matchAll(/ data-k="(\w+)"(?: data-in="([^"]*)")?(?: data-m="([^"]*)")?/g)].map(
    ([, key = '', own, marks]) => ({
      key,
      states:
        own === undefined
          ? undefined
          : new Set(
              own.split(',').flatMap((part) => {
                const [from = 0, to = from] = part.split('-').map(Number);
                return Array.from({ length: to - from + 1 }, (_, n) => from + n);
              }),
            ),
      marks: marks?.split(',') ?? [],
    }),
  );
}

describe('the film of a journey', () => {
  it('shows in every state exactly the nodes and boxes of that state', () => {
    fc.assert(
      fc.property(anyStates, (pictures) => {
        const { svg, keys } = film(pictures);
        const parts = drawn(svg);
        for (const [at, { nodes, containers }] of pictures.entries()) {
          const shown = parts.filter(({ key, states: own }) => /^[nb]/.test(key) && (own === undefined || own.has(at)));
          const wanted = [...nodes.map(({ id }) => `node ${id}`), ...containers.map(({ id }) => `box ${id}`)];
          expect(shown.map(({ key }) => key).sort()).toEqual(wanted.map((id) => keys.get(id) ?? '').sort());
        }
      }),
      usual,
    );
  });

  it('shows every connection of a state, but for those that found no room', () => {
    fc.assert(
      fc.property(anyStates, (pictures) => {
        const journey = journeyOf(pictures);
        const { svg } = filmOf(journey, { touched: [], flowNumber: () => undefined, label: '' });
        const parts = drawn(svg).filter(({ key }) => key.startsWith('w'));
        const lost = new Set(journey.routing.unrouted.map(({ id }) => id));
        for (const [at, { links }] of journey.pictures.entries()) {
          const shown = parts.filter(({ states: own }) => own === undefined || own.has(at));
          expect(shown).toHaveLength(links.filter(({ id }) => !lost.has(id)).length);
        }
      }),
      usual,
    );
  });

  it('marks as added what was not there, as taken away what is no more, and nothing else of what a step does not touch', () => {
    fc.assert(
      fc.property(anyStates, (pictures) => {
        const { svg, keys } = film(pictures);
        const parts = drawn(svg);
        for (const { id } of pictures.flatMap(({ nodes }) => nodes)) {
          const own = parts.filter(({ key }) => key === keys.get(`node ${id}`));
          const there = pictures.map(({ nodes }) => nodes.some((node) => node.id === id));
          const wanted = there.flatMap((is, n) => (n === 0 || is === there[n - 1] ? [] : [`${n}${is ? '+' : '-'}`]));
          expect([...new Set(own.flatMap(({ marks }) => marks))].sort()).toEqual(wanted.sort());
        }
      }),
      usual,
    );
  });

  it('marks as changed the tiles of what a step touches', () => {
    const made = scene({ nodes: 6, links: 4, vpcs: 1, zones: 1, seed: 3 });
    const one = picture({ ...made, nodes: made.nodes.map((node) => ({ ...node, resources: [node.id] })) });
    const { svg, keys } = film([one, one], [new Set(['n2'])]);
    const marked = drawn(svg).filter(({ marks }) => marks.length > 0);
    expect(marked).toEqual([{ key: keys.get('node n2'), states: undefined, marks: ['1~'] }]);
  });

  it('moves nothing: every tile, box and line has one place in all states', () => {
    fc.assert(
      fc.property(anyStates, (pictures) => {
        const places = new Map<string, Set<string>>();
        const piece =
          / data-k="([nbw]\d+)"[^>]*>(?:<title>[^<]*<\/title>)?.*?(?:<rect (x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*") class="(?:tile|box)|<path class="way" (d="[^"]*"))/g;
        for (const line of film(pictures).svg.split('\n'))
          for (const [, key = '', box, way] of line.matchAll(piece))
            places.set(key, (places.get(key) ?? new Set()).add(box ?? way ?? ''));
        expect(places.size).toBeGreaterThan(0);
        for (const [key, own] of places) expect([key, ...own]).toHaveLength(2);
      }),
      usual,
    );
  });

  it('is the same bytes again', () => {
    fc.assert(
      fc.property(anyStates, (pictures) => {
        expect(film(structuredClone(pictures)).svg).toBe(film(pictures).svg);
      }),
      { numRuns: runs(5) },
    );
  });

  it('writes states as ranges', () => {
    expect(ranges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8');
  });
});

describe('a large journey', () => {
  it('folds what is alike in the same way in every state', () => {
    const made = scene({ nodes: 150, links: 60, vpcs: 2, zones: 2, seed: 9 });
    const { pictures } = journeyOf(states(made, 3), 20);
    const boxes = new Map<string, string | null>();
    for (const { nodes } of pictures) {
      expect(nodes.length).toBeLessThanOrEqual(40);
      for (const { id, container } of nodes) expect(boxes.get(id) ?? container).toBe(container);
      for (const { id, container } of nodes) boxes.set(id, container);
    }
  });
});

describe('one state on its own', () => {
  it('stands at the places of the whole, and keeps what the step took away, marked', () => {
    const made = scene({ nodes: 12, links: 10, vpcs: 1, zones: 2, seed: 4 });
    const journey = journeyOf(states(made, 3));
    const svg = stillOf(journey, { state: 2, title: 'after', touched: new Set() });
    const [before, after] = [journey.pictures[1], journey.pictures[2]];
    if (!before || !after) throw new Error('three states');
    const marks = marksBetween(before, after, new Set());
    const count = (mark: string): number =>
      [...marks].filter(([id, own]) => own === mark && id.startsWith('node ')).length;
    expect(count('removed')).toBeGreaterThan(0);
    expect(svg.match(/<g class="node [^"]*removed"/g)).toHaveLength(count('removed'));
    expect(svg.match(/<g class="node [^"]*added"/g)).toHaveLength(count('added'));
  });
});

describe('the Mermaid export', () => {
  const LINE =
    /^(?:flowchart LR|\s+[nb]\d+\["[^"[\]{}<>|`\\]*(?:<br>[^"[\]{}<>|`\\]*)?"\](?::::\w+)?|\s+subgraph b\d+ \["[^"[\]{}<>|`\\]*"\]|\s+end|\s+n\d+ (?:-->|-\.->)(?:\|"[^"|<>]*"\|)? n\d+|\s+(?:classDef|linkStyle) .*|)$/;

  it('is made of nothing but nodes, boxes and arrows, whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const made = scene({ nodes: 8, links: 9, vpcs: 2, zones: 2, seed: 7, name });
        for (const line of mermaidOf(picture(made)).split('\n')) expect(line).toMatch(LINE);
      }),
      { numRuns: runs(60) },
    );
  });
});
