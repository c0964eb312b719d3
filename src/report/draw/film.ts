/**
 * All states of a journey in one SVG: each piece is there once for every way it looks, and says in which states it is shown
 * (`data-in="0-4,7"`) and what the steps do to it (`data-m="5+,9~,12-"`). A few lines of script, or none, choose the state.
 */
import { escaped } from './escape.ts';
import { frameOf } from './frame.ts';
import type { IconSet } from './icons/icons.ts';
import { type JourneyPictures, piecesOfAll } from './journey.ts';
import { badge, key, type Mark, type Marks, marksBetween } from './marks.ts';
import type { Container, Link } from './picture.ts';
import { type Layer, markup, type Piece } from './pieces.ts';
import { iconsOf, unroutedNote } from './render.ts';

export interface Film {
  readonly svg: string;
  /** What each step does, from the first on. */
  readonly marks: readonly Marks[];
  /** The `data-k` of a piece, by layer and id. */
  readonly keys: ReadonlyMap<string, string>;
}

/** States from the first on, as ranges: `0-4,7`. */
export function ranges(states: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const state of states) {
    const last = parts.at(-1);
    if (last && last[1] === state - 1) last[1] = state;
    else parts.push([state, state]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

const SIGN: Readonly<Record<Mark, string>> = { added: '+', changed: '~', removed: '-' };
const LAYERS: readonly Layer[] = ['box', 'node', 'way', 'pill'];
const LETTER: Readonly<Record<Layer, string>> = { box: 'b', node: 'n', way: 'w', pill: 'p' };

interface Look {
  readonly piece: Piece;
  readonly states: number[];
  readonly marks: string[];
}

export interface FilmOptions {
  /** Of each step, the ids of resources that it changes; one less than there are states. */
  readonly touched: readonly ReadonlySet<string>[];
  /** The number that stands for a flow in `data-f` of the ways that it takes. */
  readonly flowNumber: (flow: string) => number | undefined;
  /** `official` when left out. */
  readonly icons?: IconSet | undefined;
  /** The accessible name of the whole. */
  readonly label: string;
}

export function filmOf(journey: JourneyPictures, options: FilmOptions): Film {
  const { pictures, containers, placement } = journey;
  const icons = options.icons ?? 'official';
  const states = piecesOfAll(journey, icons);
  const marks = pictures
    .slice(1)
    .map((after, n) => marksBetween(pictures[n] ?? after, after, options.touched[n] ?? new Set<string>()));

  const looks = new Map<string, Look[]>();
  const byPiece = new Map<Piece, Look>();
  for (const [n, { pieces }] of states.entries())
    for (const piece of pieces) {
      const seen = byPiece.get(piece);
      if (seen) {
        seen.states.push(n);
        continue;
      }
      const id = key(piece.layer, piece.id);
      const list = looks.get(id) ?? [];
      looks.set(id, list);
      const known = list.find((one) => one.piece.body === piece.body && one.piece.classes === piece.classes);
      const look = known ?? { piece, states: [], marks: [] };
      if (!known) list.push(look);
      look.states.push(n);
      byPiece.set(piece, look);
    }
  for (const list of looks.values()) mark(list, marks, states.length);

  const order = new Map(containers.map(({ id }, n) => [key('box', id), n]));
  const ids = [...looks.keys()];
  const layers = LAYERS.map((layer) => ids.filter((id) => id.startsWith(`${layer} `)));
  layers[0]?.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  layers[2]?.sort((a, b) => wayRank(a) - wayRank(b));

  const zoneOf = zones(containers);
  const carries = carriedBy(new Set(pictures.flatMap(({ links }) => links)));
  const stands = new Map(pictures.flatMap(({ nodes }) => nodes.map(({ id, container }) => [id, container] as const)));
  const keys = new Map<string, string>();
  const groups = layers.flatMap((list, at) =>
    list.flatMap((id, n) => {
      const short = `${LETTER[LAYERS[at] ?? 'box']}${n}`;
      keys.set(id, short);
      return (looks.get(id) ?? []).map(({ piece, states: own, marks: signs }) => {
        const zone = piece.layer === 'box' ? zoneOf(piece.id) : zoneOf(stands.get(piece.id) ?? null);
        const flows = (carries.get(piece.id) ?? []).flatMap((flow) => options.flowNumber(flow) ?? []);
        const attributes = [
          ` data-k="${short}"`,
          own.length === states.length ? '' : ` data-in="${ranges(own)}"`,
          signs.length > 0 ? ` data-m="${signs.join(',')}"` : '',
          zone !== undefined && piece.layer !== 'way' && piece.layer !== 'pill' ? ` data-z="${zone}"` : '',
          piece.layer === 'way' && flows.length > 0 ? ` data-f="${flows.join(',')}"` : '',
        ].join('');
        const shown = own.includes(0) ? piece : { ...piece, classes: `${piece.classes} off`.trim() };
        return markup(shown, attributes, signs.length > 0 ? badge(piece.corner) : '');
      });
    }),
  );

  const say = pictures[0]?.say;
  const unrouted = Math.max(0, ...states.map((one) => one.unrouted));
  const links = pictures.flatMap((one) => one.links);
  const frame = { title: '', subtitle: '', notes: unroutedNote(unrouted, say), marked: true, say };
  const framed = frameOf(frame, placement, links);
  const svg = framed.whole(`role="img" aria-label="${escaped(options.label)}"`, [
    ...framed.before,
    iconsOf(
      pictures.flatMap(({ nodes }) => nodes),
      icons,
    ),
    ...groups,
    ...framed.after,
  ]);
  return { svg, marks, keys };
}

/** Writes on each look at which steps it bears which sign; one that goes bears it after it has gone. */
function mark(list: readonly Look[], marks: readonly Marks[], states: number): void {
  const at = new Map<number, Look>();
  for (const look of list) for (const n of look.states) if (!at.has(n)) at.set(n, look);
  for (let n = 1; n < states; n++) {
    const [is, was] = [at.get(n), at.get(n - 1)];
    if (!is) was?.marks.push(`${n}${SIGN.removed}`);
    else if (!was) is.marks.push(`${n}${SIGN.added}`);
    else if (changes(is, was, marks[n - 1])) is.marks.push(`${n}${SIGN.changed}`);
  }
}

const changes = (is: Look, was: Look, marks: Marks | undefined): boolean =>
  marks?.get(key(is.piece.layer, is.piece.id)) === 'changed' || (is !== was && is.piece.layer !== 'pill');

const wayRank = (id: string): number => (id.includes('["exposure"') ? 2 : id.includes('["replication"') ? 1 : 0);

/** The zone in which a box is, or that it is. */
function zones(containers: readonly Container[]): (container: string | null) => string | undefined {
  const byId = new Map(containers.map((one) => [one.id, one]));
  return (id) => {
    for (let at = id === null ? undefined : byId.get(id); at; at = at.parent === null ? undefined : byId.get(at.parent))
      if (at.kind === 'zone') return zoneKey(at.label);
    return undefined;
  };
}

/** A zone's name as an attribute: names of zones are plain, and what is not is taken out. */
export const zoneKey = (zone: string): string => zone.replace(/[^\w-]/g, '');

function carriedBy(links: Iterable<Link>): ReadonlyMap<string, readonly string[]> {
  const carried = new Map<string, Set<string>>();
  for (const { id, carries } of links) {
    const set = carried.get(id) ?? new Set();
    for (const one of carries) set.add(one);
    carried.set(id, set);
  }
  return new Map([...carried].map(([id, set]) => [id, [...set].sort()]));
}
