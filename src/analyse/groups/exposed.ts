/** Whether what a group admits from everybody can be used: by a path to one of the interfaces that carry it. */
import type { Estate } from '../../estate/estate.ts';
import { byId } from '../../estate/estate.ts';
import type { NetworkInterface, SecurityGroup } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import type { TrafficSet } from '../../estate/sets/index.ts';
import { interfaceReached } from '../internet/reached.ts';
import { networkOf } from '../reachability/index.ts';
import { type Hop, type Missing, missingOf, proofOf } from '../verdict.ts';

export type GroupExposure =
  /** Nothing in the input carries it. */
  | { readonly state: 'unattached' }
  | { readonly state: 'reached'; readonly carrier: Resource; readonly proof: readonly Hop[] }
  | { readonly state: 'unknown'; readonly carriers: number; readonly missing: readonly Missing[] }
  /** Carried, and no path from the internet to any of its carriers. */
  | { readonly state: 'closed'; readonly carriers: number; readonly blockers: readonly Hop[] };

/** An interface without any address of the internet needs no further question. */
const isPrivate = (one: NetworkInterface): boolean => one.hasPublicAddress === false && one.ipv6?.length === 0;

export function groupExposure(estate: Estate, group: SecurityGroup, traffic: TrafficSet): GroupExposure {
  const carriers = networkOf(estate).members.get(group.id) ?? [];
  let first: GroupExposure | undefined;
  let example: NetworkInterface | undefined;
  for (const one of carriers) {
    example ??= one;
    if (isPrivate(one)) continue;
    const outcome = interfaceReached(estate, one, traffic);
    if (outcome.answer === 'yes') {
      const carrier = (one.owner && byId(estate, one.owner.id)) ?? one;
      return { state: 'reached', carrier, proof: proofOf(outcome.verdict) };
    }
    if (outcome.answer === 'unknown' && first === undefined)
      first = { state: 'unknown', carriers: carriers.length, missing: missingOf(outcome.verdict) };
  }
  if (first) return first;
  if (example === undefined) return { state: 'unattached' };
  const { verdict } = interfaceReached(estate, example, traffic);
  const blockers = verdict.answer === 'no' ? verdict.blockers : [];
  return { state: 'closed', carriers: carriers.length, blockers };
}
