/** Every sentence that the report itself says, by key. `{name}` is filled in; `key.one` is for exactly one. A language is one such object. */

import { filled } from '../../language/template.ts';
import type { Translator } from '../../language/translator.ts';

export const EN = {
  'page.title': 'Underpin: {accounts}',
  'page.skip': 'To the verdict',
  'page.nav': 'Sections',
  'page.failed':
    'The interactive part of this report did not start: the file may be cut short, or scripts are turned off. Everything can still be read below, the picture shows today.',
  'page.input': 'From {input}.',
  'page.collected': 'Read on {date}.',
  'page.foot':
    'Made by Underpin from the input alone: nothing was sent anywhere, and nothing in AWS was changed. Proven means: on estates computed from the input, by the rules of AWS that Underpin knows.',

  'verdict.heading': 'Verdict',
  'verdict.bad':
    '{findings} proven problems in {resources} resources: {counts}. {exposed} things stand open to the internet that no known connection needs to be open.',
  'verdict.bad.none': 'No problem was proven in {resources} resources.',
  'verdict.way':
    '{steps} steps lead out of it. Each is proven: nobody is cut off, nothing new is exposed, no data is at risk, nobody is locked out. Clients notice {notice} in all, and {after} problems are left at the end ({counts}).',
  'verdict.way.none': 'No step could be proven safe from what was read; why, stands under “What could not be seen”.',
  'verdict.way.nothing': 'Nothing has to be changed: the plan is empty.',
  'verdict.way.program': 'This is a program and not a running account, so there is no journey to plan.',
  'verdict.end':
    'Losing the worst zone stops {lost} of {flows} connections today and {lostAfter} of {flowsAfter} at the end; the fixed cost goes from {before} to {after} a month{unknown}.',
  'verdict.end.today':
    'Losing the worst zone stops {lost} of {flows} connections; the fixed cost is {before} a month{unknown}.',
  'verdict.unknown': ', not counting {n} charges whose price is not known',
  'verdict.unknown.one': ', not counting one charge whose price is not known',
  'verdict.coverage':
    'Seen: {read} of {asked} read operations were answered, {unknown} questions could not be decided.',
  'verdict.unseen': 'What could not be seen',

  'numbers.high': 'High problems',
  'numbers.medium': 'Medium problems',
  'numbers.open': 'Open to the internet without need',
  'numbers.lost': 'Connections lost with the worst zone',
  'numbers.cost': 'Fixed cost a month',
  'numbers.unknown': 'not known: {before} → {after}',
  'numbers.unknown.today': 'not known: {before}',

  'severity.high': 'high',
  'severity.medium': 'medium',
  'severity.low': 'low',
  'severity.info': 'info',
  'severity.counts': '{high} high, {medium} medium, {low} low',

  'picture.heading': 'Picture',
  'picture.label': 'Architecture picture of {accounts}. The words under the picture say what it shows.',
  'picture.scroll': 'The picture; it scrolls to the side',
  'picture.before': 'Before',
  'picture.this': 'This step',
  'picture.after': 'After',
  'picture.mode': 'What the picture shows',
  'picture.back': 'Step back',
  'picture.forward': 'Step forward',
  'picture.slider': 'Step of the journey',
  'picture.today': 'Today',
  'picture.position': 'Step {n} of {all}',
  'picture.start': 'Before the first of {all} steps',
  'picture.keys': 'Arrow keys step through the journey.',
  'picture.zone': 'Lose a zone',
  'picture.zone.none': 'none',
  'picture.zone.lost':
    'Without {zone}: {lost} lost, {failover} back after a failover, {unknown} unknown, {survives} unharmed.',
  'picture.details': 'This step in full',
  'picture.size': 'Full size',
  'picture.says': '{nodes} things drawn, {exposed} of them open to the internet without need: {names}.',
  'picture.says.none': '{nodes} things drawn, none of them open to the internet without need.',
  'picture.added': 'Added: {names}.',
  'picture.changed': 'Changed: {names}.',
  'picture.removed': 'Taken away: {names}.',
  'picture.same': 'Nothing that is drawn changes in this step.',
  'picture.clear': 'Clear',
  'picture.lit': 'Lit in the picture',
  'picture.unlit': 'Nothing of this proof is drawn in the picture.',
  'picture.return': 'Back to the finding',

  'findings.heading': 'Findings',
  'findings.intro': 'Choose one, and the links of its proof light up in the picture.',
  'findings.none': 'No problem was proven.',
  'findings.count': '{n} findings',
  'findings.count.one': 'one finding',
  'findings.alike': '{n} more like this',
  'findings.alike.one': 'one more like this',
  'findings.gone': 'gone after step {n}',
  'findings.undecided': 'not known any more after step {n}',
  'findings.stays': 'still there at the end',
  'findings.proof': 'Proof',
  'findings.becomes': 'Becomes: {sound}.',
  'findings.accepted': 'Accepted by the team: {reason}',
  'findings.accepted.heading': 'Accepted by the team',
  'findings.where': '{operation} {path}',

  'journey.heading': 'Journey',
  'journey.none': 'There are no steps.',
  'journey.intro':
    '{steps} steps: {working} of work, {waiting} of waiting for evidence. A person starts every one of them; Underpin never writes to AWS.',
  'journey.account': 'The account',
  'journey.show': 'Show in the picture',
  'journey.expand': 'adds',
  'journey.contract': 'removes',
  'journey.switch': 'switches',
  'journey.act': 'by hand',
  'journey.watch': 'waits',
  'journey.takes': 'takes {time}',
  'journey.waits': 'wait {time}',
  'journey.notice': 'clients notice {time}',
  'journey.notice.none': 'clients notice nothing',
  'journey.cost': '{change} a month',
  'journey.findings': '{n} findings gone',
  'journey.findings.one': 'one finding gone',
  'journey.same': 'as before',
  'journey.steps': 'steps {first} to {last}',
  'journey.step': 'step {first}',
  'journey.why': 'Why',
  'journey.changes': 'What changes',
  'journey.changes.none': 'Nothing that is declared changes.',
  'journey.lines': '{n} lines',
  'journey.code': 'As TypeScript: {n} lines',
  'journey.code.one': 'As TypeScript: one line',
  'journey.proofs': 'Proofs',
  'journey.evidence': 'What was looked at ({n})',
  'journey.more': 'and {n} more: underpin plan --explain {step}',
  'journey.clients': 'What clients notice',
  'journey.commands': 'Commands',
  'journey.gate': 'Before the next step',
  'journey.undo': 'Undo',
  'journey.undo.until': '{how}. Possible until: {until}.',
  'journey.undo.inexact': 'It does not bring back exactly what was.',
  'journey.sources': 'What it rests on',
  'journey.documented': 'documented',
  'journey.composed': 'put together from what AWS documents',
  'journey.estimate': 'our estimate',
  'proof.flows': 'Nobody is cut off',
  'proof.exposure': 'Nothing new is exposed',
  'proof.resilience': 'Losing a zone costs no more',
  'proof.data': 'No data is at risk',
  'proof.access': 'Nobody is locked out',
  'proof.order': 'Any order inside the step is safe',
  'proof.proven': 'proven',
  'proof.violated': 'violated',
  'proof.unknown': 'unknown',

  'zones.heading': 'Losing a zone',
  'zones.intro':
    'Choose a zone: it dims in the picture, and every connection shows what becomes of it, at the step that the picture shows.',
  'zones.none': 'The input holds nothing that stands in a zone.',
  'zones.zone': 'Zone',
  'zones.today': 'Today',
  'zones.end': 'At the end',
  'zones.cell': '{lost} lost, {failover} after a failover, {unknown} unknown of {all}',
  'zones.choose': 'Lose {zone}',
  'zones.lost': 'Lost',
  'zones.survivesAfterFailover': 'Back after a failover',
  'zones.unknown': 'Not known',
  'zones.survives': 'Unharmed',
  'zones.more': 'and {n} more reasons',
  'zones.at': 'At the step that the picture shows:',

  'cost.heading': 'Cost',
  'cost.intro':
    'US dollars a month for what is there whether it is used or not. A price that is not known is never counted as nothing.',
  'cost.total': 'Fixed, all together',
  'cost.today': 'Today',
  'cost.end': 'At the end',
  'cost.change': 'Change',
  'cost.what': 'What',
  'cost.unknown': '{n} charges unknown',
  'cost.unknown.one': 'one charge unknown',
  'cost.same': '{n} further charges stay as they are: {sum}.',
  'cost.lines': 'Every charge that changes ({n})',
  'cost.unknown.list': 'Charges whose amount is not known at the end ({n})',
  'cost.none': 'Nothing changes.',
  'cost.prices': 'Prices as of {oldest} to {newest}.',
  'cost.environment.none': 'no environment known',

  'unseen.heading': 'What could not be seen',
  'unseen.none': 'Everything that was asked was answered and understood.',
  'unseen.refused': 'Read operations without an answer',
  'unseen.undecided': 'Questions that could not be decided',
  'unseen.undecided.for': '{operation}: {reason}',
  'unseen.after': 'What nobody can tell at the end of the journey',
  'unseen.after.of': '{title} ({names}): {needs}',
  'unseen.flows': 'Connections of which the input does not tell whether they work today',
  'unseen.flows.why': 'No step can promise them.',
  'unseen.unproven': 'Moves that are no part of the plan, because they cannot be proven safe',
  'unseen.waiting': 'Moves that were left out, because what they need never comes',
  'unseen.refusals': 'Moves that were refused, and what would have to change',
  'unseen.notices': 'Parts of the input that were not understood',
  'unseen.notices.unknownOperation': 'Answers that no reader uses: {operations}',
  'unseen.more': 'and {n} more',
  'unseen.denied': 'denied',
  'unseen.throttled': 'throttled',
  'unseen.failed': 'failed',
  'unseen.notAsked': 'not asked',
  'unseen.read': 'read',

  'pull.today': 'today',
  'pull.end': 'at the end',
  'pull.findings': 'findings',
  'pull.fixed': 'fixed cost a month',
  'pull.prices': '{n} prices unknown',
  'pull.step': 'step',
  'pull.kind': 'kind',
  'pull.takes': 'takes',
  'pull.notice': 'clients notice',
  'pull.cost': 'cost a month',
  'pull.left': 'Left at the end ({n})',
  'pull.undecided': 'What nobody can tell at the end ({n})',
  'pull.unproven': 'No part of the plan, because it cannot be proven safe ({n})',
  'pull.refused': 'Refused ({n})',
  'pull.skipped': 'The details of {n} steps are left out: `underpin plan --details` has them.',

  'time.none': 'nothing',
  'time.seconds': '{range} seconds',
  'time.minutes': '{range} minutes',
  'time.hours': '{range} hours',
  'time.days': '{range} days',
  'time.range': '{from} to {to}',
} as const satisfies Readonly<Record<string, string>>;

export type MessageKey = keyof typeof EN;
export type Messages = Readonly<Record<MessageKey, string>>;

export interface Language {
  /** BCP 47, for the page's `lang`. */
  readonly tag: string;
  readonly messages: Messages;
  /** A sentence of a result. */
  readonly text: (english: string) => string;
}
export const ENGLISH: Language = { tag: 'en', messages: EN, text: (english) => english };

/** The report's sentences are templates of the catalogue, looked up before they are filled. */
export const languageOf = ({ tag, template, text }: Translator): Language =>
  tag === 'en'
    ? ENGLISH
    : {
        tag,
        text,
        messages: Object.fromEntries(Object.entries(EN).map(([key, english]) => [key, template(english)])) as Messages,
      };

export type Data = Readonly<Record<string, string | number>>;
export interface Say {
  (key: MessageKey, data?: Data): string;
  /** A sentence of a result. */
  readonly text: (english: string) => string;
}

export function sayIn({ messages, text }: Language): Say {
  const known: Readonly<Partial<Record<string, string>>> = messages;
  const say = (key: MessageKey, data: Data = {}): string => {
    const template = data.n === 1 ? (known[`${key}.one`] ?? messages[key]) : messages[key];
    const values = Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value]);
    return filled(template, Object.fromEntries(values));
  };
  return Object.assign(say, { text });
}
