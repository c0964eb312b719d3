/**
 * IAM users and which groups they are in. Passwords, MFA devices and access keys belong to the people and stay beside the
 * program: a key that Pulumi makes has its secret in Pulumi's state.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html
 */
import type { User } from '../../../estate/kinds/people.ts';
import { groupNames, operationsOf } from '../../iam.ts';
import { nameOfArn } from '../../ids.ts';
import { reader } from '../../readers/users.ts';
import { type Adopter, type Adoption, placeOf, said } from '../adopter.ts';
import { type Holder, holders } from '../people.ts';

const USER = 'aws:iam/user:User';
const MEMBERSHIP = 'aws:iam/userGroupMembership:UserGroupMembership';

export const adopter: Adopter = {
  name: 'user',
  types: [USER, MEMBERSHIP],
  operations: [...new Set([...operationsOf('User'), ...reader.operations])],
  adopt: (answers) => {
    const { users, reported } = holders(answers);
    const because = 'only the credential report tells of the user (iam:GetAccountAuthorizationDetails was not read)';
    return [
      ...users.flatMap((user) => [userOf(user), ...membershipOf(user)]),
      ...reported.map((of): Adoption => ({ state: 'unadopted', type: USER, of, because })),
    ];
  },
  observed: { user: ['consoleAccess', 'passwordLastUsed', 'mfaDevices', 'mfa', 'accessKeys', 'created'] },
};

function userOf({ name, path, tags, item, is, of, because }: Holder<User>): Adoption {
  if (because !== undefined) return { state: 'unadopted', type: USER, of, because };
  return {
    state: 'adopted',
    type: USER,
    name,
    id: name,
    importId: name,
    inputs: said({ name, path, permissionsBoundary: is.boundary?.id, ...tags.inputs }),
    outputs: { arn: is.id, ...tags.outputs },
    ignoreChanges: tags.ignoreChanges,
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}

function membershipOf({ name, item, seen, is, of, because }: Holder<User>): readonly Adoption[] {
  const groups = [...(groupNames(seen) ?? is.groups?.map(({ id }) => nameOfArn(id)) ?? [])].sort();
  if (because !== undefined || groups.length === 0) return [];
  const importId = [name, ...groups].join('/');
  return [
    {
      state: 'adopted',
      type: MEMBERSHIP,
      name,
      id: importId,
      importId,
      inputs: { user: name, groups },
      outputs: {},
      ignoreChanges: [],
      protect: false,
      of,
      place: placeOf(item),
      source: item.source,
    },
  ];
}
