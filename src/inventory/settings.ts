/**
 * Settings that are written inside a longer text (a command, a start script, a driver's options), and such texts without
 * the secrets among them. A password on a command line is seen by whoever may read the definition of the container.
 */
import { isLiteralSecret, withoutSecrets } from './credentials.ts';
import { REDACTED } from './fields.ts';

/** A name and its value, in the forms that start scripts and configuration files have. */
const SETTING =
  /(?<before>(?<![\w./@%:+-])--?(?<option>[A-Za-z][\w-]*)[\s=]+|(?<![\w./@%:+-])(?:\\?["'])?(?<name>[A-Za-z_][\w.-]*)(?:\\?["'])?\s*[=:]\s*)(?:(?<quote>\\?["'])(?<quoted>.*?)\k<quote>|["']?(?<plain>[^\s"';|&)]+))/g;

/** The text with each of its settings as `instead` says; undefined leaves one as it is. */
export const withSettings = (text: string, instead: (name: string, value: string) => string | undefined): string =>
  text.replace(SETTING, (setting: string, ...rest: readonly unknown[]) => {
    const { before = '', option, name = option ?? '', quote, quoted, plain } = groupsOf(rest);
    const value = quoted ?? plain ?? '';
    const told = value === '' ? undefined : instead(name, value);
    if (told === undefined) return setting;
    const opening = quote ?? setting.slice(before.length, setting.length - value.length);
    return `${before}${opening}${told}${quote ?? ''}`;
  });

/** The named groups, which come last to a replacer. */
function groupsOf(rest: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const groups = rest.at(-1);
  const entries = typeof groups === 'object' && groups !== null ? Object.entries(groups) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Passwords whose option does not say so, each by the program that takes it. The text before the password is the group. */
const KNOWN: readonly RegExp[] = [
  /((?<![\w-])(?:mysql|mariadb)[\w-]*\s(?:.*\s)?-p)(?!assword\b)[^\s"']+/gs,
  /((?<![\w-])(?:redis-cli|valkey-cli)\s(?:.*\s)?-a\s+)[^\s"']+/gs,
  /((?<![\w-])sshpass\s+-p\s*)[^\s"']+/g,
  /((?<![\w-])-{0,2}(?:requirepass|masterauth|primaryauth)[\s=]+)[^\s"']+/g,
  /((?<![\w-])(?:-u|--user|--proxy-user)[\s=]*["']?(?!\d+:\d+\b)[^\s:"'/]+:)[^\s"':]+/g,
  /(\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:Bearer|Basic|Token)\s+)[^\s"'\\]+/gi,
  /(\baws_(?:secret_access_key|session_token)\s+)[^\s"'=][^\s"']*/g,
  /(\becho\s+["']?[\w-]+:)[^\s"']+(?=["']?\s*\|\s*chpasswd)/g,
];

/** Commands that fetch a secret hold none. */
const isFetched = (value: string): boolean => /^(?:\$\(|`)/.test(value);

const hidden = (name: string, value: string): string | undefined =>
  isLiteralSecret(name, value) && !isFetched(value) ? REDACTED : undefined;

/** Without the passwords that are known by the program that takes them. */
export const hiddenCommands = (text: string): string =>
  KNOWN.reduce(
    (rest, known) =>
      rest.replace(known, (whole: string, before: string) =>
        // a variable, or what a command prints
        /^[$`]/.test(whole.slice(before.length)) ? whole : `${before}${REDACTED}`,
      ),
    text,
  );

const hiddenText = (text: string): string => withoutSecrets(hiddenCommands(withSettings(text, hidden)));

/** White space for the expressions above, and in no command. */
const BREAK = '\u2028';

/** The words of a command without secrets; what stands in them otherwise stays. */
export function commandWithoutSecrets(words: readonly string[]): readonly string[] {
  const apart = words.map((word, n) => {
    const option = /^--?(?<name>[A-Za-z][\w-]*)$/.exec(words[n - 1] ?? '')?.groups?.name;
    return (option === undefined || word.startsWith('-') ? undefined : hidden(option, word)) ?? word;
  });
  const told = hiddenText(apart.join(BREAK)).split(BREAK);
  // a secret over several words took their borders with it
  return told.length === words.length ? told : words.map(() => REDACTED);
}

const COMMANDS = /^(?:command|entryPoint)$/i;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

/** Any part of a container's definition without secrets: commands, and settings by their names (`splunk-token`). */
export function definitionWithoutSecrets(value: unknown, key = ''): unknown {
  if (isText(value)) return hidden(key, value) === undefined ? withoutSecrets(value) : REDACTED;
  if (Array.isArray(value))
    return COMMANDS.test(key) && value.every(isText)
      ? commandWithoutSecrets(value)
      : value.map((one) => definitionWithoutSecrets(one));
  if (!isObject(value)) return value;
  // `{ name, value }` is a setting as well
  const named = isText(value.name) && isText(value.value) ? value.name : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([inner, one]) => [
      inner,
      definitionWithoutSecrets(one, inner === 'value' ? (named ?? inner) : inner),
    ]),
  );
}
