/** Access as text: one verdict, the administrators, or what each service is granted against what it is seen to use. */
import type { DecidingStatement } from '../../analyse/access/answer.ts';
import type { AccessResult, AdministratorsResult, ServicesResult } from '../access.ts';
import { ascii, few, hanging, heading, naming, type Page, paint, plural, said } from './layout.ts';
import { assumptionLines, missingLines, notReadLines } from './proof.ts';

const finish = (lines: readonly string[], page: Page): string => {
  const text = `${lines.join('\n').trimEnd()}\n`;
  return page.unicode ? text : ascii(text);
};

const BECAUSE = {
  allowed: 'allowed',
  explicitDeny: 'denied by name',
  notAllowed: 'nothing allows it',
  limited: 'allowed, but a boundary, session or organization policy does not let it pass',
  notNamed: "the resource's own policy would have to name the caller, and does not",
  missing: 'the input does not tell',
} as const;

export function accessText(result: AccessResult, page: Page): string {
  naming(page, result);
  const conditional = result.verdict === 'yes' && result.conditions.length > 0;
  const verdict = conditional ? 'YES, IF' : result.verdict.toUpperCase();
  const lines = [
    ...hanging(page, `${verdict}  `, `${result.principal} ${result.action} on ${result.resource}`).map((line) =>
      paint(page, 'bold', line),
    ),
    ...result.conditions.flatMap(({ says }) => hanging(page, '  if ', says)),
    ...(conditional || result.verdict === 'yes' ? [] : hanging(page, '     ', BECAUSE[result.because])),
  ];
  if (result.statements.length > 0)
    lines.push('', said(page, 'Decided by:'), ...result.statements.flatMap((one) => statementLines(one, page)));
  if (result.missing.length > 0)
    lines.push('', said(page, 'The input does not tell:'), ...missingLines(result.missing, page));
  return finish([...lines, ...assumptionLines(result.assumptions, page)], page);
}

const last = (id: string): string => id.split(/[:/]/).at(-1) ?? id;

function statementLines(
  { effect, policy, type, holder, sid, index, notAction, source }: DecidingStatement,
  page: Page,
): readonly string[] {
  const where = source ? `, ${source.operation} ${source.path}` : '';
  const name = sid === null ? `statement ${index + 1}` : `statement ${sid}`;
  return [
    ...hanging(
      page,
      '  - ',
      `${effect} by ${name} of the ${type} policy ${last(policy)} of ${last(holder)}${notAction ? ' (NotAction)' : ''}`,
    ),
    ...hanging(page, '    ', `${policy}${where}`).map((line) => paint(page, 'dim', line)),
  ];
}

export function administratorsText({ administrators, notRead }: AdministratorsResult, page: Page): string {
  naming(page, administrators);
  const sure = administrators.filter(({ verdict }) => verdict === 'yes');
  const lines = [
    heading(
      page,
      sure.length === 0 && notRead.length > 0
        ? 'Nobody is proven to be an administrator in effect, but not everything was read.'
        : `${notRead.length > 0 ? 'At least ' : ''}${plural(sure.length, 'principal is', 'principals are')} administrator in effect.`,
    ),
    '',
  ];
  for (const one of administrators) {
    const ifs = one.conditions.map(({ says }) => says).join(' and ');
    const how =
      one.verdict === 'unknown'
        ? 'perhaps'
        : one.way === 'escalation'
          ? `in ${plural(one.chain.length, 'step')}`
          : (one.way ?? '');
    lines.push(
      ...hanging(
        page,
        '  ',
        `${one.principal.kind} ${one.principal.name}: ${WAYS[how] ?? how}${ifs === '' ? '' : `, if ${ifs}`}`,
        4,
      ),
    );
    for (const link of one.chain)
      lines.push(
        ...hanging(
          page,
          '      - ',
          `${last(link.from)} may ${link.says} (${last(link.through)}), and so is ${last(link.to)}`,
        ),
      );
    for (const { policy, holder, index } of one.chain.length === 0 ? one.statements.slice(0, 2) : [])
      lines.push(
        ...hanging(page, '      - ', `statement ${index + 1} of ${last(policy)} of ${last(holder)}`).map((line) =>
          paint(page, 'dim', line),
        ),
      );
    if (one.verdict === 'unknown')
      lines.push(...missingLines(one.missing.slice(0, 3), page).map((line) => `    ${line}`));
  }
  if (notRead.length > 0) lines.push('', ...notReadLines(notRead, page));
  return finish(lines, page);
}

const WAYS: Readonly<Record<string, string>> = {
  direct: 'by its own policies',
  group: 'by a group',
  notAction: 'by a NotAction that leaves out too little',
  perhaps: 'perhaps; the input does not tell all',
};

export function servicesText({ roles, proposals, notRead }: ServicesResult, page: Page): string {
  naming(page, { roles, proposals });
  const lines: string[] = [];
  for (const { role, workloads, wildcards, notSeen, unused } of roles) {
    const used =
      unused === true
        ? 'nothing runs with it'
        : workloads.length === 0
          ? 'nothing is seen to run with it'
          : `used by ${few(workloads.map(last), 5)}`;
    lines.push(...hanging(page, '', `${role.name}: ${used}`).map((line) => paint(page, 'bold', line)));
    for (const { policy, actions, resources } of wildcards)
      lines.push(...hanging(page, '  wide: ', `${few(actions, 4)} on ${few(resources, 2)} (${last(policy)})`));
    if (notSeen.length > 0) lines.push(...hanging(page, '  not seen in use: ', few(notSeen, 10)));
  }
  lines.push('', heading(page, 'Least policies from the evidence'));
  for (const { name, use, needs } of proposals) {
    lines.push(...hanging(page, '', `${name} (${use})`));
    if (needs.length === 0) lines.push(...hanging(page, '  ', 'nothing is seen to be used'));
    for (const { actions, resources, sure, because } of needs) {
      lines.push(
        ...hanging(
          page,
          sure ? '  + ' : '  ? ',
          `${few(actions, 6)} on ${few(
            resources.map((arn) => arn),
            2,
          )}`,
        ),
      );
      lines.push(...hanging(page, '    ', because).map((line) => paint(page, 'dim', line)));
    }
  }
  if (notRead.length > 0) lines.push('', ...notReadLines(notRead, page));
  const foot = said(page, '+ shown by the evidence; ? to be confirmed. The policies themselves: --json.');
  return finish([...lines, '', foot], page);
}
