/** What `report` and `run` share: inputs -> today's audit, and the journey where the input is a running account. */
import type { ReportInput } from '../report/html/model.ts';
import { auditEstate } from './audit-run.ts';
import type { Terminal } from './command.ts';
import { readEstate } from './inputs.ts';
import { planToday, readToday } from './plan-run.ts';
import { readPreferences } from './preferences.ts';
import { isPulumiProject } from './pulumi-project.ts';

export interface ReportRequest {
  readonly command: string;
  readonly paths: readonly string[];
  /** The options of `inputs.ts`, with `ignore` and `configFile`. */
  readonly options: Readonly<Record<string, unknown>>;
}

export async function reportInputs(request: ReportRequest, terminal: Terminal): Promise<ReportInput> {
  const { command, paths, options } = request;
  const audited = { command, paths, rules: [], ignoreFile: options.ignore as string | undefined, options };
  if (paths.some(isPulumiProject)) {
    const estate = await readEstate(paths, options, terminal);
    return { estate, audit: auditEstate(estate, audited, terminal), planned: undefined };
  }
  const today = readToday(paths);
  const preferences = await readPreferences(options.configFile as string | undefined, paths);
  return {
    estate: today.estate,
    audit: auditEstate(today.estate, audited, terminal),
    planned: planToday(today, paths, preferences),
  };
}
