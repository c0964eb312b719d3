import { ageText, daysSince } from '../../../analyse/ages.ts';
import { isAdministrator } from '../../../analyse/people/administrators.ts';
import { personOf } from '../../../analyse/people/person.ts';
import { people } from '../../examples/people.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const UNUSED = 90;

export const rule = defineRule({
  id: 'user-unused',
  problem: 6,
  severity: 'low',
  title: 'A user that nobody uses can still come in',
  why: 'Often it belongs to somebody who left, so nobody would notice a stranger signing in with it. An account that nobody misses is the cheapest risk to remove.',
  fix: 'Take away the password and make the keys inactive, which can be undone; after a quiet month delete the user.',
  fixedBy: ['people'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails', 'iam:GetLoginProfile', 'iam:ListAccessKeys'],
  messages: {
    unused: 'nobody has used {name} for {age}, neither by {ways}; the way in is still open{power}',
    never: '{name} was made {age} ago and never used, neither by {ways}; the way in is open{power}',
  },
  check(user, estate) {
    const person = personOf(estate, user.id);
    const keys = person?.keys?.filter(({ key }) => key.active !== false);
    if (user.consoleAccess === undefined)
      return unknown(user, 'iam:GetLoginProfile', 'whether a user has a console password');
    if (keys === undefined) return unknown(user, 'iam:ListAccessKeys', 'which access keys a user has');
    if (!user.consoleAccess && keys.length === 0) return { state: 'notApplicable' };
    const uses = [...(user.consoleAccess ? [user.passwordLastUsed] : []), ...keys.map(({ key }) => key.lastUsed)];
    const recent = uses.some((use) => {
      const days = daysSince(estate, use);
      return days !== undefined && days <= UNUSED;
    });
    if (recent) return { state: 'pass' };
    const age = daysSince(estate, user.created);
    if (age !== undefined && age <= UNUSED) return { state: 'pass' };
    if (user.consoleAccess && user.passwordLastUsed === undefined)
      return unknown(user, 'iam:GetCredentialReport', 'when a user last signed in');
    if (uses.includes(undefined)) return unknown(user, 'iam:GetAccessKeyLastUsed', 'when a key was last used');
    const last = uses
      .filter((use) => typeof use === 'string')
      .sort()
      .at(-1);
    const days = last === undefined ? age : daysSince(estate, last);
    if (days === undefined) return unknown(user, 'iam:GetUser', 'the age of a user (or the date of the inventory)');
    const administrator = isAdministrator(estate, user.id);
    return {
      state: 'fail',
      message: last === undefined ? 'never' : 'unused',
      data: {
        name: user.name,
        age: ageText(days),
        ways: [...(user.consoleAccess ? ['password'] : []), ...(keys.length > 0 ? ['access key'] : [])].join(
          ' nor by ',
        ),
        power: administrator ? ', to everything' : '',
      },
      severity: administrator ? 'medium' : 'low',
      proof: [
        ...(user.consoleAccess
          ? [
              fact(
                user,
                '',
                user.passwordLastUsed === null
                  ? `${user.name} has a password and never signed in`
                  : `${user.name} last signed in on ${user.passwordLastUsed?.slice(0, 10)}`,
              ),
            ]
          : []),
        ...keys.map(({ key }) =>
          fact(
            key,
            'Status',
            `${key.id} is active; ${key.lastUsed ? `last used on ${key.lastUsed.slice(0, 10)}` : 'AWS saw no use of it'}`,
          ),
        ),
      ],
      related: keys.map(({ key }) => key),
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html'],
  examples: {
    bad: people([{ name: 'carl', console: true, passwordLastUsed: '2024-03-01T08:00:00Z' }]),
    good: people([{ name: 'ada', console: true, passwordLastUsed: '2026-01-30T08:00:00Z' }]),
  },
});
