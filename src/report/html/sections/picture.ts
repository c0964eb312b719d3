/** The picture with its player: a slider over all steps, before / this step / after, and the loss of a zone. */

import { zoneKey } from '../../draw/film.ts';
import { key, type Mark, type Marks } from '../../draw/marks.ts';
import type { Picture } from '../../draw/picture.ts';
import { html, type Markup, raw } from '../html.ts';
import type { Say } from '../messages.ts';
import type { ReportModel } from '../model.ts';
import { names } from '../words.ts';

export function picture(model: ReportModel, say: Say): Markup {
  const last = model.stages.length - 1;
  return html`<section id="picture" aria-labelledby="h-picture">
<h2 id="h-picture">${say('picture.heading')}</h2>
<div class="player">
${last > 0 && player(last, say)}
<div class="row script">${model.zones.length > 0 && zoneButtons(model.zones, say)}<button type="button" id="size" aria-pressed="false">${say('picture.size')}</button></div>
<p class="row"><span id="state-title" aria-live="polite"></span> <a class="script" id="state-more" href="#journey" hidden>${say('picture.details')}</a></p>
</div>
<div id="lit-note" hidden><p><strong>${say('picture.lit')}:</strong> <span id="lit-claim"></span></p><ol id="lit-hops" class="hops"></ol><p class="soft" id="lit-none" hidden>${say('picture.unlit')}</p><p><a id="lit-back" href="#findings">${say('picture.return')}</a> <button type="button" id="lit-clear">${say('picture.clear')}</button></p></div>
<div id="canvas" tabindex="0" role="region" aria-label="${say('picture.scroll')}">${raw(model.film.svg)}</div>
<p id="state-says" aria-live="polite">${says(model.journey.pictures[0], say)}</p>
<p id="state-marks" class="soft"></p>
${last > 0 && html`<p class="soft script">${say('picture.keys')}</p>`}
</section>`;
}

const player = (last: number, say: Say): Markup => html`<div class="row script">
<button type="button" id="back" aria-label="${say('picture.back')}">◀</button>
<input type="range" id="slider" min="0" max="${last}" value="0" step="1" aria-label="${say('picture.slider')}">
<button type="button" id="forward" aria-label="${say('picture.forward')}">▶</button>
<span class="group" role="group" aria-label="${say('picture.mode')}">
${(['before', 'this', 'after'] as const).map(
  (mode) =>
    html`<button type="button" data-mode="${mode}" aria-pressed="${mode === 'after' ? 'true' : 'false'}">${say(`picture.${mode}`)}</button>`,
)}</span>
</div>`;

export const zoneButtons = (
  zones: readonly string[],
  say: Say,
): Markup => html`<span class="group script" role="group" aria-label="${say('picture.zone')}"><span class="soft">${say('picture.zone')}</span>
<button type="button" data-zone="" aria-pressed="true">${say('picture.zone.none')}</button>
${zones.map((zone) => html`<button type="button" data-zone="${zoneKey(zone)}" aria-pressed="false">${zone}</button>`)}
</span>`;

/** A state in words, for those who cannot see it. */
export function says(shown: Picture | undefined, say: Say): string {
  const nodes = shown?.nodes ?? [];
  const open = nodes.filter(({ exposed }) => exposed).map(({ label }) => label);
  const text =
    open.length === 0
      ? say('picture.says.none', { nodes: nodes.length })
      : say('picture.says', { nodes: nodes.length, exposed: open.length, names: names(open, 12) });
  return [text, ...(shown?.notes ?? [])].join(' ');
}

/** What a step does to the picture, in words. */
export function saysMarks(before: Picture | undefined, after: Picture | undefined, marks: Marks, say: Say): string {
  const of = (mark: Mark, shown: Picture | undefined): readonly string[] => {
    const label = new Map<string, string>([
      ...(shown?.containers ?? []).map(({ id, label: text }) => [key('box', id), text] as const),
      ...(shown?.nodes ?? []).map(({ id, label: text }) => [key('node', id), text] as const),
    ]);
    return [...marks].flatMap(([id, own]) => (own === mark ? (label.get(id) ?? []) : []));
  };
  const found = [
    { key: 'picture.added', names: of('added', after) },
    { key: 'picture.changed', names: of('changed', after) },
    { key: 'picture.removed', names: of('removed', before) },
  ] as const;
  const told = found.flatMap((one) => (one.names.length > 0 ? [say(one.key, { names: names(one.names, 12) })] : []));
  return told.length === 0 ? say('picture.same') : told.join(' ');
}
