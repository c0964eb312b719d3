/** Help and usage errors in the user's language: what the parser says of its own is passed through the catalogue too. */
import type { Command as Commander, Option as CommanderOption } from 'commander';
import type { Translator } from '../language/translator.ts';
import { columns } from '../report/text/layout.ts';
import type { World } from './world.ts';

export type Say = (english: string) => string;

/** Each line on its own; what is no sentence stays. */
export const linesIn = ({ tag, text }: Translator, english: string): string =>
  tag === 'en' ? english : english.split('\n').map(text).join('\n');

/** `out`, `err`, `columns`: of the process, as in `World`. */
export function inLanguage(command: Commander, say: Say, world: Pick<World, 'out' | 'err' | 'columns'>): Commander {
  return command
    .helpOption('-h, --help', say('display help for command'))
    .configureOutput({
      writeOut: world.out,
      writeErr: world.err,
      getOutHelpWidth: () => world.columns ?? 80,
      getErrHelpWidth: () => world.columns ?? 80,
      outputError: (text, write) => write(`${say(text.trimEnd())}\n`),
    })
    .configureHelp({ styleTitle: say, displayWidth: columns, optionDescription: (option) => described(option, say) });
}

/** As the parser does it, with its two remarks translated. */
function described(
  { description, argChoices, defaultValue, defaultValueDescription }: CommanderOption,
  say: Say,
): string {
  const remarks = [
    ...(argChoices ? [`${say('choices:')} ${argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`] : []),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean'
      ? []
      : [`${say('default:')} ${defaultValueDescription ?? JSON.stringify(defaultValue)}`]),
  ];
  return remarks.length > 0 ? `${description} (${remarks.join(', ')})` : description;
}
