/** Every proven problem with its proof; choosing one lights its hops in the picture. */
import type { Hop } from '../../../analyse/verdict.ts';
import type { Finding } from '../../../rules/finding.ts';
import { PROBLEMS } from '../../../rules/problems.ts';
import { counts } from '../../result.ts';
import { findingKey } from '../finding-fates.ts';
import { html, type Markup } from '../html.ts';
import type { Light } from '../light.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';

export function findings(model: ReportModel, light: Light, say: Say): Markup {
  const all = model.input.audit.findings.filter(counts);
  const number = new Map(all.map((finding, n) => [finding, `f${n}`]));
  const one = (finding: Finding): Markup => item(finding, number.get(finding) ?? '', model, light, say);
  const accepted = model.input.audit.findings.filter((finding) => finding.ignored !== undefined);
  return html`<section id="findings" aria-labelledby="h-findings">
<h2 id="h-findings">${say('findings.heading')}</h2>
<p>${all.length === 0 ? say('findings.none') : html`<span class="script">${say('findings.intro')}</span>`}</p>
${Object.entries(PROBLEMS).map(([problem, text]) => {
  const own = all.filter((finding) => finding.problem === Number(problem));
  return (
    own.length > 0 &&
    html`<h3>${problem}. ${say.text(text.today)} <span class="soft">${say('findings.count', { n: own.length })}</span></h3>
<p class="soft">${say('findings.becomes', { sound: text.sound })}</p>
${groups(own).map((group) => groupOf(group, one, say))}`
  );
})}
${accepted.length > 0 && html`<h3>${say('findings.accepted.heading')}</h3><ul>${accepted.map((finding) => html`<li>${say.text(finding.claim)} <span class="soft">${say('findings.accepted', { reason: finding.ignored?.reason ?? '' })}</span></li>`)}</ul>`}
</section>`;
}

function groups(list: readonly Finding[]): readonly (readonly Finding[])[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of list) {
    const key = `${finding.rule} ${finding.severity}`;
    const group = byRule.get(key) ?? [];
    byRule.set(key, group);
    group.push(finding);
  }
  return [...byRule.values()];
}

function groupOf(group: readonly Finding[], one: (finding: Finding) => Markup, say: Say): Markup {
  const [first, ...rest] = group;
  return html`${first && one(first)}${
    rest.length > 0 &&
    html`<details class="more"><summary>${say('findings.alike', { n: rest.length })}</summary>${rest.map(one)}</details>`
  }`;
}

function item(finding: Finding, id: string, model: ReportModel, light: Light, say: Say): Markup {
  const fate = model.findingFates.get(findingKey(finding));
  const told =
    model.stages.length < 2
      ? undefined
      : fate === undefined
        ? html`<span class="stays">${say('findings.stays')}</span>`
        : html`<a class="${fate.is}" href="#step-${fate.since}" data-step="${fate.since}">${say(`findings.${fate.is}`, { n: fate.since })}</a>`;
  return html`<article class="finding" id="${id}">
<div class="line"><span class="chip ${finding.severity}">${say(`severity.${finding.severity}`)}</span> <button type="button" class="claim" data-find="${id}" data-lit="${litBy(finding, light).join(' ')}">${say.text(finding.claim)}</button> ${told}</div>
<details><summary>${say('findings.proof')} <span class="soft">${finding.rule}</span></summary><ol class="hops">${finding.proof.map((hop) => hopOf(hop, light, say))}</ol></details>
</article>`;
}

const hopOf = (hop: Hop, light: Light, say: Say): Markup =>
  html`<li data-hop="${light.ofHop(hop).join(' ')}">${say.text(hop.detail)}${
    hop.provenance &&
    html` <span class="soft">${say('findings.where', { operation: hop.provenance.operation, path: hop.provenance.path })}</span>`
  }</li>`;

/** The problem of files and pages: everybody who reads a bucket comes from the internet. */
const FILES = 2;

function litBy(finding: Finding, light: Light): readonly string[] {
  const ids = [...finding.resources.map(({ id }) => id as string), ...finding.proof.map(({ resource }) => resource)];
  const fromInternet = finding.problem === FILES || finding.proof.some(({ code }) => code === 'internet');
  const ways = fromInternet ? light.ofExposure(ids) : [];
  const people = fromInternet ? light.ofResource('internet') : [];
  return [...new Set([...ids.flatMap((id) => light.ofResource(id)), ...ways, ...people])];
}
