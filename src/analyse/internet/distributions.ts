/** Whether the list of an account's distributions is in the input: without it, "no CDN" can not be said. */
import { statusOf } from '../../estate/coverage.ts';
import type { Estate } from '../../estate/estate.ts';
import type { Missing } from '../verdict.ts';

export function distributionsUnread(estate: Estate, account: string): readonly Missing[] {
  const operation = 'cloudfront:ListDistributions';
  const status = statusOf(estate.coverage, operation, { account });
  if (status === 'read') return [];
  const reason = status === 'notAsked' ? 'the input has no answer to it' : `it was not read (${status})`;
  return [{ operation, reason: `${reason}; it would tell what stands before it`, resource: account }];
}
