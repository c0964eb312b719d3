import { UserError } from '../../inventory/user-error.ts';
import { reportHtml } from '../../report/html/page.ts';
import { type Command, type ExitCode, JSON_OPTION } from '../command.ts';
import { EVIDENCE_OPTION, INPUT, INPUT_OPTIONS } from '../inputs.ts';
import { reportLanguage } from '../language.ts';
import { ICONS_OPTION, reportInputs } from '../report-run.ts';
import { writeWhole } from '../write.ts';

export const report: Command = {
  name: 'report',
  summary: 'one HTML file for the team: what is wrong as a picture, and the journey out of it, step by step',
  arguments: [INPUT],
  options: [
    { flags: '-o, --output <file>', description: 'the HTML file', default: 'underpin-report.html' },
    { flags: '--config-file <file>', description: 'underpin.config.ts or .json (default: the one beside the input)' },
    { flags: '--ignore <file>', description: 'YAML file of accepted findings, each with a reason and an end' },
    ICONS_OPTION,
    ...INPUT_OPTIONS,
    EVIDENCE_OPTION,
    JSON_OPTION,
  ],
  examples: ['underpin report inventory.json -o report.html'],
  async run(args, options, terminal): Promise<ExitCode> {
    const output = String(options.output);
    if (!/\.html?$/i.test(output))
      throw new UserError(`"${output}" is no name of an HTML file`, { expected: 'a name that ends in .html' });
    const made = await reportInputs({ command: 'report', paths: args, options }, terminal);
    const text = reportHtml(made, reportLanguage([made.audit, made.planned?.result], terminal));
    writeWhole(output, text);
    const bytes = Buffer.byteLength(text);
    if (options.json === true)
      terminal.out(`${JSON.stringify({ schemaVersion: 1, command: 'report', file: output, bytes }, null, 2)}\n`);
    else
      terminal.err(`${output} written (${Math.ceil(bytes / 1024)} KB): open it in a browser, it needs nothing else\n`);
    return 0;
  },
};
