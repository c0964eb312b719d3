import { join, relative } from 'node:path';
import { auditText } from '../../report/text/audit.ts';
import { hanging } from '../../report/text/layout.ts';
import { SEVERITIES, type Severity } from '../../rules/rule.ts';
import { auditInputs, exitCode } from '../audit-run.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS } from '../inputs.ts';
import { exampleInventory } from '../package.ts';
import { writeWhole } from '../write.ts';

export const run: Command = {
  name: 'run',
  summary: 'the main job; without an input, on the built-in legacy shop',
  arguments: [{ name: '[input...]', description: INPUT.description }],
  options: [
    { flags: '-o, --output <folder>', description: 'where the results are written', default: 'underpin-out' },
    ...INPUT_OPTIONS,
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
    const paths = builtIn ? [relative(process.cwd(), exampleInventory()) || exampleInventory()] : args;
    const result = await auditInputs(
      { command: 'run', paths, rules: [], ignoreFile: options.ignore as string | undefined, options },
      terminal,
    );
    const json = `${JSON.stringify(result, null, 2)}\n`;
    const file = join(String(options.output), 'audit.json');
    writeWhole(file, json);
    if (options.json === true) terminal.out(json);
    else {
      const intro = builtIn
        ? 'Underpin on its built-in example, the legacy shop: an account as many are, built by hand.'
        : '';
      terminal.out(builtIn ? `${hanging(terminal, '', intro).join('\n')}\n\n` : '');
      terminal.out(auditText(result, terminal, { details: options.details === true }));
      terminal.out(`${hanging(terminal, '', `The same as JSON, with every proof: ${file}`).join('\n')}\n`);
      if (builtIn) terminal.out('On your own account: README.md, "Your own account".\n');
    }
    return exitCode(result, options.failOn as Severity | 'none');
  },
};
