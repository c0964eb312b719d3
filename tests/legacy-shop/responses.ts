/** An inventory file and its answers, by operation. */
import type { Input } from '../../src/collect/row.ts';

export interface Response {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly input?: Input;
  readonly output?: object;
  readonly error?: { readonly name: string; readonly message?: string };
}

export type Responses = Readonly<Record<string, readonly Response[]>>;

export interface Inventory {
  readonly format: string;
  readonly collectedAt: string;
  readonly responses: Responses;
}

/** What an inventory of several accounts says of one. */
export const ofAccount = (inventory: Inventory, account: string): Inventory => ({
  ...inventory,
  responses: Object.fromEntries(
    Object.entries(inventory.responses).map(([operation, all]) => [
      operation,
      all.filter((one) => one.account === account),
    ]),
  ),
});
