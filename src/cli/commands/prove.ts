import { stepOf } from '../../plan/file.ts';
import { provePlan } from '../../plan/prove.ts';
import { proofResult } from '../../report/plan.ts';
import { proofText } from '../../report/text/prove.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { EVIDENCE_OPTION, TEMPLATE_OPTIONS } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { inventoryOf, readPlan, withEvidenceOf } from '../plan-file.ts';
import { readTodaySeen } from '../plan-run.ts';

export const prove: Command = {
  name: 'prove',
  summary: 'proves a plan again, also one that a person edited',
  arguments: [
    { name: '<plan>', description: 'what `underpin plan --json` wrote' },
    { name: '[input...]', description: 'today’s inventory (default: the one that the plan names)' },
  ],
  options: [...TEMPLATE_OPTIONS, EVIDENCE_OPTION, JSON_OPTION],
  examples: ['underpin prove plan.json', 'underpin prove plan.json inventory.json'],
  async run([file = '', ...inputs], options, terminal) {
    const plan = readPlan(file);
    const { today } = await readTodaySeen(inventoryOf(plan, file, inputs), withEvidenceOf(plan, file, options));
    const proven = provePlan(today, plan.steps.map(stepOf));
    const result = proofResult(file, proven, plan.preferences, plan.findingsAfter);
    terminal.out(options.json === true ? jsonText(result, terminal) : proofText(result, terminal));
    return result.holds ? 0 : result.violated ? 1 : 3;
  },
};
