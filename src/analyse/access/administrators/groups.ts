/** Groups whose members administer by being in them. */
import type { Estate } from '../../../estate/estate.ts';
import { all, memoised } from '../../../estate/estate.ts';
import type { Group } from '../../../estate/kinds/people.ts';
import { makeContext } from '../context.ts';
import { ownPolicies } from '../identity.ts';
import { meetings } from '../meet.ts';

const administering = memoised((estate): ReadonlySet<string> => {
  const groups = new Set<string>();
  for (const group of all(estate, 'group')) if (gives(estate, group)) groups.add(group.id);
  return groups;
});

/** For certain and without conditions: a group that only may be one is no proof. */
export const groupAdministers = (estate: Estate, group: Group): boolean => administering(estate).has(group.id);

function gives(estate: Estate, group: Group): boolean {
  const request = {
    caller: { type: 'anonymous' } as const,
    action: 'iam:attachuserpolicy',
    resource: `arn:aws:iam::${group.account}:user/underpin-probe`,
    context: makeContext(),
  };
  const policies = ownPolicies(estate, group);
  return (
    meetings(policies, 'Allow', request).some((meeting) => meeting.tests.length === 0) &&
    meetings(policies, 'Deny', request).length === 0
  );
}
