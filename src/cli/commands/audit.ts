import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { namesIn } from '../../language/results.ts';
import type { AuditResult } from '../../report/result.ts';
import { auditText } from '../../report/text/audit.ts';
import { SEVERITIES, type Severity } from '../../rules/rule.ts';
import { auditInputs, chooseRules, exitCode } from '../audit-run.ts';
import { type Command, JSON_OPTION, type Terminal } from '../command.ts';
import { EVIDENCE_OPTION, INPUT, INPUT_OPTIONS } from '../inputs.ts';
import { jsonText } from '../language.ts';
import { version } from '../package.ts';

export const audit: Command = {
  name: 'audit',
  summary: 'findings with their proofs',
  arguments: [INPUT],
  options: [
    ...INPUT_OPTIONS,
    EVIDENCE_OPTION,
    JSON_OPTION,
    {
      flags: '--format <format>',
      description: 'text, json or sarif',
      choices: ['text', 'json', 'sarif'],
      default: 'text',
    },
    {
      flags: '--fail-on <severity>',
      description: 'exit 1 when a finding is at least this grave',
      choices: [...SEVERITIES, 'none'],
      default: 'high',
    },
    { flags: '--rule <id>', description: 'only this rule (repeatable)', repeatable: true },
    { flags: '--ignore <file>', description: 'YAML file of accepted findings, each with a reason and an end' },
    { flags: '--details', description: 'every finding with its whole proof and its place in the input' },
  ],
  examples: [
    'underpin audit inventory.json',
    'underpin audit answers/ --rule database-reachable-from-internet --details',
  ],
  async run(args, options, terminal) {
    const result = await auditInputs(
      {
        command: 'audit',
        paths: args,
        rules: (options.rule as string[] | undefined) ?? [],
        ignoreFile: options.ignore as string | undefined,
        options,
      },
      terminal,
    );
    const format = options.json === true ? 'json' : (options.format as string);
    terminal.out(await render(result, format, options.details === true, terminal));
    const failOn = options.failOn as Severity | 'none';
    const code = exitCode(result, failOn);
    if (format === 'text' && code === 1) terminal.err(`exit 1: findings at or above --fail-on ${failOn}\n`);
    if (format === 'text' && code === 3)
      terminal.err(`exit 3: nothing failed at or above --fail-on ${failOn}, but not everything could be decided\n`);
    return code;
  },
};

async function render(result: AuditResult, format: string, details: boolean, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'json':
      return jsonText(result, terminal);
    case 'sarif':
      return `${JSON.stringify(await sarif(result, terminal), null, 2)}\n`;
    default:
      return auditText(result, terminal, { details });
  }
}

async function sarif(result: AuditResult, { language }: Terminal): Promise<object> {
  const { auditSarif } = await import('../../report/sarif.ts');
  language?.knows(namesIn(result));
  const here = process.cwd();
  return auditSarif(result, {
    version: version(),
    rules: chooseRules([]),
    ...(language ? { say: language.text } : {}),
    textOf: (file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
    uriOf: (file) => {
      const path = relative(here, file);
      return path.startsWith('..') ? pathToFileURL(file).href : encodeURI(path.replaceAll('\\', '/'));
    },
  });
}
