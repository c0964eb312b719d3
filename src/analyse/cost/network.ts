/** What load balancers, NAT gateways, endpoints and public addresses are charged for. */
import type { Estate } from '../../estate/estate.ts';
import { all, byId, memoised } from '../../estate/estate.ts';
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
  // an address that is no Elastic IP's, as far as these tell theirs
  if (vagueElasticIp(estate) === undefined) {
    for (const one of all(estate, 'instance')) add(one.id, one.publicAddress);
    for (const one of all(estate, 'natGateway')) for (const address of one.publicAddresses ?? []) add(one.id, address);
  }
  for (const one of all(estate, 'networkInterface')) {
    const owner = one.owner && byId(estate, one.owner.id);
    const known = (one.addresses ?? []).filter((address) => address.public !== null);
    if (vagueElasticIp(estate) === undefined) for (const address of known) add(owner?.id ?? one.id, address.public);
    // a derived interface is known to have one, but not which
    if (known.length === 0 && one.hasPublicAddress && one.derived && owner && isItsOwn(owner) && !strays(estate))
      add(owner.id, `${one.id} (derived)`);
  }
  return perResource;
});

/** The first Elastic IP that does not tell its address: what has an address may have this one. */
const vagueElasticIp = memoised((estate) => all(estate, 'elasticIp').find((one) => one.publicAddress === undefined));

/** Whether a listed interface with a public address tells of no owner: it may be one that is derived elsewhere. */
const strays = memoised((estate) =>
  all(estate, 'networkInterface').some(
    (one) =>
      !one.derived &&
      (one.owner === undefined || byId(estate, one.owner.id) === undefined) &&
      (one.addresses ?? []).some((at) => at.public !== null),
  ),
);

/**
 * Whether the public address of a derived interface is counted nowhere else. That of a NAT gateway is an Elastic IP, that of
 * an instance is told by the instance, and a service has as many as it has tasks.
 */
const isItsOwn = (owner: Resource): boolean =>
  owner.kind === 'loadBalancer' ||
  owner.kind === 'database' ||
  owner.kind === 'ecsTask' ||
  (owner.kind === 'instance' && typeof owner.publicAddress !== 'string');

/** Whether it has a public address that may be the one that an Elastic IP does not tell. */
const mayBeVague = (resource: Resource): boolean =>
  (resource.kind === 'instance' && typeof resource.publicAddress === 'string') ||
  (resource.kind === 'natGateway' && (resource.publicAddresses ?? []).length > 0) ||
  (resource.kind === 'networkInterface' && (resource.addresses ?? []).some((one) => one.public !== null));

/** Whose interfaces the input lists: their addresses are all there are. */
const listed: (estate: Estate) => ReadonlySet<string> = memoised(
  (estate) =>
    new Set(all(estate, 'networkInterface').flatMap((one) => (one.owner && !one.derived ? [one.owner.id] : []))),
);

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

const charged = (count: number): Bill =>
  bill(hourly('ipv4', 'public-address', `${count} public IPv4 address${count === 1 ? '' : 'es'}`, count));

/** The public addresses of a resource itself. */
export function addressBill(estate: Estate, resource: Resource): Bill {
  const known = addresses(estate).get(resource.id) ?? 0;
  const sure = known > 0 ? charged(known) : NOTHING;
  if (listed(estate).has(resource.id) && known > 0) return sure;
  const open = (what: string, missing: string): Bill => joined(sure, unpriced(what, missing));
  const vague = vagueElasticIp(estate);
  if (vague && mayBeVague(resource)) return open('its public IPv4 addresses', asked(vague, 'all of PublicIp'));
  switch (resource.kind) {
    case 'networkInterface': {
      const counted = addresses(estate).has(resource.owner?.id ?? resource.id);
      if (resource.addresses !== undefined || resource.derived || counted || resource.hasPublicAddress === false)
        return sure;
      return open('its public IPv4 addresses', asked(resource, 'all of PrivateIpAddresses'));
    }
    case 'loadBalancer': {
      if (resource.scheme === 'internal') return sure;
      if (resource.scheme === undefined) return open('its public IPv4 addresses', asked(resource, 'its Scheme'));
      if (known > 0 && resource.subnets !== undefined) return sure;
      return open('its public IPv4 addresses', 'ec2:DescribeNetworkInterfaces does not have its interfaces');
    }
    case 'database': {
      if (resource.publiclyAccessible === false || known > 0) return sure;
      if (resource.publiclyAccessible === undefined)
        return open('its public IPv4 address', asked(resource, 'PubliclyAccessible'));
      return open('its public IPv4 address', 'ec2:DescribeNetworkInterfaces does not have its interface');
    }
    case 'natGateway': {
      if (resource.publicAddresses !== undefined || resource.connectivity === 'private') return sure;
      return open('its public IPv4 addresses', asked(resource, 'all of NatGatewayAddresses'));
    }
    case 'ecsService':
      return joined(sure, taskAddresses(estate, resource));
    default:
      return sure;
  }
}

/** One for each task that is given one, where the tasks do not tell of theirs. */
function taskAddresses(estate: Estate, service: ResourceOf<'ecsService'>): Bill {
  const { desired, network } = service;
  if (network === null || network?.assignPublicIp === false || desired === 0) return NOTHING;
  if (
    tasksOf(estate)
      .get(service.id)
      ?.some((task) => addressesOfTask(estate, task) > 0)
  )
    return NOTHING;
  return network?.assignPublicIp && desired !== undefined
    ? charged(desired)
    : unpriced(
        'the public IPv4 addresses of its tasks',
        asked(service, 'whether its tasks are given one, and how many'),
      );
}
