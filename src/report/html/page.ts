/** The whole page: one file, no request, the same bytes for the same input. */
import type { FlowSurvival, ZoneSurvival } from '../../analyse/resilience/survive.ts';
import { oncePer } from '../../estate/once.ts';
import { plain } from '../draw/escape.ts';
import { zoneKey } from '../draw/film.ts';
import type { Picture } from '../draw/picture.ts';
import { type ClientData, runsOf } from './client-data.ts';
import { CLIENT } from './client-text.ts';
import { html, json, raw, textOf } from './html.ts';
import { lightOf } from './light.ts';
import { ENGLISH, type Language, type Say, sayIn } from './messages.ts';
import { modelOfReport, type ReportInput, type ReportModel } from './model.ts';
import { cost } from './sections/cost.ts';
import { findings } from './sections/findings.ts';
import { journey } from './sections/journey.ts';
import { picture, says, saysMarks } from './sections/picture.ts';
import { unseen } from './sections/unseen.ts';
import { verdict } from './sections/verdict.ts';
import { zones } from './sections/zones.ts';
import { PAGE_STYLE } from './style.ts';

const SECTIONS = ['verdict', 'picture', 'findings', 'journey', 'zones', 'cost', 'unseen'] as const;

export function reportHtml(input: ReportInput, language: Language = ENGLISH): string {
  const say = sayIn(language);
  const accounts = accountsOf(input);
  const model = modelOfReport(
    input,
    say('picture.label', { accounts }),
    language === ENGLISH ? undefined : language.text,
  );
  const light = lightOf(model);
  const title = say('page.title', { accounts });
  const { collectedAt, paths } = input.audit.input;
  return textOf(html`<!doctype html>
<html lang="${language.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#verdict">${say('page.skip')}</a>
<header>
<h1>${title}</h1>
<p class="soft">${say('page.input', { input: paths.join(', ') })} ${collectedAt !== null && say('page.collected', { date: collectedAt.slice(0, 10) })} ${input.audit.coverage.regions.join(', ')}</p>
<p class="failed" role="alert">${say('page.failed')}</p>
</header>
<nav aria-label="${say('page.nav')}"><ul>${SECTIONS.map((name) => html`<li><a href="#${name}">${say(`${name}.heading`)}</a></li>`)}</ul></nav>
<main>
${verdict(model, say)}
${picture(model, say)}
${findings(model, light, say)}
${journey(model, say)}
${zones(model, say)}
${cost(model, say)}
${unseen(model, say)}
</main>
<footer><p>${say('page.foot')}</p></footer>
<script type="application/json" id="data">${json(clientData(model, say))}</script>
<script>${raw(CLIENT)}</script>
</body>
</html>
`);
}

function accountsOf({ audit, estate }: ReportInput): string {
  const names = estate.resources.filter(({ kind }) => kind === 'account').map(({ name }) => name);
  return (names.length > 0 ? names : audit.coverage.accounts).join(', ');
}

const LETTERS = { lost: 'l', survivesAfterFailover: 'f', unknown: 'u', survives: 's' } as const;

function clientData(model: ReportModel, say: Say): ClientData {
  const { stages, flows, losses, fates: whole, journey: drawn, film } = model;
  const all = stages.length - 1;
  const states = stages.map(({ proven }, n) => ({
    id: proven?.step.id ?? '',
    title: plain(proven ? say.text(proven.step.title) : say('picture.today')),
    position: n === 0 ? (all > 0 ? say('picture.start', { all }) : '') : say('picture.position', { n, all }),
    marks:
      n === 0 ? '' : plain(saysMarks(drawn.pictures[n - 1], drawn.pictures[n], film.marks[n - 1] ?? new Map(), say)),
  }));
  const byZone = model.zones.map((zone) => {
    const flowsIn = (list: readonly ZoneSurvival[]): readonly FlowSurvival[] =>
      list.find((one) => one.zone === zone)?.flows ?? [];
    const fateOf = oncePer(
      (list: readonly ZoneSurvival[]) => new Map(flowsIn(list).map(({ flow, outcome }) => [flow, LETTERS[outcome]])),
    );
    const fates = whole.map(fateOf);
    const lostOf = oncePer((list: readonly ZoneSurvival[]): string => {
      const count = (letter: string): number =>
        flowsIn(list).filter(({ outcome }) => LETTERS[outcome] === letter).length;
      return say('picture.zone.lost', {
        zone,
        lost: count('l'),
        failover: count('f'),
        unknown: count('u'),
        survives: count('s'),
      });
    });
    return {
      key: zoneKey(zone),
      fates: flows.map((flow) => runsOf(fates.map((of) => of.get(flow) ?? '-'))),
      says: runsOf(losses.map(lostOf)),
    };
  });
  return { states, says: runsOf(drawn.pictures.map(oncePer((one: Picture) => plain(says(one, say))))), zones: byZone };
}
