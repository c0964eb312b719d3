/** The steps: what each changes, its proofs, what clients notice, gate, undo, cost. */
import { moves } from '../../../plan/moves/index.ts';
import { CONDITIONS, type Counterexample } from '../../../plan/proofs/proof.ts';
import type { Seconds } from '../../../plan/step.ts';
import { diffOf } from '../../diff.ts';
import type { StepResult } from '../../plan.ts';
import { html, link, type Markup } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel, StepChange } from '../model.ts';
import { Shared } from '../shared.ts';
import { change, time } from '../words.ts';

/** Of each proof, as much as a reader takes in; the whole is the command line's. */
const EVIDENCE = 8;
const HEADS = 8;

export function journey(model: ReportModel, say: Say): Markup {
  const { plan } = model;
  const steps = plan?.steps ?? [];
  const gone = new Map<number, number>();
  for (const { is, since } of model.findingFates.values())
    if (is === 'gone') gone.set(since, (gone.get(since) ?? 0) + 1);
  const runs = byEnvironment(steps);
  const shared = new Shared(say('journey.same'));
  return html`<section id="journey" aria-labelledby="h-journey">
<h2 id="h-journey">${say('journey.heading')}</h2>
${
  plan && steps.length > 0
    ? html`<p>${say('journey.intro', { steps: steps.length, working: time(say, plan.summary.working), waiting: time(say, plan.summary.waiting) })}</p>`
    : html`<p>${say('journey.none')}</p>`
}
${runs.map(
  ({
    environment,
    first,
    own,
  }) => html`<h3>${environment === null ? say('journey.account') : say.text(environment)}</h3>
${byMove(own, first).map((one) => moveOf(one, { model, gone, shared, say }))}`,
)}
</section>`;
}

interface Run {
  readonly environment: string | null;
  /** Of all steps, how many are before. */
  readonly first: number;
  readonly own: StepResult[];
}

/** What every part of the section needs. */
interface Around {
  readonly model: ReportModel;
  /** By step: how many findings go with it. */
  readonly gone: ReadonlyMap<number, number>;
  readonly shared: Shared;
  readonly say: Say;
}

function byEnvironment(steps: readonly StepResult[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [n, step] of steps.entries()) {
    const last = runs.at(-1);
    if (last && last.environment === step.environment) last.own.push(step);
    else runs.push({ environment: step.environment, first: n, own: [step] });
  }
  return runs;
}

/** Steps of one move after the other: what a reader takes for one piece of work. */
function byMove(steps: readonly StepResult[], first: number): readonly Omit<Run, 'environment'>[] {
  const runs: Omit<Run, 'environment'>[] = [];
  for (const [n, step] of steps.entries()) {
    const last = runs.at(-1);
    if (last && last.own[0]?.move === step.move) last.own.push(step);
    else runs.push({ first: first + n, own: [step] });
  }
  return runs;
}

function moveOf({ first, own }: Omit<Run, 'environment'>, around: Around): Markup {
  const { gone, say } = around;
  const numbers = own.map((_, at) => first + at + 1);
  const name = own[0]?.move ?? '';
  const title = moves.find((one) => one.name === name)?.title ?? name;
  const sum = (of: (step: StepResult) => Seconds, waits: boolean): Seconds =>
    own
      .filter(({ kind }) => (kind === 'watch') === waits)
      .map(of)
      .reduce<Seconds>((all, { from, to }) => ({ from: all.from + from, to: all.to + to }), { from: 0, to: 0 });
  const facts = factsOf(
    {
      takes: sum(({ duration }) => duration, false),
      waits: sum(({ duration }) => duration, true),
      notice: sum(({ clientsNotice }) => clientsNotice, false),
      usd: own.reduce((all, { cost }) => all + cost.after - cost.before, 0),
      gone: numbers.reduce((all, n) => all + (gone.get(n) ?? 0), 0),
    },
    say,
  );
  const span = say(own.length === 1 ? 'journey.step' : 'journey.steps', { first: first + 1, last: first + own.length });
  return html`<details class="move"><summary><strong>${say.text(title)}</strong> <span class="soft">${span}</span><span class="facts soft">${facts}</span></summary>
<ol class="steps" start="${first + 1}">${own.map((step, at) => stepOf(step, first + at + 1, around))}</ol></details>
`;
}

interface Facts {
  readonly takes: Seconds;
  readonly waits: Seconds;
  readonly notice: Seconds;
  readonly usd: number;
  readonly gone: number;
}

function factsOf({ takes, waits, notice, usd, gone }: Facts, say: Say): string {
  return [
    ...(takes.to > 0 ? [say('journey.takes', { time: time(say, takes) })] : []),
    ...(waits.to > 0 ? [say('journey.waits', { time: time(say, waits) })] : []),
    notice.to > 0 ? say('journey.notice', { time: time(say, notice) }) : say('journey.notice.none'),
    ...(Math.abs(usd) >= 0.01 ? [say('journey.cost', { change: change(usd) })] : []),
    ...(gone > 0 ? [say('journey.findings', { n: gone })] : []),
  ].join(' · ');
}

const NOTHING: Seconds = { from: 0, to: 0 };

function stepOf(step: StepResult, n: number, { model, gone, shared, say }: Around): Markup {
  const waits = step.kind === 'watch';
  const facts = factsOf(
    {
      takes: waits ? NOTHING : step.duration,
      waits: waits ? step.duration : NOTHING,
      notice: step.clientsNotice,
      usd: step.cost.after - step.cost.before,
      gone: gone.get(n) ?? 0,
    },
    say,
  );
  return html`<li class="step" id="step-${n}" value="${n}"><details data-step-of="${n}">
<summary><span class="chip ${step.kind}">${say(`journey.${step.kind}`)}</span> <strong>${say.text(step.title)}</strong><span class="facts soft">${facts}</span></summary>
<p><a class="script show" href="#picture" data-step="${n}">${say('journey.show')}</a> <code>${step.id}</code></p>
<h4>${say('journey.why')}</h4><p>${say.text(step.why)}</p>
<h4>${say('journey.changes')}</h4>${changes(n, model, say)}
${
  step.actions.length > 0 &&
  html`<h4>${say('journey.commands')}</h4>${step.actions.map(({ command }) => html`<pre>${command}</pre>`)}`
}
<h4>${say('journey.proofs')}</h4>${proofs(step, shared, say)}
<h4>${say('journey.clients')}</h4><p>${say.text(step.clientsNotice.what)}</p>
${
  step.gate.length > 0 &&
  html`<h4>${say('journey.gate')}</h4><ul>${step.gate.map(({ check, query }) => html`<li>${say.text(check)}${query !== undefined && html`<pre>${query}</pre>`}</li>`)}</ul>`
}
<h4>${say('journey.undo')}</h4><p class="undo">${say('journey.undo.until', { how: step.undo.how, until: step.undo.until })} ${!step.undo.exact && say('journey.undo.inexact')}</p>
${
  step.sources.length > 0 &&
  html`<h4>${say('journey.sources')}</h4><ul>${step.sources.map(({ claim, url, certainty }) => shared.item(html`${say.text(claim)} <span class="soft">(${say(`journey.${certainty}`)})</span> ${link(url, pageOf(url))}`))}</ul>`
}
</details></li>`;
}

/** The last part of an address: enough to tell one page of AWS from another. */
const pageOf = (url: string): string =>
  url
    .replace(/[#?].*$/, '')
    .replace(/\/$/, '')
    .split('/')
    .at(-1) ?? url;

/** The program's code of what changes, where it is known; else the plan's own words. */
function changes(n: number, model: ReportModel, say: Say): Markup {
  const code = model.input.changes?.[n - 1];
  const proven = model.stages[n]?.proven;
  if (!code || !proven) return planned(n, model, say);
  const adopted = diffOf(proven).filter(({ sign }) => sign === '=');
  if (adopted.length + code.length === 0) return html`<p>${say('journey.changes.none')}</p>`;
  const heads = [...adopted, ...code.map(({ op, what }) => ({ sign: OF[op], text: what }))];
  const lines = code.reduce((sum, one) => sum + one.lines.length, 0);
  return html`${headsOf(heads)}${
    code.length > 0 &&
    html`<details><summary>${say('journey.code', { n: lines })}</summary>${code.map((one) => html`<pre class="diff" tabindex="0">${codeOf(one)}</pre>`)}</details>`
  }`;
}

const OF = { create: '+', update: '~', delete: '-' } as const;
const SIGNS = { '+': 'plus', '~': 'tilde', '-': 'minus', '=': 'same', ' ': 'own' } as const;

function headsOf(heads: readonly { readonly sign: keyof typeof SIGNS; readonly text: string }[]): Markup {
  const more = heads.length - HEADS;
  return html`<ul class="heads">${heads.slice(0, HEADS).map(({ sign, text }) => html`<li><span class="${SIGNS[sign]}">${sign}</span> ${text}</li>`)}${more > 0 && html`<li>… ${more}</li>`}</ul>`;
}

/** Lines of one sign stand in one element: readers of the page hear "inserted" and "deleted" once. */
function codeOf({ lines }: StepChange): readonly Markup[] {
  const runs: { readonly sign: StepChange['lines'][number]['sign']; readonly texts: string[] }[] = [];
  for (const { sign, text } of lines) {
    const last = runs.at(-1);
    if (last && last.sign === sign) last.texts.push(text);
    else runs.push({ sign, texts: [text] });
  }
  return runs.map(({ sign, texts }) => {
    const shown = texts.map((text) => `${sign === '=' ? ' ' : sign} ${text}\n`).join('');
    return sign === '+' ? html`<ins>${shown}</ins>` : sign === '-' ? html`<del>${shown}</del>` : html`${shown}`;
  });
}

function planned(n: number, { stages }: ReportModel, say: Say): Markup {
  const proven = stages[n]?.proven;
  const lines = proven ? diffOf(proven) : [];
  if (lines.length === 0) return html`<p>${say('journey.changes.none')}</p>`;
  const heads = lines.filter(({ text }) => !text.startsWith(' '));
  const written = (list: typeof lines): Markup =>
    html`<pre class="diff" tabindex="0">${list.map(
      ({ sign, text }) => html`<span class="${SIGNS[sign]}">${sign} ${text}
</span>`,
    )}</pre>`;
  return heads.length === lines.length
    ? written(lines)
    : html`${headsOf(heads)}<details><summary>${say('journey.lines', { n: lines.length })}</summary>${written(lines)}</details>`;
}

function proofs(step: StepResult, shared: Shared, say: Say): Markup {
  return html`<ul class="proofs">${CONDITIONS.map((condition) => {
    const { verdict, claim, violations, unknowns, evidence } = step.proofs[condition];
    const more = evidence.length - EVIDENCE;
    return shared.item(html`<span class="chip ${verdict}">${say(`proof.${verdict}`)}</span> <strong>${say(`proof.${condition}`)}.</strong> ${say.text(claim)}
${[...violations, ...unknowns].map((one) => counterexample(one, say))}
${
  evidence.length > 0 &&
  html`<details><summary class="soft">${say('journey.evidence', { n: evidence.length })}</summary><ul>${evidence.slice(0, EVIDENCE).map((text) => html`<li>${say.text(text)}</li>`)}${more > 0 && html`<li>${say('journey.more', { n: more, step: step.id })}</li>`}</ul></details>`
}`);
  })}</ul>`;
}

const counterexample = ({ subject, because, hops }: Counterexample, say: Say): Markup =>
  html`<p>${say.text(`${subject}: ${because}`)}</p>${hops.length > 0 && html`<ol class="hops">${hops.map(({ detail }) => html`<li>${say.text(detail)}</li>`)}</ol>`}`;
