/** The resources of an estate that a picture shows, as nodes: one for each role and subnet. */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { LoadBalancer } from '../../estate/kinds/balance.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Icon } from './icons/icons.ts';
import { engineName, serviceName, shortName } from './names.ts';
import type { Category, Column, DrawnNode, Glyph } from './picture.ts';
import { carriedBy, type Seat, seatsOf, taskSeat, tasksOf } from './seats.ts';

/** A node whose box is known; its band and order come later. */
export type Draft = Omit<DrawnNode, 'vpc' | 'exposed' | 'container'> & {
  readonly seat: Seat | null;
  readonly region: string | null;
};

export interface Drafts {
  readonly nodes: readonly Draft[];
  /** The nodes that stand for a resource. */
  readonly byResource: ReadonlyMap<string, readonly string[]>;
}

const DEAD = new Set(['terminated', 'shutting-down', 'deleted', 'deleting', 'failed']);
const CATEGORY: Readonly<Record<Glyph, Category>> = {
  people: 'outside',
  internet: 'outside',
  host: 'outside',
  cdn: 'network',
  gateway: 'network',
  nat: 'network',
  balancer: 'network',
  endpoint: 'network',
  instance: 'compute',
  containers: 'compute',
  function: 'compute',
  database: 'data',
  cache: 'data',
  table: 'data',
  bucket: 'storage',
  queue: 'messages',
  topic: 'messages',
  secret: 'security',
  services: 'services',
};
const ICON: Readonly<Record<Glyph, Icon | null>> = {
  people: 'users',
  internet: 'internet',
  host: 'server',
  cdn: 'cloudfront',
  gateway: 'internet-gateway',
  nat: 'nat-gateway',
  balancer: 'application-load-balancer',
  endpoint: 'endpoint',
  instance: 'ec2',
  containers: 'ecs',
  function: 'lambda',
  database: 'rds',
  cache: 'elasticache',
  table: 'dynamodb',
  bucket: 's3',
  queue: 'sqs',
  topic: 'sns',
  secret: 'secrets-manager',
  services: null,
};
/** The order of a stack, from the top. */
const ORDER: Readonly<Partial<Record<Glyph, number>>> = {
  balancer: 1,
  instance: 4,
  containers: 2,
  function: 3,
  database: 1,
  cache: 5,
  topic: 1,
  queue: 2,
  bucket: 5,
  table: 6,
  secret: 7,
  services: 9,
};

export const iconOf = (glyph: Glyph): Icon | null => ICON[glyph];
export const categoryOf = (glyph: Glyph): Category => CATEGORY[glyph];
export const orderOf = (glyph: Glyph): number => ORDER[glyph] ?? 5;

const times = (count: number): string => (count > 1 ? `×${count}` : '');
const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

export function draftNodes(estate: Estate, linked: ReadonlySet<string>): Drafts {
  const nodes: Draft[] = [];
  const byResource = new Map<string, string[]>();
  const stand = (resource: string, node: string): void => {
    const list = byResource.get(resource);
    if (!list) byResource.set(resource, [node]);
    else if (!list.includes(node)) list.push(node);
  };
  const add = (key: string, resources: readonly Resource[], shape: Shape, seat: Seat | null): void => {
    const [first] = resources;
    if (!first) return;
    const vpc = seat ? byId(estate, seat.vpc) : undefined;
    const id = seat ? `${key} @ ${seat.subnet ?? seat.vpc}` : key;
    nodes.push({
      id,
      label: shortName(shape.label, vpc?.name),
      detail: shape.detail,
      title: titleOf(resources),
      glyph: shape.glyph,
      icon: shape.icon ?? ICON[shape.glyph],
      category: CATEGORY[shape.glyph],
      column: shape.column,
      order: shape.order ?? orderOf(shape.glyph),
      resources: resources.map((one) => one.id),
      seat,
      region: first.region,
    });
    for (const one of resources) stand(one.id, id);
  };

  const separate = drawInstances(estate, add);
  for (const service of all(estate, 'ecsService')) {
    if (byResource.has(service.id) && !separate.has(service.id)) continue;
    const tasks = tasksOf(estate, service.id);
    const seats = seatsOf(estate, service);
    for (const seat of seats) {
      const count = tasks.filter((task) => taskSeat(estate, task)?.subnet === seat.subnet).length;
      const on = service.launchType === 'FARGATE' || service.capacityProviders?.some((name) => /FARGATE/.test(name));
      add(
        service.id,
        [service],
        {
          glyph: 'containers',
          icon: on ? 'fargate' : 'ecs',
          column: 'app',
          label: service.name,
          detail: words(on ? 'Fargate' : 'ECS', times(count)),
        },
        seat,
      );
    }
  }
  for (const task of all(estate, 'ecsTask'))
    if (task.service === undefined && linked.has(task.id) && !byResource.has(task.id))
      for (const seat of [taskSeat(estate, task)])
        if (seat)
          add(
            task.id,
            [task],
            {
              glyph: 'containers',
              column: 'app',
              label: find(estate, task.taskDefinition)?.family ?? task.name,
              detail: 'task',
            },
            seat,
          );
  for (const one of all(estate, 'function')) {
    const shape = { glyph: 'function', label: one.name, detail: 'Lambda' } as const;
    const seats = seatsOf(estate, one);
    if (seats.length === 0) add(one.id, [one], { ...shape, column: 'stores', order: 1 }, null);
    for (const seat of seats) add(one.id, [one], { ...shape, column: 'app' }, seat);
  }
  for (const one of all(estate, 'database')) {
    if (DEAD.has(one.status ?? '')) continue;
    const cluster = find(estate, one.cluster);
    const writer = cluster?.members?.find((member) => member.ref.id === one.id)?.writer;
    const role = one.replicaOf ? 'replica' : writer === false ? 'reader' : '';
    for (const seat of seatsOf(estate, one))
      add(
        one.id,
        writer === true && cluster ? [one, cluster] : [one],
        {
          glyph: 'database',
          icon: databaseIcon(one.engine),
          column: 'data',
          label: one.name,
          detail: words(engineName(one.engine, one.engineVersion), role),
          order: role === '' ? 1 : 2,
        },
        seat,
      );
    const [seat] = seatsOf(estate, one);
    if (one.multiAz === true && seat && one.secondaryZone)
      add(
        `${one.id} standby`,
        [one],
        {
          glyph: 'database',
          icon: databaseIcon(one.engine),
          column: 'data',
          label: `${one.name} standby`,
          detail: 'Multi-AZ standby',
          order: 3,
        },
        standbySeat(estate, one, seat),
      );
  }
  for (const one of all(estate, 'cache'))
    for (const seat of seatsOf(estate, one))
      add(
        one.id,
        [one],
        {
          glyph: 'cache',
          column: 'data',
          label: one.name,
          detail: words(engineName(one.engine, one.engineVersion)),
        },
        seat,
      );
  for (const one of all(estate, 'natGateway')) {
    if (DEAD.has(one.state ?? '')) continue;
    for (const seat of seatsOf(estate, one))
      add(
        one.id,
        [one],
        {
          glyph: 'nat',
          column: 'public',
          label: one.name === one.id ? 'NAT gateway' : one.name,
          detail: one.name === one.id ? one.id : 'NAT gateway',
          order: 1,
        },
        seat,
      );
  }
  for (const one of all(estate, 'loadBalancer')) {
    if (one.vpc === undefined) continue;
    const word = one.scheme === 'internal' ? 'internal' : '';
    const type = { application: 'ALB', network: 'NLB', gateway: 'GWLB', classic: 'Classic LB' }[one.type ?? 'classic'];
    const zones = one.zones?.map((zone) => zone.id.replace(/^.*\d/, '')) ?? [];
    const where = zones.length > 0 ? `zones ${zones.sort().join(', ')}` : '';
    add(
      one.id,
      [one],
      {
        glyph: 'balancer',
        icon: BALANCER_ICON[one.type ?? 'classic'],
        column: 'balancer',
        label: one.name,
        detail: words(type, word, where),
      },
      { vpc: one.vpc.id, subnet: undefined, zone: undefined },
    );
  }
  for (const one of all(estate, 'internetGateway'))
    for (const vpc of one.vpcs ?? [])
      add(
        one.id,
        [one],
        { glyph: 'gateway', column: 'gateway', label: 'Internet gateway', detail: '' },
        { vpc: vpc.id, subnet: undefined, zone: undefined },
      );
  for (const one of all(estate, 'vpcEndpoint')) {
    if (one.vpc === undefined || DEAD.has(one.state ?? '')) continue;
    const service = serviceName(one.service?.split('.').slice(3).join('.') ?? 'endpoint');
    add(
      one.id,
      [one],
      { glyph: 'endpoint', column: 'endpoint', label: service, detail: `${one.type?.toLowerCase() ?? ''} endpoint` },
      { vpc: one.vpc.id, subnet: undefined, zone: undefined },
    );
  }
  for (const one of all(estate, 'distribution'))
    add(
      one.id,
      [one],
      { glyph: 'cdn', column: 'edge', label: one.aliases?.[0] ?? one.domain ?? one.name, detail: 'CloudFront' },
      null,
    );
  drawRegional(estate, linked, add);
  return { nodes, byResource };
}

interface Shape {
  readonly glyph: Glyph;
  /** The glyph's when left out. */
  readonly icon?: Icon;
  readonly column: Column;
  readonly label: string;
  readonly detail: string;
  readonly order?: number;
}

const BALANCER_ICON: Readonly<Record<NonNullable<LoadBalancer['type']>, Icon>> = {
  application: 'application-load-balancer',
  network: 'network-load-balancer',
  gateway: 'gateway-load-balancer',
  classic: 'classic-load-balancer',
};
const databaseIcon = (engine: string | undefined): Icon => (engine?.startsWith('aurora') ? 'aurora' : 'rds');

type Add = (key: string, resources: readonly Resource[], shape: Shape, seat: Seat | null) => void;

const BASTION = /bastion|jump/i;

/**
 * Instances by group and subnet. One that runs at most two services is drawn as them: that is what people call it.
 * Leaves: services that also need tiles of their own.
 */
function drawInstances(estate: Estate, add: Add): ReadonlySet<string> {
  const groups = new Map<string, { members: Instance[]; carried: readonly string[]; seat: Seat | null }>();
  const separate = new Set<string>();
  for (const one of all(estate, 'instance')) {
    if (DEAD.has(one.state ?? '')) continue;
    const [seat] = seatsOf(estate, one);
    if (!seat) continue;
    const carried = carriedBy(estate, one);
    if (carried.length > 2) for (const service of carried) separate.add(service);
    const key = JSON.stringify([one.autoScalingGroup?.id ?? one.id, seat.subnet ?? seat.vpc, carried]);
    const known = groups.get(key);
    if (known) known.members.push(one);
    else groups.set(key, { members: [one], carried, seat });
  }
  for (const { members, carried, seat } of groups.values()) {
    const [first] = members;
    if (!first) continue;
    const type = [...new Set(members.map((one) => one.instanceType))].join(', ');
    const group = find(estate, first.autoScalingGroup);
    const services = carried.length > 2 ? [] : carried.flatMap((id) => byId(estate, id) ?? []);
    const key = `${group?.id ?? first.id} ${services.map((one) => one.id).join(' ')}`.trim();
    if (services.length > 0)
      add(
        key,
        [...services, ...members],
        {
          glyph: 'containers',
          column: 'app',
          label: services.map((one) => taskName(estate, one)).join(', '),
          detail: words(`on ${type || 'EC2'}`, times(members.length)),
        },
        seat,
      );
    else {
      const bastion = BASTION.test(first.name);
      add(
        key,
        members,
        {
          glyph: 'instance',
          column: bastion ? 'public' : carried.length > 2 ? 'host' : 'app',
          label: group?.name ?? first.name,
          detail: words(type || 'EC2', times(members.length)),
        },
        seat,
      );
    }
  }
  return separate;
}

const taskName = (estate: Estate, one: Resource): string =>
  one.kind === 'ecsTask' ? (find(estate, one.taskDefinition)?.family ?? 'task') : one.name;

function standbySeat(estate: Estate, one: Resource, seat: Seat): Seat {
  if (one.kind !== 'database' || !one.secondaryZone) return seat;
  const zone = one.secondaryZone.id;
  const subnet = (find(estate, one.subnetGroup)?.subnets ?? [])
    .map((ref) => find(estate, ref))
    .find((each) => each?.zone?.id === zone);
  return { vpc: seat.vpc, subnet: subnet?.id, zone };
}

const REGIONAL = [
  { kind: 'topic', glyph: 'topic', column: 'messages', word: 'SNS topic' },
  { kind: 'queue', glyph: 'queue', column: 'messages', word: 'SQS queue' },
  { kind: 'bucket', glyph: 'bucket', column: 'stores', word: 'S3 bucket' },
  { kind: 'table', glyph: 'table', column: 'stores', word: 'DynamoDB' },
  { kind: 'secret', glyph: 'secret', column: 'stores', word: 'secret' },
] as const;

/** What a flow names gets a tile; the others of its kind share one. Secrets that no flow names are not drawn. */
function drawRegional(estate: Estate, linked: ReadonlySet<string>, add: Add): void {
  for (const { kind, glyph, column, word } of REGIONAL) {
    const idle = new Map<string, Resource[]>();
    for (const one of all(estate, kind)) {
      if (linked.has(one.id)) {
        add(one.id, [one], { glyph, column, label: one.name, detail: word }, null);
        continue;
      }
      if (kind === 'secret') continue;
      const key = `${one.account} ${one.region}`;
      const list = idle.get(key);
      if (list) list.push(one);
      else idle.set(key, [one]);
    }
    for (const [key, list] of idle) {
      const label = list.length === 1 ? (list[0]?.name ?? '') : `${list.length} × ${word}`;
      const detail = list.length === 1 ? word : 'no flow known';
      add(`idle ${kind} ${key}`, list, { glyph, column, label, detail, order: 8 }, null);
    }
  }
}

const SHOWN = 12;
function titleOf(resources: readonly Resource[]): string {
  const lines = resources.slice(0, SHOWN).map((one) => (one.name === one.id ? one.id : `${one.name} (${one.id})`));
  const more = resources.length - SHOWN;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
