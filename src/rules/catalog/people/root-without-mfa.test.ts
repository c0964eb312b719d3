import { expect, it } from 'vitest';
import { assemble } from '../../../inventory/assemble.ts';
import { readInventory } from '../../../inventory/format.ts';
import { inventoryOf } from '../../example.ts';
import { callerAnswer } from '../../examples/records.ts';
import { runRule } from '../../run.ts';
import { rule } from './root-without-mfa.ts';

function state(summary: Readonly<Record<string, number>>): string {
  const example = { ...callerAnswer(), 'iam:GetAccountSummary': { SummaryMap: { AccountMFAEnabled: 0, ...summary } } };
  const { entries, notices, collectedAt } = readInventory('example.json', inventoryOf(example));
  return runRule(rule, assemble(entries, notices, collectedAt))
    .map((one) => one.state)
    .join();
}

it('a root user who can not sign in needs no device', () => {
  expect(state({ AccountPasswordPresent: 0, AccountAccessKeysPresent: 0 })).toBe('notApplicable');
});
it('a root user with a password, a key, or of whom neither is told, does', () => {
  expect(state({ AccountPasswordPresent: 1, AccountAccessKeysPresent: 0 })).toBe('fail');
  expect(state({ AccountPasswordPresent: 0, AccountAccessKeysPresent: 1 })).toBe('fail');
  expect(state({ AccountAccessKeysPresent: 0 })).toBe('fail');
  expect(state({ AccountPasswordPresent: 0 })).toBe('fail');
});
