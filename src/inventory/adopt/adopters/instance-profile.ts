/** Instance profiles. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
import { DETAILS } from '../../iam.ts';
import { nameOfArn, roleArn } from '../../ids.ts';
import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { allOf } from '../../reading.ts';
import { type Adopter, type Adoption, placeOf, said, type Whole } from '../adopter.ts';
import { isKnown, managed, refused, untold } from '../needs.ts';
import { holders } from '../people.ts';
import { type Tagged, tagged } from '../tags.ts';

const TYPE = 'aws:iam/instanceProfile:InstanceProfile';

export const adopter: Adopter = {
  name: 'instance-profile',
  types: [TYPE],
  operations: ['iam:ListInstanceProfiles', DETAILS],
  adopt: (answers) => {
    const roles = new Set(holders(answers).roles.flatMap(({ of, because }) => (because === undefined ? [of.id] : [])));
    // the first answer about a profile is the one that is read
    const items = new Map<string, Item>();
    for (const item of [
      ...answers.items('iam:ListInstanceProfiles', 'InstanceProfiles'),
      ...answers.items(DETAILS, 'RoleDetailList').flatMap((role) => role.items('InstanceProfileList') ?? []),
    ]) {
      const arn = item.string('Arn');
      if (arn !== undefined && !items.has(arn)) items.set(arn, item);
    }
    return [...items].map(([arn, item]) => profileOf(item, arn, roles, tagged(answers, arn, item.tags())));
  },
};

function profileOf(item: Item, arn: string, roles: ReadonlySet<string>, tags: Tagged): Adoption {
  const of: Whole = { kind: 'instanceProfile', id: arn };
  const needed = {
    name: item.string('InstanceProfileName'),
    path: item.string('Path'),
    roles: allOf(allItems(item, 'Roles'), (role) => role.string('Arn')),
  };
  const other = managed(TYPE, of, tags);
  if (other) return other;
  if (!isKnown(needed)) return refused(TYPE, of, untold(item.context.operation, needed));
  const { name, path } = needed;
  const [role] = needed.roles;
  // a program names the role without its path
  if (role !== undefined && !roles.has(role) && role !== roleArn(item.context.account, nameOfArn(role)))
    return refused(TYPE, of, `its role ${role} is not adopted`);
  return {
    state: 'adopted',
    type: TYPE,
    name,
    id: name,
    importId: name,
    inputs: said({ name, path, role: role && nameOfArn(role), ...tags.inputs }),
    outputs: { arn, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}
