/** The user's file of assumptions, read and checked; its form is told in `assumptions.ts`. */
import { z } from 'zod';
import type { Assumptions } from './assumptions.ts';
import { SERVICES } from './price.ts';

const Entry = z.strictObject({
  resource: z.string().min(1).default('*'),
  region: z.string().min(1).optional(),
  service: z.enum(SERVICES),
  sku: z.string().min(1),
  /** In the unit of the price: GB, million requests, LCU-hours. */
  perMonth: z.number().nonnegative(),
  because: z.string().optional(),
});
const AssumptionFile = z.strictObject({ usage: z.array(Entry) });

/** The input is wrong; the message is for the user, a line for each fault. */
export class AssumptionsError extends Error {}

export function parseAssumptions(value: unknown): Assumptions {
  const parsed = AssumptionFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(the whole file)'}: ${issue.message}`,
  );
  throw new AssumptionsError(`The assumptions are not in the form that the README tells:\n${faults.join('\n')}`);
}
