import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const account = (summary: Readonly<Record<string, number>>) => ({
  'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' },
  'iam:GetAccountSummary': { SummaryMap: { AccountAccessKeysPresent: 0, ...summary } },
});

export const rule = defineRule({
  id: 'root-without-mfa',
  problem: 6,
  severity: 'high',
  title: 'The root user has no MFA',
  why: 'Root can do everything, and no policy can stop it; its password is usually reset by an e-mail. One stolen mailbox then is the whole company on AWS.',
  fix: 'Register two MFA devices for root (one kept in a safe), and use it for nothing else.',
  fixedBy: ['people'],
  subject: 'account',
  needs: ['iam:GetAccountSummary'],
  messages: { none: 'the root user of account {account} has no MFA device' },
  check(subject) {
    if (subject.rootMfa === undefined) return unknown(subject, 'iam:GetAccountSummary', 'whether root has MFA');
    if (subject.rootMfa) return { state: 'pass' };
    // an organization can take them away, and then nobody signs in as root
    if (subject.rootPassword === false && subject.rootAccessKeys === false) return { state: 'notApplicable' };
    return {
      state: 'fail',
      message: 'none',
      data: { account: subject.id },
      proof: [fact(subject, '', 'AWS counts no MFA device for the root user')],
    };
  },
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management',
  ],
  examples: { bad: account({ AccountMFAEnabled: 0 }), good: account({ AccountMFAEnabled: 1 }) },
});
