/** The pages of a journey, and the folders of a project, on the moves of the built-in shop. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT, shopJourney } from '../testing/journeys.ts';
import { emit } from './emit.ts';
import { line } from './markdown.ts';

const journey = shopJourney([
  ['adopt', null],
  ['evidence-first', null],
  ['groups-beside', 'development'],
  ['groups-beside', 'production'],
  ['private-network', 'production'],
  ['way-in', 'production'],
  ['functions-inside', 'production'],
]);
const { files } = emit(journey, PROJECT);
const pages = [...files].filter(([path]) => path === 'JOURNEY.md' || path.startsWith('journey/'));

const anchors = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, head = '']) =>
      head
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replace(/ /g, '-'),
    ),
  );

describe('the pages of a journey', () => {
  it.each(journey.steps.map((step, at) => [journey.names[at] ?? '', step] as const))(
    'tell all about %s on the page of its chapter',
    (name, step) => {
      const page = pages.find(([path, text]) => path !== 'JOURNEY.md' && text.includes(` ${name}\n`))?.[1] ?? '';
      const facts = [
        step.title,
        step.why,
        step.undo.how,
        step.undo.until,
        ...step.gate.map(({ check }) => check),
        ...step.sources.map(({ claim }) => claim),
      ];
      for (const fact of facts) expect(page).toContain(line(fact));
      for (const { url } of step.sources) expect(page).toContain(`<${url}>`);
      for (const { query } of step.gate) expect(page).toContain(query ?? '');
      for (const { command } of step.actions) expect(page).toContain(command.replace(/'urn of [^']+'/g, ''));
    },
  );

  it('are found from the table: every link leads to a heading that is there', () => {
    const links = pages.flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => [path, link] as const),
    );
    expect(links.length).toBeGreaterThan(journey.steps.length);
    for (const [path, link] of links) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), file);
      expect(files.has(target), `${path}: ${link}`).toBe(true);
      if (anchor !== undefined) expect([...anchors(files.get(target) ?? '')], `${path}: ${link}`).toContain(anchor);
    }
  });

  it('say in the table what clients notice, for every step of which something is said', () => {
    const table = files.get('JOURNEY.md') ?? '';
    for (const { clientsNotice } of journey.steps.filter((step) => step.clientsNotice.to > 0))
      expect(table).toContain(line(clientsNotice.what));
  });
});

describe('the files of the program', () => {
  const sources = [...files].filter(([path]) => /^(adopted|target)\/.*\.ts$/.test(path));
  const imports = new Map(
    sources.map(([path, text]) => [
      path,
      [...text.matchAll(/from '(\.[^']+)\.js'/g)].map(([, file = '']) => `${posix.join(posix.dirname(path), file)}.ts`),
    ]),
  );

  it('stand in a folder for each environment, and none is a second part', () => {
    const folders = new Set(sources.map(([path]) => posix.dirname(path)));
    expect([...folders].sort()).toEqual([
      'adopted/account',
      'adopted/dev',
      'adopted/prod',
      'target/account',
      'target/dev',
      'target/prod',
    ]);
    expect(sources.map(([path]) => path).filter((path) => /-\d+\.ts$/.test(path))).toEqual([]);
  });

  it('import only what is there, and none of them itself around a corner', () => {
    for (const [path, used] of imports) for (const file of used) expect(files.has(file), `${path}: ${file}`).toBe(true);
    for (const start of imports.keys()) {
      const seen = new Set<string>();
      const next = [...(imports.get(start) ?? [])];
      for (let file = next.pop(); file !== undefined; file = next.pop())
        if (!seen.has(file)) {
          seen.add(file);
          next.push(...(imports.get(file) ?? []));
        }
      expect(seen.has(start), start).toBe(false);
    }
  });
});
