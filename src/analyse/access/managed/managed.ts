/**
 * AWS's own managed policies, for inputs that name them without their text. A text read from the account always goes
 * first; a policy that is not here is unknown.
 */
import { matches, parsePattern } from '../policy/pattern.ts';
import { BODIES } from './bodies.ts';
import { MAY_ALLOW } from './may-allow.ts';

const texts = new Map<string, string>();

const nameOf = (arn: string): string | undefined => /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];

/** The text of an AWS managed policy by its ARN; undefined when we do not ship it. */
export function shippedText(arn: string): string | undefined {
  const name = nameOf(arn);
  if (name === undefined) return undefined;
  const body = Object.hasOwn(BODIES, name) ? BODIES[name] : undefined;
  if (!body) return undefined;
  let text = texts.get(name);
  if (text === undefined) {
    text = JSON.stringify({ Version: '2012-10-17', Statement: body.statement });
    texts.set(name, text);
  }
  return text;
}

/**
 * Of a policy whose text is not, or not surely, the whole: may it allow an action? Undefined for a policy of which we
 * know nothing, which may deny as well.
 */
export function mayAllow(arn: string): ((action: string) => boolean) | undefined {
  const name = nameOf(arn);
  const patterns = name === undefined || !Object.hasOwn(MAY_ALLOW, name) ? undefined : MAY_ALLOW[name];
  if (!patterns) return undefined;
  const tokens = patterns.map((pattern) => parsePattern(pattern, false).tokens);
  const known = new Map<string, boolean>();
  return (action) => {
    let answer = known.get(action);
    if (answer === undefined) {
      answer = tokens.some((one) => matches(one, action));
      known.set(action, answer);
    }
    return answer;
  };
}
