// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
/**
 * Text with wildcards and policy variables: `*` stands for any run of characters, `?` for one, `${key}` for a value
 * of the request, `${key, 'd'}` for it or a default, `${*}` `${?}` `${$}` for those very characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

export type Token =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'one' }
  /** `within`: may not run over a colon. */
  | { readonly is: 'any'; readonly within: boolean }
  | { readonly is: 'variable'; readonly key: string; readonly fallback: string | null };

export interface Pattern {
  /** As written. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly hasVariables: boolean;
}

const VARIABLE = /\$\{([^}]*)\}/g;
const DEFAULTED = /^\s*([^,]+?)\s*,\s*'([^']*)'\s*$/;

/** Variables exist since policy version 2012-10-17; in the older one `${…}` is plain text. */
export function parsePattern(text: string, variables: boolean): Pattern {
  const tokens: Token[] = [];
  let from = 0;
  if (variables && text.includes('${')) {
    for (const match of text.matchAll(VARIABLE)) {
      wildcards(text.slice(from, match.index), tokens);
      tokens.push(variable(match[1] ?? ''));
      from = match.index + match[0].length;
    }
  }
  wildcards(text.slice(from), tokens);
  return { text, tokens, hasVariables: tokens.some((token) => token.is === 'variable') };
}

function variable(inner: string): Token {
  if (inner === '*' || inner === '?' || inner === '$') return { is: 'text', text: inner };
  const [, key, fallback] = DEFAULTED.exec(inner) ?? [];
  if (key !== undefined && fallback !== undefined) return { is: 'variable', key, fallback };
  return { is: 'variable', key: inner.trim(), fallback: null };
}

function wildcards(text: string, tokens: Token[]): void {
  for (const part of text.split(/([*?])/)) {
    if (part === '') continue;
    if (part === '*') tokens.push({ is: 'any', within: false });
    else if (part === '?') tokens.push({ is: 'one' });
    else tokens.push({ is: 'text', text: part });
  }
}

/** What a variable stands for: its value, null when the request has none, undefined when it is not known. */
export type Lookup = (key: string) => string | null | undefined;

export type Resolved =
  | { readonly is: 'tokens'; readonly tokens: readonly Token[] }
  /** A variable has no value and no default: the pattern matches nothing. */
  | { readonly is: 'nothing' }
  /** Some variable is not known; `widest` has a wildcard in its place. */
  | { readonly is: 'unknown'; readonly keys: readonly string[]; readonly widest: readonly Token[] };

export function resolve(pattern: Pattern, lookup: Lookup): Resolved {
  if (!pattern.hasVariables) return { is: 'tokens', tokens: pattern.tokens };
  const keys: string[] = [];
  const tokens: Token[] = [];
  for (const token of pattern.tokens) {
    if (token.is !== 'variable') {
      tokens.push(token);
      continue;
    }
    const value = lookup(token.key);
    if (value === undefined) {
      keys.push(token.key);
      tokens.push({ is: 'any', within: false });
    } else if (value !== null) tokens.push({ is: 'text', text: value });
    else if (token.fallback !== null) tokens.push({ is: 'text', text: token.fallback });
    else return { is: 'nothing' };
  }
  return keys.length > 0 ? { is: 'unknown', keys, widest: tokens } : { is: 'tokens', tokens };
}

/**
 * Whether the whole of `text` fits the tokens. Keeps the set of places that a match may have reached, so the cost
 * is length times length however many stars a hostile policy has.
 */
export function matches(tokens: readonly Token[], text: string): boolean {
  const first = tokens[0];
  if (tokens.length === 0) return text === '';
  if (tokens.length === 1 && first?.is === 'any' && !first.within) return true;
  if (first?.is === 'text') {
    if (!text.startsWith(first.text)) return false;
    if (tokens.length === 1) return text.length === first.text.length;
    const second = tokens[1];
    if (tokens.length === 2 && second?.is === 'any' && !second.within) return true;
  }
  let reached: readonly number[] = [0];
  for (const token of tokens) {
    reached = step(token, text, reached);
    if (reached.length === 0) return false;
  }
  return reached[reached.length - 1] === text.length;
}

/** Places in ascending order after one more token. */
function step(token: Token, text: string, reached: readonly number[]): readonly number[] {
  switch (token.is) {
    case 'text':
      return reached.filter((at) => text.startsWith(token.text, at)).map((at) => at + token.text.length);
    case 'one':
      return reached.filter((at) => at < text.length).map((at) => at + 1);
    case 'any': {
      const next: number[] = [];
      for (const start of reached) {
        let at = Math.max(start, (next[next.length - 1] ?? -1) + 1);
        // A later start inside a run that was already followed adds nothing.
        if (at > start && token.within && text.slice(start, at).includes(':')) continue;
        for (; at <= text.length; at++) {
          next.push(at);
          if (token.within && text[at] === ':') break;
        }
      }
      return next;
    }
    case 'variable':
      return [];
  }
}

export const isEverything = (pattern: Pattern): boolean => /^\*+$/.test(pattern.text);

/** A concrete text that fits the pattern, with `filler` where anything may stand. */
export const instance = (pattern: Pattern, filler: string): string =>
  pattern.tokens
    .map((token) =>
      token.is === 'text'
        ? token.text
        : token.is === 'variable'
          ? (token.fallback ?? filler)
          : token.is === 'one'
            ? 'x'
            : filler,
    )
    .join('');
