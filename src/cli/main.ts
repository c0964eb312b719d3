/** The command line: the only owner of process, stdout and exit codes. */
import { text } from 'node:stream/consumers';
import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import { ENGLISH, type Translator } from '../language/translator.ts';
import type { Command, Option, Terminal } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { errorText } from './errors.ts';
import { inLanguage, linesIn, type Say } from './help.ts';
import { type Asked, askedLanguage, LANG_OPTION, translatorFor } from './language.ts';
import { version } from './package.ts';

const environment = process.env;

/** Korean that the locale asks for is shown only where the terminal can show it. */
async function translatorOf({ tag, explicit }: Asked): Promise<Translator> {
  return explicit || unicode() ? translatorFor(tag) : ENGLISH;
}

function unicode(): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return locale === '' || /utf-?8/i.test(locale) || process.platform === 'darwin';
}

function terminal(language: Translator): Terminal {
  const { stdout } = process;
  const dumb = environment.TERM === 'dumb';
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void process.stderr.write(linesIn(language, text)),
    width: Math.min(100, Math.max(40, stdout.isTTY ? stdout.columns || 80 : 80)),
    colour: !refused && (forced || (stdout.isTTY && !dumb)),
    unicode: unicode() || language.tag !== 'en',
    language,
    input: async () => (process.stdin.isTTY ? undefined : await text(process.stdin)),
    live: process.stderr.isTTY === true && !dumb,
    today: () => new Date().toISOString(),
    environment,
  };
}

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

function option(
  { flags, description, choices, repeatable, required, default: value }: Option,
  say: Say,
): CommanderOption {
  const made = new CommanderOption(flags, say(description));
  if (choices) made.choices([...choices]);
  if (repeatable) made.argParser(collect);
  if (required) made.makeOptionMandatory();
  if (value !== undefined) made.default(value);
  return made;
}

async function program(
  args: readonly string[],
  language: Translator,
  done: (code: number) => void,
): Promise<Commander> {
  const say = language.text;
  const root = inLanguage(new Commander('underpin'), say)
    .description(
      say(
        'Reads a hand-built AWS account and proves what is wrong with it. Offline; sends nothing; never writes to AWS.',
      ),
    )
    .version(version(), '-v, --version', say('output the version number'))
    .addOption(option(LANG_OPTION, say))
    .helpCommand('help [command]', say('display help for command'))
    .showHelpAfterError(say('(underpin --help shows every command)'))
    .exitOverride();
  root.addHelpText(
    'after',
    say(
      '\nExit codes: 0 done; 1 findings at or above --fail-on, or a verdict of no;\n2 wrong usage or an error; 3 it could not be decided from the input.',
    ),
  );
  // Only the command that is named is loaded; all of them for the help.
  const named = args.find((word) => COMMANDS.has(word));
  const wanted = /^(-v|--version)$/.test(args[0] ?? '')
    ? []
    : [...COMMANDS].filter(([name]) => named === undefined || name === named);
  for (const [, load] of wanted) root.addCommand(subcommand(await load(), language, done));
  return root;
}

function subcommand(command: Command, language: Translator, done: (code: number) => void): Commander {
  const say = language.text;
  const summary = say(command.summary);
  const made = inLanguage(new Commander(command.name), say).summary(summary).description(summary).exitOverride();
  for (const argument of command.arguments) made.argument(argument.name, say(argument.description));
  for (const one of [...command.options, LANG_OPTION]) made.addOption(option(one, say));
  made.addHelpText('after', `\n${say('Examples:')}\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  made.action(async (...given: unknown[]) => {
    const args = given
      .slice(0, command.arguments.length)
      .flatMap((value) => (value === undefined ? [] : (value as string | string[])));
    const options = given[command.arguments.length] as Record<string, unknown>;
    done(await command.run(args, options, terminal(language)));
  });
  return made;
}

async function main(): Promise<number> {
  let code = 0;
  let language = ENGLISH;
  try {
    const args = process.argv.slice(2);
    language = await translatorOf(askedLanguage(args, environment));
    const root = await program(args, language, (result) => {
      code = result;
    });
    await root.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(errorText(error, language.text));
    if (environment.UNDERPIN_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 2;
  }
  return code;
}

// A reader that closes the pipe early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`underpin: the output cannot be written (${error.message})\n`);
  process.exitCode = 2;
});

// Nobody is left to be told.
process.stderr.on('error', () => {});

const exitCode = await main();
process.exitCode ??= exitCode;
