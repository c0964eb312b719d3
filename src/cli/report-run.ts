/** What `report` and `run` share: inputs -> today's audit, and the journey where the input is a running account. */
import type { Plan } from '../plan/plan.ts';
import { changesOf } from '../program/emit/changes.ts';
import { EmitError } from '../program/emit/error.ts';
import { journeyOf } from '../program/emit/journey.ts';
import { ICON_SETS, type IconSet } from '../report/draw/icons/icons.ts';
import type { ReportInput } from '../report/html/model.ts';
import { auditEstate } from './audit-run.ts';
import type { Terminal } from './command.ts';
import { readEstate } from './inputs.ts';
import { planToday, readTodaySeen } from './plan-run.ts';
import { readPreferences } from './preferences.ts';
import { isPulumiProject } from './pulumi-project.ts';

export const ICONS_OPTION = {
  flags: '--icons <set>',
  description: "AWS's own architecture icons, or plain tiles",
  choices: ICON_SETS,
  default: 'official',
} as const;

export const iconsIn = (options: Readonly<Record<string, unknown>>): IconSet =>
  ICON_SETS.find((one) => one === options.icons) ?? 'official';

/** Each step as TypeScript; undefined where a plan says what no program can, and the report has to do with the plan's own words. */
function changesIn(plan: Plan): ReportInput['changes'] {
  try {
    return changesOf(journeyOf(plan));
  } catch (error) {
    if (error instanceof EmitError) return undefined;
    throw error;
  }
}

export interface ReportRequest {
  readonly command: string;
  readonly paths: readonly string[];
  /** The options of `inputs.ts`, with `ignore` and `configFile`. */
  readonly options: Readonly<Record<string, unknown>>;
}

export async function reportInputs(request: ReportRequest, terminal: Terminal): Promise<ReportInput> {
  const { command, paths, options } = request;
  const audited = { command, paths, rules: [], ignoreFile: options.ignore as string | undefined, options };
  const icons = iconsIn(options);
  if (paths.some(isPulumiProject)) {
    const estate = await readEstate(paths, options, terminal);
    return { estate, audit: await auditEstate(estate, audited, terminal), planned: undefined, icons };
  }
  const { today, seen } = await readTodaySeen(paths, options);
  const preferences = await readPreferences(options.configFile as string | undefined, paths);
  const planned = planToday(today, paths, preferences, seen);
  return {
    estate: today.estate,
    audit: await auditEstate(today.estate, audited, terminal, seen),
    planned,
    changes: changesIn(planned.plan),
    icons,
  };
}
