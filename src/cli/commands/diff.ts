import { differenceResult, differs, isUnsure, type Side } from '../../report/difference.ts';
import { differenceText } from '../../report/text/difference.ts';
import { rules } from '../../rules/catalog/index.ts';
import { audit } from '../../rules/run.ts';
import { type Command, JSON_OPTION, type Terminal } from '../command.ts';
import { INPUT_OPTIONS, readEstate } from '../inputs.ts';
import { jsonText } from '../language.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'two inputs beside each other: what came, went and changed, and what that means',
  arguments: [
    { name: '<before>', description: 'any input: an inventory of last week, the live account' },
    { name: '<after>', description: 'another one: the inventory of today, the program' },
  ],
  options: [
    { flags: '--details', description: 'everything, also what AWS and the load change by themselves' },
    ...INPUT_OPTIONS,
    JSON_OPTION,
  ],
  examples: ['underpin diff last-week.json today.json', 'underpin diff inventory.json infra --stack prod'],
  async run(args, options, terminal) {
    const [before, after] = [
      await sideOf(String(args[0]), options, terminal),
      await sideOf(String(args[1]), options, terminal),
    ];
    const result = differenceResult(before, after);
    terminal.out(
      options.json === true ? jsonText(result, terminal) : differenceText(result, terminal, options.details === true),
    );
    return differs(result) ? 1 : isUnsure(result) ? 3 : 0;
  },
};

async function sideOf(path: string, options: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<Side> {
  const estate = await readEstate([path], options, terminal);
  return { path, estate, findings: audit(estate, rules) };
}
