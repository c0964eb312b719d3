/** Accounts in which something is: an empty one has nothing to record. */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { Kind } from '../../estate/resource.ts';

/** What every account has or AWS shows to it, whether or not anybody uses it. */
const ALWAYS: ReadonlySet<Kind> = new Set(['account', 'region', 'zone', 'instanceType', 'prefixList', 'policy']);

export const inhabitedAccounts: (estate: Estate) => ReadonlySet<string> = memoised(
  (estate) => new Set(estate.resources.flatMap(({ kind, account }) => (ALWAYS.has(kind) ? [] : [account]))),
);
