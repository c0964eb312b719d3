import { existsSync } from 'node:fs';
import { parseAssumptions } from '../../analyse/cost/assumption-file.ts';
import { costs } from '../../analyse/cost/costs.ts';
import { parsePriceFile } from '../../analyse/cost/price-file.ts';
import { pricesWith } from '../../analyse/cost/prices/index.ts';
import { readText } from '../../inventory/text.ts';
import { UserError } from '../../inventory/user-error.ts';
import { readYaml } from '../../inventory/yaml.ts';
import { notRead } from '../../report/not-read.ts';
import { SCHEMA_VERSION } from '../../report/result.ts';
import { costText } from '../../report/text/cost.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';

export const cost: Command = {
  name: 'cost',
  summary: 'what it costs a month: fixed and usage apart, unknown listed',
  arguments: [INPUT],
  options: [
    { flags: '--prices <file>', description: 'JSON or YAML: adds or overrides rows of the price table' },
    { flags: '--usage <file>', description: 'JSON or YAML: traffic, requests and storage that no inventory tells' },
    { flags: '--details', description: 'every charge' },
    ...INPUT_OPTIONS,
    JSON_OPTION,
  ],
  examples: ['underpin cost inventory.json', 'underpin cost inventory.json --usage usage.yaml --prices ours.json'],
  async run(args, options, terminal) {
    const own =
      options.prices === undefined
        ? []
        : checked(String(options.prices), (value) => parsePriceFile(value, String(options.prices)));
    const usage = options.usage === undefined ? undefined : checked(String(options.usage), parseAssumptions);
    const estate = await readEstate(args, options, terminal);
    const result = { ...costs(estate, pricesWith(own), usage), notRead: notRead(estate, 'cost') };
    terminal.out(
      options.json === true
        ? jsonText({ schemaVersion: SCHEMA_VERSION, command: 'cost', ...result }, terminal)
        : costText(result, terminal, options.details === true),
    );
    return result.lines.length === 0 && result.notRead.length > 0 ? 3 : 0;
  },
};

/** Reads a file of the user's and tells what is wrong with it. JSON is YAML too. */
function checked<T>(file: string, check: (value: unknown) => T): T {
  if (!existsSync(file)) throw new UserError('the file is not there', { file });
  try {
    return check(readYaml(readText(file), file, { expected: 'JSON or YAML' }).value);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(error instanceof Error ? error.message : String(error), {
      file,
      fix: 'see src/analyse/cost/README.md for its form',
    });
  }
}
