/** Which language the user reads, and results in it. */
import { UserError } from '../inventory/user-error.ts';
import { namesIn, translated } from '../language/results.ts';
import { ENGLISH, type LanguageTag, type Translator } from '../language/translator.ts';
import { type Language, languageOf } from '../report/html/messages.ts';
import type { Option, Terminal } from './command.ts';

const TAGS: readonly LanguageTag[] = ['en', 'ko'];

export const LANG_OPTION: Option = {
  flags: '--lang <language>',
  description: 'en or ko; without it the locale decides',
  choices: TAGS,
};

export interface Asked {
  readonly tag: LanguageTag;
  /** Said on the command line, and not by the locale. */
  readonly explicit: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Read before the command is: help and errors are in the language too. */
export function askedLanguage(args: readonly string[], environment: Environment): Asked {
  const at = args.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at >= 0) {
    const told = args[at]?.startsWith('--lang=') ? args[at].slice('--lang='.length) : args[at + 1];
    const tag = TAGS.find((one) => one === told);
    if (tag === undefined)
      throw new UserError(`there is no language "${told ?? ''}"`, { expected: `one of: ${TAGS.join(', ')}` });
    return { tag, explicit: true };
  }
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return { tag: /^ko([_.@-]|$)/i.test(locale) ? 'ko' : 'en', explicit: false };
}

export async function translatorFor(tag: LanguageTag): Promise<Translator> {
  switch (tag) {
    case 'en':
      return ENGLISH;
    case 'ko':
      return (await import('../language/ko/index.ts')).korean();
  }
}

/** For reports: names that the results hold are told as they are. */
export function reportLanguage(results: unknown, { language = ENGLISH }: Pick<Terminal, 'language'>): Language {
  if (language.tag !== 'en') language.knows(namesIn(results));
  return languageOf(language);
}

/** The one object of `--json`; its sentences are in the user's language, its words and ids are not. */
export const jsonText = (result: object, { language }: Pick<Terminal, 'language'>): string =>
  `${JSON.stringify(language ? translated(result, language) : result, null, 2)}\n`;
