import { find } from '../../../estate/estate.ts';
import { people } from '../../examples/people.ts';
import { fact, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

const key = (id: string) => ({ id, created: '2026-01-02T10:00:00Z', lastUsed: '2026-01-30T08:00:00Z' });

export const rule = defineRule({
  id: 'two-active-keys',
  problem: 6,
  severity: 'low',
  title: 'A user has two active access keys',
  why: 'The second key is there for the day of a change; when both stay active, nobody knows which copy is still needed and none can be withdrawn. And IAM allows two keys only, so there is no room left to rotate when one leaks.',
  fix: 'Find by the last use which key is still needed, make the other inactive, watch, delete it.',
  fixedBy: ['people', 'machine-keys'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails', 'iam:ListAccessKeys'],
  messages: { two: '{name} has {n} active access keys: {keys}' },
  check(user, estate) {
    if (user.accessKeys === undefined) return unknown(user, 'iam:ListAccessKeys', 'which access keys a user has');
    const keys = user.accessKeys.map((ref) => find(estate, ref));
    const active = keys.flatMap((key) => (key?.active ? [key] : []));
    if (active.length > 1)
      return {
        state: 'fail',
        message: 'two',
        data: { name: user.name, n: active.length, keys: active.map(({ id }) => id).join(', ') },
        proof: active.map((key) =>
          fact(
            key,
            'Status',
            `${key.id} is active; ${key.lastUsed ? `last used on ${key.lastUsed.slice(0, 10)}${key.lastUsedService ? ` for ${key.lastUsedService}` : ''}` : key.lastUsed === null ? 'never used' : 'its last use was not read'}`,
          ),
        ),
        related: active,
      };
    if (keys.some((key) => key?.active === undefined) && keys.length > 1)
      return unknown(user, 'iam:ListAccessKeys', 'whether the access keys of a user are active');
    return keys.length === 0 ? { state: 'notApplicable' } : { state: 'pass' };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html'],
  examples: {
    bad: people([{ name: 'deploy', keys: [key('AKIAIOSFODNN7EXAMPLE'), key('AKIAI44QH8DHBEXAMPLE')] }]),
    good: people([{ name: 'deploy', keys: [key('AKIAIOSFODNN7EXAMPLE')] }]),
  },
});
