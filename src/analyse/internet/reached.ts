/** Who on the internet opens connections to a resource. Asked once a resource and kind of traffic, for many rules. */
import { type Estate, memoised } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { ALL_TRAFFIC, type TrafficSet } from '../../estate/sets/index.ts';
import { fromStrangers } from '../exposure/index.ts';
import { handoversTo } from '../reachability/balancers.ts';
import { undecidable } from '../reachability/direct.ts';
import { frontingsOf } from '../reachability/distributions.ts';
import { INTERNET_END, interfacesOf, networkOf, type ReachAnswer, reach, resourceEnd } from '../reachability/index.ts';
import { anyOf, type Outcome } from '../reachability/path.ts';

const answers = memoised(() => new Map<string, ReachAnswer>());

/** Straight, or through a load balancer or a distribution. Kept, for several rules ask it of a data store. */
export function reached(estate: Estate, resource: Resource, traffic: TrafficSet = ALL_TRAFFIC): ReachAnswer {
  const known = answers(estate);
  const key = `${resource.id} ${traffic.join()}`;
  const answer = known.get(key) ?? reach(estate, INTERNET_END, resourceEnd(resource), traffic);
  known.set(key, answer);
  return answer;
}

/** Straight to its own interfaces, with nothing between; unknown when its interfaces are not known. */
export function reachedStraight(estate: Estate, resource: Resource, traffic: TrafficSet = ALL_TRAFFIC): Outcome {
  const found = interfacesOf(networkOf(estate), resource).map((one) => interfaceReached(estate, one, traffic));
  return anyOf(found) ?? nowhere(resource);
}

/** One interface, straight. */
export const interfaceReached = (estate: Estate, one: NetworkInterface, traffic: TrafficSet = ALL_TRAFFIC): Outcome =>
  fromStrangers(estate, one, traffic);

/** Whether a load balancer or a distribution hands connections to it. */
export function isBehind(estate: Estate, resource: Resource): boolean {
  const network = networkOf(estate);
  const interfaces = interfacesOf(network, resource);
  return (
    interfaces.some((one) => handoversTo(network, one).length > 0) ||
    frontingsOf(network, resource, interfaces).length > 0
  );
}

/** No interface of it has an address of the internet: nobody reaches it straight, whatever else is not known. */
export function isAddressless(estate: Estate, resource: Resource): boolean {
  const interfaces = interfacesOf(networkOf(estate), resource);
  return interfaces.length > 0 && interfaces.every((one) => one.hasPublicAddress === false && one.ipv6?.length === 0);
}

const nowhere = (resource: Resource): Outcome =>
  undecidable({
    operation: 'ec2:DescribeNetworkInterfaces',
    reason: 'it would tell the interfaces of the resource',
    resource: resource.id,
  });
