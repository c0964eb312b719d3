/**
 * The way out: from the subnet of a part that is left to the internet or to a public AWS service, by the routes that
 * stand after the loss. Only the gateway is judged here; whether groups and lists let the packet pass is reachability's.
 */
import { find } from '../../estate/estate.ts';
import type { Id } from '../../estate/ids.ts';
import type { Route } from '../../estate/kinds/network.ts';
import type { Resource, ResourceOf } from '../../estate/resource.ts';
import { hop, lacks } from './codes.ts';
import type { Context } from './context.ts';
import { losesResource, losesZone, nameOfLoss } from './loss.ts';
import { gone, type Standing, stands, together, type Unit, unknown } from './standing.ts';
import { zonesOf } from './zones.ts';

const ROUTES = 'ec2:DescribeRouteTables';

/** The endpoint names of a service: `ecr` is reached by two. https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const ENDPOINT_NAMES: Readonly<Record<string, readonly string[]>> = {
  ecr: ['ecr.api', 'ecr.dkr'],
  cloudwatch: ['monitoring'],
  ssm: ['ssm'],
};

/** The public AWS service that a resource is reached through from inside a VPC; undefined for what has its own interfaces. */
export function serviceOf(resource: Resource): string | undefined {
  switch (resource.kind) {
    case 'bucket':
      return 's3';
    case 'queue':
      return 'sqs';
    case 'topic':
      return 'sns';
    case 'table':
      return 'dynamodb';
    case 'secret':
      return resource.service;
    case 'key':
      return 'kms';
    case 'repository':
      return 'ecr';
    case 'logGroup':
      return 'logs';
    case 'function':
      return 'lambda';
    default:
      return undefined;
  }
}

/** A resource that is lost, or in the lost zone, as the target of a route. */
function nodeStanding(context: Context, node: Resource, what: string): Standing {
  const { loss, estate } = context;
  const lostText = `${what} ${node.name} is lost with ${nameOfLoss(loss)}.`;
  if (losesResource(loss, node.id)) return gone(hop('nat-in-lost-zone', node, lostText));
  if (loss.type !== 'zone') return stands(hop('nat-left', node, `${what} ${node.name} is left.`));
  const zones = zonesOf(estate, node);
  if (!zones.known) return { state: 'unknown', missing: zones.missing };
  if (zones.scope === 'regional')
    return stands(hop('egress-regional', node, `${what} ${node.name} does not stand in one zone.`));
  if (zones.zones.some((zone) => !losesZone(loss, zone)))
    return stands(hop('nat-left', node, `${what} ${node.name} stands in ${zones.zones.join(', ')}.`));
  return gone(hop('nat-in-lost-zone', node, `${what} ${node.name}, the way out, stands in ${loss.zone}.`, loss.zone));
}

function targetStanding(context: Context, table: ResourceOf<'routeTable'>, route: Route): Standing {
  const { target } = route;
  const { estate } = context;
  const untold = (reason: string, operation = ROUTES): Standing => unknown(lacks(table, reason, operation));
  if (target === undefined) return untold(`A route of ${table.name} has no target in the input.`);
  switch (target.type) {
    case 'internetGateway':
    case 'egressOnlyInternetGateway':
      return stands(
        hop(
          'egress-regional',
          table,
          `${table.name} sends it to an internet gateway, which does not stand in one zone.`,
        ),
      );
    case 'natGateway': {
      const gateway = find(estate, target.ref);
      return gateway
        ? nodeStanding(context, gateway, 'NAT gateway')
        : untold(`NAT gateway ${target.ref.id} is not in the input.`, 'ec2:DescribeNatGateways');
    }
    case 'instance': {
      const instance = find(estate, target.ref);
      return instance
        ? nodeStanding(context, instance, 'NAT instance')
        : untold(`Instance ${target.ref.id} is not in the input.`, 'ec2:DescribeInstances');
    }
    case 'networkInterface':
    case 'vpcEndpoint': {
      const node = find<'networkInterface' | 'vpcEndpoint'>(estate, target.ref);
      return node
        ? nodeStanding(context, node, 'The appliance behind')
        : untold(`${target.ref.id} is not in the input.`, 'ec2:DescribeNetworkInterfaces');
    }
    case 'transitGateway':
    case 'vpnGateway':
    case 'peering':
    case 'local':
    case 'other':
      return untold(`${table.name} sends it through ${target.type}; what is behind is not judged here.`);
  }
}

const cidrOf = (route: Route): string | undefined =>
  route.destination?.type === 'cidr' ? route.destination.cidr : undefined;

/** The routes for all the internet: the default one, or the two halves of it. */
function internetRoutes(table: ResourceOf<'routeTable'>): readonly Route[] | undefined {
  const routes = table.routes;
  if (routes === undefined) return undefined;
  const halves = routes.filter((route) => cidrOf(route) === '0.0.0.0/1' || cidrOf(route) === '128.0.0.0/1');
  return halves.length === 2 ? halves : [...halves, ...routes.filter((route) => cidrOf(route) === '0.0.0.0/0')];
}

function endpointStanding(
  context: Context,
  vpc: string | undefined,
  table: ResourceOf<'routeTable'>,
  service: string,
): Standing | undefined {
  const names = ENDPOINT_NAMES[service] ?? [service];
  const endpoints = (context.topology.endpointsOf.get(vpc ?? '') ?? []).filter(
    (one) =>
      (one.state === undefined || one.state.toLowerCase() === 'available') &&
      names.some((name) => one.service?.endsWith(`.${name}`)),
  );
  const gateway = endpoints.find(
    (one) => one.type === 'Gateway' && one.routeTables?.some((ref) => ref.id === table.id),
  );
  if (gateway)
    return stands(hop('egress-regional', gateway, `Gateway endpoint ${gateway.name} takes it to ${service}.`));
  const private_ = endpoints.filter((one) => one.type === 'Interface' && one.privateDns === true);
  // one endpoint alone of the two of ECR does not keep the other call off the way out
  if (private_.length < names.length) return undefined;
  return together(
    private_.map((one) => {
      const zones = zonesOf(context.estate, one);
      if (losesResource(context.loss, one.id))
        return gone(hop('endpoint-in-lost-zone', one, `Endpoint ${one.name} is lost.`));
      if (!zones.known) return context.loss.type === 'zone' ? { state: 'unknown', missing: zones.missing } : stands();
      const left = zones.scope === 'regional' || zones.zones.some((zone) => !losesZone(context.loss, zone));
      return left
        ? stands(hop('endpoint-left', one, `Endpoint ${one.name} has an interface that is left.`))
        : gone(
            hop(
              'endpoint-in-lost-zone',
              one,
              `Every interface of endpoint ${one.name} stands in ${nameOfLoss(context.loss)}.`,
            ),
          );
    }),
  );
}

const ways = new WeakMap<Context, Map<string, Standing>>();

/** The way out of one subnet, to a service or to the internet. Kept, for many flows go out of the same few subnets. */
function wayOut(
  context: Context,
  from: Resource,
  subnet: Id<'subnet'> | undefined,
  service: string | undefined,
): Standing {
  const table = subnet && context.topology.routeTableOf(subnet);
  if (!table)
    return unknown(lacks(from, `The route table of ${subnet ?? `the subnet of ${from.name}`} is not told.`, ROUTES));
  const known = ways.get(context) ?? new Map<string, Standing>();
  ways.set(context, known);
  const key = `${subnet} ${service ?? ''}`;
  const way = known.get(key) ?? wayBy(context, subnet, table, service);
  known.set(key, way);
  return way;
}

function wayBy(
  context: Context,
  subnet: Id<'subnet'>,
  table: ResourceOf<'routeTable'>,
  service: string | undefined,
): Standing {
  if (service !== undefined) {
    const byEndpoint = endpointStanding(context, find(context.estate, subnet)?.vpc.id, table, service);
    if (byEndpoint) return byEndpoint;
  }
  const routes = internetRoutes(table);
  if (routes === undefined) return unknown(lacks(table, `The routes of ${table.name} are not told.`, ROUTES));
  if (routes.length === 0) return gone(hop('no-way-out', table, `${table.name} has no route to the internet.`));
  const dead = routes.find((route) => route.state === 'blackhole');
  if (dead)
    return gone(
      hop('no-way-out', table, `The route of ${table.name} to ${cidrOf(dead) ?? 'the internet'} leads nowhere.`),
    );
  return together(routes.map((route) => targetStanding(context, table, route)));
}

/**
 * The way out of all parts that are left. One part without it is enough to lose the flow: that part goes on
 * taking its share of the work, and fails it.
 */
export function egressStanding(
  context: Context,
  from: Resource,
  units: readonly Unit[],
  service: string | undefined,
): Standing {
  if (units.length === 0)
    return unknown(lacks(from, `The subnets that ${from.name} goes out from are not told.`, 'ec2:DescribeSubnets'));
  const subnets = new Set(units.map((unit) => unit.subnet));
  return together([...subnets].map((subnet) => wayOut(context, from, subnet, service)));
}
