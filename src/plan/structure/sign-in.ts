/** What of signing in concerns the whole account: the rules for passwords, and the root user. */
import { all } from '../../estate/estate.ts';
import type { Account } from '../../estate/kinds/places.ts';
import type { Edit } from '../edit.ts';
import type { Context } from '../move.ts';
import { type Action, minutes, NOTHING_NOTICED, type Step, step } from '../step.ts';
import { partsOf } from './declared.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const PASSWORDS = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';
/** AWS takes shorter ones where nothing is said. */
const SHORTEST = 8;

const common = { move: 'people', environment: null, clientsNotice: NOTHING_NOTICED } as const;

/** Nobody has to change a password by it: it holds for the next one. */
export function passwords({ estate, state }: Context): readonly Step[] {
  const [account] = all(estate, 'account');
  if (account?.passwordPolicy === undefined) return [];
  const { passwordPolicy } = account;
  if (passwordPolicy !== null && (passwordPolicy.minimumLength ?? SHORTEST) >= SHORTEST) return [];
  if (!all(estate, 'user').some(({ consoleAccess }) => consoleAccess === true)) return [];
  const [known] = partsOf(state, account, PASSWORDS);
  if (passwordPolicy !== null && known === undefined) return [];
  const edit: Edit =
    known === undefined
      ? {
          op: 'create',
          type: PASSWORDS,
          name: 'password-policy',
          properties: {
            minimumPasswordLength: 14,
            passwordReusePrevention: 24,
            requireLowercaseCharacters: true,
            requireUppercaseCharacters: true,
            requireNumbers: true,
            requireSymbols: true,
            allowUsersToChangePassword: true,
          },
        }
      : { op: 'update', type: known.type, name: known.name, properties: { minimumPasswordLength: 14 } };
  const url = `${IAM}/id_credentials_passwords_account-policy.html`;
  return [
    step({
      ...common,
      id: 'account-people-passwords',
      title: 'New passwords have fourteen characters or more',
      kind: 'expand',
      why: 'Until the second factor is asked for, the password is all that stands before the account. Passwords of today stay valid; the rule holds for the next one.',
      edits: [edit],
      duration: minutes(1, 2),
      undo: { how: 'take the policy away again', until: 'always', exact: true },
      sources: [{ claim: 'a new rule holds when a password is changed', url, certainty: 'documented' }],
    }),
  ];
}

export function root(estate: Context['estate']): readonly Step[] {
  return all(estate, 'account').flatMap((account: Account) => {
    const keys = account.rootAccessKeys === true;
    if (account.rootMfa !== false && !keys) return [];
    const url = `${IAM}/root-user-best-practices.html`;
    const actions: readonly Action[] = [
      ...(account.rootMfa === false
        ? [
            {
              operation: '',
              parameters: {},
              command:
                'The owner of the e-mail address of the account signs in as root and registers two devices: https://console.aws.amazon.com/iam/home#/security_credentials',
            },
          ]
        : []),
      ...(keys
        ? [
            {
              operation: '',
              parameters: {},
              command:
                'On the same page: make every access key of root inactive, wait until nobody misses it for a week, then delete it.',
            },
          ]
        : []),
    ];
    return [
      step({
        ...common,
        id: 'account-people-root',
        title: 'A second factor for the root user',
        kind: 'act',
        why: 'Root can do everything and no policy stops it. It is the one user that nobody should need, and the one that a thief wants most.',
        actions,
        effects: [
          {
            op: 'set',
            kind: 'account',
            id: account.id,
            fields: {
              ...(account.rootMfa === false ? { rootMfa: true } : {}),
              ...(keys ? { rootAccessKeys: false } : {}),
            },
          },
        ],
        gate: [
          {
            type: 'query',
            check: 'AccountMFAEnabled is 1, and AccountAccessKeysPresent is 0.',
            query: 'aws iam get-account-summary --query "SummaryMap.[AccountMFAEnabled,AccountAccessKeysPresent]"',
          },
          {
            type: 'person',
            check:
              'The e-mail address and telephone number of the account belong to the team, and somebody reads them.',
          },
        ],
        duration: minutes(10, 60),
        undo: { how: 'take the device off as root', until: 'always', exact: false },
        sources: [{ claim: 'root has a device, no keys, and is not used', url, certainty: 'documented' }],
      }),
    ];
  });
}
