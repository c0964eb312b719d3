/** What the internet reaches at the points of a journey, resource by resource: what a step leaves alone is not judged again. */
import { type Estate, memoised } from '../../estate/estate.ts';
import { recalled } from '../../estate/memory.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Exposure, exposuresOf, judgedForExposure } from './exposure.ts';

/** An exposure without what is only worked out to tell of it. */
export interface WayIn extends Pick<Exposure, 'resource' | 'via' | 'through' | 'admitted'> {
  /** Which of the exposures of its resource. */
  readonly nth: number;
}

const judged = recalled((estate: Estate, resource: Resource) => {
  const { exposures, unknown } = exposuresOf(estate, resource);
  const ways = exposures.map(({ via, through, admitted }, nth): WayIn => ({ resource, via, through, admitted, nth }));
  return { ways, isUndecided: unknown.length > 0 };
});

export interface WaysIn {
  readonly ways: readonly WayIn[];
  /** Of which it is not known whether they are reached, by this or by that way. */
  readonly undecided: readonly Resource[];
}

/** In the order of the ids of the resources. */
export const waysIn = memoised((estate): WaysIn => {
  const all = [...judgedForExposure(estate)].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    ways: all.flatMap((resource) => judged(estate, resource).ways),
    undecided: all.filter((resource) => judged(estate, resource).isUndecided),
  };
});

/** With its ports, its sources and its proof; undefined for one of another estate. */
export const exposureBy = (estate: Estate, { resource, nth }: WayIn): Exposure | undefined =>
  exposuresOf(estate, resource).exposures[nth];
