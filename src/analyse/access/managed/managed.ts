/**
 * AWS's own managed policies, for inputs that name them without their text. A text read from the account always goes
 * first; a policy that is not here is unknown.
 */
import { BODIES, ONLY_ALLOWS } from './bodies.ts';

const texts = new Map<string, string>();

const nameOf = (arn: string): string | undefined => /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];

/** The text of an AWS managed policy by its ARN; undefined when we do not ship it. */
export function shippedText(arn: string): string | undefined {
  const name = nameOf(arn);
  if (name === undefined) return undefined;
  const body = BODIES[name];
  if (!body) return undefined;
  let text = texts.get(name);
  if (text === undefined) {
    text = JSON.stringify({ Version: '2012-10-17', Statement: body.statement });
    texts.set(name, text);
  }
  return text;
}

/** Whether the policy may allow more than the text we ship, but is known to deny nothing. */
export const mayAllowMore = (arn: string): boolean => {
  const name = nameOf(arn);
  return name !== undefined && (ONLY_ALLOWS.has(name) || BODIES[name]?.atLeast === true);
};
