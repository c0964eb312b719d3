/** Flows and exposures as links between nodes, hop by hop: through the internet gateway, the NAT gateway, the endpoint. */
import { trafficOf, type WayIn, waysIn } from '../../analyse/exposure/index.ts';
import { broadTraffic } from '../../analyse/internet/admitted.ts';
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Flow, FlowEnd } from '../../estate/flow.ts';
import type { RouteTable, VpcEndpoint } from '../../estate/kinds/network.ts';
import { formatTraffic, isNoTraffic, subtractTraffic, unionAllTraffic } from '../../estate/sets/index.ts';
import { portsLabel, serviceName } from './names.ts';
import type { Draft, Drafts } from './nodes.ts';
import { isPublicBucket } from './open.ts';
import type { Link, LinkClass } from './picture.ts';

/** A node that is no resource: the internet, people, hosts, AWS's services by their public names. */
export interface Extra {
  readonly id: string;
  readonly type: 'internet' | 'people' | 'host' | 'services';
  readonly label: string;
  readonly vpc: string | null;
  readonly region: string | null;
  readonly services: Set<string>;
}

export interface LinkSet {
  readonly links: readonly Link[];
  readonly extras: readonly Extra[];
  readonly exposed: ReadonlySet<string>;
}

interface Collected {
  readonly from: string;
  readonly to: string;
  readonly class: LinkClass;
  readonly ports: Set<string>;
  readonly carries: Set<string>;
  readonly says: Set<string>;
}

const portOf = (flow: Flow): string => formatTraffic(trafficOf(flow))[0] ?? 'any';
const labelOf = (flow: Flow): string => (flow.ports === null ? 'any' : portOf(flow));
const isReplication = (flow: Flow): boolean => flow.purpose === 'replication';
/** Open, and nobody says that it is used. */
const isOnlyOpen = (flow: Flow): boolean => flow.evidence.every((one) => one.type === 'open');

export function drawLinks(estate: Estate, drafts: Drafts): LinkSet {
  /** By class, source and target. */
  const collected: Readonly<Record<LinkClass, Map<string, Map<string, Collected>>>> = {
    flow: new Map(),
    exposure: new Map(),
    replication: new Map(),
  };
  const extras = new Map<string, Extra>();
  const exposed = new Set<string>();
  const nodeById = new Map(drafts.nodes.map((node) => [node.id, node]));
  const nodesOf = (id: string): readonly string[] => drafts.byResource.get(id) ?? [];
  const gatewayOf = new Map<string, string>();
  for (const node of drafts.nodes) if (node.glyph === 'gateway' && node.seat) gatewayOf.set(node.seat.vpc, node.id);
  const extra = (id: string, type: Extra['type'], label: string, vpc: string | null, region: string | null): string => {
    if (!extras.has(id)) extras.set(id, { id, type, label, vpc, region, services: new Set() });
    return id;
  };
  const internet = (): string => extra('internet', 'internet', 'Internet', null, null);
  const hop = (
    from: string,
    to: string,
    kind: LinkClass,
    port: readonly string[],
    carries: string,
    says: string,
  ): void => {
    if (from === to) return;
    const toward = collected[kind].get(from) ?? new Map<string, Collected>();
    collected[kind].set(from, toward);
    let one = toward.get(to);
    if (!one) {
      one = { from, to, class: kind, ports: new Set(), carries: new Set(), says: new Set() };
      toward.set(to, one);
    }
    for (const each of port) one.ports.add(each);
    one.carries.add(carries);
    one.says.add(says);
  };
  const chain = (
    stops: readonly string[],
    kind: LinkClass,
    ports: readonly string[],
    id: string,
    says: string,
  ): void => {
    for (let i = 1; i < stops.length; i++) hop(stops[i - 1] ?? '', stops[i] ?? '', kind, ports, id, says);
  };
  /** From outside of the VPC, the way in is its internet gateway. */
  const inward = (node: Draft | undefined): readonly string[] => {
    const gateway = node?.seat ? gatewayOf.get(node.seat.vpc) : undefined;
    return gateway === undefined ? [] : [gateway];
  };
  const outward = (node: Draft | undefined, service: string | undefined): readonly string[] => {
    if (!node?.seat) return [];
    const way = wayOut(estate, node.seat.subnet, node.seat.vpc, service);
    const [stop] = way === undefined ? [] : nodesOf(way);
    return stop === undefined ? [] : [stop];
  };

  const open = directExposures(estate);
  for (const { exposure, ports } of open) {
    const says = `${exposure.resource.name} is reached from the internet on ${ports.join(', ')}`;
    for (const id of nodesOf(exposure.resource.id)) {
      if (id.includes(' standby')) continue;
      const node = nodeById.get(id);
      const through = exposure.through.flatMap((one) => nodesOf(one).slice(0, 1));
      chain([internet(), ...inward(node), ...through, id], 'exposure', ports, `exposure ${exposure.resource.id}`, says);
      exposed.add(id);
    }
  }
  const openTo = new Set(open.map(({ exposure }) => exposure.resource.id as string));
  for (const flow of estate.flows) {
    const says = `${flow.purpose} (${portOf(flow)})`;
    const port = [labelOf(flow)];
    const ends = (end: FlowEnd): readonly string[] => (end.type === 'resource' ? nodesOf(end.id) : []);
    if (isReplication(flow)) {
      // The replica connects, but the data go the other way: that is what people expect an arrow to mean here.
      for (const from of ends(flow.to))
        for (const to of ends(flow.from)) hop(from, to, 'replication', [], flow.id, says);
      continue;
    }
    if (flow.from.type === 'internet' || flow.from.type === 'people') {
      const target = flow.to.type === 'resource' ? byId(estate, flow.to.id) : undefined;
      // The red line already says that everybody comes in here.
      if (isOnlyOpen(flow) && target && openTo.has(target.id)) continue;
      const isOpenBucket = target?.kind === 'bucket' && isPublicBucket(estate, target) === 'yes';
      for (const to of ends(flow.to)) {
        const from = flow.from.type === 'people' ? extra('people', 'people', 'Developers', null, null) : internet();
        chain([from, ...inward(nodeById.get(to)), to], isOpenBucket ? 'exposure' : 'flow', port, flow.id, says);
        if (isOpenBucket) exposed.add(to);
      }
      continue;
    }
    for (const from of ends(flow.from)) {
      const node = nodeById.get(from);
      if (from.includes(' standby')) continue;
      switch (flow.to.type) {
        case 'resource':
          for (const to of ends(flow.to)) {
            if (to.includes(' standby')) continue;
            const target = nodeById.get(to);
            const enters = node && !node.seat && target?.seat && node.glyph === 'cdn' ? inward(target) : [];
            const leaves = target && !target.seat ? outward(node, SERVICE_OF[target.glyph]) : [];
            chain([from, ...enters, ...leaves, to], 'flow', port, flow.id, says);
          }
          break;
        case 'host': {
          const to = extra(`host ${flow.to.host}`, 'host', flow.to.host, null, null);
          chain([from, ...outward(node, undefined), to], 'flow', port, flow.id, says);
          break;
        }
        case 'service': {
          const place = node?.seat?.vpc ?? node?.region ?? null;
          const to = extra(
            `services ${place}`,
            'services',
            'AWS services',
            node?.seat?.vpc ?? null,
            node?.region ?? null,
          );
          extras.get(to)?.services.add(serviceName(flow.to.service));
          chain([from, ...outward(node, flow.to.service), to], 'flow', port, flow.id, says);
          break;
        }
        case 'internet':
          chain([from, ...inward(node), internet()], 'flow', port, flow.id, says);
          break;
        case 'people':
          break;
      }
    }
  }
  for (const one of all(estate, 'database')) {
    const [primary] = nodesOf(one.id).filter((id) => !id.includes(' standby'));
    for (const standby of nodesOf(one.id).filter((id) => id.includes(' standby')))
      if (primary !== undefined)
        hop(primary, standby, 'replication', ['sync'], `standby ${one.id}`, 'synchronous copy');
  }
  const links = Object.values(collected)
    .flatMap((bySource) => [...bySource.values()].flatMap((toward) => [...toward.values()]))
    .map((one) => ({
      id: JSON.stringify([one.class, one.from, one.to]),
      from: one.from,
      to: one.to,
      class: one.class,
      label: one.ports.has('sync') ? 'sync' : portsLabel([...one.ports]),
      title: [...one.says].sort().join('\n'),
      carries: [...one.carries].sort(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { links, extras: [...extras.values()], exposed };
}

const SERVICE_OF: Readonly<Record<string, string>> = {
  bucket: 's3',
  queue: 'sqs',
  topic: 'sns',
  table: 'dynamodb',
  secret: 'secretsmanager',
};

/** What the internet reaches beyond the flows that are meant. */
function directExposures(estate: Estate): readonly { readonly exposure: WayIn; readonly ports: readonly string[] }[] {
  const meant = new Map<string, Flow[]>();
  const handed = new Set<string>();
  for (const flow of estate.flows) {
    if (flow.to.type !== 'resource') continue;
    if (flow.from.type === 'resource') handed.add(`${flow.from.id} ${flow.to.id}`);
    if (flow.from.type !== 'internet' || isOnlyOpen(flow)) continue;
    const list = meant.get(flow.to.id);
    if (list) list.push(flow);
    else meant.set(flow.to.id, [flow]);
  }
  return waysIn(estate).ways.flatMap((exposure) => {
    const { resource, via } = exposure;
    if (resource.kind === 'distribution') return [];
    // Handed on by a load balancer is how a site works; a data store behind one is another matter.
    if (via === 'through' && resource.kind !== 'database' && resource.kind !== 'cache') return [];
    const last = exposure.through.at(-1);
    if (via === 'through' && last !== undefined && handed.has(`${last} ${resource.id}`)) return [];
    const flows = unionAllTraffic((meant.get(resource.id) ?? []).map(trafficOf));
    // What a few named addresses reach is a door with a lock, as the rules judge it: the bastion of the team.
    const rest = subtractTraffic(broadTraffic(exposure.admitted), flows);
    return isNoTraffic(rest) ? [] : [{ exposure, ports: formatTraffic(rest) }];
  });
}

interface Tables {
  readonly bySubnet: ReadonlyMap<string, RouteTable>;
  readonly main: ReadonlyMap<string, RouteTable>;
  readonly endpoints: ReadonlyMap<string, readonly VpcEndpoint[]>;
}
const tablesOf = memoised((estate): Tables => {
  const bySubnet = new Map<string, RouteTable>();
  const main = new Map<string, RouteTable>();
  for (const table of all(estate, 'routeTable')) {
    if (table.main) main.set(table.vpc.id, table);
    for (const subnet of table.subnets ?? []) bySubnet.set(subnet.id, table);
  }
  const endpoints = new Map<string, VpcEndpoint[]>();
  for (const one of all(estate, 'vpcEndpoint')) {
    if (!one.vpc) continue;
    const list = endpoints.get(one.vpc.id);
    if (list) list.push(one);
    else endpoints.set(one.vpc.id, [one]);
  }
  return { bySubnet, main, endpoints };
});

/** The endpoint or NAT gateway that a subnet's traffic to a service or the internet passes; undefined when none or not known. */
function wayOut(
  estate: Estate,
  subnet: string | undefined,
  vpc: string,
  service: string | undefined,
): string | undefined {
  const tables = tablesOf(estate);
  const table = (subnet === undefined ? undefined : tables.bySubnet.get(subnet)) ?? tables.main.get(vpc);
  if (service !== undefined)
    for (const one of tables.endpoints.get(vpc) ?? []) {
      if (!one.service?.split('.').slice(3).includes(service)) continue;
      const used = one.type === 'Gateway' ? one.routeTables?.some((ref) => ref.id === table?.id) : one.privateDns;
      if (used === true) return one.id;
    }
  const route = table?.routes?.find(
    (one) =>
      one.destination?.type === 'cidr' && one.destination.cidr === '0.0.0.0/0' && one.target?.type === 'natGateway',
  );
  return route?.target?.type === 'natGateway' ? find(estate, route.target.ref)?.id : undefined;
}
