/** ARNs: their parts, and how a pattern in a policy meets one. */
import { matches, type Token } from './pattern.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [arn, partition, service, region, account, ...rest] = text.split(':');
  if (arn !== 'arn' || partition === undefined || service === undefined || region === undefined) return undefined;
  if (account === undefined || rest.length === 0) return undefined;
  return { partition, service, region, account, resource: rest.join(':') };
}

/** The last part of a resource name: `role/service/app` and `user/app` are both called `app`. */
export const lastName = (arn: string): string => arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);

/**
 * Splits tokens at their colons into at most `limit` parts, the last one keeping the rest.
 * Undefined when there are fewer.
 */
export function segments(tokens: readonly Token[], limit: number): readonly (readonly Token[])[] | undefined {
  const parts: Token[][] = [[]];
  const last = (): Token[] => parts[parts.length - 1] ?? [];
  for (const token of tokens) {
    if (token.is !== 'text') {
      last().push(token);
      continue;
    }
    let text = token.text;
    while (parts.length < limit) {
      const colon = text.indexOf(':');
      if (colon < 0) break;
      if (colon > 0) last().push({ is: 'text', text: text.slice(0, colon) });
      parts.push([]);
      text = text.slice(colon + 1);
    }
    if (text !== '') last().push({ is: 'text', text });
  }
  return parts.length === limit ? parts : undefined;
}

const ARN_PARTS = 6;

/**
 * The Resource element. In the first five parts a wildcard stays within its part, but for one at a part's very end,
 * which may run on over the colons; the sixth part (`function:name:alias`, an object key) is one text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export const matchesResource = (tokens: readonly Token[], resource: string): boolean =>
  matches(bounded(tokens), resource);

const boundedTokens = new WeakMap<readonly Token[], readonly Token[]>();

function bounded(tokens: readonly Token[]): readonly Token[] {
  let known = boundedTokens.get(tokens);
  if (!known) {
    known = bound(tokens);
    boundedTokens.set(tokens, known);
  }
  return known;
}

function bound(tokens: readonly Token[]): readonly Token[] {
  const parts = segments(tokens, ARN_PARTS);
  if (!parts) return tokens;
  const all: Token[] = [];
  for (const [n, part] of parts.entries()) {
    if (n > 0) all.push({ is: 'text', text: ':' });
    for (const [at, token] of part.entries())
      all.push(token.is === 'any' && n < ARN_PARTS - 1 && at < part.length - 1 ? { is: 'any', within: true } : token);
  }
  return joined(all);
}

/** Neighbouring texts as one, so that a plain ARN is compared in one go. */
function joined(tokens: readonly Token[]): readonly Token[] {
  const all: Token[] = [];
  for (const token of tokens) {
    const last = all[all.length - 1];
    if (token.is === 'text' && last?.is === 'text') all[all.length - 1] = { is: 'text', text: last.text + token.text };
    else all.push(token);
  }
  return all;
}

/**
 * ArnEquals and ArnLike: each of the six parts is compared by itself, and no wildcard runs over a colon of the first five.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnLike(tokens: readonly Token[], value: string): boolean {
  const parts = segments(tokens, ARN_PARTS);
  const arn = parseArn(value);
  // A bare star is common in hand-written policies and AWS takes it for any ARN.
  if (!parts) return tokens.length === 1 && tokens[0]?.is === 'any' && arn !== undefined;
  if (!arn) return false;
  const texts = ['arn', arn.partition, arn.service, arn.region, arn.account, arn.resource];
  return parts.every((part, n) => matches(part, texts[n] ?? ''));
}
