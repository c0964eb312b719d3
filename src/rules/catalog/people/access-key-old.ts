import { ageText, daysSince } from '../../../analyse/ages.ts';
import { find } from '../../../estate/estate.ts';
import { people } from '../../examples/people.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

/** AWS suggests to rotate within this time: https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html */
const OLD = 90;

export const rule = defineRule({
  id: 'access-key-old',
  problem: 6,
  severity: 'medium',
  title: 'An access key is long-lived',
  why: 'A key that has lived for months has been in laptops, chat messages, build logs and images, and nobody remembers all of them. Whoever finds one copy has what its owner has, without a password or a second factor.',
  fix: 'Services use roles and the pipeline uses OIDC; people sign in for hours at a time. Then the key is made inactive, watched, and deleted.',
  fixedBy: ['service-roles', 'machine-keys', 'people'],
  subject: 'accessKey',
  needs: ['iam:ListAccessKeys'],
  messages: { old: 'access key {key} of {user} is {age} old' },
  check(key, estate) {
    if (key.active === false) return { state: 'notApplicable' };
    const days = daysSince(estate, key.created);
    if (key.active === undefined || days === undefined)
      return unknown(key, 'iam:ListAccessKeys', 'the age or state of a key (or the date of the inventory)');
    if (days <= OLD) return { state: 'pass' };
    const user = find(estate, key.user);
    return {
      state: 'fail',
      message: 'old',
      data: { key: key.id, user: user?.name ?? key.user.id, age: ageText(days) },
      proof: [
        fact(
          key,
          'CreateDate',
          `made on ${key.created?.slice(0, 10)} and active; ${key.lastUsed ? `last used on ${key.lastUsed.slice(0, 10)}` : key.lastUsed === null ? 'never used' : 'its last use was not read'}`,
        ),
      ],
      ...(user ? { related: [user] } : {}),
      severity: days > 365 ? 'medium' : 'low',
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html'],
  examples: {
    bad: people([
      {
        name: 'deploy',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2021-03-01T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' }],
      },
    ]),
    good: people([
      {
        name: 'deploy',
        keys: [{ id: 'AKIAIOSFODNN7EXAMPLE', created: '2026-01-02T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' }],
      },
    ]),
  },
});
