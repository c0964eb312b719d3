/** Which pieces of the picture a proof is about. */
import type { Hop } from '../../analyse/verdict.ts';
import { key } from '../draw/marks.ts';
import type { ReportModel } from './model.ts';

export interface Light {
  /** `data-k`s of a resource: its tiles, or its box. */
  readonly ofResource: (id: string) => readonly string[];
  /** `data-k`s of the ways in from the internet that end at one of the resources. */
  readonly ofExposure: (ids: readonly string[]) => readonly string[];
  /** Of a hop; `proof` tells whether it is a way in from the internet. */
  readonly ofHop: (hop: Hop) => readonly string[];
}

export function lightOf({ journey, film }: ReportModel): Light {
  const byResource = new Map<string, Set<string>>();
  const byExposure = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, id: string, piece: string): void => {
    const short = film.keys.get(piece);
    if (short === undefined) return;
    const set = map.get(id) ?? new Set<string>();
    map.set(id, set.add(short));
  };
  for (const picture of new Set(journey.pictures)) {
    const resourcesOf = new Map(picture.nodes.map(({ id, resources }) => [id, resources]));
    for (const { id, resources } of picture.nodes)
      for (const one of resources.length > 0 ? resources : [id]) add(byResource, one, key('node', id));
    for (const { id } of picture.containers) add(byResource, id, key('box', id));
    for (const link of picture.links) {
      if (link.class !== 'exposure') continue;
      for (const carried of link.carries) add(byExposure, carried.replace(/^exposure /, ''), key('way', link.id));
      for (const one of resourcesOf.get(link.to) ?? []) add(byExposure, one, key('way', link.id));
    }
  }
  const ofResource = (id: string): readonly string[] => [...(byResource.get(id) ?? [])];
  return {
    ofResource,
    ofExposure: (ids) => [...new Set(ids.flatMap((id) => [...(byExposure.get(id) ?? [])]))],
    ofHop: ({ resource }) => ofResource(resource),
  };
}
