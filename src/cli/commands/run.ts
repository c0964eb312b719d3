import { basename, dirname, join, relative } from 'node:path';
import { UserError } from '../../inventory/user-error.ts';
import type { Plan } from '../../plan/plan.ts';
import { journeyOf } from '../../program/emit/journey.ts';
import { reportHtml } from '../../report/html/page.ts';
import { auditText } from '../../report/text/audit.ts';
import { hanging, said } from '../../report/text/layout.ts';
import { headline } from '../../report/text/plan.ts';
import { SEVERITIES, type Severity } from '../../rules/rule.ts';
import { exitCode } from '../audit-run.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { EVIDENCE_OPTION, INPUT, INPUT_OPTIONS } from '../inputs.ts';
import { jsonText, reportLanguage } from '../language.ts';
import { exampleInventory } from '../package.ts';
import { assertOurs } from '../program-folder.ts';
import { emittedOf, equal, someOf, writeValidated } from '../program-run.ts';
import { ICONS_OPTION, reportInputs } from '../report-run.ts';
import { assertNoLink, makeFolder, writeWhole } from '../write.ts';

export const run: Command = {
  name: 'run',
  summary: 'the main job; without an input, on the built-in legacy shop',
  arguments: [{ name: '[input...]', description: INPUT.description }],
  options: [
    { flags: '-o, --output <folder>', description: 'where the results are written', default: 'underpin-out' },
    ICONS_OPTION,
    ...INPUT_OPTIONS,
    EVIDENCE_OPTION,
    { flags: '--config-file <file>', description: 'underpin.config.ts or .json (default: the one beside the input)' },
    JSON_OPTION,
    {
      flags: '--fail-on <severity>',
      description: 'exit 1 when a finding is at least this grave',
      choices: [...SEVERITIES, 'none'],
      default: 'none',
    },
    { flags: '--ignore <file>', description: 'YAML file of accepted findings, each with a reason and an end' },
    { flags: '--details', description: 'every finding with its whole proof and its place in the input' },
  ],
  examples: ['underpin run', 'underpin run inventory.json -o results'],
  async run(args, options, terminal) {
    const builtIn = args.length === 0;
    makeFolder(String(options.output));
    const paths = builtIn ? [relative(process.cwd(), exampleInventory()) || exampleInventory()] : args;
    const made = await reportInputs({ command: 'run', paths, options }, terminal);
    const { audit: result, planned } = made;
    const json = jsonText(result, terminal);
    const file = (name: string): string => join(String(options.output), name);
    writeWhole(file('audit.json'), json);
    if (planned) writeWhole(file('plan.json'), jsonText(planned.result, terminal));
    // the report takes about as long as another process takes to run the program
    const begun = planned && planned.plan.steps.length > 0 ? beginProgram(planned.plan, file('infra')) : undefined;
    await begun?.started;
    writeWhole(file('report.html'), reportHtml(made, reportLanguage([result, planned?.result], terminal)));
    const program = await begun?.written;
    if (options.json === true) terminal.out(json);
    else {
      const intro = builtIn
        ? 'Underpin on its built-in example, the legacy shop: an account as many are, built by hand.'
        : '';
      terminal.out(builtIn ? `${hanging(terminal, '', intro).join('\n')}\n\n` : '');
      terminal.out(auditText(result, terminal, { details: options.details === true }));
      if (planned) terminal.out(`\n${headline(planned.result, terminal).join('\n')}\n`);
      const files = planned ? `${file('audit.json')}, ${file('plan.json')}` : file('audit.json');
      const where = [
        `For the team, in a browser: ${file('report.html')}`,
        `The same as JSON, with every proof: ${files}`,
        ...(program === undefined ? [] : [program]),
      ];
      terminal.out(`\n${where.flatMap((text) => hanging(terminal, '', text)).join('\n')}\n`);
      if (builtIn) terminal.out(`${said(terminal, 'On your own account: README.md, "Your own account".')}\n`);
    }
    return exitCode(result, options.failOn as Severity | 'none');
  },
};

/** So many steps of the program are run here; `underpin program` runs all. */
const RUN = 5;

interface Begun {
  /** From then on it is run beside whatever is done here. */
  readonly started: Promise<void>;
  /** What became of it, in words. */
  readonly written: Promise<string>;
}

function beginProgram(plan: Plan, folder: string): Begun {
  let start = (): void => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  return { started, written: writeProgram(plan, folder, start).finally(start) };
}

/** Writes the journey as a Pulumi project, and tells so, or why not. */
async function writeProgram(plan: Plan, folder: string, started: () => void): Promise<string> {
  try {
    assertNoLink(dirname(folder), basename(folder));
    assertOurs(folder, false);
    const journey = journeyOf(plan);
    const some = { steps: someOf(journey.names, RUN), started };
    const result = await writeValidated(folder, journey, emittedOf(plan, journey, undefined), some);
    if (!equal(result)) return 'No program was written, since it is not the plan: underpin program tells in what.';
    const all = result.ran.length < journey.names.length ? ' (underpin program runs it at all of them)' : '';
    return `The journey as a Pulumi program, run at ${result.ran.length} of its ${journey.names.length} steps${all}: ${join(folder, 'README.md')}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `No program was written: ${error.message}`;
  }
}
