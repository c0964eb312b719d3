import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../tests/runs.ts';
import { html, json, link, textOf } from './html.ts';
import { EN, ENGLISH, type Language, type Messages } from './messages.ts';
import { reportHtml } from './page.ts';
import { auditOnly, renamed, shortJourney } from './testing/journey.ts';

const page = reportHtml(shortJourney());
const MARKER = /<(\/?)([a-z][a-zA-Z0-9]*)((?: [a-zA-Z][\w:-]*(?:="[^"<>]*")?)*) ?(\/?)>/g;

/** Every tag with the names of its attributes, sorted, since names decide the order of some: what a browser builds the page from. */
function structure(text: string): readonly string[] {
  const bare = text
    .replace(/<script>[\s\S]*?<\/script>/, '<script></script>')
    .replace(/<style>[\s\S]*?<\/style>/g, '<style></style>')
    .replace(/(<script type="application\/json" id="data">)([^<>]*)(<\/script>)/, '$1$3')
    .replace(/<defs><symbol[\s\S]*?<\/symbol><\/defs>/, '<defs></defs>')
    .replace('<!doctype html>', '');
  const tags = [...bare.matchAll(MARKER)].map(([, closing, name = '', attributes = '', alone]) => {
    const names = [...attributes.matchAll(/ ([a-zA-Z][\w:-]*)(?:="[^"]*")?/g)].map((match) => match[1]);
    return `${closing}${name}${alone} ${names.join(' ')}`;
  });
  expect(bare.replace(MARKER, '')).not.toMatch(/[<>]/);
  return tags.sort();
}

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '--><!--<script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></svg></title><b>',
  '&lt;b&gt;&#x3c;',
  '\u202eevil\u202c\u2066',
  '{n}{{x}}{toString}',
  'half \ud83d of a pair \u0000\u0007',
  '👩‍👩‍👧‍👦 데이터베이스',
  'y'.repeat(200),
];

describe('the report of an account whose names are hostile', () => {
  const plainly = structure(reportHtml(renamed(shortJourney(), 'plain')));

  it.each(HOSTILE)('has the same structure as with plain names: %j', (name) => {
    expect(structure(reportHtml(renamed(shortJourney(), name)))).toEqual(plainly);
  });

  it('has it whatever the names', () => {
    const alone = structure(reportHtml(renamed(auditOnly(), 'plain')));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
        expect(structure(reportHtml(renamed(auditOnly(), `x${name}x`)))).toEqual(alone);
      }),
      { numRuns: runs(8) },
    );
  });

  it('has no handler, no style of an element, and no address that a browser would ask for', () => {
    const made = reportHtml(renamed(shortJourney(), HOSTILE.join(' ')));
    for (const tag of structure(made)) expect(tag).not.toMatch(/ (?:on\w+|style|srcdoc|formaction|srcset)\b/);
    for (const [, name, address] of made.matchAll(/ (src|href|action|data)="([^"]*)"/g))
      expect(`${name} ${address}`).toMatch(/^href (?:#|https:\/\/[\w.-]+\/|data:,$)/);
  });
});

describe('markup', () => {
  it('holds no value that is not escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(textOf(html`<p title="${value}">${value}</p>`).replace(/^<p title="|">|<\/p>$/g, '')).not.toMatch(
          /[<>"']/,
        );
      }),
      { numRuns: runs(200) },
    );
  });

  it('makes links of https addresses only', () => {
    expect(textOf(link('https://docs.aws.amazon.com/x'))).toMatch(/^<a href/);
    for (const url of ['javascript:alert(1)', 'http://example.com/', 'https:evil', 'data:text/html,x', 'https://a b/'])
      expect(textOf(link(url))).not.toContain('<a');
  });

  it('writes JSON that reads back the same and cannot end its element', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = textOf(json(value));
        expect(text).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('the report', () => {
  it('has every section of the design, each with its heading', () => {
    const sections = [...page.matchAll(/<section id="(\w+)" aria-labelledby="h-\1">\s*<h2 id="h-\1">/g)].map(
      ([, id]) => id,
    );
    expect(sections).toEqual(['verdict', 'picture', 'findings', 'journey', 'zones', 'cost', 'unseen']);
  });

  it('is the same bytes again', () => {
    expect(reportHtml(shortJourney())).toBe(page);
  });

  it('is small, and asks for nothing', () => {
    expect(page.length).toBeLessThan(2_000_000);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:link rel="(?!icon)|img|iframe|script src)|@import|url\((?!#up-i-)/);
  });

  it('lights only what is drawn', () => {
    const drawn = new Set([...page.matchAll(/ data-k="(\w+)"/g)].map(([, key]) => key));
    const lit = [...page.matchAll(/ data-(?:lit|hop)="([^"]*)"/g)]
      .flatMap(([, keys = '']) => keys.split(' '))
      .filter((key) => key !== '');
    expect(lit.length).toBeGreaterThan(100);
    for (const key of lit) expect(drawn).toContain(key);
  });

  it('lights the whole way from the internet to an open database', () => {
    const [, lit = ''] =
      /data-lit="([^"]*)">legacy-dev-mysql takes connections on tcp\/3306 from anybody/.exec(page) ?? [];
    const label = (key: string): string =>
      new RegExp(`data-k="${key}"[^>]*>.*?class="name"[^>]*>([^<]*)<`).exec(page)?.[1] ?? '';
    const nodes = lit.split(' ').filter((key) => key.startsWith('n'));
    expect(nodes.map(label).sort()).toEqual(['Internet', 'Internet gateway', 'mysql']);
    expect(lit.split(' ').filter((key) => key.startsWith('w'))).toHaveLength(2);
  });

  it('tells which step each finding is gone after, and only of those that are', () => {
    const { result } = shortJourney().planned ?? {};
    const closed = (result?.steps.findIndex(({ move }) => move === 'database-closed') ?? -2) + 1;
    expect(page).toMatch(
      new RegExp(`legacy-dev-mysql takes connections on tcp/3306[^<]*</button> <a class="gone" href="#step-${closed}"`),
    );
    expect(page).toMatch(/legacy-prod-mysql takes connections on tcp\/3306[^<]*<\/button> <span class="stays">/);
  });

  it('names every condition of every step with its verdict', () => {
    const steps = shortJourney().planned?.result.steps.length ?? 0;
    expect(steps).toBeGreaterThan(4);
    for (const name of [
      EN['proof.flows'],
      EN['proof.exposure'],
      EN['proof.resilience'],
      EN['proof.data'],
      EN['proof.access'],
      EN['proof.order'],
    ])
      expect(page).toContain(`<strong>${name}.</strong>`);
    const lists = page.split('<ul class="proofs">').slice(1);
    expect(lists).toHaveLength(steps);
    for (const list of lists) expect(list.split('<h4>')[0]?.match(/<li (?:id|data-same)="o\d+">/g)).toHaveLength(6);
  });

  it('writes what steps have in common once, and the others lead there', () => {
    const whole = new Set([...page.matchAll(/<li id="(o\d+)">/g)].map(([, id]) => id));
    const links = [...page.matchAll(/<li data-same="(o\d+)"><a href="#(o\d+)">/g)];
    expect(links.length).toBeGreaterThan(10);
    for (const [, same, to] of links) {
      expect(same).toBe(to);
      expect(whole).toContain(to);
    }
  });

  it('shows what a step changes as code of the program, before and after', () => {
    expect(page).toMatch(
      /const legacyDevMysql = new aws\.rds\.Instance\([^<]*<del>- {3}publiclyAccessible: true,\n<\/del><ins>\+ {3}publiclyAccessible: false,\n<\/ins>/,
    );
    const { changes: _none, ...without } = shortJourney();
    expect(reportHtml(without)).toMatch(/<span class="plus">\+ {5}publiclyAccessible: false/);
  });

  it('says that there is no journey where the input is a program', () => {
    expect(reportHtml(auditOnly())).toContain(EN['verdict.way.program']);
  });

  it('says nothing of its own that is not in the messages', () => {
    const marked = Object.fromEntries(
      Object.entries(EN).map(([key, text]) => [key, `§${text.replace(/[^{}\s]+(?![^{]*\})/g, '§')}`]),
    ) as Messages;
    const marks: Language = { ...ENGLISH, messages: marked };
    const made = reportHtml(auditOnly(), marks);
    for (const text of Object.values(EN))
      if (/^[A-Z][a-z]+ [a-z ]+$/.test(text)) expect(made).not.toContain(`>${text}<`);
  });
});
