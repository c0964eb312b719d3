import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const account = (keys: number) => ({
  'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' },
  'iam:GetAccountSummary': { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: keys } },
});

export const rule = defineRule({
  id: 'root-access-keys',
  problem: 6,
  severity: 'high',
  title: 'The root user has access keys',
  why: 'A root key can do everything and cannot be limited by any policy. Nothing that runs needs one.',
  fix: 'Find what uses it by its last use, give that a role of its own, delete the key.',
  fixedBy: ['people'],
  subject: 'account',
  needs: ['iam:GetAccountSummary'],
  messages: { present: 'the root user of account {account} has access keys' },
  check(subject) {
    if (subject.rootAccessKeys === undefined)
      return unknown(subject, 'iam:GetAccountSummary', 'whether root has access keys');
    if (!subject.rootAccessKeys) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'present',
      data: { account: subject.id },
      proof: [fact(subject, '', 'AWS counts at least one access key of the root user')],
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
  examples: { bad: account(1), good: account(0) },
});
