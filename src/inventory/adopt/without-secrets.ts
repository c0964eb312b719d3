/**
 * Variables without the secrets in them: what a program may hold of an environment that has passwords written out. What the
 * rest of a value tells (the host in a connection string, the id of an access key, that a password stands there) stays.
 */
import { factsOf, factsOfAll, type Variable } from '../environment.ts';
import { REDACTED } from '../fields.ts';

/** What hides a secret key: a text of its form, so that the pair of id and key is still told as one. */
const SECRET_KEY = 'REDACTED'.repeat(5);

/** Secrets inside a longer value, with what stands before and after them. */
const INSIDE: readonly (readonly [find: RegExp, hidden: string])[] = [
  [/(:\/\/[^\s/?#@:]*:)\S+(@)/g, `$1REDACTED$2`],
  [/^([^\s:@/]+:)[^\s@]+(@(?:tcp|udp|unix)6?\()/g, `$1REDACTED$2`],
  [/((?:^|[?&;,\s{"'])(?:[\w-]*(?:password|passwd|pwd|secret|token|key))\s*=\s*"?)[^\s"'&;,]+/gi, `$1REDACTED`],
  [/(["'][\w-]*(?:password|passwd|secret|token|key)["']\s*:\s*["'])[^"']+(["'])/gi, `$1REDACTED$2`],
  [/(hooks\.slack\.com\/services\/)\w+\/\w+\/\w+/g, '$1REDACTED/REDACTED/REDACTED'],
  [/(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)[\s\S]*/g, `$1REDACTED`],
];

/** Tokens with a beginning that tells what they are: the rest is hidden behind letters of its own length. */
const TOKENS: readonly RegExp[] = [
  /(?<![\w-])(?<begin>eyJ)[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
  /(?<!\w)(?<begin>gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|(?:sk|rk)_(?:live|test)_|SG\.|AIza|npm_)[\w.-]{10,}/g,
];

const hideToken = (token: string, begin: string): string =>
  begin === 'eyJ'
    ? `eyJ${'X'.repeat(8)}.eyJ${'X'.repeat(8)}.${'X'.repeat(8)}`
    : begin + 'X'.repeat(token.length - begin.length);

function hidden(value: string): string {
  const inside = INSIDE.reduce((text, [find, instead]) => text.replace(find, instead), value);
  return TOKENS.reduce(
    (text, token) => text.replace(token, (found: string, begin: string) => hideToken(found, begin)),
    inside,
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One value without its secret. A value that only its name gives away is hidden as a whole. */
export function withoutSecret({ name, value }: Variable, literal: boolean): string {
  if (!literal) return value;
  const fact = factsOf(name, value);
  // the id of a key is no secret, and tells whose key it is
  if (value.trim() === fact.accessKeyId) return value;
  // only beside the id of a key is this a secret: nothing but its form tells it
  if (fact.credential !== 'literal') return SECRET_KEY;
  return [REDACTED, hidden(value)].find((text) => text !== value && same(factsOf(name, text), fact)) ?? REDACTED;
}

export interface Hidden {
  readonly variables: readonly Variable[];
  /** Whether any of the values is not what AWS has. */
  readonly changed: boolean;
}

/** The variables without secrets; undefined where they would then not tell the same (a flow would be lost). */
export function withoutSecrets(variables: readonly Variable[]): Hidden | undefined {
  const facts = factsOfAll(variables);
  const shown = variables.map((one, n): Variable => {
    const literal = facts[n]?.credential === 'literal';
    return { name: one.name, value: withoutSecret(one, literal) };
  });
  if (!same(factsOfAll(shown), facts)) return undefined;
  return {
    variables: shown,
    changed: variables.some(({ value }, n) => value !== shown[n]?.value || /redacted/i.test(value)),
  };
}
