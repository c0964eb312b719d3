/** A command as data: help, parsing and behaviour come from the same object. */
import type { Translator } from '../language/translator.ts';

export type ExitCode = 0 | 1 | 2 | 3;

export interface Option {
  /** As commander writes it: `--fail-on <severity>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string | boolean;
  readonly choices?: readonly string[];
  /** May be given several times; the value is then a list. */
  readonly repeatable?: boolean;
  readonly required?: boolean;
}

export interface Argument {
  /** As commander writes it: `[input...]`, `<input>`. */
  readonly name: string;
  readonly description: string;
}

/** What a command may touch of the outside. The only way to stdout. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly width: number;
  readonly colour: boolean;
  readonly unicode: boolean;
  /** English when left out. */
  readonly language?: Translator;
  /** Whether stderr is a screen on which a line can be written over. */
  readonly live?: boolean;
  /** All of stdin; undefined where nobody put anything there. */
  readonly input?: () => Promise<string | undefined>;
  /** ISO date; used only where an input has no date of its own. */
  readonly today: () => string;
  /** The environment, for programs that are executed; credentials are taken out before. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  readonly run: (
    args: readonly string[],
    options: Readonly<Record<string, unknown>>,
    terminal: Terminal,
  ) => Promise<ExitCode> | ExitCode;
}

export const JSON_OPTION: Option = { flags: '--json', description: 'one JSON object on stdout and nothing else' };
