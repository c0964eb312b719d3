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
export function matchesResource(tokens: readonly Token[], resource: string): boolean {
  const parts = segments(tokens, ARN_PARTS);
  if (!parts) return matches(tokens, resource);
  const bounded = parts.flatMap((part, n): Token[] => [
    ...(n === 0 ? [] : [{ is: 'text', text: ':' } as const]),
    ...(n === ARN_PARTS - 1
      ? part
      : part.map((token, at) =>
          token.is === 'any' && at < part.length - 1 ? ({ is: 'any', within: true } as const) : token,
        )),
  ]);
  return matches(bounded, resource);
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
