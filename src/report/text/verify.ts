/** Whether the account is where the journey says that it is, as text. */
import type { Deviation, Verification } from '../../plan/verify/verify.ts';
import { ascii, hanging, heading, naming, type Page, plural } from './layout.ts';

/** So many differences are told of each sort, unless everything is asked for. */
const SHOWN = 15;

export function verifyText(result: Verification, page: Page, details: boolean): string {
  naming(page, result);
  const lines = [
    ...hanging(page, '', headline(result)),
    '',
    ...part(result, page, details, 'notApplied', 'Not applied yet'),
    ...part(result, page, details, 'already', 'There already, and planned for later'),
    ...part(
      result,
      page,
      details,
      'nobody',
      'Drift: no step of the journey leads there, so somebody changed it by hand',
    ),
    ...gates(result, page),
    ...unseen(result, page),
  ];
  const text = `${lines.join('\n').trimEnd()}\n`;
  return page.unicode ? text : ascii(text);
}

function headline({ step, number, deviations, notCompared, ambiguous }: Verification): string {
  if (deviations.length > 0)
    return `The account is not what was proven for step ${number}, ${step}: ${plural(deviations.length, 'difference')}.`;
  if (notCompared.length + ambiguous.length > 0)
    return `Nothing differs from what was proven for step ${number}, ${step}, but not everything could be compared.`;
  return `The account is what was proven for step ${number}, ${step}.`;
}

function part(
  { deviations }: Verification,
  page: Page,
  details: boolean,
  to: Deviation['belongs']['to'],
  title: string,
): readonly string[] {
  const mine = deviations.filter(({ belongs }) => belongs.to === to);
  if (mine.length === 0) return [];
  const shown = details ? mine : mine.slice(0, SHOWN);
  return [
    heading(page, title),
    ...shown.flatMap((one) => hanging(page, '  - ', deviationText(one))),
    ...(mine.length > shown.length ? hanging(page, '  ', `${mine.length - shown.length} more (--details)`) : []),
    '',
  ];
}

function deviationText({ what, thing: { kind, name, id }, field, belongs }: Deviation): string {
  const thing = name === id ? `${kind} ${id}` : `${kind} ${name} (${id})`;
  const step = belongs.to === 'nobody' ? '' : ` [${belongs.step}]`;
  switch (what) {
    case 'come':
      return `${thing} is there${step}`;
    case 'gone':
      return `${kind} ${name} is not there${step}`;
    case 'changed':
      return `${thing}: ${fieldText(field)}${step}`;
  }
}

function fieldText(field: Deviation['field']): string {
  if (field === null) return '';
  const lists = [...field.more.map((one) => `+ ${one}`), ...field.less.map((one) => `- ${one}`)];
  if (lists.length > 0) return `${field.field} ${lists.join('; ')}`;
  if (field.before === null || field.after === null) return `${field.field} is another one`;
  return `${field.field} is ${field.after}, proven was ${field.before}`;
}

function gates({ gate }: Verification, page: Page): readonly string[] {
  if (gate.length === 0) return [];
  const mark = { true: page.unicode ? '✓ ' : '+ ', false: page.unicode ? '✗ ' : 'x ', null: '? ' };
  return [
    heading(page, 'Before the next step'),
    ...gate.flatMap(({ check, query, passed, because }) => [
      ...hanging(page, `  ${mark[`${passed}`]}`, check),
      ...(because === undefined ? [] : hanging(page, '      ', because)),
      ...(passed === null && query !== undefined ? [`      ${query}`] : []),
    ]),
    '',
  ];
}

function unseen({ notCompared, ambiguous }: Verification, page: Page): readonly string[] {
  const lines = [
    ...notCompared.map(({ operation, resources, fields }) => {
      const what = [
        ...(resources > 0 ? [plural(resources, 'resource')] : []),
        ...(fields > 0 ? [plural(fields, 'field')] : []),
      ];
      return `${operation} tells less in the fresh input: ${what.join(', ')}`;
    }),
    ...ambiguous.map(({ kind, name }) => `several have the name ${name} (${kind}); which is which cannot be told`),
  ];
  return lines.length === 0
    ? []
    : [heading(page, 'What could not be compared'), ...lines.flatMap((one) => hanging(page, '  - ', one)), ''];
}
