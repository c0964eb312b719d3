/** The rules of one resource's own group once more, for the resource that takes over from it. */
import type { Create, Delete, Edit } from '../edit.ts';
import { addressOf, referencesIn } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { EGRESS, GROUP, groupRef, INGRESS, newGroup, ownGroupName } from './groups.ts';
import { slug, tagged } from './names.ts';

type Named = { readonly name: string };

/** Every rule that is in the group or names it. */
function rulesOf(state: State, group: string): readonly DeclaredResource[] {
  const address = addressOf({ type: GROUP, name: group });
  return [...state.world.declared.values()].filter(
    ({ type, properties }) =>
      (type === INGRESS || type === EGRESS) &&
      referencesIn(properties).some((reference) => reference.address === address),
  );
}

/** The new one's own group with the same rules, and the same for those who let the old one in. */
export function twinGroup(state: State, old: Named, fresh: Named, vpcId: string): readonly Create[] {
  const [from, to] = [ownGroupName(old), ownGroupName(fresh)];
  return [
    newGroup(to, vpcId, `Only ${fresh.name}`),
    ...rulesOf(state, from).map((rule): Create => {
      const swapped = rule.name.replaceAll(slug(old.name), slug(fresh.name));
      const name = swapped === rule.name ? `${rule.name}-${slug(fresh.name)}` : swapped;
      const text = JSON.stringify(rule.properties).replaceAll(groupRef(from), groupRef(to));
      const { description: said } = rule.properties;
      const description = typeof said === 'string' ? { description: said.replaceAll(old.name, fresh.name) } : {};
      return {
        op: 'create',
        type: rule.type,
        name,
        properties: { ...JSON.parse(text), ...description, tags: tagged(name) },
      };
    }),
  ];
}

/** Takes the group and its rules away, with those that name it. */
export function withoutGroup(state: State, old: Named): readonly Edit[] {
  const group = state.world.declared.get(addressOf({ type: GROUP, name: ownGroupName(old) }));
  if (!group) return [];
  return [...rulesOf(state, group.name), group].map(({ type, name }): Delete => ({ op: 'delete', type, name }));
}
