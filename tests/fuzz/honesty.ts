/** Any input as an inventory, and everything that can be taken out of it, by its shape. */
import type { Estate } from '../../src/estate/estate.ts';
import type { Entry } from '../../src/inventory/entry.ts';
import { INVENTORY_FORMAT } from '../../src/inventory/format.ts';
import { estateOf, type Json, type Members } from '../whole.ts';
import { type Bills, billsOf, otherBills } from './bills.ts';
import { type Claims, claimsOf, contradictions } from './claims.ts';
import { type Cut, elementCuts, fieldCuts, requestCuts } from './cuts.ts';
import { isUndetectable } from './undetectable.ts';

export interface Honest {
  readonly content: Members;
  readonly responses: Members;
  readonly claims: Claims;
  readonly bills: Bills;
}

/** The answers that an input stands for, whatever its format. */
export function asInventory(entries: readonly Entry[], collectedAt: string | undefined): Members {
  const responses: Record<string, Json[]> = {};
  for (const { operation, account, region, input, output, error } of entries) {
    const answer = error === undefined ? { output: output ?? {} } : { error };
    const request = { account, region, input, ...answer };
    responses[operation] = [...(responses[operation] ?? []), JSON.parse(JSON.stringify(request))];
  }
  return { format: INVENTORY_FORMAT, ...(collectedAt === undefined ? {} : { collectedAt }), responses };
}

export function honest(content: Members): Honest {
  const { responses } = content;
  if (typeof responses !== 'object' || responses === null || Array.isArray(responses)) throw new Error('no inventory');
  const estate = estateOf(content);
  return { content, responses: responses as Members, claims: claimsOf(estate), bills: billsOf(estate) };
}

export interface Way {
  readonly of: 'request' | 'field' | 'resource';
  readonly cut: Cut;
}

type Cuts = (responses: Members) => Iterable<Cut>;

const CUTS: Readonly<Record<Way['of'], Cuts>> = { request: requestCuts, field: fieldCuts, resource: elementCuts };
const EVERYTHING: readonly Way['of'][] = ['request', 'field', 'resource'];

/** Everything that can be taken out, but for what nobody can notice. A resource less may well make a good thing bad. */
export function* waysOf({ responses }: Pick<Honest, 'responses'>, kinds = EVERYTHING): Generator<Way> {
  for (const of of kinds)
    for (const cut of CUTS[of](responses)) if (of === 'request' || !isUndetectable(cut, of)) yield { of, cut };
}

/** The first ones of every shape. */
export function* byShape(ways: Iterable<Way>, each: number): Generator<Way> {
  const seen = new Map<string, number>();
  for (const way of ways) {
    const key = `${way.of} ${way.cut.shape}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    if (count < each) yield way;
  }
}

export const without = ({ content }: Honest, { responses }: Cut): Estate => estateOf({ ...content, responses });

/** What turns into its opposite when something is taken out. */
export function turned(whole: Honest, { of, cut }: Way): readonly string[] {
  const estate = without(whole, cut);
  const strictly = of !== 'resource';
  return [
    ...contradictions(whole.claims, estate, { strictly }),
    ...(strictly ? otherBills(whole.bills, estate) : []),
  ].map((claim) => `without ${cut.name}: ${claim}`);
}
