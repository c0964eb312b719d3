/** What the internet reaches, as text: each thing once, the change that closes it, then what is nearly open or unknown. */
import type { ExposureEntry, ExposureResult } from '../exposure.ts';
import { ascii, few, hanging, heading, naming, type Page, paint, plural } from './layout.ts';
import { hopLines, notReadLines } from './proof.ts';

export function exposureText(result: ExposureResult, page: Page, details: boolean): string {
  naming(page, result);
  const open = result.exposures.filter(({ latent }) => !latent);
  const latent = result.exposures.filter((one) => one.latent);
  const headline =
    open.length > 0
      ? `The internet reaches ${plural(open.length, 'thing')}.`
      : result.unknown.length > 0
        ? `Nothing is proven to be reached from the internet, but ${plural(result.unknown.length, 'thing')} could not be decided.`
        : result.notRead.length > 0
          ? 'Nothing is proven to be reached from the internet, but not everything was read.'
          : 'The internet reaches nothing.';
  const lines = [...hanging(page, '', headline).map((line) => paint(page, 'bold', line)), ''];
  for (const one of open) lines.push(...openLines(one, page, details), '');
  if (latent.length > 0) {
    lines.push(heading(page, 'One attribute away'));
    for (const one of latent)
      lines.push(
        ...hanging(
          page,
          '  ',
          `${nameOf(one)} on ${few(one.ports, 4)}: only this stands in the way: ${one.only.map(({ detail }) => detail).join(' ')}`,
          4,
        ),
      );
    lines.push('');
  }
  if (result.unknown.length > 0) {
    lines.push(heading(page, 'Not decided'));
    const needs = new Map<string, string[]>();
    for (const { resource, missing } of result.unknown)
      for (const operation of new Set(missing.map((one) => one.operation)))
        needs.set(operation, [...(needs.get(operation) ?? []), resource.name]);
    for (const [operation, names] of [...needs].sort())
      lines.push(...hanging(page, '  ', `for want of ${operation}: ${few(names, 5)}`, 4));
    lines.push('');
  }
  if (result.notRead.length > 0) lines.push(...notReadLines(result.notRead, page), '');
  if (result.inside.length > 0)
    lines.push(
      ...hanging(
        page,
        '',
        `Open to every address of their own network: ${few(
          result.inside.map(({ resource }) => resource.name),
          6,
        )}.`,
      ),
    );
  const text = `${lines.join('\n').trimEnd()}\n`;
  return page.unicode ? text : ascii(text);
}

const nameOf = ({ resource }: ExposureEntry): string => `${resource.name} (${resource.kind})`;

function openLines(one: ExposureEntry, page: Page, details: boolean): readonly string[] {
  const via =
    one.via === 'direct' ? '' : `, through ${one.via.map((id) => id.split(/[:/]/).at(-2) ?? id).join(' and ')}`;
  const head = hanging(page, '  ', `${nameOf(one)} on ${few(one.ports, 6)} from ${few(one.sources, 4)}${via}`, 4);
  const cut = one.cut ? hanging(page, '    closed by: ', cutText(one.cut), 15) : [];
  return [...head, ...cut.map((line) => paint(page, 'dim', line)), ...(details ? hopLines(one.proof, page) : [])];
}

function cutText(cut: NonNullable<ExposureEntry['cut']>): string {
  const what = cut.items.map(({ detail }) => detail.replace(/\.$/, '')).join('; ');
  const told = [
    cut.touches > 0 ? `touches ${plural(cut.touches, 'other resource')}` : '',
    cut.breaks.length > 0 ? `would cut ${few(cut.breaks, 2)}` : '',
    cut.undecided.length > 0 ? `may cut ${few(cut.undecided, 2)}` : '',
    cut.alsoCloses.length > 0 ? `also ends ${few(cut.alsoCloses, 2)}` : '',
  ].filter((text) => text !== '');
  return [what, ...told].join('; ');
}
