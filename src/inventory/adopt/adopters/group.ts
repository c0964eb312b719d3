/** IAM groups; who is in them stands with the users. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html */
import { operationsOf } from '../../iam.ts';
import { reader } from '../../readers/groups.ts';
import { type Adopter, type Adoption, placeOf } from '../adopter.ts';
import { holders } from '../people.ts';

const GROUP = 'aws:iam/group:Group';

export const adopter: Adopter = {
  name: 'group',
  types: [GROUP],
  operations: [...new Set([...operationsOf('Group'), ...reader.operations])],
  adopt: (answers) =>
    holders(answers).groups.map(({ name, path, item, is, of, because }): Adoption => {
      if (because !== undefined) return { state: 'unadopted', type: GROUP, of, because };
      return {
        state: 'adopted',
        type: GROUP,
        name,
        id: name,
        importId: name,
        inputs: { name, path },
        outputs: { arn: is.id },
        ignoreChanges: [],
        protect: true,
        of,
        place: placeOf(item),
        source: item.source,
      };
    }),
};
