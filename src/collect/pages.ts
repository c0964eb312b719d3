/** All pages of a request as one answer, as the AWS CLI gives them. */
import type { Ask } from './ask.ts';
import type { Outcome, Request } from './journal.ts';
import { scalar } from './pick.ts';
import type { Pages } from './row.ts';

/** What was read of a request, and why no more was. */
export interface Paged {
  /** Undefined when not even the first page was read. Of a listing that was cut off, it still announces the next page. */
  readonly output: unknown;
  readonly error: Outcome['error'];
}

/** AWS has no listing this long: it would be one that announces itself as its next page. */
const MOST_PAGES = 10_000;

export async function askAll(ask: Ask, request: Request, pages: Pages = {}): Promise<Paged> {
  let whole: unknown;
  let input = request.input;
  const asked = new Set<string>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const outcome = await ask({ ...request, input });
    if (outcome.error) return { output: whole, error: outcome.error };
    whole = page === 0 ? outcome.output : joined(withoutTokens(whole, pages), outcome.output);
    const next = Object.entries(pages).flatMap(([answer, parameter]) => {
      const token = scalar(outcome.output, answer);
      return token === undefined || token === '' ? [] : [[parameter, token] as const];
    });
    if (next.length === 0) return { output: page === 0 ? whole : withoutTokens(whole, pages), error: undefined };
    const key = JSON.stringify(next);
    if (asked.has(key)) break;
    asked.add(key);
    input = { ...request.input, ...Object.fromEntries(next) };
  }
  return { output: whole, error: { name: 'EndlessPages', message: 'AWS announced the same page again' } };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists one after the other, objects field by field; of anything else the later page's. */
function joined(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return [...before, ...after];
  if (!isObject(before) || !isObject(after)) return after ?? before;
  const both: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after)) both[key] = key in before ? joined(before[key], value) : value;
  // CloudFront counts what stands in a page
  if (Array.isArray(both.Items) && 'Quantity' in both) both.Quantity = both.Items.length;
  return both;
}

/** The answer without what announces another page. */
function withoutTokens(output: unknown, pages: Pages): unknown {
  return Object.keys(pages).reduce((value, path) => without(value, path.split('.')), output);
}

function without(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const { [first]: inner, ...others } = value;
  const kept = rest.length > 0 && inner !== undefined ? { ...others, [first]: without(inner, rest) } : others;
  return 'IsTruncated' in kept ? { ...kept, IsTruncated: false } : kept;
}
