/** What `plan`, `prove` and `run` share: inputs -> today, wishes, and the proven journey. */
import type { Estate } from '../estate/estate.ts';
import { loadInputs } from '../inventory/load.ts';
import { UserError } from '../inventory/user-error.ts';
import { makePlan, type Plan } from '../plan/plan.ts';
import type { Preferences } from '../plan/preferences.ts';
import { type Today, todayOf } from '../plan/today.ts';
import { type PlanResult, planResult } from '../report/plan.ts';
import { rules } from '../rules/catalog/index.ts';
import { audit } from '../rules/run.ts';
import { loadOptions } from './inputs.ts';
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

export interface Planned {
  readonly plan: Plan;
  readonly result: PlanResult;
}

export async function planInputs(
  paths: readonly string[],
  configFile: string | undefined,
  options: Options = {},
): Promise<Planned> {
  const preferences = await readPreferences(configFile, paths);
  return planToday(readToday(paths, options), paths, preferences);
}

export function planToday(today: Today, paths: readonly string[], preferences: Preferences): Planned {
  const findings = auditOf(today.estate);
  const plan = makePlan(today, findings, preferences);
  return { plan, result: planResult(plan, paths, preferences, findings) };
}

const auditOf = (estate: Estate) => audit(estate, rules);
