/** The command line from its words to its exit code, in whatever process: what is of the process itself comes as a `World`. */
import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import { ENGLISH, type Translator } from '../language/translator.ts';
import type { Command, Option, Terminal } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { errorText } from './errors.ts';
import { inLanguage, linesIn, type Say } from './help.ts';
import { askedLanguage, LANG_OPTION, translatorFor } from './language.ts';
import { version } from './package.ts';
import type { World } from './world.ts';

/** The language of a command line. Korean that the locale asks for is shown only where the terminal can show it. */
export async function languageFor(args: readonly string[], world: World): Promise<Translator> {
  const { tag, explicit } = askedLanguage(args, world.environment);
  return explicit || unicode(world) ? translatorFor(tag) : ENGLISH;
}

function unicode({ environment, platform }: World): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return locale === '' || /utf-?8/i.test(locale) || platform === 'darwin';
}

/** What a command sees of the world, in a language. */
export function terminalOf(language: Translator, world: World): Terminal {
  const { out, err, input, today, environment, columns, watched } = world;
  const dumb = environment.TERM === 'dumb';
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return {
    out,
    err: (text) => err(linesIn(language, text)),
    width: Math.min(100, Math.max(40, columns ?? 80)),
    colour: !refused && (forced || (columns !== undefined && !dumb)),
    unicode: unicode(world) || language.tag !== 'en',
    language,
    ...(input ? { input } : {}),
    live: watched && !dumb,
    today,
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

/** One run: its language and its world, and where its exit code goes. */
interface Run {
  readonly language: Translator;
  readonly world: World;
  readonly done: (code: number) => void;
}

async function program(args: readonly string[], run: Run): Promise<Commander> {
  const say = run.language.text;
  const root = inLanguage(new Commander('underpin'), say, run.world)
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
  for (const [, load] of wanted) root.addCommand(subcommand(await load(), run));
  return root;
}

function subcommand(command: Command, { language, world, done }: Run): Commander {
  const say = language.text;
  const summary = say(command.summary);
  const made = inLanguage(new Commander(command.name), say, world).summary(summary).description(summary).exitOverride();
  for (const argument of command.arguments) made.argument(argument.name, say(argument.description));
  for (const one of [...command.options, LANG_OPTION]) made.addOption(option(one, say));
  made.addHelpText('after', `\n${say('Examples:')}\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  made.action(async (...given: unknown[]) => {
    const args = given
      .slice(0, command.arguments.length)
      .flatMap((value) => (value === undefined ? [] : (value as string | string[])));
    const options = given[command.arguments.length] as Record<string, unknown>;
    done(await command.run(args, options, terminalOf(language, world)));
  });
  return made;
}

/** Runs the words of a command line, without the name of the program; answers with the exit code. */
export async function underpin(args: readonly string[], world: World): Promise<number> {
  const { environment, err } = world;
  let code = 0;
  let language = ENGLISH;
  try {
    language = await languageFor(args, world);
    const done = (result: number): void => {
      code = result;
    };
    const root = await program(args, { language, world, done });
    await root.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    err(errorText(error, language.text));
    if (environment.UNDERPIN_DEBUG && error instanceof Error) err(`${error.stack}\n`);
    return 2;
  }
  return code;
}
