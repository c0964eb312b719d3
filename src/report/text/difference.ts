/** Two inputs beside each other, as text: what matters most comes first. */
import type { Changed, FieldChange, Thing } from '../../analyse/difference/resources.ts';
import { type DifferenceResult, differs, type FindingLine, isUnsure } from '../difference.ts';
import { ascii, few, hanging, heading, naming, type Page, plural, said } from './layout.ts';
import { notReadLines } from './proof.ts';

/** So many are told of each sort, unless everything is asked for. */
const SHOWN = 12;

export function differenceText(result: DifferenceResult, page: Page, details: boolean): string {
  naming(page, result);
  const lines = [
    ...hanging(page, '', headline(result)),
    '',
    ...doors(result, page),
    ...section(page, 'Findings that are new', result.findings.appeared.map(findingText), details),
    ...section(page, 'Findings that can be told now', result.findings.decided.map(findingText), details),
    ...section(page, 'Findings that are gone', result.findings.mended.map(findingText), details),
    ...section(page, 'Findings that nobody can tell any more', result.findings.undecided.map(findingText), details),
    ...section(page, 'Connections that came', result.flowsCome, details),
    ...section(page, 'Connections that went', result.flowsGone, details),
    ...section(page, 'When a zone is lost', result.zones.map(zoneText), details),
    ...section(page, 'Came', result.come.map(thingText), details),
    ...section(page, 'Went', result.gone.map(thingText), details),
    ...changes(result, page, details),
    ...cost(result, page),
    ...unsure(result, page),
  ];
  const text = `${lines.join('\n').trimEnd()}\n`;
  return page.unicode ? text : ascii(text);
}

function headline(result: DifferenceResult): string {
  const { come, gone, changed } = result;
  const ours = changed.filter(({ fields }) => fields.some(({ byAws }) => !byAws));
  if (!differs(result))
    return isUnsure(result)
      ? `${result.after} shows no difference from ${result.before}, but not everything could be compared.`
      : `${result.after} is what ${result.before} was.`;
  const counts = [
    `${come.length} came`,
    `${gone.length} went`,
    `${ours.length} changed`,
    ...(result.opened.length > 0
      ? [`the internet reaches ${plural(result.opened.length, 'thing')} more or on more ports`]
      : []),
  ];
  return `From ${result.before} to ${result.after}: ${counts.join(', ')}.`;
}

function section(page: Page, title: string, texts: readonly string[], details: boolean): readonly string[] {
  if (texts.length === 0) return [];
  const shown = details ? texts : texts.slice(0, SHOWN);
  const more = texts.length - shown.length;
  return [
    heading(page, title),
    ...shown.flatMap((text) => hanging(page, '  - ', text)),
    ...(more > 0 ? [`  ${said(page, `${more} more (--details)`)}`] : []),
    '',
  ];
}

const doors = ({ opened, closed }: DifferenceResult, page: Page): readonly string[] => [
  ...section(
    page,
    'Open to the internet now',
    opened.map(({ resource, ports, sources }) => `${thingText(resource)} on ${few(ports)} from ${few(sources)}`),
    true,
  ),
  ...section(
    page,
    'No longer open as it was',
    closed.map(({ resource, ports }) => `${thingText(resource)} on ${few(ports)}`),
    true,
  ),
];

const thingText = ({ kind, name, id }: Thing): string => (name === id ? `${kind} ${id}` : `${kind} ${name} (${id})`);

const findingText = ({ severity, claim }: FindingLine): string => `${severity}: ${claim}`;

const OUTCOMES = {
  survives: 'goes on',
  survivesAfterFailover: 'comes back after a failover',
  lost: 'is lost',
  unknown: 'is not known',
} as const;

const zoneText = ({ zone, flow, before, after }: DifferenceResult['zones'][number]): string =>
  `without ${zone}, ${flow} ${OUTCOMES[after]}; before it ${OUTCOMES[before]}`;

function changes({ changed, passing }: DifferenceResult, page: Page, details: boolean): readonly string[] {
  const ours = changed.filter(({ fields }) => fields.some(({ byAws }) => !byAws));
  const theirs = changed.length - ours.length + passing.come + passing.gone;
  const shown = details ? changed : ours.slice(0, SHOWN * 2);
  const lines =
    shown.length === 0 ? [] : [heading(page, 'Changed'), ...shown.flatMap((one) => changeLines(one, page, details))];
  if (ours.length > shown.length && !details)
    lines.push(`  ${said(page, `${ours.length - shown.length} more (--details)`)}`);
  if (theirs > 0 && !details)
    lines.push(
      ...hanging(
        page,
        '',
        `${theirs} things more changed by themselves: tasks, counts, last uses, who is primary (--details).`,
      ),
    );
  return lines.length === 0 ? [] : [...lines, ''];
}

function changeLines({ before, after, by, fields }: Changed, page: Page, details: boolean): readonly string[] {
  const name = by === 'name' && before.id !== after.id ? `${thingText(after)}, before ${before.id}` : thingText(after);
  return [
    ...hanging(page, '  ', name),
    ...fields.filter(({ byAws }) => details || !byAws).flatMap((field) => hanging(page, '      ', fieldText(field))),
  ];
}

function fieldText({ field, before, after, more, less, byAws }: FieldChange): string {
  const lists = [...more.map((one) => `+ ${one}`), ...less.map((one) => `- ${one}`)];
  const own = byAws ? ' (by itself)' : '';
  if (lists.length > 0) return `${field}: ${lists.join('; ')}${own}`;
  if (before === null || after === null) return `${field}: another one${own}`;
  return `${field}: ${before} → ${after}${own}`;
}

function cost({ cost: { before, after } }: DifferenceResult, page: Page): readonly string[] {
  if (before.known === after.known && before.unknown === after.unknown) return [];
  const unknown = Math.max(before.unknown, after.unknown);
  const rest = unknown > 0 ? `; ${plural(unknown, 'charge')} have no known price` : '';
  return [
    ...hanging(page, '', `Fixed costs: $${before.known.toFixed(2)} → $${after.known.toFixed(2)} a month${rest}.`),
    '',
  ];
}

function unsure(result: DifferenceResult, page: Page): readonly string[] {
  const { notCompared, ambiguous, undecided, byName, notRead } = result;
  const lines = [
    ...notCompared.map(({ side, operation, resources, fields }) => {
      const what = [
        ...(resources > 0 ? [plural(resources, 'resource')] : []),
        ...(fields > 0 ? [plural(fields, 'field')] : []),
      ];
      return `${operation} tells less in ${side === 'after' ? result.after : result.before}: ${what.join(', ')}`;
    }),
    ...ambiguous.map(
      ({ kind, name, before, after }) =>
        `${kind} ${name}: ${before} before and ${after} now; which is which cannot be told`,
    ),
    ...undecided.map((one) => `whether the internet reaches ${thingText(one)} is not known`),
  ];
  return [
    ...section(page, 'What could not be compared', lines, false),
    ...(notRead.length > 0 ? notReadLines(notRead, page) : []),
    ...(byName > 0
      ? hanging(page, '', `${plural(byName, 'resource')} have another id and were found by their names.`)
      : []),
  ];
}
