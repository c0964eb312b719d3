/**
 * Policy documents come in three forms: JSON text (S3, SQS, SNS, KMS), JSON text in the URL encoding of RFC 3986
 * (IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html), and as an object (the AWS
 * CLI decodes IAM's; Terraform and Pulumi hold them so). The estate holds one form: JSON text.
 */
import type { PolicyText } from '../estate/kinds/network.ts';
import type { Item } from './item.ts';

/**
 * The JSON text of a policy document. A document that is none of the three forms is kept as it is (`isPolicyText`
 * tells it apart); undefined for what cannot be a document at all: nothing, an empty text, a number, a list.
 */
export function policyText(value: unknown): PolicyText | undefined {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' ? undefined : isPolicyText(text) ? text : decoded(text);
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined;
}

/** The document in a field of an answer; a notice is left when it is not a policy document. */
export function policyIn(item: Item, field: string): PolicyText | undefined {
  const value = item.value[field];
  const text = policyText(value);
  const present = value !== undefined && value !== null && value !== '';
  if (present && (text === undefined || !isPolicyText(text)))
    item.notice('wrongType', `${item.context.operation}: ${field} should be a policy document and is not JSON`, field);
  return text;
}

/** Whether a text is a JSON object, as every policy document is. */
export function isPolicyText(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/**
 * The same for two texts that say the same: every tool writes a document in its own order, a list of one in either of
 * two ways, and what is empty or not at all.
 */
export function policyMeaning(text: PolicyText): string {
  try {
    return JSON.stringify(plain(JSON.parse(text)));
  } catch {
    // no JSON, or nested deeper than a document can be
    return text;
  }
}

const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(plain);
    return all.length === 1 ? all[0] : all.sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, plain(inner)] as const)
      .filter(([, inner]) => !isEmpty(inner))
      .sort(([a], [b]) => compare(a, b)),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function decoded(text: string): string {
  try {
    const plain = decodeURIComponent(text).trim();
    return isPolicyText(plain) ? plain : text;
  } catch {
    return text;
  }
}
