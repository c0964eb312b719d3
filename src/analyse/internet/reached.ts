/** Who on the internet opens connections to a resource. Asked once a resource and kind of traffic, for many rules. */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, type TrafficSet } from '../../estate/sets/index.ts';
import { type Start, toInterface, undecidable } from '../reachability/direct.ts';
import { INTERNET_END, interfacesOf, networkOf, type ReachAnswer, reach, resourceEnd } from '../reachability/index.ts';
import { anyOf, type Outcome } from '../reachability/path.ts';

const answers = memoised(() => new Map<string, ReachAnswer>());
const outcomes = memoised(() => new Map<string, Outcome>());

function remember<T>(known: Map<string, T>, key: string, compute: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const answer = compute();
  known.set(key, answer);
  return answer;
}

/** Straight, or through a load balancer or a distribution. */
export const reached = (estate: Estate, resource: Resource, traffic: TrafficSet = ALL_TRAFFIC): ReachAnswer =>
  remember(answers(estate), `${resource.id} ${traffic.join()}`, () =>
    reach(estate, INTERNET_END, resourceEnd(resource), traffic),
  );

/** The one who connects is anybody on the internet but CloudFront. */
export const strangers = (estate: Estate): Start => ({
  type: 'addresses',
  set: networkOf(estate).strangers,
  internet: true,
});

/** Straight to its own interfaces, with nothing between; unknown when its interfaces are not known. */
export const reachedStraight = (estate: Estate, resource: Resource, traffic: TrafficSet = ALL_TRAFFIC): Outcome =>
  remember(outcomes(estate), `${resource.id} ${traffic.join()}`, () => {
    const found = interfacesOf(networkOf(estate), resource).map((one) => interfaceReached(estate, one, traffic));
    return anyOf(found) ?? nowhere(resource);
  });

/** One interface, straight. */
export const interfaceReached = (estate: Estate, one: NetworkInterface, traffic: TrafficSet = ALL_TRAFFIC): Outcome =>
  toInterface(networkOf(estate), strangers(estate), one, traffic);

const nowhere = (resource: Resource): Outcome =>
  undecidable({
    operation: 'ec2:DescribeNetworkInterfaces',
    reason: 'it would tell the interfaces of the resource',
    resource: resource.id,
  });
