/** What a connection starts from or goes to, and how a user's words become one. */
import { byId, type Estate, memoised } from '../../estate/estate.ts';
import { listedBy } from '../../estate/grouped.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Kind, Resource } from '../../estate/resource.ts';
import { type AddressSet, parseCidr } from '../../estate/sets/index.ts';
import type { Network } from './network.ts';

export type Endpoint =
  | { readonly type: 'internet' }
  | { readonly type: 'addresses'; readonly text: string; readonly set: AddressSet }
  | { readonly type: 'resource'; readonly resource: Resource }
  /** An AWS service by its public API (`s3`, `sqs`, `ecr.api`). */
  | { readonly type: 'service'; readonly service: string }
  /** A host outside the estate: the address that it is written as; by a name, one address of the internet, not known which. */
  | { readonly type: 'host'; readonly host: string };

export type Lookup =
  | { readonly state: 'found'; readonly endpoint: Endpoint }
  | { readonly state: 'ambiguous'; readonly text: string; readonly candidates: readonly Resource[] }
  | { readonly state: 'notFound'; readonly text: string };

export const INTERNET_END: Endpoint = { type: 'internet' };
export const resourceEnd = (resource: Resource): Endpoint => ({ type: 'resource', resource });

/** Kinds that traffic starts at or goes to; when a name fits several resources, these are meant. */
const ENDS: readonly Kind[] = [
  'instance',
  'loadBalancer',
  'database',
  'databaseCluster',
  'cache',
  'ecsService',
  'function',
  'distribution',
  'bucket',
  'queue',
  'topic',
  'table',
  'natGateway',
  'secret',
];

interface Names {
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  readonly byHost: ReadonlyMap<string, Resource>;
}

const namesOf = memoised((estate): Names => {
  const byName = new Map<string, Resource[]>();
  const byHost = new Map<string, Resource>();
  for (const resource of estate.resources) {
    for (const name of new Set([resource.name, resource.arn ?? resource.name])) {
      const list = byName.get(name);
      if (list) list.push(resource);
      else byName.set(name, [resource]);
    }
    for (const host of hostsOf(resource)) byHost.set(host.toLowerCase(), resource);
  }
  return { byName, byHost };
});

function hostsOf(resource: Resource): readonly string[] {
  const known = (...hosts: readonly (string | undefined)[]): readonly string[] =>
    hosts.filter((host) => host !== undefined);
  switch (resource.kind) {
    case 'loadBalancer':
      return known(resource.dnsName);
    case 'database':
      return known(resource.endpoint?.host);
    case 'databaseCluster':
      return known(resource.endpoint?.host, resource.readerEndpoint?.host);
    case 'cache':
      return known(
        ...(resource.endpoints ?? []).map((one) => one.host),
        ...(resource.nodes ?? []).map((one) => one.host),
      );
    case 'distribution':
      return known(resource.domain, ...(resource.aliases ?? []));
    default:
      return [];
  }
}

/** Reads `internet`, `service:s3`, an id, an ARN, a name, a host name, an address or a CIDR block. */
export function endpointOf(estate: Estate, text: string): Lookup {
  const wanted = text.trim();
  const found = (endpoint: Endpoint): Lookup => ({ state: 'found', endpoint });
  if (/^(internet|anywhere|world)$/i.test(wanted)) return found(INTERNET_END);
  if (wanted.startsWith('service:')) return found({ type: 'service', service: wanted.slice('service:'.length) });
  const resource = byId(estate, wanted);
  if (resource) return found(resourceEnd(resource));
  const set = parseCidr(wanted);
  if (set) return found({ type: 'addresses', text: wanted, set });
  const { byName, byHost } = namesOf(estate);
  const candidates = byName.get(wanted) ?? [];
  const ends = candidates.filter((one) => ENDS.includes(one.kind));
  const meant = ends.length > 0 ? ends : candidates;
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return found(resourceEnd(only));
  if (meant.length > 1) return { state: 'ambiguous', text: wanted, candidates: meant };
  const host = byHost.get(wanted.toLowerCase().replace(/\.$/, ''));
  return host ? found(resourceEnd(host)) : { state: 'notFound', text: wanted };
}

/** Its tasks, and the instances that they run on. */
function tasksAndHosts(estate: Estate, service: Resource): readonly string[] {
  return (tasksOf(estate).get(service.id) ?? []).flatMap((task) => {
    const host = task.containerInstance && byId(estate, task.containerInstance.id);
    return [task.id, ...(host?.kind === 'containerInstance' && host.instance ? [host.instance.id] : [])];
  });
}
const tasksOf = listedBy('ecsTask', ({ service }) => [service?.id]);

/** The interfaces whose traffic is the resource's. */
export function interfacesOf(network: Network, resource: Resource): readonly NetworkInterface[] {
  const owned = (ids: readonly string[]): readonly NetworkInterface[] => [
    ...new Map(ids.flatMap((id) => network.owned.get(id) ?? []).map((one) => [one.id as string, one])).values(),
  ];
  const own = owned([resource.id]);
  const listed = (refs: readonly { readonly id: string }[] | undefined): readonly NetworkInterface[] =>
    (refs ?? []).flatMap((ref) => {
      const one = byId(network.estate, ref.id);
      return one?.kind === 'networkInterface' ? [one] : [];
    });
  switch (resource.kind) {
    case 'networkInterface':
      return [resource];
    case 'instance':
    case 'natGateway':
    case 'vpcEndpoint':
      return own.length > 0 ? own : listed(resource.networkInterfaces);
    case 'ecsTask':
      return own.length > 0 ? own : listed(resource.networkInterfaces);
    case 'elasticIp':
      return listed(resource.networkInterface ? [resource.networkInterface] : []);
    case 'databaseCluster':
      return owned([resource.id, ...(resource.members ?? []).map((member) => member.ref.id)]);
    case 'ecsService':
      return owned([resource.id, ...tasksAndHosts(network.estate, resource)]);
    case 'autoScalingGroup':
      return owned((resource.instances ?? []).map((ref) => ref.id));
    case 'containerInstance':
      return owned(resource.instance ? [resource.instance.id] : []);
    case 'securityGroup':
      return network.members.get(resource.id) ?? [];
    case 'subnet':
      return inSubnet(network.estate).get(resource.id) ?? [];
    case 'vpc':
      return inVpc(network.estate).get(resource.id) ?? [];
    default:
      return own;
  }
}

const inSubnet = listedBy('networkInterface', ({ subnet }) => [subnet?.id]);
const inVpc = listedBy('networkInterface', ({ vpc }) => [vpc?.id]);
