/** What stands around the pieces of a picture: the page, its title, the legend, and what it leaves out. */
import { escaped, plain } from './escape.ts';
import { badge, MARKS } from './marks.ts';
import { shorten, textWidth } from './measure.ts';
import type { LinkClass, Picture } from './picture.ts';
import { num, rect } from './pieces.ts';
import type { Placement } from './place.ts';
import { inEnglish, type Say } from './spoken.ts';
import { STYLE } from './style.ts';

const MARGIN = 20;
/** With a title, and without. */
const TOP = { titled: 34, bare: 0 };

export interface Frame {
  readonly title: string;
  readonly subtitle: string;
  readonly notes: readonly string[];
  /** Whether the legend explains the marks of a step. */
  readonly marked: boolean;
  readonly say?: Say | undefined;
}

export interface Framed {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly whole: (attributes: string, parts: readonly string[]) => string;
}

export function frameOf(frame: Frame, placement: Placement, links: Picture['links']): Framed {
  const width = Math.max(placement.width + 2 * MARGIN, 480);
  const top = frame.title === '' ? TOP.bare : TOP.titled;
  const bottom = top + placement.height;
  const height = bottom + 24 + frame.notes.length * 16 + MARGIN;
  const size = `${num(width)} ${num(height)}`;
  return {
    before: [
      `<style>${STYLE}</style>`,
      rect({ x: 0, y: 0, width, height }, 'class="page"'),
      ...(frame.title === ''
        ? []
        : [
            `<text class="title" x="${MARGIN}" y="32">${escaped(shorten(plain(frame.title), 17, width / 2))}</text>`,
            `<text class="sub" x="${num(width - MARGIN)}" y="32" text-anchor="end">${escaped(shorten(plain(frame.subtitle), 11.5, width / 2 - 2 * MARGIN))}</text>`,
          ]),
      `<g transform="translate(${MARGIN} ${top})">`,
    ],
    after: [
      '</g>',
      `<g transform="translate(${MARGIN} ${num(bottom + 18)})">${legendOf(links, frame.marked, frame.say)}</g>`,
      ...frame.notes.map(
        (note, i) => `<text class="note" x="${MARGIN}" y="${num(bottom + 42 + i * 16)}">${escaped(note)}</text>`,
      ),
    ],
    whole: (attributes, parts) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" class="up" viewBox="0 0 ${size}" width="${num(width)}" height="${num(height)}" ${attributes}>`,
        ...parts,
        '</svg>\n',
      ].join('\n'),
  };
}

const LEGEND: readonly { readonly class: LinkClass; readonly text: string }[] = [
  { class: 'flow', text: 'a connection that must work, with its port' },
  { class: 'exposure', text: 'open to the internet, and no known flow needs it' },
  { class: 'replication', text: 'copies of data' },
];

function legendOf(links: Picture['links'], marked: boolean, say: Say = inEnglish): string {
  let x = 0;
  const lines = LEGEND.filter(({ class: kind }) => links.some((link) => link.class === kind)).map(
    ({ class: kind, text: english }) => {
      const at = x;
      const text = say(english);
      x += 44 + textWidth(text, 11.5) + 18;
      return `<g class="${kind}"><path class="way" d="M${num(at)} -4h24"/><path class="tip" d="M${num(at + 31)} -4l-7 3.5v-7z"/></g><text class="note" x="${num(at + 38)}" y="0">${text}</text>`;
    },
  );
  const marks = MARKS.map(({ mark, text: english }) => {
    const at = x;
    const text = say(english);
    x += 14 + textWidth(text, 11.5) + 18;
    return `<g class="${mark}">${badge({ x: at + 6, y: -4 })}</g><text class="note" x="${num(at + 16)}" y="0">${text}</text>`;
  });
  return [...lines, ...(marked ? [`<g class="key">${marks.join('')}</g>`] : [])].join('');
}
