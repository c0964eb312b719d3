/** The steps: what each changes, its proofs, what clients notice, gate, undo, cost. */
import { CONDITIONS, type Counterexample } from '../../../plan/proofs/proof.ts';
import { diffOf } from '../../diff.ts';
import type { StepResult } from '../../plan.ts';
import { html, link, type Markup } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { change, time } from '../words.ts';

/** Of each proof, as much as a reader takes in; the whole is the command line's. */
const EVIDENCE = 8;

export function journey(model: ReportModel, say: Say): Markup {
  const { plan } = model;
  const steps = plan?.steps ?? [];
  const gone = new Map<number, number>();
  for (const state of model.gone.values()) gone.set(state, (gone.get(state) ?? 0) + 1);
  const runs = byEnvironment(steps);
  return html`<section id="journey" aria-labelledby="h-journey">
<h2 id="h-journey">${say('journey.heading')}</h2>
${
  plan && steps.length > 0
    ? html`<p>${say('journey.intro', { steps: steps.length, working: time(say, plan.summary.working), waiting: time(say, plan.summary.waiting) })}</p>`
    : html`<p>${say('journey.none')}</p>`
}
${runs.map(
  ({ environment, first, own }) => html`<h3>${environment ?? say('journey.account')}</h3>
<ol class="steps" start="${first + 1}">${own.map((step, at) => stepOf(step, first + at + 1, gone.get(first + at + 1) ?? 0, model, say))}</ol>`,
)}
</section>`;
}

interface Run {
  readonly environment: string | null;
  readonly first: number;
  readonly own: StepResult[];
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

function stepOf(step: StepResult, n: number, gone: number, model: ReportModel, say: Say): Markup {
  const usd = step.cost.after - step.cost.before;
  const facts = [
    step.kind === 'watch'
      ? say('journey.waits', { time: time(say, step.duration) })
      : say('journey.takes', { time: time(say, step.duration) }),
    step.clientsNotice.to > 0
      ? say('journey.notice', { time: time(say, step.clientsNotice) })
      : say('journey.notice.none'),
    ...(Math.abs(usd) >= 0.01 ? [say('journey.cost', { change: change(usd) })] : []),
    ...(gone > 0 ? [say('journey.findings', { n: gone })] : []),
  ];
  return html`<li class="step" id="step-${n}" value="${n}"><details data-step-of="${n}">
<summary><span class="chip ${step.kind}">${say(`journey.${step.kind}`)}</span> <strong>${step.title}</strong><span class="facts soft">${facts.join(' · ')}</span></summary>
<p><a class="script show" href="#picture" data-step="${n}">${say('journey.show')}</a> <code>${step.id}</code></p>
<h4>${say('journey.why')}</h4><p>${step.why}</p>
<h4>${say('journey.changes')}</h4>${changes(n, model, say)}
${
  step.actions.length > 0 &&
  html`<h4>${say('journey.commands')}</h4>${step.actions.map(({ command }) => html`<pre>${command}</pre>`)}`
}
<h4>${say('journey.proofs')}</h4>${proofs(step, say)}
<h4>${say('journey.clients')}</h4><p>${step.clientsNotice.what}</p>
${
  step.gate.length > 0 &&
  html`<h4>${say('journey.gate')}</h4><ul>${step.gate.map(({ check, query }) => html`<li>${check}${query !== undefined && html`<pre>${query}</pre>`}</li>`)}</ul>`
}
<h4>${say('journey.undo')}</h4><p>${say('journey.undo.until', { how: step.undo.how, until: step.undo.until })} ${!step.undo.exact && say('journey.undo.inexact')}</p>
${
  step.sources.length > 0 &&
  html`<h4>${say('journey.sources')}</h4><ul>${step.sources.map(({ claim, url, certainty }) => html`<li>${claim} <span class="soft">(${say(`journey.${certainty}`)})</span> ${link(url, pageOf(url))}</li>`)}</ul>`
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

const SIGNS = { '+': 'plus', '~': 'tilde', '-': 'minus', '=': 'same', ' ': 'own' } as const;

function changes(n: number, { stages }: ReportModel, say: Say): Markup {
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
    : html`<ul class="heads">${heads.slice(0, 8).map(({ sign, text }) => html`<li><span class="${SIGNS[sign]}">${sign}</span> ${text}</li>`)}${heads.length > 8 && html`<li>… ${heads.length - 8}</li>`}</ul><details><summary>${say('journey.lines', { n: lines.length })}</summary>${written(lines)}</details>`;
}

function proofs(step: StepResult, say: Say): Markup {
  return html`<ul class="proofs">${CONDITIONS.map((condition) => {
    const { verdict, claim, violations, unknowns, evidence } = step.proofs[condition];
    const more = evidence.length - EVIDENCE;
    return html`<li><span class="chip ${verdict}">${say(`proof.${verdict}`)}</span> <strong>${say(`proof.${condition}`)}.</strong> ${claim}
${[...violations, ...unknowns].map(counterexample)}
${
  evidence.length > 0 &&
  html`<details><summary class="soft">${say('journey.evidence', { n: evidence.length })}</summary><ul>${evidence.slice(0, EVIDENCE).map((text) => html`<li>${text}</li>`)}${more > 0 && html`<li>${say('journey.more', { n: more, step: step.id })}</li>`}</ul></details>`
}</li>`;
  })}</ul>`;
}

const counterexample = ({ subject, because, hops }: Counterexample): Markup =>
  html`<p>${subject}: ${because}</p>${hops.length > 0 && html`<ol class="hops">${hops.map(({ detail }) => html`<li>${detail}</li>`)}</ol>`}`;
