/** Where resources sit: the subnets of a resource, by its interfaces, its tasks, or what it says itself. */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { EcsTask, Instance } from '../../estate/kinds/compute.ts';
import type { NetworkInterface, Subnet } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Ref } from '../../estate/source.ts';

export interface Seat {
  readonly vpc: string;
  readonly subnet: string | undefined;
  readonly zone: string | undefined;
}

interface Index {
  readonly interfaces: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly tasks: ReadonlyMap<string, readonly EcsTask[]>;
  /** Services that have a task on an instance. */
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>;
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const indexOf = memoised((estate): Index => {
  const interfaces = new Map<string, NetworkInterface[]>();
  for (const one of all(estate, 'networkInterface')) if (one.owner) push(interfaces, one.owner.id as string, one);
  const tasks = new Map<string, EcsTask[]>();
  const carried = new Map<string, Set<string>>();
  for (const task of all(estate, 'ecsTask')) {
    const owner = task.service?.id ?? task.id;
    push(tasks, owner as string, task);
    const host = hostOf(estate, task);
    if (host === undefined || (task.attachments?.length ?? task.networkInterfaces.length) > 0) continue;
    const known = carried.get(host.id);
    if (known) known.add(owner);
    else carried.set(host.id, new Set([owner]));
  }
  return { interfaces, tasks, carried };
});

function hostOf(estate: Estate, task: EcsTask): Instance | undefined {
  return find(estate, find(estate, task.containerInstance)?.instance);
}

/** Services (or tasks of none) that run on an instance with its address. */
export const carriedBy = (estate: Estate, instance: Instance): readonly string[] =>
  [...(indexOf(estate).carried.get(instance.id) ?? [])].sort();

export const tasksOf = (estate: Estate, id: string): readonly EcsTask[] => indexOf(estate).tasks.get(id) ?? [];

const seatIn = (subnet: Subnet): Seat => ({ vpc: subnet.vpc.id, subnet: subnet.id, zone: subnet.zone?.id });

const inSubnets = (estate: Estate, refs: readonly (Ref<'subnet'> | undefined)[] | undefined): readonly Seat[] =>
  (refs ?? []).flatMap((ref) => {
    const subnet = find(estate, ref);
    return subnet ? [seatIn(subnet)] : [];
  });

/** Of those that AWS may have chosen from, the subnet of a zone. */
const inZone = (seats: readonly Seat[], zone: string | undefined): Seat | undefined =>
  seats.find((seat) => seat.zone === zone) ?? (seats.length === 1 ? seats[0] : undefined);

const unknownIn = (vpc: string | undefined, zone?: string): readonly Seat[] =>
  vpc === undefined ? [] : [{ vpc, subnet: undefined, zone }];

/** By its interfaces; each subnet once. */
function byInterfaces(estate: Estate, id: string): readonly Seat[] {
  const seats = new Map<string, Seat>();
  for (const one of indexOf(estate).interfaces.get(id) ?? []) {
    const [seat] = inSubnets(estate, [one.subnet]);
    if (seat) seats.set(seat.subnet ?? '', seat);
  }
  return [...seats.values()].sort((a, b) => ((a.subnet ?? '') < (b.subnet ?? '') ? -1 : 1));
}

export function taskSeat(estate: Estate, task: EcsTask): Seat | undefined {
  const own = inSubnets(
    estate,
    task.attachments?.map((one) => one.subnet),
  )[0];
  const byFace = inSubnets(
    estate,
    task.networkInterfaces.map((ref) => find(estate, ref)?.subnet),
  )[0];
  return own ?? byFace ?? byInterfaces(estate, task.id)[0] ?? inSubnets(estate, [hostOf(estate, task)?.subnet])[0];
}

/** Every seat of a resource; empty when it stands in no VPC that the input tells of. */
export function seatsOf(estate: Estate, resource: Resource): readonly Seat[] {
  const found = byInterfaces(estate, resource.id);
  switch (resource.kind) {
    case 'instance': {
      const [seat] = inSubnets(estate, [resource.subnet]);
      return seat ? [seat] : found.length > 0 ? found : unknownIn(resource.vpc?.id, resource.zone?.id);
    }
    case 'natGateway': {
      const [seat] = inSubnets(estate, [resource.subnet]);
      return seat ? [seat] : unknownIn(resource.vpc?.id);
    }
    case 'database': {
      const group = find(estate, resource.subnetGroup);
      const seat = inZone(inSubnets(estate, group?.subnets), resource.zone?.id);
      const first = found.find((one) => one.zone === resource.zone?.id) ?? seat ?? found[0];
      const vpc = resource.vpc?.id ?? group?.vpc?.id;
      return first ? [first] : unknownIn(vpc, resource.zone?.id);
    }
    case 'cache': {
      const group = find(estate, resource.subnetGroup);
      const seats = inSubnets(estate, group?.subnets);
      const byZone = (resource.nodes ?? []).flatMap((node) => {
        const seat = node.zone && (found.find((one) => one.zone === node.zone?.id) ?? inZone(seats, node.zone.id));
        return seat ? [seat] : [];
      });
      const unique = [...new Map(byZone.map((seat) => [seat.subnet, seat])).values()];
      if (unique.length > 0) return unique;
      return found.length > 0 ? found : unknownIn(group?.vpc?.id);
    }
    case 'function':
      return inSubnets(estate, resource.network?.subnets);
    case 'ecsService': {
      const seats = new Map<string, Seat>();
      for (const task of tasksOf(estate, resource.id)) {
        const seat = taskSeat(estate, task);
        if (seat) seats.set(seat.subnet ?? '', seat);
      }
      return seats.size > 0 ? [...seats.values()] : inSubnets(estate, resource.network?.subnets);
    }
    default:
      return found;
  }
}

/** The subnets that hold an interface of anything. */
export const inhabitedSubnets: (estate: Estate) => ReadonlyMap<string, readonly Resource[]> = memoised((estate) => {
  const map = new Map<string, Resource[]>();
  for (const one of all(estate, 'networkInterface')) {
    const owner = one.owner && byId(estate, one.owner.id);
    if (one.subnet && owner) push(map, one.subnet.id as string, owner);
  }
  return map;
});
