/** IAM roles; their policies stand in resources of their own. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html */
import type { Role } from '../../../estate/kinds/people.ts';
import { firstOf, operationsOf } from '../../iam.ts';
import { type Adopter, type Adoption, placeOf, said } from '../adopter.ts';
import { type Holder, holders } from '../people.ts';

const ROLE = 'aws:iam/role:Role';

export const adopter: Adopter = {
  name: 'role',
  types: [ROLE],
  operations: operationsOf('Role'),
  adopt: (answers) => holders(answers).roles.map(roleOf),
  observed: { role: ['lastUsed', 'created'] },
};

function roleOf({ name, path, tags, item, seen, is, of, because }: Holder<Role>): Adoption {
  if (because !== undefined) return { state: 'unadopted', type: ROLE, of, because };
  const settings = settingsOf(seen.items);
  return {
    state: 'adopted',
    type: ROLE,
    name,
    id: name,
    importId: name,
    inputs: said({
      name,
      path,
      assumeRolePolicy: is.trust,
      permissionsBoundary: is.boundary?.id,
      ...settings?.inputs,
      ...tags.inputs,
    }),
    outputs: { arn: is.id, ...tags.outputs },
    ignoreChanges: [...tags.ignoreChanges, ...(settings ? [] : ['description', 'maxSessionDuration'])],
    protect: true,
    of,
    place: placeOf(item),
    source: item.source,
  };
}

/**
 * GetAccountAuthorizationDetails tells neither the description nor the session's length; the listing and GetRole tell
 * both, the description only where there is one. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html
 */
function settingsOf(items: Holder['seen']['items']) {
  const maxSessionDuration = firstOf(items, (item) => item.number('MaxSessionDuration'));
  const description = firstOf(items, (item) => item.string('Description')) || undefined;
  return maxSessionDuration === undefined ? undefined : { inputs: { description, maxSessionDuration } };
}
