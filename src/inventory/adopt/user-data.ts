/** User data without the secrets in it, as base64: what a program may hold of a start script. */
import { isLiteralSecret } from '../credentials.ts';
import { decodedUserData, factsOfUserData } from '../user-data.ts';
import { withoutSecret } from './without-secrets.ts';

export interface SafeUserData {
  /** Base64. */
  readonly text: string;
  /** Whether a secret was left out. */
  readonly changed: boolean;
}

/** A name and its value, in the forms that start scripts and configuration files have. */
const SETTING =
  /(?<before>(?<![\w./@%:+-])--?(?<option>[A-Za-z][\w-]*)[\s=]+["']?|(?<![\w./@%:+-])["']?(?<name>[A-Za-z_][\w.-]*)["']?\s*[=:]\s*["']?)(?<value>[^\s"';|&)]+)/g;

/** Undefined where the script would then not tell the same, or has a secret that can not be told from the rest. */
export function withoutSecretsIn(base64: string): SafeUserData | undefined {
  const facts = factsOfUserData(base64);
  const secrets = facts.filter(({ credential }) => credential === 'literal').length;
  if (secrets === 0) return { text: base64, changed: false };
  const found: string[] = [];
  const script = decodedUserData(base64).replace(SETTING, (setting: string, ...rest: readonly unknown[]) => {
    const { before = '', option, name = option ?? '', value = '' } = groupsOf(rest);
    if (!isLiteralSecret(name, value)) return setting;
    const safe = withoutSecret({ name, value }, true);
    if (safe === value) return setting;
    found.push(value);
    return `${before}${safe}`;
  });
  const text = Buffer.from(script).toString('base64');
  const whole = found.length >= secrets && !found.some((value) => script.includes(value));
  return whole && JSON.stringify(factsOfUserData(text)) === JSON.stringify(facts) ? { text, changed: true } : undefined;
}

/** The named groups, which come last to a replacer. */
function groupsOf(rest: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const groups = rest.at(-1);
  const entries = typeof groups === 'object' && groups !== null ? Object.entries(groups) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
