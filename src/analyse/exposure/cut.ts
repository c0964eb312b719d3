/** The minimal cut: the fewest rules, routes or flags that close an exposure, and which required flows would break. */
import { all, byId, type Estate, find, makeEstate } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { NetworkInterface, SecurityGroup } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  ALL_TRAFFIC,
  addressSetOf,
  portTraffic,
  protocolTraffic,
  TCP,
  type TrafficSet,
  UDP,
} from '../../estate/sets/index.ts';
import { type Endpoint, INTERNET_END, interfacesOf, resourceEnd } from '../reachability/endpoint.ts';
import { rulesAdmitting } from '../reachability/groups.ts';
import { networkOf, tableOf } from '../reachability/network.ts';
import { reach } from '../reachability/reach.ts';
import { lanesFor } from '../reachability/routes.ts';
import type { Exposure } from './exposure.ts';

export interface CutItem {
  readonly type: 'rule' | 'publicAddress' | 'route';
  /** The resource that is changed. */
  readonly resource: string;
  /** The rule or the route's destination; empty for a flag. */
  readonly by: string;
  readonly detail: string;
}

export interface Cut {
  /** All of them together close the exposure; none can be left out. */
  readonly items: readonly CutItem[];
  /** Ids of required flows that would no longer work. */
  readonly breaks: readonly string[];
  /** How many other resources the change touches (the members of a group, the neighbours of a subnet). */
  readonly touches: number;
}

/** The cuts that close an exposure, the best first: breaking nothing, touching little, few changes. Empty when none was found. */
export function cutsOf(estate: Estate, exposure: Exposure): readonly Cut[] {
  const target = exposure.via === 'through' ? front(estate, exposure) : exposure.resource;
  if (target === undefined) return [];
  const network = networkOf(estate);
  const interfaces = interfacesOf(network, target);
  const options = [byRules(estate, exposure, interfaces), byAddress(target, interfaces), byRoutes(estate, interfaces)];
  const cuts = options.flatMap((option) => {
    if (option === undefined) return [];
    const after = changed(estate, option.changes);
    if (reach(after, INTERNET_END, resourceEnd(byId(after, target.id) ?? target)).verdict.answer === 'yes') return [];
    return [{ items: option.items, breaks: broken(estate, after), touches: option.touches }];
  });
  return cuts.sort(
    (a, b) => a.breaks.length - b.breaks.length || a.touches - b.touches || a.items.length - b.items.length,
  );
}

interface Option {
  readonly items: readonly CutItem[];
  readonly changes: readonly Resource[];
  readonly touches: number;
}

const front = (estate: Estate, exposure: Exposure): Resource | undefined => {
  const last = exposure.through
    .map((id) => byId(estate, id))
    .filter((one) => one?.kind === 'loadBalancer')
    .at(-1);
  return last;
};

/** Every rule that admits a stranger. */
function byRules(estate: Estate, exposure: Exposure, interfaces: readonly NetworkInterface[]): Option | undefined {
  const network = networkOf(estate);
  const groups = [...new Set(interfaces.flatMap((one) => (one.securityGroups ?? []).map((ref) => ref.id as string)))];
  if (groups.length === 0) return undefined;
  const rules = rulesAdmitting(network, 'ingress', groups, { type: 'address' }, exposure.admitted);
  const gone = new Set(rules.map((one) => one.rule));
  const changes = groups.flatMap((id): readonly SecurityGroup[] => {
    const group = byId(estate, id);
    if (group?.kind !== 'securityGroup' || !group.ingress?.some((rule) => gone.has(rule))) return [];
    return [{ ...group, ingress: group.ingress.filter((rule) => !gone.has(rule)) }];
  });
  const members = new Set(changes.flatMap((group) => (network.members.get(group.id) ?? []).map((one) => one.id)));
  for (const one of interfaces) members.delete(one.id);
  return {
    items: rules.map(({ group, rule }) => ({
      type: 'rule',
      resource: group,
      by: rule.id,
      detail: `Remove ${rule.id} from ${group}.`,
    })),
    changes,
    touches: members.size,
  };
}

/** The public address: of a database its flag. */
function byAddress(target: Resource, interfaces: readonly NetworkInterface[]): Option | undefined {
  const open = interfaces.filter((one) => one.hasPublicAddress === true);
  if (open.length === 0 || target.kind === 'loadBalancer') return undefined;
  const detail =
    target.kind === 'database'
      ? `Set publiclyAccessible of ${target.name} to false.`
      : `Take the public address from ${target.name}.`;
  const changes: Resource[] = open.map((one) => ({
    ...one,
    hasPublicAddress: false,
    addresses: one.addresses?.map((address) => ({ ...address, public: null })),
  }));
  return { items: [{ type: 'publicAddress', resource: target.id, by: '', detail }], changes, touches: 0 };
}

/** The routes to the internet gateway of the subnets concerned. */
function byRoutes(estate: Estate, interfaces: readonly NetworkInterface[]): Option | undefined {
  const network = networkOf(estate);
  const items = new Map<string, CutItem>();
  const tables = new Map<string, Resource>();
  for (const one of interfaces) {
    const subnet = find(estate, one.subnet);
    const table = subnet && tableOf(network, subnet);
    if (subnet === undefined || table === undefined || 'missing' in table) continue;
    const routes = lanesFor(network, subnet, network.strangers).flatMap((lane) =>
      lane.target?.type === 'internetGateway' && lane.route ? [lane.route] : [],
    );
    for (const route of routes) {
      const to = route.destination?.type === 'cidr' ? route.destination.cidr : '';
      items.set(`${table.value.id} ${to}`, {
        type: 'route',
        resource: table.value.id,
        by: to,
        detail: `Remove route ${to} from ${table.value.id}.`,
      });
    }
    tables.set(table.value.id, {
      ...table.value,
      routes: table.value.routes?.filter((route) => !routes.includes(route)),
    });
  }
  if (items.size === 0) return undefined;
  const own = new Set<string>(interfaces.map((one) => one.id));
  const subnets = new Set(
    all(estate, 'subnet')
      .filter((subnet) => {
        const table = tableOf(network, subnet);
        return 'value' in table && tables.has(table.value.id);
      })
      .map((subnet) => subnet.id as string),
  );
  const neighbours = all(estate, 'networkInterface').filter(
    (one) => !own.has(one.id) && one.subnet !== undefined && subnets.has(one.subnet.id),
  );
  return { items: [...items.values()], changes: [...tables.values()], touches: neighbours.length };
}

function changed(estate: Estate, changes: readonly Resource[]): Estate {
  const byId_ = new Map(changes.map((one) => [one.id as string, one]));
  return makeEstate({ ...estate, resources: estate.resources.map((one) => byId_.get(one.id) ?? one) });
}

/** Required flows that worked and no longer do. A flow that is only known to be open is not required. */
function broken(before: Estate, after: Estate): readonly string[] {
  return before.flows
    .filter((flow) => flow.evidence.some((one) => one.type !== 'open'))
    .filter((flow) => works(before, flow) && !works(after, flow))
    .map((flow) => flow.id);
}

function works(estate: Estate, flow: Flow): boolean {
  const [from, to] = [endOf(estate, flow.from), endOf(estate, flow.to)];
  if (from === undefined || to === undefined) return true;
  return reach(estate, from, to, trafficOf(flow)).verdict.answer === 'yes';
}

export const trafficOf = ({ protocol, ports }: Flow): TrafficSet => {
  const number = { tcp: TCP, udp: UDP, icmp: 1, any: -1 }[protocol];
  if (protocol === 'any') return ALL_TRAFFIC;
  return ports === null || protocol === 'icmp' ? protocolTraffic(number) : portTraffic(number, ports.from, ports.to);
};

export function endOf(estate: Estate, end: FlowEnd): Endpoint | undefined {
  switch (end.type) {
    case 'resource': {
      const resource = byId(estate, end.id);
      return resource && resourceEnd(resource);
    }
    case 'internet':
    case 'people': {
      const set = end.cidrs && addressSetOf(end.cidrs);
      return set ? { type: 'addresses', text: end.cidrs?.join(', ') ?? '', set } : INTERNET_END;
    }
    case 'host':
      return INTERNET_END;
    case 'service':
      return { type: 'service', service: end.service };
  }
}
