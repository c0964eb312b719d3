/**
 * Prices of the user's own, over those that Underpin ships (`--prices FILE`):
 *
 * ```json
 * { "asOf": "2026-11-01", "prices": [
 *   { "region": "ap-northeast-2", "service": "rds", "sku": "mysql/db.m4.large", "unit": "hour", "usd": 0.25,
 *     "source": "https://aws.amazon.com/rds/mysql/pricing/" }
 * ] }
 * ```
 *
 * A row adds a price, or overrides the shipped one of the same region, service and sku. `asOf` may stand on a row too.
 */
import { z } from 'zod';
import { type PriceRow, SERVICES } from './price.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-11-01');
const Row = z.strictObject({
  region: z.string().min(1),
  service: z.enum(SERVICES),
  sku: z.string().min(1),
  unit: z.string().min(1),
  usd: z.number().nonnegative(),
  source: z.string().min(1).default('price file'),
  asOf: date.optional(),
});
const PriceFile = z.strictObject({ asOf: date, prices: z.array(Row) });

/** The file is wrong; the message is for the user, a line for each fault. */
export class PriceFileError extends Error {}

export function parsePriceFile(value: unknown, file: string): readonly PriceRow[] {
  const parsed = PriceFile.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.') || '(the whole file)'}: ${issue.message}`,
    );
    throw new PriceFileError(`${file} is not a price file:\n${faults.join('\n')}`);
  }
  const seen = new Set<string>();
  return parsed.data.prices.map((row, n) => {
    const key = `${row.region} ${row.service} ${row.sku}`;
    if (seen.has(key)) throw new PriceFileError(`${file}: prices.${n} gives ${key} a second time`);
    seen.add(key);
    return { ...row, asOf: row.asOf ?? parsed.data.asOf };
  });
}
