/** What is generated from the legacy shop's journey, planned once: the emitted program, and the picture of the end. */
import { readFileSync } from 'node:fs';
import { emittedOf } from '../src/cli/program-run.ts';
import { loadInputs } from '../src/inventory/load.ts';
import { makePlan } from '../src/plan/plan.ts';
import { Preferences } from '../src/plan/preferences.ts';
import { todayOf } from '../src/plan/today.ts';
import { journeyOf as programJourney } from '../src/program/emit/journey.ts';
import { modelOf } from '../src/report/draw/index.ts';
import { journeyOf } from '../src/report/draw/journey.ts';
import { stillOf } from '../src/report/draw/still.ts';
import { stagesOf } from '../src/report/journey.ts';
import { rules } from '../src/rules/catalog/index.ts';
import { audit } from '../src/rules/run.ts';

const SHOP = 'examples/legacy-shop';

/** Paths below the root, and their texts. */
export function files(): readonly (readonly [path: string, text: string])[] {
  const { estate, entries } = loadInputs([`${SHOP}/inventory.json`]);
  const preferences = Preferences.parse(JSON.parse(readFileSync(`${SHOP}/underpin.config.json`, 'utf8')));
  const plan = makePlan(todayOf(estate, entries), audit(estate, rules), preferences);
  const emitted = emittedOf(plan, programJourney(plan), undefined);
  return [
    ['docs/legacy-shop-end.svg', pictureOfTheEnd(plan)],
    ...[...emitted.files].map(([path, text]) => [`${SHOP}/infra/${path}`, text] as const),
  ];
}

function pictureOfTheEnd(plan: ReturnType<typeof makePlan>): string {
  const [last] = stagesOf(plan.today.estate, plan).slice(-1);
  if (last === undefined) throw new Error('the shop has no journey');
  const journey = journeyOf([modelOf(last.estate, { foldAbove: Number.POSITIVE_INFINITY })]);
  return stillOf(journey, {
    state: 0,
    title: 'The legacy shop after the last step',
    touched: undefined,
    icons: 'official',
  });
}
