/**
 * Access keys by id; never the secret. The credential report tells that a user has an active key, without its id:
 * such a key is kept under the user's ARN.
 */
import type { AccessKey } from '../../estate/kinds/people.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import { type CredentialReport, credentialReports } from '../credential-report.ts';
import { idsByName, operationsOf, seen } from '../iam.ts';
import { userArn } from '../ids.ts';
import type { Item } from '../item.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'access-keys',
  kinds: ['accessKey'],
  operations: ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed', 'iam:GetCredentialReport', ...operationsOf('User')],
  read(answers) {
    const userId = idsByName(seen(answers, 'User'));
    const keys = new Map<string, AccessKey>();
    const told = new Set<string>();
    for (const { item: body, entry } of answers.bodies('iam:ListAccessKeys')) {
      if (typeof entry.input.UserName === 'string') told.add(`${entry.account} ${entry.input.UserName}`);
      for (const item of body.items('AccessKeyMetadata') ?? []) {
        const id = item.string('AccessKeyId');
        const name = item.string('UserName') ?? entry.input.UserName;
        if (id === undefined || typeof name !== 'string') {
          item.notice('missingField', 'iam:ListAccessKeys: a key lacks AccessKeyId or UserName; left out');
          continue;
        }
        told.add(`${entry.account} ${name}`);
        const user = userId(entry.account, name) ?? userArn(entry.account, name);
        if (!keys.has(id)) keys.set(id, keyOf(answers, item, id, item.refTo<'user'>('UserName', user)));
      }
    }
    const reported = [...credentialReports(answers).values()].flatMap((report) => reportedKeys(report, userId, told));
    return [...keys.values(), ...reported];
  },
};

function keyOf(answers: Answers, item: Item, id: string, user: Ref<'user'>): AccessKey {
  const status = item.string('Status');
  const answer = answers.one('iam:GetAccessKeyLastUsed', 'AccessKeyId', id, { account: item.context.account });
  const used = answer.state === 'read' ? answer.item.item('AccessKeyLastUsed') : undefined;
  const service = used?.string('ServiceName');
  const never = service === 'N/A' ? null : undefined;
  return {
    kind: 'accessKey',
    ...base('accessKey', item, { id, region: 'global' }, undefined),
    user,
    active: status === undefined ? undefined : status === 'Active',
    created: item.date('CreateDate'),
    lastUsed: used?.date('LastUsedDate') ?? never,
    lastUsedService: never === null ? null : service,
  };
}

function reportedKeys(
  report: CredentialReport,
  userId: (account: string, name: string) => string | undefined,
  told: ReadonlySet<string>,
): readonly AccessKey[] {
  return [...report.users.values()]
    .filter((row) => !told.has(`${report.account} ${row.user}`))
    .flatMap((row) =>
      row.keys.flatMap((key, n): AccessKey[] => {
        if (key.active !== true) return [];
        const user = userId(report.account, row.user) ?? row.arn;
        const identity = { id: `${user}/access-key-${n + 1}`, name: `${row.user}, key ${n + 1}`, region: 'global' };
        return [
          {
            kind: 'accessKey',
            ...base('accessKey', report.item, identity, undefined),
            user: report.item.refTo<'user'>('Content', user),
            active: true,
            created: key.created,
            lastUsed: key.lastUsed,
            lastUsedService: key.lastUsedService,
            derived: { because: 'the credential report says that the user has it, but not its id' },
          },
        ];
      }),
    );
}
