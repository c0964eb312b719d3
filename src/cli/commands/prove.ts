import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { UserError } from '../../inventory/user-error.ts';
import { PlanFile, stepOf } from '../../plan/file.ts';
import { provePlan } from '../../plan/prove.ts';
import { proofResult } from '../../report/plan.ts';
import { proofText } from '../../report/text/prove.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { readToday } from '../plan-run.ts';

export const prove: Command = {
  name: 'prove',
  summary: 'proves a plan again, also one that a person edited',
  arguments: [
    { name: '<plan>', description: 'what `underpin plan --json` wrote' },
    { name: '[input...]', description: 'today’s inventory (default: the one that the plan names)' },
  ],
  options: [JSON_OPTION],
  examples: ['underpin prove plan.json', 'underpin prove plan.json inventory.json'],
  run([file = '', ...inputs], options, terminal) {
    const plan = readPlan(file);
    const paths = inputs.length > 0 ? inputs : plan.input.map(({ path }) => beside(file, path));
    const proven = provePlan(readToday(paths), plan.steps.map(stepOf));
    const result = proofResult(file, proven, plan.preferences, plan.findingsAfter);
    terminal.out(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : proofText(result, terminal));
    return result.holds ? 0 : result.violated ? 1 : 3;
  },
};

/** As the plan names it, seen from here or from the plan's own folder. */
function beside(file: string, path: string): string {
  if (isAbsolute(path) || existsSync(path)) return path;
  return join(dirname(file), path);
}

function readPlan(file: string): PlanFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`it cannot be read (${error instanceof Error ? error.message : String(error)})`, {
      file,
      expected: 'a plan as `underpin plan INPUT --json` writes it',
    });
  }
  const checked = PlanFile.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UserError(issue?.message ?? 'not a plan', {
    file,
    path: `/${(issue?.path ?? []).join('/')}`,
    expected: 'a plan as `underpin plan INPUT --json` writes it',
    fix: 'undo the edit there, or make the plan anew',
  });
}
