import { ageText, daysSince } from '../../../analyse/ages.ts';
import { find } from '../../../estate/estate.ts';
import { people } from '../../examples/people.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const UNUSED = 90;

export const rule = defineRule({
  id: 'access-key-unused',
  problem: 6,
  severity: 'medium',
  title: 'An active access key is not used',
  why: 'Nobody would notice if a stranger used it, and nobody would miss it if it were gone. That is the cheapest risk in the account to remove.',
  fix: 'Make it inactive (which can be undone), watch for a month, delete it.',
  fixedBy: ['people', 'machine-keys'],
  subject: 'accessKey',
  needs: ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
  messages: {
    unused: 'access key {key} of {user} was last used {age} ago and is still active',
    never: 'access key {key} of {user} is {age} old, was never used and is still active',
  },
  check(key, estate) {
    if (key.active === false) return { state: 'notApplicable' };
    const age = daysSince(estate, key.created);
    if (key.active === undefined || age === undefined)
      return unknown(key, 'iam:ListAccessKeys', 'the age or state of a key (or the date of the inventory)');
    if (key.lastUsed === undefined) return unknown(key, 'iam:GetAccessKeyLastUsed', 'when a key was last used');
    const since = key.lastUsed === null ? age : daysSince(estate, key.lastUsed);
    if (since === undefined) return unknown(key, 'iam:GetAccessKeyLastUsed', 'when a key was last used');
    if (since <= UNUSED) return { state: 'pass' };
    const user = find(estate, key.user);
    return {
      state: 'fail',
      message: key.lastUsed === null ? 'never' : 'unused',
      data: { key: key.id, user: user?.name ?? key.user.id, age: ageText(since) },
      proof: [
        fact(
          key,
          'Status',
          `${key.id} is active; ${key.lastUsed === null ? 'AWS saw no use of it' : `last use ${key.lastUsed.slice(0, 10)}`}`,
        ),
      ],
      ...(user ? { related: [user] } : {}),
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html'],
  examples: {
    bad: people([
      {
        name: 'ada',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2023-03-01T10:00:00Z', lastUsed: '2024-05-05T08:00:00Z' }],
      },
    ]),
    good: people([
      {
        name: 'ada',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2023-03-01T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' }],
      },
    ]),
  },
});
