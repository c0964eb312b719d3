import { exposureResult } from '../../report/exposure.ts';
import { exposureText } from '../../report/text/exposure.ts';
import { type Command, JSON_OPTION } from '../command.ts';
import { INPUT, INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';

export const exposure: Command = {
  name: 'exposure',
  summary: 'what the internet reaches, what is one attribute away, what would close it',
  arguments: [INPUT],
  options: [{ flags: '--details', description: 'with every proof' }, ...INPUT_OPTIONS, JSON_OPTION],
  examples: ['underpin exposure inventory.json'],
  async run(args, options, terminal) {
    const result = exposureResult(await readEstate(args, options, terminal));
    terminal.out(
      options.json === true ? jsonText(result, terminal) : exposureText(result, terminal, options.details === true),
    );
    return result.unknown.length + result.notRead.length > 0 && result.exposures.length === 0 ? 3 : 0;
  },
};
