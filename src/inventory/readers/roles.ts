/** IAM roles: who may take them, and what they may do. */
import type { Role } from '../../estate/kinds/people.ts';
import type { Answers } from '../answers.ts';
import { attachedPolicies, boundary, firstOf, inlinePolicies, operationsOf, type Seen, seen, trustOf } from '../iam.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'roles',
  kinds: ['role'],
  operations: operationsOf('Role'),
  read: (answers) => seen(answers, 'Role').map((one) => roleOf(answers, one)),
};

function roleOf(answers: Answers, one: Seen): Role {
  return {
    kind: 'role',
    ...base(
      'role',
      one.items[0],
      { id: one.arn, arn: one.arn, name: one.name, region: 'global' },
      firstOf(one.items, (item) => item.tags()),
    ),
    path: firstOf(one.items, (item) => item.string('Path') || undefined),
    trust: trustOf(one),
    attachedPolicies: attachedPolicies(answers, 'Role', one),
    inlinePolicies: inlinePolicies(answers, 'Role', one),
    boundary: boundary(one),
    lastUsed: lastUsed(one),
    created: firstOf(one.items, (item) => item.date('CreateDate')),
  };
}

/** RoleLastUsed is there but empty for a role that was not used in the 400 days AWS looks back; listings leave it out. */
function lastUsed(one: Seen): string | null | undefined {
  return firstOf(one.items, (item) => {
    const used = item.item('RoleLastUsed');
    return used && (used.date('LastUsedDate') ?? (used.has('LastUsedDate') ? undefined : null));
  });
}
