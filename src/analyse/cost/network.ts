/** What load balancers, NAT gateways, endpoints and public addresses are charged for. */
import type { Estate } from '../../estate/estate.ts';
import { all, memoised } from '../../estate/estate.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { asked, type Bill, bill, hourly, joined, NOTHING, unpriced, usage } from './charge.ts';

const BALANCER = { application: 'alb', network: 'nlb', classic: 'clb' } as const;

export function balancerBill(balancer: ResourceOf<'loadBalancer'>): Bill {
  if (balancer.type === undefined || balancer.type === 'gateway')
    return unpriced('the load balancer', asked(balancer, 'a Type that is in the price table'));
  const kind = BALANCER[balancer.type];
  const used =
    kind === 'clb'
      ? usage('elb', 'clb-gb', 'traffic')
      : usage('elb', `${kind}-lcu-hour`, 'load balancer capacity units');
  return bill(hourly('elb', `${kind}-hour`, `${balancer.type} load balancer`, 1), used);
}

export function natBill(gateway: ResourceOf<'natGateway'>): Bill {
  if (gateway.state === 'deleted' || gateway.state === 'deleting' || gateway.state === 'failed') return NOTHING;
  const zonal = gateway.availability === 'zonal';
  const missing = 'a regional NAT gateway is charged for each zone that it is active in, which the input does not tell';
  return bill(
    hourly('nat', 'hour', 'NAT gateway', zonal ? 1 : undefined, zonal ? undefined : missing),
    usage('nat', 'gb', 'traffic through it'),
  );
}

export function endpointBill(endpoint: ResourceOf<'vpcEndpoint'>): Bill {
  if (endpoint.type === 'Gateway') return NOTHING;
  if (endpoint.type !== 'Interface')
    return unpriced('the endpoint', asked(endpoint, 'a type that is in the price table'));
  const zones = endpoint.subnets?.length;
  return bill(
    hourly(
      'vpc-endpoint',
      'interface-hour',
      `interfaces in ${zones ?? '?'} zones`,
      zones,
      zones === undefined ? asked(endpoint, 'SubnetIds') : undefined,
    ),
    usage('vpc-endpoint', 'gb', 'traffic through it'),
  );
}

/**
 * Every public IPv4 address is charged, in use or not. Each is counted once, for the first that names it: the Elastic IP,
 * then the instance, the NAT gateway, the interface. https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/
 */
const addresses: (estate: Estate) => ReadonlyMap<string, number> = memoised((estate) => {
  const counted = new Set<string>();
  const perResource = new Map<string, number>();
  const add = (id: string, address: string | null | undefined): void => {
    if (!address || counted.has(address)) return;
    counted.add(address);
    perResource.set(id, (perResource.get(id) ?? 0) + 1);
  };
  for (const one of all(estate, 'elasticIp')) add(one.id, one.publicAddress ?? one.id);
  for (const one of all(estate, 'instance')) add(one.id, one.publicAddress);
  for (const one of all(estate, 'natGateway')) for (const address of one.publicAddresses ?? []) add(one.id, address);
  for (const one of all(estate, 'networkInterface')) {
    const owner = one.owner?.id ?? one.id;
    const known = (one.addresses ?? []).filter((address) => address.public !== null);
    for (const address of known) add(owner, address.public);
    // a derived interface is known to have one, but not which; a balancer's and a database's is nobody else's
    if (known.length === 0 && one.hasPublicAddress && one.derived) add(owner, `${one.id} (derived)`);
  }
  return perResource;
});

const tasksOf: (estate: Estate) => ReadonlyMap<string, readonly ResourceOf<'ecsTask'>[]> = memoised((estate) => {
  const index = new Map<string, ResourceOf<'ecsTask'>[]>();
  for (const task of all(estate, 'ecsTask')) {
    if (!task.service) continue;
    const list = index.get(task.service.id);
    if (list) list.push(task);
    else index.set(task.service.id, [task]);
  }
  return index;
});

const addressesOfTask = (estate: Estate, task: ResourceOf<'ecsTask'>): number =>
  [task.id, ...task.networkInterfaces.map((ref) => ref.id)].reduce(
    (sum, id) => sum + (addresses(estate).get(id) ?? 0),
    0,
  );

/** The public addresses of a resource itself. */
export function addressBill(estate: Estate, resource: Resource): Bill {
  const known = addresses(estate).get(resource.id) ?? 0;
  const charge = (count: number): Bill =>
    bill(hourly('ipv4', 'public-address', `${count} public IPv4 address${count === 1 ? '' : 'es'}`, count));
  if (known > 0) return charge(known);
  if (resource.kind === 'networkInterface' && resource.addresses === undefined && !resource.derived) {
    const counted = addresses(estate).has(resource.owner?.id ?? resource.id);
    if (resource.hasPublicAddress !== false && !counted)
      return unpriced('its public IPv4 addresses', asked(resource, 'all of PrivateIpAddresses'));
  }
  if (resource.kind === 'loadBalancer' && resource.scheme === 'internet-facing') {
    return joined(unpriced('its public IPv4 addresses', 'ec2:DescribeNetworkInterfaces does not have its interfaces'));
  }
  if (resource.kind === 'database' && resource.publiclyAccessible) {
    return unpriced('its public IPv4 address', 'ec2:DescribeNetworkInterfaces does not have its interface');
  }
  if (resource.kind === 'ecsService' && resource.network?.assignPublicIp && (resource.desired ?? 1) > 0) {
    const told = tasksOf(estate)
      .get(resource.id)
      ?.some((task) => addressesOfTask(estate, task) > 0);
    if (!told)
      return unpriced(
        'the public IPv4 addresses of its tasks',
        'ec2:DescribeNetworkInterfaces does not have their interfaces',
      );
  }
  return NOTHING;
}
