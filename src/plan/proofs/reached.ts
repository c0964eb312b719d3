/** What the internet reaches at a point of the journey, resource by resource, so that what a step leaves alone is not asked again. */
import { type Exposure, exposuresOf, judgedForExposure } from '../../analyse/exposure/index.ts';
import { type Estate, memoised } from '../../estate/estate.ts';
import { recalled } from '../../estate/memory.ts';
import type { Resource } from '../../estate/resource.ts';

/** An exposure without what is only worked out to tell of it. */
export interface Reached extends Pick<Exposure, 'resource' | 'via' | 'through' | 'admitted'> {
  /** Which of the exposures of its resource. */
  readonly nth: number;
}

const judged = recalled((estate: Estate, resource: Resource) => {
  const { exposures, unknown } = exposuresOf(estate, resource);
  const reached = exposures.map(
    ({ via, through, admitted }, nth): Reached => ({ resource, via, through, admitted, nth }),
  );
  return { reached, isUnknown: unknown.length > 0 };
});

interface ReachedIn {
  readonly exposures: readonly Reached[];
  /** Of which it is not known whether they are reached. */
  readonly unknown: readonly Resource[];
}

/** In the order of the ids of the resources. */
export const reachedIn = memoised((estate): ReachedIn => {
  const all = [...judgedForExposure(estate)].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    exposures: all.flatMap((resource) => judged(estate, resource).reached),
    unknown: all.filter((resource) => judged(estate, resource).isUnknown),
  };
});

/** With its ports, its sources and its proof; undefined for one of another estate. */
export const toldOf = (estate: Estate, { resource, nth }: Reached): Exposure | undefined =>
  exposuresOf(estate, resource).exposures[nth];
