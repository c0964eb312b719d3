/** Measures the journey of one inventory in this process: from reading to the written program and the report. */
import '../src/cli/engine.ts';
import { rmSync } from 'node:fs';
import { auditEstate } from '../src/cli/audit-run.ts';
import { planToday, readTodaySeen } from '../src/cli/plan-run.ts';
import type { Estate } from '../src/estate/estate.ts';
import { changesOf } from '../src/program/emit/changes.ts';
import { emit } from '../src/program/emit/emit.ts';
import { journeyOf } from '../src/program/emit/journey.ts';
import { folderWith } from '../src/program/testing/journeys.ts';
import { validate } from '../src/program/validate.ts';
import { reportHtml } from '../src/report/html/page.ts';
import { type Measured, type Stopwatch, stopwatch } from './measure.ts';

const TERMINAL = {
  out: () => {},
  err: () => {},
  width: 80,
  colour: false,
  unicode: true,
  today: () => '2026-11-01',
  environment: {},
};
const PROJECT = { name: 'bench', stack: 'live', version: '0.1.0' };

/** Of so many resources a journey is asked at most: more stand in no account that one program takes over. */
export const JOURNEY_MOST = 2000;

export async function measureJourney(file: string, rounds: number): Promise<Measured> {
  const { timed, measured } = stopwatch();
  let last = await once(file, timed);
  for (let round = 1; round < rounds; round++) last = await once(file, timed);
  return measured(last.estate, last.steps);
}

async function once(
  file: string,
  timed: Stopwatch['timed'],
): Promise<{ readonly estate: Estate; readonly steps: number }> {
  const { today } = await timed('read and adopt', () => readTodaySeen([file], {}));
  const planned = await timed('plan and prove', () => planToday(today, [file], {}));
  const request = { command: 'report', paths: [file], rules: [], ignoreFile: undefined, options: {} };
  const audit = await timed('audit', () => auditEstate(today.estate, request, TERMINAL));
  const journey = journeyOf(planned.plan);
  const emitted = await timed('emit', () => emit(journey, PROJECT));
  const folder = folderWith(emitted.files);
  try {
    // the others are the same program as the step before
    const changing = journey.names.filter((_, at) => (journey.steps[at]?.edits.length ?? 0) > 0);
    const options = { steps: changing.slice(-1), processes: 1 };
    // it runs in a process of its own, of which only the clock tells how long it took
    await timed('record one step', () => validate(folder, journey, emitted, options), 'clock');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await timed('report', () =>
    reportHtml({ estate: today.estate, audit, planned, changes: changesOf(journey), icons: 'official' }),
  );
  return { estate: today.estate, steps: planned.plan.steps.length };
}
