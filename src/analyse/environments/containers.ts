/** What a resource lives in, nearest first: an unmarked thing is of the environment of what holds it. */
import type { Estate } from '../../estate/estate.ts';
import { find } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';

type MaybeRef = Ref | null | undefined;

/** References of a resource to what contains it. Exhaustive enough: a kind not named has no container but its account. */
function refsOf(estate: Estate, resource: Resource): readonly MaybeRef[] {
  switch (resource.kind) {
    case 'subnet':
    case 'routeTable':
    case 'networkAcl':
    case 'securityGroup':
    case 'vpcEndpoint':
    case 'transitGatewayAttachment':
    case 'loadBalancer':
    case 'targetGroup':
    case 'databaseSubnetGroup':
    case 'cacheSubnetGroup':
      return [resource.vpc];
    case 'natGateway':
      return [resource.subnet, resource.vpc];
    case 'networkInterface':
      return [resource.owner, resource.subnet, resource.vpc];
    case 'internetGateway':
    case 'egressOnlyInternetGateway':
    case 'vpnGateway':
      return only(resource.vpcs);
    case 'elasticIp':
      return [resource.instance, resource.networkInterface];
    case 'instance':
      return [resource.autoScalingGroup, resource.subnet, resource.vpc];
    case 'volume':
      return only(resource.attachedTo);
    case 'autoScalingGroup':
      return only(resource.subnets);
    case 'containerInstance':
      return [resource.cluster, resource.instance];
    case 'ecsService':
      return [resource.cluster, ...(resource.network?.subnets ?? []).slice(0, 1)];
    case 'ecsTask':
      return [resource.service, resource.cluster];
    case 'function':
      return [resource.network?.vpc];
    case 'eventSource':
      return [resource.function];
    case 'listener':
      return [resource.loadBalancer];
    case 'listenerRule':
      return [resource.listener];
    case 'database':
      return [resource.cluster, resource.replicaOf, resource.subnetGroup, resource.vpc];
    case 'databaseCluster':
      return [resource.subnetGroup];
    case 'cache':
      return [resource.subnetGroup];
    case 'subscription':
      return [resource.topic];
    case 'dnsRecord':
      return [resource.hostedZone];
    case 'accessKey':
      return [resource.user];
    case 'flowLog':
      return [];
    default:
      return [];
  }
  function only(refs: readonly Ref[] | undefined): readonly MaybeRef[] {
    const found = new Set((refs ?? []).map((ref) => find(estate, ref)?.id));
    return found.size === 1 ? (refs ?? []).slice(0, 1) : [];
  }
}

/** The resources that hold this one, nearest first; those the input does not have are left out. */
export function containersOf(estate: Estate, resource: Resource): readonly Resource[] {
  const containers: Resource[] = [];
  for (const ref of refsOf(estate, resource)) {
    const container = find(estate, ref);
    if (container && container.id !== resource.id) containers.push(container);
  }
  return containers;
}
