import { ageText, daysSince } from '../../../analyse/ages.ts';
import { fact, unknown } from '../../proof.ts';
import type { Example } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

const RECENT = 90;

const report = (used: string): Example => ({
  'sts:GetCallerIdentity': { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' },
  'iam:GetCredentialReport': {
    Content: [
      'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_used_date,access_key_2_active,access_key_2_last_used_date',
      `<root_account>,arn:aws:iam::111122223333:root,2019-05-01T08:00:00+00:00,not_supported,${used},true,false,N/A,false,N/A`,
    ].join('\n'),
    ReportFormat: 'text/csv',
    GeneratedTime: '2026-01-31T11:00:00Z',
  },
});

export const rule = defineRule({
  id: 'root-used',
  problem: 6,
  severity: 'medium',
  title: 'The root user is used in everyday work',
  why: 'Root can close the account and no policy stops it, and what is done as root is done by nobody in particular. Every sign-in is one more place where its password can be lost.',
  fix: 'Administrators take a role of their own; root stays for the few tasks that ask for it, with two devices and an alarm on every use.',
  fixedBy: ['people'],
  subject: 'account',
  needs: ['iam:GetCredentialReport'],
  messages: { used: 'the root user of account {account} was used {age} ago' },
  check(account, estate) {
    if (account.rootLastUsed === null) return { state: 'pass' };
    const days = daysSince(estate, account.rootLastUsed);
    if (days === undefined)
      return unknown(account, 'iam:GetCredentialReport', 'when root was last used (or the date of the inventory)');
    if (days > RECENT) return { state: 'pass' };
    return {
      state: 'fail',
      message: 'used',
      data: { account: account.id, age: ageText(days) },
      proof: [
        fact(account, '', `the credential report has the last use of root on ${account.rootLastUsed?.slice(0, 10)}`),
      ],
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html'],
  examples: { bad: report('2026-01-25T09:00:00+00:00'), good: report('2024-02-03T09:00:00+00:00') },
});
