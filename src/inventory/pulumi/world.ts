/** All that a program declares, found by type and by what it points at. */
import { oncePer } from '../../estate/once.ts';
import { Declared } from './declared.ts';
import { MAY_HANG } from './elsewhere.ts';
import type { RecordedInvoke, RecordedResource, Recording } from './recorded.ts';

export interface World {
  readonly recording: Recording;
  readonly of: (...types: readonly string[]) => readonly Declared[];
  /** Those of the types whose property is this text (a rule whose `securityGroupId` is the group's id). */
  readonly pointing: (types: readonly string[], property: string, at: string | undefined) => readonly Declared[];
  /**
   * Those of the types whose property is said and only known after a deployment: it may be any resource. Among them what
   * may be declared elsewhere, where the recording does not tell all.
   */
  readonly unknown: (types: readonly string[], property: string) => readonly Declared[];
  /** The resource with an id, an ARN or a name that AWS would know it by. */
  readonly byId: (id: string | undefined) => Declared | undefined;
  readonly invokes: (token: string) => readonly RecordedInvoke[];
}

export function worldOf(recording: Recording): World {
  const byType = new Map<string, Declared[]>();
  const byId = new Map<string, Declared>();
  for (const resource of recording.resources) {
    if (!resource.custom) continue;
    const { one, arn } = declaredOf(resource);
    const list = byType.get(resource.type);
    if (list) list.push(one);
    else byType.set(resource.type, [one]);
    // names are not unique over types; ids and ARNs are, and are what most properties hold
    for (const key of [one.id, arn]) if (key !== undefined && !byId.has(key)) byId.set(key, one);
  }
  const of = (...types: readonly string[]): readonly Declared[] => types.flatMap((type) => byType.get(type) ?? []);
  const pointers = new Map<string, Map<string, Declared[]>>();
  const unknowns = new Map<string, readonly Declared[]>();
  return {
    recording,
    of,
    pointing: (types, property, at) => {
      if (at === undefined) return [];
      const key = `${types.join(' ')} ${property}`;
      let index = pointers.get(key);
      if (!index) {
        index = new Map();
        for (const one of of(...types)) {
          const value = one.text(property);
          if (value === undefined) continue;
          const list = index.get(value);
          if (list) list.push(one);
          else index.set(value, [one]);
        }
        pointers.set(key, index);
      }
      return index.get(at) ?? [];
    },
    unknown: (types, property) => {
      const key = `${types.join(' ')} ${property}`;
      let list = unknowns.get(key);
      if (!list) {
        list = [...of(...types), ...elsewhere(recording, types, property)].filter(
          (one) => one.has(property) && one.text(property) === undefined,
        );
        unknowns.set(key, list);
      }
      return list;
    },
    byId: (id) => (id === undefined ? undefined : byId.get(id)),
    invokes: (token) => recording.invokes.filter((one) => one.token === token),
  };
}

interface WithArn {
  readonly one: Declared;
  readonly arn: string | undefined;
}

/** The worlds of a journey share nearly all that is declared. */
const declaredOf = oncePer((resource: RecordedResource): WithArn => {
  const one = new Declared(resource);
  return { one, arn: one.made('arn') };
});

/** What another stack or a person may have made of these types, once an account: nothing is known of it, nor where it hangs. */
function elsewhere(recording: Recording, types: readonly string[], property: string): readonly Declared[] {
  if (recording.others !== true) return [];
  const accounts = new Map(recording.resources.map(({ place }) => [place.account, place]));
  return types
    .filter((type) => MAY_HANG.has(type) && recording.shown?.includes(type) !== true)
    .flatMap((type) => [...accounts.values()].map((place) => new Declared(stranger(type, property, place))));
}

const stranger = (type: string, property: string, place: RecordedResource['place']): RecordedResource => ({
  urn: '',
  type,
  name: 'declared elsewhere, if at all',
  kind: 'read',
  parent: undefined,
  custom: true,
  remote: false,
  id: '',
  inputs: { [property]: { $unknown: true } },
  outputs: {},
  dependencies: [],
  propertyDependencies: {},
  options: {},
  position: undefined,
  place,
});
