/** What every judge of this room gets: the estate, what is lost, and the standing of others. */
import type { Estate } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Loss } from './loss.ts';
import type { Standing } from './standing.ts';
import type { Topology } from './topology.ts';

export interface Context {
  readonly estate: Estate;
  readonly topology: Topology;
  readonly loss: Loss;
  /** Memoised; a cycle is unknown. */
  readonly standingOf: (resource: Resource) => Standing;
}
