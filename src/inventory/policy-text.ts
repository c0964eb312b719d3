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

function decoded(text: string): string {
  try {
    const plain = decodeURIComponent(text).trim();
    return isPolicyText(plain) ? plain : text;
  } catch {
    return text;
  }
}
