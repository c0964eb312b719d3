/** The accounts of the input, with what holds for each as a whole. */
import type { Account, PublicAccessBlock } from '../../estate/kinds/places.ts';
import type { Answers } from '../answers.ts';
import { type CredentialRow, credentialReports } from '../credential-report.ts';
import type { Entry } from '../entry.ts';
import { Item } from '../item.ts';
import { answerFor } from '../listing.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'account',
  kinds: ['account'],
  operations: [
    'sts:GetCallerIdentity',
    'iam:ListAccountAliases',
    'iam:GetAccountSummary',
    'iam:GetAccountPasswordPolicy',
    'iam:GetCredentialReport',
    'organizations:DescribeOrganization',
    's3control:GetPublicAccessBlock',
  ],
  read(answers) {
    const reports = credentialReports(answers);
    const first = new Map<string, Entry>();
    for (const entry of answers.entries) if (!first.has(entry.account)) first.set(entry.account, entry);
    return [...first].map(([account, entry]) => accountOf(answers, account, entry, reports.get(account)?.root));
  },
};

function accountOf(answers: Answers, account: string, entry: Entry, root: CredentialRow | undefined): Account {
  const { operation, region, file, path } = entry;
  const caller = answerFor(answers, 'sts:GetCallerIdentity', account);
  const shown = caller?.string('Account');
  if (caller && shown !== undefined && shown !== account)
    caller.notice('contradiction', `sts:GetCallerIdentity says account ${shown}; the input says ${account}`, 'Account');
  const item = caller ?? new Item({ operation, account, region, file, notices: answers.notices }, {}, path);
  const aliases = answerFor(answers, 'iam:ListAccountAliases', account)?.strings('AccountAliases');
  const summary = answerFor(answers, 'iam:GetAccountSummary', account)?.item('SummaryMap');
  const password = isOne(summary?.number('AccountPasswordPresent'));
  return {
    kind: 'account',
    ...base('account', item, { id: account, name: aliases?.[0], region: 'global' }, undefined),
    aliases,
    organization: orNull(answerFor(answers, 'organizations:DescribeOrganization', account), (answer) =>
      answer.item('Organization')?.string('Id'),
    ),
    publicAccessBlock: orNull(answerFor(answers, 's3control:GetPublicAccessBlock', account), blockOf),
    passwordPolicy: orNull(answerFor(answers, 'iam:GetAccountPasswordPolicy', account), (answer) => {
      const policy = answer.item('PasswordPolicy');
      return policy && { minimumLength: policy.number('MinimumPasswordLength') };
    }),
    rootMfa: isOne(summary?.number('AccountMFAEnabled')) ?? root?.mfa,
    rootAccessKeys: isOne(summary?.number('AccountAccessKeysPresent')) ?? hasActiveKey(root),
    ...(password === undefined ? {} : { rootPassword: password }),
    rootLastUsed: root && rootLastUsed(root),
  };
}

/** Null stays null ("there is none"), undefined stays undefined, and an answer is read. */
const orNull = <T>(answer: Item | null | undefined, read: (item: Item) => T | undefined): T | null | undefined =>
  answer === null ? null : answer === undefined ? undefined : read(answer);

const isOne = (count: number | undefined): boolean | undefined => (count === undefined ? undefined : count > 0);

/** An active key is there; a place without an active key may still hold an inactive one. */
const hasActiveKey = (root: CredentialRow | undefined): true | undefined =>
  root?.keys.some((key) => key.active === true) || undefined;

function rootLastUsed(root: CredentialRow): string | null | undefined {
  const uses = [root.passwordLastUsed, ...root.keys.map((key) => key.lastUsed)];
  const dates = uses.filter((use) => typeof use === 'string').sort();
  return dates.at(-1) ?? (root.passwordLastUsed === null ? null : undefined);
}

function blockOf(answer: Item): PublicAccessBlock | undefined {
  const block = answer.item('PublicAccessBlockConfiguration');
  return (
    block && {
      blockPublicAcls: block.boolean('BlockPublicAcls'),
      ignorePublicAcls: block.boolean('IgnorePublicAcls'),
      blockPublicPolicy: block.boolean('BlockPublicPolicy'),
      restrictPublicBuckets: block.boolean('RestrictPublicBuckets'),
    }
  );
}
