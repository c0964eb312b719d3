/**
 * Closed to the internet today, open after one attribute changes: found by asking the path again as it would be with
 * that one attribute changed, so everything else is proven to be open already.
 */
import type { Estate } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import type { TrafficSet } from '../../estate/sets/index.ts';
import { ALL_TRAFFIC } from '../../estate/sets/index.ts';
import { interfacesOf, networkOf } from '../reachability/index.ts';
import type { Outcome } from '../reachability/path.ts';
import { type Hop, type Missing, missingOf, proofOf } from '../verdict.ts';
import { interfaceReached } from './reached.ts';

/** What alone keeps the internet out. */
export type Keeper = 'publicAddress' | 'securityGroup';

export interface Latent {
  readonly keeper: Keeper;
  readonly one: NetworkInterface;
  /** The path as it would be, without the link that the change would make. */
  readonly path: readonly Hop[];
  /** Why it is closed today. */
  readonly blockers: readonly Hop[];
  /** Who would get in, and on what. */
  readonly open: Outcome;
}

const WITH: Readonly<Record<Keeper, (one: NetworkInterface) => NetworkInterface>> = {
  publicAddress: (one) => ({ ...one, hasPublicAddress: true }),
  // AWS filters nothing at a network load balancer that has no groups: that is how an unfiltered interface is written.
  securityGroup: (one) => ({ ...one, securityGroups: [], interfaceType: 'network_load_balancer' }),
};
const MADE_BY: Readonly<Record<Keeper, string>> = { publicAddress: 'public-address', securityGroup: 'group-absent' };

export type Nearness =
  | { readonly answer: 'yes'; readonly latent: Latent }
  | { readonly answer: 'no' }
  | { readonly answer: 'unknown'; readonly missing: readonly Missing[] };

/** The first single attribute that would surely open the resource; unknown when one may do. */
export function latent(estate: Estate, resource: Resource, traffic: TrafficSet = ALL_TRAFFIC): Nearness {
  const missing: Missing[] = [];
  for (const one of interfacesOf(networkOf(estate), resource)) {
    const today = interfaceReached(estate, one, traffic);
    if (today.answer !== 'no') continue;
    for (const keeper of ['publicAddress', 'securityGroup'] as const) {
      if (keeper === 'publicAddress' && one.hasPublicAddress !== false) continue;
      const open = interfaceReached(estate, WITH[keeper](one), traffic);
      if (open.answer === 'no') continue;
      if (open.answer === 'unknown') missing.push(...missingOf(open.verdict));
      if (open.answer !== 'yes' || today.verdict.answer !== 'no') continue;
      const path = proofOf(open.verdict).filter((hop) => hop.code !== MADE_BY[keeper]);
      return { answer: 'yes', latent: { keeper, one, path, blockers: today.verdict.blockers, open } };
    }
  }
  return missing.length > 0 ? { answer: 'unknown', missing } : { answer: 'no' };
}
