import { all } from '../../../estate/estate.ts';
import { join } from '../../example.ts';
import { people } from '../../examples/people.ts';
import { callerAnswer } from '../../examples/records.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** What AWS asks for when the account asks for nothing. */
const DEFAULT = 8;

const ada = people([{ name: 'ada', console: true }]);

export const rule = defineRule({
  id: 'no-password-policy',
  problem: 6,
  severity: 'low',
  title: 'The account has no rules for passwords',
  why: 'Without a policy a person can choose a password of eight characters and keep it for ever, the same as on another site. Until MFA is enforced the password is all that stands before the account.',
  fix: 'Set a password policy of fourteen characters or more, and enforce MFA; better still, people come by the identity provider of the company.',
  fixedBy: ['people'],
  subject: 'account',
  needs: ['iam:GetAccountPasswordPolicy', 'iam:GetAccountAuthorizationDetails'],
  messages: {
    none: 'account {account} has no password policy; {n} can sign in with a password',
    short: 'account {account} accepts passwords of {length} characters; {n} can sign in with a password',
  },
  check(account, estate) {
    const users = all(estate, 'user').filter((user) => user.account === account.account);
    if (users.every((user) => user.consoleAccess === false) && users.length > 0) return { state: 'notApplicable' };
    const { passwordPolicy } = account;
    if (passwordPolicy === undefined)
      return unknown(account, 'iam:GetAccountPasswordPolicy', 'whether there is a password policy');
    const length = passwordPolicy?.minimumLength;
    if (passwordPolicy !== null && length === undefined)
      return unknown(account, 'iam:GetAccountPasswordPolicy', 'how long a password must be');
    if (passwordPolicy !== null && length !== undefined && length >= DEFAULT) return { state: 'pass' };
    const people = users.filter((user) => user.consoleAccess === true);
    if (people.length === 0) return unknown(account, 'iam:GetLoginProfile', 'who signs in with a password');
    return {
      state: 'fail',
      message: passwordPolicy === null ? 'none' : 'short',
      data: { account: account.id, length, n: people.length === 1 ? 'one person' : `${people.length} people` },
      proof: [
        fact(
          account,
          '',
          passwordPolicy === null
            ? `AWS knows no password policy, so its default of ${DEFAULT} characters holds`
            : `the password policy asks for ${length} characters`,
        ),
      ],
      related: people,
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html'],
  examples: {
    bad: join(callerAnswer(), ada, {
      'iam:GetAccountPasswordPolicy': [
        {
          input: {},
          error: {
            name: 'NoSuchEntityException',
            message: 'The Password Policy with domain name 111122223333 cannot be found.',
          },
        },
      ],
    }),
    good: join(callerAnswer(), ada, {
      'iam:GetAccountPasswordPolicy': {
        PasswordPolicy: { MinimumPasswordLength: 14, RequireNumbers: true, ExpirePasswords: false },
      },
    }),
  },
});
