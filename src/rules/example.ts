/** Small inventories for the examples of rules, in AWS's own response shapes. */
import type { Example } from './rule.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** Several example inventories in one: lists of the same operation are joined. */
export function join(...parts: readonly Example[]): Example {
  const joined: Record<string, object> = {};
  for (const part of parts)
    for (const [operation, answer] of Object.entries(part)) {
      const before = joined[operation];
      joined[operation] = before === undefined ? answer : merge(before, answer);
    }
  return joined;
}

function merge(a: object, b: object): object {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key];
    merged[key] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
  }
  return merged;
}

/** The example as an inventory file's content. */
export function inventoryOf(example: Example): Record<string, unknown> {
  const responses = Object.fromEntries(
    Object.entries(example).map(([operation, answer]) => [
      operation,
      Array.isArray(answer) ? answer : [{ input: {}, output: answer }],
    ]),
  );
  return {
    format: 'underpin.inventory/1',
    account: ACCOUNT,
    region: REGION,
    collectedAt: '2026-01-31T12:00:00Z',
    responses,
  };
}
