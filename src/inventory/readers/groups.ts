/** IAM groups with their members. */
import type { Group } from '../../estate/kinds/people.ts';
import type { Ref } from '../../estate/source.ts';
import type { Answers } from '../answers.ts';
import {
  attachedPolicies,
  byId,
  detailsAreWhole,
  groupNames,
  inlinePolicies,
  operationsOf,
  type Seen,
  seen,
} from '../iam.ts';
import { joined, listing, refsFrom } from '../listing.ts';
import { base, type Reader } from '../reader.ts';

export const reader: Reader = {
  name: 'groups',
  kinds: ['group'],
  operations: [...operationsOf('Group'), 'iam:ListUsers'],
  read(answers) {
    const groups = seen(answers, 'Group');
    const users = new Map<string, Seen[]>(groups.map(({ account }) => [account, []]));
    for (const user of seen(answers, 'User')) {
      const list = users.get(user.account);
      if (list) list.push(user);
      else users.set(user.account, [user]);
    }
    const membersByGroup = new Map(
      [...users].map(([account, list]) => [account, membership(answers, account, list)] as const),
    );
    return groups.map((one): Group => {
      const fromUsers = membersByGroup.get(one.account);
      return {
        kind: 'group',
        ...base('group', one.items[0], { id: one.arn, arn: one.arn, name: one.name, region: 'global' }, undefined),
        attachedPolicies: attachedPolicies(answers, 'Group', one),
        inlinePolicies: inlinePolicies(answers, 'Group', one),
        members: byId(
          refsFrom<'user'>(listing(answers, 'iam:GetGroup', 'Users', one.account, ['GroupName', one.name]), 'Arn') ??
            (fromUsers && (fromUsers.get(one.name) ?? [])),
        ),
      };
    });
  },
};

/** Members by the group's name, from every user's own groups; undefined unless all users and all their groups are known. */
function membership(
  answers: Answers,
  account: string,
  users: readonly Seen[],
): ReadonlyMap<string, readonly Ref<'user'>[]> | undefined {
  const detailed = detailsAreWhole(answers, account, 'User');
  if (!detailed && listing(answers, 'iam:ListUsers', 'Users', account) === undefined) return undefined;
  const pairs = joined(
    users.map((user) => {
      const told = groupNames(user);
      if (user.details && told)
        return told.map((group, n) => [group, user.details?.refTo<'user'>(`GroupList/${n}`, user.arn)] as const);
      return listing(answers, 'iam:ListGroupsForUser', 'Groups', account, ['UserName', user.name])?.map(
        (group) => [group.string('GroupName') ?? '', group.refTo<'user'>('GroupName', user.arn)] as const,
      );
    }),
  );
  if (!pairs) return undefined;
  const members = new Map<string, Ref<'user'>[]>();
  for (const [group, ref] of pairs) {
    if (!ref) continue;
    const list = members.get(group);
    if (list) list.push(ref);
    else members.set(group, [ref]);
  }
  return members;
}
