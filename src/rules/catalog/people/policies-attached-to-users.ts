import { personOf } from '../../../analyse/people/person.ts';
import { find } from '../../../estate/estate.ts';
import { people } from '../../examples/people.ts';
import { fact, link, unknown } from '../../proof.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  id: 'policies-attached-to-users',
  problem: 6,
  severity: 'low',
  title: 'A person has permissions of their own, not by a group',
  why: 'Rights given to one person are forgotten when the person changes work, and nobody sees them when looking at the groups. The next colleague gets a copy of them, mistakes included.',
  fix: 'Permissions are given to groups that are called after the work; a person is in or out of a group.',
  fixedBy: ['people'],
  subject: 'user',
  needs: ['iam:GetAccountAuthorizationDetails'],
  messages: { own: '{name} has {n} of their own: {policies}' },
  check(user, estate) {
    if (personOf(estate, user.id)?.nature === 'machine') return { state: 'notApplicable' };
    const { attachedPolicies, inlinePolicies } = user;
    const attached = attachedPolicies ?? [];
    const inline = inlinePolicies ?? [];
    const n = attached.length + inline.length;
    if (n === 0) {
      if (attachedPolicies === undefined)
        return unknown(user, 'iam:ListAttachedUserPolicies', 'which policies a user has attached');
      if (inlinePolicies === undefined)
        return unknown(user, 'iam:ListUserPolicies', 'which inline policies a user has');
      return { state: 'pass' };
    }
    const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
    const names = [
      ...attached.map((ref) => find(estate, ref)?.name ?? nameOf(ref.id)),
      ...inline.map(({ name }) => name),
    ];
    return {
      state: 'fail',
      message: 'own',
      data: { name: user.name, n: n === 1 ? 'a policy' : `${n} policies`, policies: names.join(', ') },
      proof: [
        ...attached.map((ref) => link(user, ref, `the policy ${nameOf(ref.id)} is attached to ${user.name}`)),
        ...inline.map(({ name }) => fact(user, '', `${user.name} has the inline policy ${name}`)),
      ],
    };
  },
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  examples: {
    bad: people([
      { name: 'ada', console: true, passwordLastUsed: '2026-01-30T08:00:00Z', policies: ['PowerUserAccess'] },
    ]),
    good: people([{ name: 'ada', console: true, passwordLastUsed: '2026-01-30T08:00:00Z', groups: ['developers'] }], {
      developers: ['PowerUserAccess'],
    }),
  },
});
