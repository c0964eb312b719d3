/** IAM users: from their details, the listings, or (when nothing else tells of them) the credential report. */
import type { User } from '../../estate/kinds/people.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { type CredentialReport, type CredentialRow, credentialReports } from '../credential-report.ts';
import type { Seen } from '../iam.ts';
import {
  attachedPolicies,
  boundary,
  byId,
  firstOf,
  groupNames,
  idsByName,
  inlinePolicies,
  operationsOf,
  partitionOfArn,
  seen,
} from '../iam.ts';
import { groupArn } from '../ids.ts';
import { listing, refsFrom } from '../listing.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'users',
  kinds: ['user'],
  operations: [
    ...operationsOf('User'),
    'iam:ListGroupsForUser',
    'iam:GetLoginProfile',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:ListAccessKeys',
    'iam:GetCredentialReport',
  ],
  read(answers) {
    const groupId = idsByName(seen(answers, 'Group'));
    const reports = credentialReports(answers);
    const virtualMfa = usersWithVirtualMfa(answers);
    const listed = seen(answers, 'User');
    const users = listed.map((one): User => {
      const row = reports.get(one.account)?.users.get(one.name);
      return { kind: 'user', ...userOf(answers, one, groupId), ...credentials(answers, one, row, virtualMfa) };
    });
    const known = new Set(listed.map((one) => `${one.account} ${one.name}`));
    const reported = [...reports.values()].flatMap((report) =>
      [...report.users.values()]
        .filter((row) => !known.has(`${report.account} ${row.user}`))
        .map(
          (row): User => ({
            kind: 'user',
            ...userOf(answers, seenInReport(report, row), groupId),
            ...credentials(answers, seenInReport(report, row), row, virtualMfa),
          }),
        ),
    );
    return [...users, ...reported];
  },
};

type GroupId = (account: string, name: string) => string | undefined;

function userOf(answers: Answers, one: Seen, groupId: GroupId) {
  const [item] = one.items;
  return {
    ...base(
      'user',
      item,
      { id: one.arn, arn: one.arn, name: one.name, region: 'global' },
      firstOf(one.items, (each) => each.tags()),
    ),
    groups: byId(groupsOf(answers, one, groupId)),
    attachedPolicies: attachedPolicies(answers, 'User', one),
    inlinePolicies: inlinePolicies(answers, 'User', one),
    boundary: boundary(one),
  };
}

function groupsOf(answers: Answers, one: Seen, groupId: GroupId): readonly Ref<'group'>[] | undefined {
  const names = groupNames(one);
  if (one.details && names) {
    const { details } = one;
    return names.map((name, n) =>
      details.refTo<'group'>(
        `GroupList/${n}`,
        groupId(one.account, name) ?? groupArn(one.account, name, partitionOfArn(one.arn)),
      ),
    );
  }
  return refsFrom(listing(answers, 'iam:ListGroupsForUser', 'Groups', one.account, ['UserName', one.name]), 'Arn');
}

function credentials(answers: Answers, one: Seen, row: CredentialRow | undefined, virtualMfa: ReadonlySet<string>) {
  const target = ['UserName', one.name] as const;
  const mfaDevices = refsFrom<'mfaDevice'>(
    listing(answers, 'iam:ListMFADevices', 'MFADevices', one.account, target),
    'SerialNumber',
  );
  const login = answers.one('iam:GetLoginProfile', 'UserName', one.name, { account: one.account });
  return {
    consoleAccess: login.state === 'read' ? true : login.state === 'absent' ? false : row?.passwordEnabled,
    passwordLastUsed: passwordLastUsed(one) ?? (row ? row.passwordLastUsed : neverUsed(one)),
    mfaDevices,
    mfa: mfaDevices ? mfaDevices.length > 0 : (row?.mfa ?? (virtualMfa.has(`${one.account} ${one.name}`) || undefined)),
    accessKeys: refsFrom<'accessKey'>(
      listing(answers, 'iam:ListAccessKeys', 'AccessKeyMetadata', one.account, target),
      'AccessKeyId',
    )?.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    created: firstOf(one.items, (item) => item.date('CreateDate')) ?? row?.created,
  };
}

const passwordLastUsed = (one: Seen): string | undefined => firstOf(one.items, (item) => item.date('PasswordLastUsed'));

/** GetUser leaves the field out for who never signed in with a password. */
const neverUsed = (one: Seen): null | undefined =>
  one.single && !one.single.has('PasswordLastUsed') ? null : undefined;

/** Listings of virtual devices show that a user has one; not that he has none, for keys and passkeys are not in it. */
function usersWithVirtualMfa(answers: Answers): ReadonlySet<string> {
  return new Set(
    answers.items('iam:ListVirtualMFADevices', 'VirtualMFADevices').flatMap((device) => {
      const name = device.item('User')?.string('UserName');
      return name === undefined ? [] : [`${device.context.account} ${name}`];
    }),
  );
}

const seenInReport = (report: CredentialReport, row: CredentialRow): Seen => ({
  name: row.user,
  arn: row.arn,
  account: report.account,
  details: undefined,
  single: undefined,
  items: [report.item],
});
