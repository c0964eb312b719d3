/** `JOURNEY.md`, which is read once as a whole, and a file for each chapter, which is open while its steps are gone. */
import type { Edit } from '../../plan/edit.ts';
import { NOTHING_NOTICED, type Source, type Step } from '../../plan/step.ts';
import { type Chapter, type ChapterStep, chaptersOf } from './chapters.ts';
import type { Journey, Thing } from './journey.ts';
import { fence, line, sentence, table } from './markdown.ts';
import { guardedOf } from './options.ts';
import type { Project } from './project.ts';
import { counted, rough, span } from './say.ts';

export function journeyFiles(
  journey: Journey,
  project: Project,
  things: readonly Thing[],
): readonly (readonly [path: string, text: string])[] {
  const chapters = chaptersOf(journey);
  const lifted = liftedBy(things);
  return [
    ['JOURNEY.md', overview(journey, chapters)],
    ...chapters.map((chapter) => [chapter.file, chapterText(chapter, project, lifted)] as const),
  ];
}

/** By step: what Pulumi no longer protects from it on, because a later step replaces or deletes it. */
function liftedBy(things: readonly Thing[]): ReadonlyMap<number, readonly string[]> {
  const lifted = new Map<number, string[]>();
  for (const thing of things) {
    const guard = guardedOf(thing)?.guarded.find(({ at, value }) => !value && at > thing.from);
    if (guard) lifted.set(guard.at, [...(lifted.get(guard.at) ?? []), thing.name]);
  }
  return lifted;
}

const KINDS: Readonly<Record<Step['kind'], string>> = {
  expand: 'only adds',
  contract: 'only takes away',
  switch: 'one change of one resource',
  act: 'commands beside the program',
  watch: 'waits for evidence',
};

function overview({ steps }: Journey, chapters: readonly Chapter[]): string {
  const kinds = Object.entries(KINDS).map(([kind, means]) => `*${kind}* ${means}`);
  return `# The journey

${counted(steps.length, 'step')} in ${counted(chapters.length, 'chapter')}, in this order; each was proven from the one before. A chapter's own page has the commands, the
checks and the way back of each of its steps; [README.md](README.md) tells how to go one. A step ${kinds.join(', ')}. – means: nothing that we know of.

${table(['', 'chapter', 'steps', 'takes', 'clients notice'], chapters.map(chapterRow))}

${chapters.map(chapterPart).join('\n\n')}
`;
}

const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replace(/ /g, '-');

const headOf = ({ number, title }: Chapter): string => `${number} ${title}`;

function chapterRow(chapter: Chapter): readonly string[] {
  const { number, title, steps } = chapter;
  const total = (bound: 'from' | 'to'): number => steps.reduce((sum, { step }) => sum + step.duration[bound], 0);
  const noticed = steps.filter(({ step }) => step.clientsNotice.to > 0);
  const most = noticed.reduce((sum, { step }) => sum + step.clientsNotice.to, 0);
  return [
    `${number}`,
    `[${line(title)}](#${anchor(headOf(chapter))})`,
    `${steps.length}`,
    rough({ from: total('from'), to: total('to') }),
    most === 0 ? '–' : `${rough({ from: 0, to: most })}, in ${counted(noticed.length, 'step')}`,
  ];
}

function chapterPart(chapter: Chapter): string {
  const rows = chapter.steps.map(({ step, at, name }) => [
    `${at + 1}`,
    `[\`${name}\`](${chapter.file}#${anchor(`${at + 1} ${name}`)})`,
    line(step.title),
    step.kind,
    span(step.duration),
    noticeText(step),
  ]);
  return `## ${line(headOf(chapter))}

${chapter.about === '' ? '' : `${sentence(chapter.about)}\n\n`}${table(['', 'step', 'what', 'kind', 'takes', 'clients notice'], rows)}`;
}

function noticeText({ clientsNotice: { what, ...seconds } }: Step): string {
  if (seconds.to === 0 && what === NOTHING_NOTICED.what) return '–';
  return `${line(what)}${seconds.to > 0 ? ` (${span(seconds)})` : ''}`;
}

function chapterText(chapter: Chapter, project: Project, lifted: ReadonlyMap<number, readonly string[]>): string {
  const sources = sourcesOf(chapter);
  const parts = chapter.steps.map((one) => stepText(one, project, lifted.get(one.at) ?? [], sources));
  const list = sources.map(
    ({ claim, url, certainty }, n) =>
      `${n + 1}. ${sentence(claim)} <${url}>${certainty === 'documented' ? '' : ` (${certainty})`}`,
  );
  return `# ${line(headOf(chapter))}

${chapter.about === '' ? '' : `${sentence(chapter.about)} `}All chapters: [JOURNEY.md](../JOURNEY.md).

${parts.join('\n\n')}
${list.length === 0 ? '' : `\n## Sources\n\n${list.join('\n')}\n`}`;
}

const isSame = (a: Source, b: Source): boolean => a.url === b.url && a.claim === b.claim && a.certainty === b.certainty;

function sourcesOf({ steps }: Chapter): readonly Source[] {
  const sources: Source[] = [];
  for (const { step } of steps)
    for (const source of step.sources) if (!sources.some((one) => isSame(one, source))) sources.push(source);
  return sources;
}

function stepText(
  { step, at, name }: ChapterStep,
  project: Project,
  lifted: readonly string[],
  sources: readonly Source[],
): string {
  const { undo, gate, actions } = step;
  const notice = noticeText(step);
  const rests = step.sources.map((source) => sources.findIndex((one) => isSame(one, source)) + 1);
  const facts = [
    `- *${step.kind}* (${KINDS[step.kind]}), ${span(step.duration)}. Clients notice: ${notice === '–' ? 'nothing that we know of.' : sentence(notice)}`,
    `- Preview: ${changesText(step.edits)}`,
    ...(lifted.length > 0
      ? [`- No longer protected by Pulumi, for a later step: ${lifted.map(line).join(', ')}.`]
      : []),
    `- Undo: ${line(undo.how)}; until ${line(undo.until)}.${undo.exact ? '' : ' Not exactly what was before.'}`,
    ...(rests.length > 0 ? [`- Rests on [${rests.join(', ')}](#sources).`] : []),
  ];
  const commands = actions.map(({ command }) => withUrn(command, project));
  const checks = gate.map(({ check, query }) =>
    query === undefined ? `- ${line(check)}` : `- ${line(check)}\n\n${fence([query])}\n`,
  );
  return [
    `## ${at + 1} ${name}`,
    `**${line(step.title)}.** ${line(step.why)}`,
    facts.join('\n'),
    ...(commands.length > 0 ? ['By hand, after setting the step and before `pulumi up`:', fence(commands)] : []),
    ...(checks.length > 0 ? ['Before the next step:', checks.join('\n').trimEnd()] : []),
  ].join('\n\n');
}

/** More names than these are a list that nobody reads: their number is told. */
const MOST_NAMES = 12;

function changesText(edits: readonly Edit[]): string {
  if (edits.length === 0) return 'no change.';
  const groups = new Map<string, Map<string, string[]>>();
  for (const edit of edits) {
    const op = edit.op === 'adopt' || (edit.op === 'create' && edit.importId !== undefined) ? 'import' : edit.op;
    const types = groups.get(op) ?? new Map<string, string[]>();
    groups.set(op, types);
    const type = edit.type.split(':').at(-1) ?? '';
    types.set(type, [...(types.get(type) ?? []), edit.name]);
  }
  const texts = [...groups].map(([op, types]) => {
    const count = [...types.values()].flat().length;
    return `${count} to ${op}: ${count > MOST_NAMES ? numbersText(types) : namesText(types)}`;
  });
  return `${texts.join('; ')}.`;
}

const numbersText = (types: ReadonlyMap<string, readonly string[]>): string =>
  [...types].map(([type, names]) => `${names.length} \`${type}\``).join(', ');

/** The parts of one thing have its name; it is said once. */
function namesText(types: ReadonlyMap<string, readonly string[]>): string {
  const names = [...new Set([...types.values()].flat())];
  const all = [...types.keys()].map((type) => `\`${type}\``).join(', ');
  if (names.length === 1 && types.size > 1) return `${all} ${line(names[0] ?? '')}`;
  return [...types].map(([type, own]) => `\`${type}\` ${own.map(line).join(', ')}`).join('; ');
}

/** `'urn of aws:…::name'` of a plan's command, as this project's state calls it. */
const withUrn = (command: string, { name, stack }: Project): string =>
  command.replace(/'urn of ([^']+)'/g, (_, address: string) => `'urn:pulumi:${stack}::${name}::${address}'`);
