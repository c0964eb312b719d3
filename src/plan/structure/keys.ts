/** Long-lived keys on their way out: made inactive, watched, deleted. */
import { all, type Estate } from '../../estate/estate.ts';
import type { AccessKey, User } from '../../estate/kinds/people.ts';
import type { Action, Effect, Gate } from '../step.ts';

export interface HeldKey {
  readonly key: AccessKey;
  readonly name: string;
  readonly user: User;
}

interface Acts {
  readonly actions: readonly Action[];
  readonly effects: readonly Effect[];
}

export const disableKeys = (keys: readonly HeldKey[]): Acts => ({
  actions: keys.map(({ key, name }) => ({
    operation: 'iam:UpdateAccessKey',
    parameters: { UserName: name, AccessKeyId: key.id, Status: 'Inactive' },
    command: `aws iam update-access-key --user-name ${name} --access-key-id ${key.id} --status Inactive`,
  })),
  effects: keys.map(({ key }) => ({ op: 'set', kind: 'accessKey', id: key.id, fields: { active: false } })),
});

export function deleteKeys(estate: Estate, keys: readonly HeldKey[]): Acts {
  const gone = new Set<string>(keys.map(({ key }) => key.id));
  const users = new Set<string>(keys.map(({ user }) => user.id));
  return {
    actions: keys.map(({ key, name }) => ({
      operation: 'iam:DeleteAccessKey',
      parameters: { UserName: name, AccessKeyId: key.id },
      command: `aws iam delete-access-key --user-name ${name} --access-key-id ${key.id}`,
    })),
    effects: [
      ...keys.map(({ key }): Effect => ({ op: 'remove', kind: 'accessKey', id: key.id })),
      ...all(estate, 'user').flatMap((user): readonly Effect[] =>
        users.has(user.id) && user.accessKeys
          ? [
              {
                op: 'set',
                kind: 'user',
                id: user.id,
                fields: { accessKeys: user.accessKeys.filter(({ id }) => !gone.has(id)) },
              },
            ]
          : [],
      ),
    ],
  };
}

export const unusedGate = ({ key, name }: HeldKey): Gate => ({
  type: 'query',
  check: `The last use of ${key.id} of ${name} is a week old or older.`,
  query: `aws iam get-access-key-last-used --access-key-id ${key.id} --query "AccessKeyLastUsed.[LastUsedDate,ServiceName]"`,
  asks: { type: 'keyUse', key: key.id, days: 7 },
});
