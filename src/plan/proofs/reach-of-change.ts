/**
 * Which flows a change can matter to at all. A connection passes the VPCs of its ends and nothing else, unless VPCs are
 * peered: what changes in another VPC leaves its answer as it was, so it need not be worked out again.
 */
import { interfacesOf, networkOf } from '../../analyse/reachability/index.ts';
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Change, changesBetween, touchesNetwork } from './difference.ts';
import { carriedOver, working } from './working.ts';

/** Takes over the answers of flows that no change reaches. */
export function carryOver(then: Estate, now: Estate): void {
  const changed = placesOf(changesBetween(then, now).filter(touchesNetwork), then, now);
  if (changed === 'everywhere') return;
  const same = new Map(now.flows.map((flow) => [flow.id, flow]));
  for (const flow of then.flows) {
    const twin = same.get(flow.id);
    if (!twin || JSON.stringify(twin.ports) !== JSON.stringify(flow.ports)) continue;
    const places = passedBy(then, flow);
    if (places === 'everywhere' || [...places].some((place) => changed.has(place))) continue;
    working(then, flow);
    carriedOver(flow, then, now);
  }
}

/** What a flow passes, or a change concerns: VPCs, single resources, or CloudFront's edge. */
type Places = ReadonlySet<string> | 'everywhere';

const EDGE = 'edge';

function placesOf(changes: readonly Change[], then: Estate, now: Estate): Places {
  const found = new Set<string>();
  for (const { before, after } of changes)
    for (const [estate, resource] of [[then, before] as const, [now, after] as const]) {
      if (!resource) continue;
      const place = placeOf(estate, resource);
      if (place === undefined) return 'everywhere';
      if (place !== null) found.add(place);
    }
  return connected(then) || connected(now) ? 'everywhere' : found;
}

/** Whether packets may go from one VPC to another without the internet. */
const connected = memoised(
  (estate): boolean => all(estate, 'peering').length > 0 || all(estate, 'transitGatewayAttachment').length > 0,
);

/** Where a change of a resource is felt; null nowhere, undefined where that is not known. */
function placeOf(estate: Estate, resource: Resource): string | null | undefined {
  switch (resource.kind) {
    case 'vpc':
    case 'bucket':
    case 'queue':
    case 'topic':
    case 'table':
    case 'taskDefinition':
      return resource.id;
    case 'subnet':
    case 'routeTable':
    case 'networkAcl':
      return resource.vpc.id;
    case 'securityGroup':
    case 'networkInterface':
    case 'natGateway':
    case 'vpcEndpoint':
    case 'instance':
    case 'loadBalancer':
    case 'targetGroup':
    case 'database':
    case 'databaseSubnetGroup':
    case 'cacheSubnetGroup':
      return resource.vpc?.id;
    case 'databaseCluster':
    case 'cache':
      return find(estate, resource.subnetGroup)?.vpc?.id;
    case 'listener':
      return find(estate, resource.loadBalancer)?.vpc?.id;
    case 'listenerRule': {
      const listener = find(estate, resource.listener);
      return listener && find(estate, listener.loadBalancer)?.vpc?.id;
    }
    case 'ecsService':
      return find(estate, resource.network?.subnets?.[0])?.vpc.id;
    case 'autoScalingGroup':
      return find(estate, resource.subnets?.[0])?.vpc.id;
    case 'distribution':
    case 'originAccess':
    case 'dnsRecord':
    case 'certificate':
      return EDGE;
    case 'scalableTarget':
    case 'ecsCluster':
    case 'hostedZone':
    case 'subscription':
    case 'volume':
    case 'elasticIp':
    case 'healthCheck':
      return null;
    default:
      return undefined;
  }
}

const passed = memoised((): Map<string, Places> => new Map());

function passedBy(estate: Estate, flow: Flow): Places {
  const known = passed(estate);
  let answer = known.get(flow.id);
  if (answer === undefined) {
    const ends = [flow.from, flow.to].map((end) => placesAt(estate, end));
    answer = ends.includes('everywhere') ? 'everywhere' : new Set(ends.flatMap((each) => [...each]));
    known.set(flow.id, answer);
  }
  return answer;
}

const IN_NO_VPC: ReadonlySet<string> = new Set([
  'bucket',
  'queue',
  'topic',
  'table',
  'secret',
  'key',
  'repository',
  'logGroup',
]);

function placesAt(estate: Estate, end: FlowEnd): Places {
  // a name that the internet asks may be answered by CloudFront
  if (end.type === 'internet') return new Set([EDGE]);
  if (end.type !== 'resource') return new Set();
  const resource = byId(estate, end.id);
  // what has no interface is asked by other ways: a distribution by its origins, a function by its URL
  if (!resource || resource.kind === 'distribution' || resource.kind === 'function') return 'everywhere';
  if (IN_NO_VPC.has(resource.kind)) return new Set([resource.id]);
  const vpcs = interfacesOf(networkOf(estate), resource).map((one) => one.vpc?.id);
  if (vpcs.length === 0 || vpcs.includes(undefined)) return 'everywhere';
  const runs = resource.kind === 'ecsService' && resource.taskDefinition ? [resource.taskDefinition.id as string] : [];
  return new Set([...vpcs.filter((vpc) => vpc !== undefined), ...runs]);
}
