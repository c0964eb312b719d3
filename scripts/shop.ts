/** What is generated from the legacy shop and its journey, which is planned once: what commands print, the emitted program, and the picture of the end. */
import { planSaid } from '../src/cli/commands/plan.ts';
import { type Planned, planInputs } from '../src/cli/plan-run.ts';
import { emittedOf } from '../src/cli/program-run.ts';
import { languageFor, terminalOf, underpin } from '../src/cli/underpin.ts';
import { startOfToday, type World } from '../src/cli/world.ts';
import type { Plan } from '../src/plan/plan.ts';
import { journeyOf as programJourney } from '../src/program/emit/journey.ts';
import { modelOf } from '../src/report/draw/index.ts';
import { journeyOf } from '../src/report/draw/journey.ts';
import { stillOf } from '../src/report/draw/still.ts';
import { stagesOf } from '../src/report/journey.ts';

const SHOP = 'examples/legacy-shop';

let made: Promise<Planned> | undefined;

function planned(): Promise<Planned> {
  made ??= planInputs([`${SHOP}/inventory.json`], undefined);
  return made;
}

/** What a command prints, in the folder that this runs in; throws where it cannot be done. */
export async function printed(args: readonly string[], locale = 'C.UTF-8'): Promise<string> {
  const texts: string[] = [];
  const problems: string[] = [];
  const world: World = {
    out: (text) => void texts.push(text),
    err: (text) => void problems.push(text),
    today: startOfToday,
    environment: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', LANG: locale, LC_ALL: locale },
    columns: undefined,
    watched: false,
    platform: process.platform,
  };
  if (args.join(' ') === `plan ${SHOP}/inventory.json`)
    planSaid(await planned(), {}, terminalOf(await languageFor(args, world), world));
  else if ((await underpin(args, world)) === 2) throw new Error(`underpin ${args.join(' ')}: ${problems.join('')}`);
  return texts.join('');
}

/** Paths below the root, and their texts. */
export async function files(): Promise<readonly (readonly [path: string, text: string])[]> {
  const { plan } = await planned();
  const emitted = emittedOf(plan, programJourney(plan), undefined);
  return [
    ['docs/legacy-shop-end.svg', pictureOfTheEnd(plan)],
    ...[...emitted.files].map(([path, text]) => [`${SHOP}/infra/${path}`, text] as const),
  ];
}

function pictureOfTheEnd(plan: Plan): string {
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
