import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import type { IconSet } from './icons/icons.ts';
import { layout } from './layout.ts';
import { render } from './render.ts';
import { scene } from './testing.ts';

const TAG = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z][\w:-]*="[^"<>]*")*)(\/?)>/y;
const TEXT = /(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+/y;
const COMMENT = /<!--(?:(?!--).)*-->/y;
const KNOWN = new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'g', 'path']);
/** What AWS's icons are made of, and how they are used. */
const OF_ICONS = new Set(['defs', 'symbol', 'use', 'linearGradient', 'stop']);

/** Reads the SVG as strict XML of the few elements that we write; throws at anything else. */
function read(svg: string): readonly string[] {
  const open: string[] = [];
  const attributes = new Set<string>();
  for (let at = 0; at < svg.length; ) {
    TAG.lastIndex = at;
    TEXT.lastIndex = at;
    COMMENT.lastIndex = at;
    const tag = TAG.exec(svg);
    const text = tag ? null : TEXT.exec(svg);
    if (tag) {
      const [, closing, name = '', own = '', alone] = tag;
      if (!KNOWN.has(name) && !OF_ICONS.has(name)) throw new Error(`<${name}>`);
      for (const [, attribute = ''] of own.matchAll(/ ([a-zA-Z][\w:-]*)=/g)) attributes.add(attribute);
      if (closing === '/') expect(open.pop()).toBe(name);
      else if (alone !== '/') open.push(name);
    }
    const length = (tag ?? text ?? COMMENT.exec(svg))?.[0].length ?? 0;
    if (length === 0) throw new Error(`not well formed at: ${svg.slice(at, at + 60)}`);
    at += length;
  }
  expect(open).toEqual([]);
  return [...attributes];
}

function drawn(name: string, icons: IconSet = 'official'): string {
  const made = scene({ nodes: 9, links: 12, vpcs: 2, zones: 2, seed: 5, name });
  const { placement, routing } = layout(made);
  return render({ ...made, title: name, subtitle: name, notes: [name] }, placement, routing, { icons });
}

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  ']]><!ENTITY x SYSTEM "file:///etc/passwd">',
  '&lt;b&gt; &#x41;',
  '\u202eevil\u202c right to left',
  'nul\u0000 bell\u0007 escape\u001b[31m',
  'half \ud83d of a pair',
  '👩‍👩‍👧‍👦 데이터베이스 数据库',
  'x'.repeat(200),
  '',
  ' ',
];

describe('the SVG', () => {
  it.each(HOSTILE)('is well formed and without handlers when everything is called %j', (name) => {
    const attributes = read(drawn(name));
    expect(attributes.filter((one) => /^on|:href|^style$/.test(one))).toEqual([]);
    for (const [, to] of drawn(name).matchAll(/ href="([^"]*)"/g)) expect(to).toMatch(/^#up-i-[a-z0-9-]+$/);
  });

  it('is well formed whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        read(drawn(name));
      }),
      { numRuns: runs(100) },
    );
  });

  it('has no mark that turns the direction of the text around it', () => {
    expect(drawn('a\u202eb\u2066c\u200fd')).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });

  it('cuts a long name where it is shown and keeps it whole in the tooltip', () => {
    const svg = drawn('y'.repeat(200));
    expect(svg).toContain('…');
    expect(svg).toMatch(/<title>y{200}<\/title>/);
  });

  it('shows the same with plain tiles, without anything of AWS', () => {
    const [plain, official] = [drawn('shop', 'plain'), drawn('shop')];
    expect(plain).not.toMatch(/<(?:defs|symbol|use|linearGradient)|up-i-/);
    const places = (svg: string): readonly string[] =>
      [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)"[^>]* class="tile/g)].map(([, x, y]) => `${x} ${y}`);
    expect(places(plain)).toHaveLength(9);
    expect(places(plain)).toEqual(places(official));
  });

  it('names itself to a screen reader', () => {
    const svg = drawn('shop');
    expect(svg).toMatch(/role="img" aria-labelledby="up-title up-desc"/);
    expect(svg).toMatch(/<title id="up-title">shop<\/title>/);
    expect(svg).toMatch(/<desc id="up-desc">[^<]*Connections: /);
  });

  it('asks for nothing from outside and has colours for the dark', () => {
    const svg = drawn('shop');
    expect(svg.replace('http://www.w3.org/2000/svg', '').replaceAll('https://sketch.com', '')).not.toMatch(
      /https?:|url\((?!#up-i-)|@import/,
    );
    expect(svg).toContain('prefers-color-scheme:dark');
  });
});
