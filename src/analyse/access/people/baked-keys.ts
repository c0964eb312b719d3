/** Access keys written out in task definitions, functions and user data, and whose they are. */
import { all, find, memoised } from '../../../estate/estate.ts';
import { id } from '../../../estate/ids.ts';
import type { EnvironmentFact } from '../../../estate/kinds/compute.ts';
import type { AccessKey, User } from '../../../estate/kinds/people.ts';
import type { Resource } from '../../../estate/resource.ts';

export interface BakedKey {
  readonly accessKeyId: string;
  /** The task definition, function, instance or launch template it stands in. */
  readonly place: Resource;
  /** The container, where there is one. */
  readonly container: string | null;
  /** The variable, or what the reader calls the line. */
  readonly variable: string;
  /** Undefined when the input does not have the key: it may belong to another account or be gone. */
  readonly key: AccessKey | undefined;
  readonly owner: User | undefined;
}

export const bakedKeys = memoised((estate): readonly BakedKey[] => {
  const found: BakedKey[] = [];
  const look = (place: Resource, container: string | null, facts: readonly EnvironmentFact[] | undefined): void => {
    for (const fact of facts ?? []) {
      if (fact.accessKeyId === undefined) continue;
      const key = find(estate, id<'accessKey'>(fact.accessKeyId));
      found.push({
        accessKeyId: fact.accessKeyId,
        place,
        container,
        variable: fact.name,
        key,
        owner: find(estate, key?.user),
      });
    }
  };
  for (const definition of all(estate, 'taskDefinition'))
    for (const container of definition.containers ?? []) look(definition, container.name, container.environment);
  for (const held of all(estate, 'function')) look(held, null, held.environment);
  for (const held of all(estate, 'instance')) look(held, null, held.userData);
  for (const held of all(estate, 'launchTemplate')) look(held, null, held.userData);
  return found;
});

const byUser = memoised((estate) => {
  const index = new Map<string, BakedKey[]>();
  for (const baked of bakedKeys(estate)) {
    if (!baked.owner) continue;
    const list = index.get(baked.owner.id);
    if (list) list.push(baked);
    else index.set(baked.owner.id, [baked]);
  }
  return index;
});

export const bakedKeysOf = (estate: Parameters<typeof byUser>[0], user: User): readonly BakedKey[] =>
  byUser(estate).get(user.id) ?? [];
