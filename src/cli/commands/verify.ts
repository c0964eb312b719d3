import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../inventory/user-error.ts';
import { stepOf } from '../../plan/file.ts';
import { verify as verifyStep } from '../../plan/verify/verify.ts';
import { SCHEMA_VERSION } from '../../report/result.ts';
import { verifyText } from '../../report/text/verify.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { EVIDENCE_OPTION, INPUT_OPTIONS, readEstate, seenIn, TEMPLATE_OPTIONS } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { inventoryOf, readPlan, withEvidenceOf } from '../plan-file.ts';
import { readTodaySeen } from '../plan-run.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'whether a fresh inventory is the proven estate of a step, and whose any difference is',
  arguments: [{ name: '<input...>', description: 'a fresh inventory, collected after the step was applied' }],
  options: [
    { flags: '--step <name>', description: 'the step that the account has reached', required: true },
    {
      flags: '--plan <file>',
      description: 'what `underpin plan --json` wrote (default: plan.json beside the input, or here)',
    },
    { flags: '--details', description: 'every difference' },
    ...INPUT_OPTIONS.filter((option) => TEMPLATE_OPTIONS.includes(option)),
    EVIDENCE_OPTION,
    JSON_OPTION,
  ],
  examples: [
    'underpin verify --step account-evidence-trail --plan plan.json inventory.json',
    'underpin verify --step production-media-watch --evidence s3-logs/ inventory.json',
  ],
  async run(args, options, terminal) {
    const file = planFile(options.plan as string | undefined, args);
    const plan = readPlan(file);
    const name = String(options.step);
    const at = plan.steps.findIndex(({ id }) => id === name);
    if (at < 0)
      throw new UserError(`the plan has no step "${name}"`, {
        file,
        expected: near(
          name,
          plan.steps.map(({ id }) => id),
        ),
      });
    const fresh = await readEstate(args, options, terminal);
    const seen = await seenIn(fresh, options);
    // the logs of now tell of the gate; the plan was made with those of then
    const { today } = await readTodaySeen(
      inventoryOf(plan, file, []),
      withEvidenceOf(plan, file, { ...options, evidence: undefined }),
    );
    const found = verifyStep(today, plan.steps.map(stepOf), at, fresh, seen?.evidence);
    terminal.out(
      options.json === true
        ? jsonText({ schemaVersion: SCHEMA_VERSION, command: 'verify', ...found }, terminal)
        : verifyText(found, terminal, options.details === true),
    );
    if (found.deviations.length > 0 || found.gate.some(({ passed }) => passed === false)) return 1;
    return found.notCompared.length + found.ambiguous.length > 0 ? 3 : 0;
  },
};

function planFile(given: string | undefined, inputs: readonly string[]): string {
  if (given !== undefined) return given;
  const places = [join(dirname(inputs[0] ?? '.'), 'plan.json'), 'plan.json'];
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new UserError('there is no plan to verify against', {
      expected: places.join(' or '),
      fix: 'name it with --plan; underpin plan INPUT --json > plan.json writes one',
    });
  return found;
}

/** Names of steps that share words with what was asked for; the first ones where none does. */
function near(name: string, names: readonly string[]): string {
  const words = new Set(name.split('-'));
  const alike = names.filter((one) => one.split('-').filter((word) => words.has(word)).length > 1);
  const shown = (alike.length > 0 ? alike : names).slice(0, 8);
  return `one of: ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
