/** Reachability as text: the verdict, what exactly gets through, the hops or all blockers, what was assumed. */
import type { Endpoint, ReachAnswer } from '../../analyse/reachability/index.ts';
import { endpointText } from '../reach.ts';
import { ascii, few, hanging, naming, type Page, paint, said } from './layout.ts';
import { assumptionLines, hopLines, missingLines } from './proof.ts';

const nameOf = (endpoint: Endpoint): string =>
  endpoint.type === 'resource' && endpoint.resource.name !== endpoint.resource.id
    ? `${endpoint.resource.name} (${endpoint.resource.kind})`
    : endpointText(endpoint);

export function reachText(answer: ReachAnswer, asked: string | undefined, page: Page): string {
  naming(page, [answer.from, answer.to]);
  const what = `${nameOf(answer.from)} → ${nameOf(answer.to)}${asked === undefined ? '' : ` on ${asked}`}`;
  const lines = [
    ...headline(answer, what, page),
    ...body(answer, page),
    ...assumptionLines(answer.verdict.assumptions, page),
  ];
  const text = `${lines.join('\n')}\n`;
  return page.unicode ? text : ascii(text);
}

function headline(answer: ReachAnswer, what: string, page: Page): readonly string[] {
  const bold = (text: string) => hanging(page, '', text).map((line) => paint(page, 'bold', line));
  switch (answer.verdict.answer) {
    case 'yes':
      return [
        ...bold(`YES  ${what}`),
        ...answer.sets.flatMap(({ addresses, traffic }) =>
          hanging(
            page,
            '     ',
            answer.over === 'sources'
              ? `${few(traffic, 6)} from ${few(addresses, 6)}`
              : `${few(traffic, 6)} to ${few(addresses, 6)}`,
          ),
        ),
      ];
    case 'no':
      return bold(`NO  ${what}`);
    case 'unknown':
      return bold(`UNKNOWN  ${what}`);
  }
}

function body({ verdict }: ReachAnswer, page: Page): readonly string[] {
  switch (verdict.answer) {
    case 'yes':
      return ['', said(page, 'Proof:'), ...hopLines(verdict.proof, page)];
    case 'no':
      return ['', said(page, 'Everything that stands in the way:'), ...hopLines(verdict.blockers, page)];
    case 'unknown':
      return ['', said(page, 'The input does not tell:'), ...missingLines(verdict.missing, page)];
  }
}
