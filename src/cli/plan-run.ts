/** What `plan`, `prove` and `run` share: inputs -> today, wishes, and the proven journey. */
import type { Estate } from '../estate/estate.ts';
import type { Seen } from '../inventory/evidence/index.ts';
import { isTemplateFile, loadInputs } from '../inventory/load.ts';
import { UserError } from '../inventory/user-error.ts';
import { makePlan, type Plan } from '../plan/plan.ts';
import type { Preferences } from '../plan/preferences.ts';
import { type Today, todayOf } from '../plan/today.ts';
import { type PlanResult, planResult } from '../report/plan.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { loadOptions, seenIn } from './inputs.ts';
import { readPreferences } from './preferences.ts';
import { isPulumiProject } from './pulumi-project.ts';

/** The options of `inputs.ts`. */
type Options = Readonly<Record<string, unknown>>;

export function readToday(paths: readonly string[], options: Options = {}): Today {
  const [program] = paths.filter(isPulumiProject);
  if (program !== undefined)
    throw new UserError('a journey starts from what is running, and this is a program', {
      file: program,
      fix: 'give an inventory or a folder of AWS CLI answers',
    });
  const { estate, entries } = loadInputs(paths, loadOptions(options));
  return todayOf(estate, entries);
}

/** What a program adopts must stand in the account, and be known by its id there. */
export function assertStanding(paths: readonly string[]): void {
  const template = paths.find(isTemplateFile);
  if (template !== undefined)
    throw new UserError('a program adopts what stands in the account, and a template does not tell its ids', {
      file: template,
      expected: 'an inventory of the account in which the stack stands',
      fix: 'collect one with `underpin collect`; `underpin plan` shows the journey of a template',
    });
}

/** Where a journey starts, with what the logs show. */
export async function readTodaySeen(
  paths: readonly string[],
  options: Options,
): Promise<{ readonly today: Today; readonly seen: Seen | undefined }> {
  const today = readToday(paths, options);
  const seen = await seenIn(today.estate, options);
  return { today: seen ? { ...today, estate: seen.estate } : today, seen };
}

export interface Planned {
  readonly plan: Plan;
  readonly result: PlanResult;
  /** What the logs show, where there are any. */
  readonly seen?: Seen;
}

export async function planInputs(
  paths: readonly string[],
  configFile: string | undefined,
  options: Options = {},
): Promise<Planned> {
  const preferences = await readPreferences(configFile, paths);
  const { today, seen } = await readTodaySeen(paths, options);
  return { ...planToday(today, paths, preferences, seen), ...(seen ? { seen } : {}) };
}

export function planToday(today: Today, paths: readonly string[], preferences: Preferences, seen?: Seen): Planned {
  const findings = auditOf(today.estate);
  const plan = makePlan(today, findings, preferences);
  const evidence = seen?.evidence.inputs.map(({ path }) => path);
  return { plan, result: planResult(plan, paths, preferences, findings, evidence) };
}

const auditOf = (estate: Estate) => audit(estate, rules);
