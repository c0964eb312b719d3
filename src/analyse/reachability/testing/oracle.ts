/**
 * The naive oracle: pushes one packet, then its answer, through the tables of a fully known estate. Written apart from
 * the evaluator: it knows no sets, no stages and no sharing, only one address, one port and one step after another.
 */
import { all, byId, type Estate } from '../../../estate/estate.ts';
import type { AclEntry, NetworkInterface, Route, Subnet } from '../../../estate/kinds/network.ts';

export interface Packet {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  /** Destination port. */
  readonly port: number;
}

const known = new Map<string, string>();
const bits = (address: string): string => {
  const text = known.get(address) ?? spelt(address);
  known.set(address, text);
  return text;
};
const spelt = (address: string): string => {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0')).join('');
};
const within = (address: string, cidr: string): boolean => {
  const [base = '', length = '0'] = cidr.split('/');
  const [a, b] = [bits(address), bits(base)];
  return a.length === b.length && a.startsWith(b.slice(0, Number(length)));
};
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const isPrivate = (address: string): boolean => privateBlocks.some((block) => within(address, block));

const CLIENT_PORTS = [1024, 3000, 5000, 40000, 65535];
/** Ports that the answer to a packet may go to; a protocol without ports has one. */
const answerPorts = (protocol: number): readonly number[] => (protocol === 6 || protocol === 17 ? CLIENT_PORTS : [0]);

export class Oracle {
  private readonly estate: Estate;
  private readonly sorted = new Map<string, AclEntry[]>();
  constructor(estate: Estate) {
    this.estate = estate;
  }

  private subnetOf(one: NetworkInterface): Subnet {
    const subnet = byId(this.estate, one.subnet?.id ?? '');
    if (subnet?.kind !== 'subnet') throw new Error('no subnet');
    return subnet;
  }

  private entries(subnet: Subnet, egress: boolean): readonly AclEntry[] {
    const key = `${subnet.id} ${egress}`;
    let entries = this.sorted.get(key);
    if (entries === undefined) {
      const acl = all(this.estate, 'networkAcl').find((one) => one.subnets?.some((ref) => ref.id === subnet.id));
      entries = (acl?.entries ?? [])
        .filter((one) => one.egress === egress)
        .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
      this.sorted.set(key, entries);
    }
    return entries;
  }

  private aclAllows(subnet: Subnet, egress: boolean, far: string, protocol: number, port: number): boolean {
    for (const one of this.entries(subnet, egress)) {
      if (one.protocol !== -1 && one.protocol !== protocol) continue;
      if (!within(far, one.cidr ?? '')) continue;
      if (one.ports && (protocol === 6 || protocol === 17) && (port < one.ports.from || port > one.ports.to)) continue;
      return one.allow === true;
    }
    return false;
  }

  private groupAllows(
    one: NetworkInterface,
    direction: 'ingress' | 'egress',
    far: string,
    peer: NetworkInterface | undefined,
    packet: Packet,
  ): boolean {
    for (const ref of one.securityGroups ?? []) {
      const group = byId(this.estate, ref.id);
      if (group?.kind !== 'securityGroup') continue;
      for (const rule of group[direction] ?? []) {
        if (rule.protocol !== -1 && rule.protocol !== packet.protocol) continue;
        if (rule.ports && (packet.port < rule.ports.from || packet.port > rule.ports.to)) continue;
        const { peer: named } = rule;
        if (named?.type === 'cidr' && within(far, named.cidr)) return true;
        if (named?.type === 'securityGroup' && peer?.securityGroups?.some((other) => other.id === named.ref.id))
          return true;
      }
    }
    return false;
  }

  private routeFor(subnet: Subnet, to: string): Route | undefined {
    const tables = all(this.estate, 'routeTable');
    const table =
      tables.find((one) => one.subnets?.some((ref) => ref.id === subnet.id)) ??
      tables.find((one) => one.main === true && one.vpc.id === subnet.vpc.id);
    let best: Route | undefined;
    let longest = -1;
    for (const route of table?.routes ?? []) {
      if (route.destination?.type !== 'cidr' || !within(to, route.destination.cidr)) continue;
      const length = Number(route.destination.cidr.split('/')[1]);
      if (length > longest) [best, longest] = [route, length];
    }
    return best?.state === 'blackhole' ? undefined : best;
  }

  private attached(route: Route | undefined, vpc: string): boolean {
    if (route?.target?.type !== 'internetGateway') return false;
    const gateway = byId(this.estate, route.target.ref.id);
    return gateway?.kind === 'internetGateway' && gateway.vpcs?.some((ref) => ref.id === vpc) === true;
  }

  /** From a stranger to an interface at one of its public (or IPv6) addresses. */
  internetTo(one: NetworkInterface, packet: Packet): boolean {
    const subnet = this.subnetOf(one);
    if (!all(this.estate, 'internetGateway').some((gateway) => gateway.vpcs?.some((ref) => ref.id === subnet.vpc.id)))
      return false;
    const v6 = packet.from.includes(':');
    if (isPrivate(packet.from)) return false;
    if (v6 ? one.ipv6?.length === 0 : one.hasPublicAddress !== true) return false;
    if (!this.aclAllows(subnet, false, packet.from, packet.protocol, packet.port)) return false;
    if (!this.groupAllows(one, 'ingress', packet.from, undefined, packet)) return false;
    if (!this.attached(this.routeFor(subnet, packet.from), subnet.vpc.id)) return false;
    return answerPorts(packet.protocol).some((port) =>
      this.aclAllows(subnet, true, packet.from, packet.protocol, port),
    );
  }

  /** From an interface to a stranger; the answer is the address that the stranger sees, or nothing. */
  toInternet(one: NetworkInterface, packet: Packet): string | undefined {
    const subnet = this.subnetOf(one);
    const { to, protocol, port } = packet;
    if (!this.groupAllows(one, 'egress', to, undefined, packet)) return undefined;
    if (!this.aclAllows(subnet, true, to, protocol, port)) return undefined;
    const route = this.routeFor(subnet, to);
    const back = (clientPort: number): boolean => this.aclAllows(subnet, false, to, protocol, clientPort);
    if (this.attached(route, subnet.vpc.id)) {
      const own = to.includes(':') ? one.ipv6?.[0] : (one.addresses?.[0]?.public ?? undefined);
      return own !== undefined && answerPorts(protocol).some(back) ? own : undefined;
    }
    if (route?.target?.type === 'egressOnlyInternetGateway')
      return to.includes(':') && answerPorts(protocol).some(back) ? one.ipv6?.[0] : undefined;
    if (route?.target?.type !== 'natGateway') return undefined;
    const nat = byId(this.estate, route.target.ref.id);
    if (nat?.kind !== 'natGateway' || nat.state !== 'available' || ![1, 6, 17].includes(protocol) || to.includes(':'))
      return undefined;
    const place = byId(this.estate, nat.subnet?.id ?? '');
    if (place?.kind !== 'subnet') return undefined;
    const own = one.addresses?.[0]?.private ?? '';
    const apart = place.id !== subnet.id;
    if (apart && !this.aclAllows(place, false, own, protocol, port)) return undefined;
    if (!this.aclAllows(place, true, to, protocol, port)) return undefined;
    if (!this.attached(this.routeFor(place, to), place.vpc.id)) return undefined;
    if (!answerPorts(protocol).some((p) => this.aclAllows(place, false, to, protocol, p))) return undefined;
    const inner = (p: number): boolean => this.aclAllows(place, true, own, protocol, p) && back(p);
    if (apart && !answerPorts(protocol).some(inner)) return undefined;
    return nat.publicAddresses?.[0];
  }

  /** Between two interfaces: by any address of the second, inside or over the internet. */
  connects(from: NetworkInterface, to: NetworkInterface, protocol: number, port: number): boolean {
    const inside: readonly (readonly [string | undefined, string | undefined])[] = [
      [from.addresses?.[0]?.private, to.addresses?.[0]?.private],
      [from.ipv6?.[0], to.ipv6?.[0]],
    ];
    for (const [source, target] of inside)
      if (
        source !== undefined &&
        target !== undefined &&
        this.inside(from, to, { from: source, to: target, protocol, port })
      )
        return true;
    const there = to.addresses?.[0]?.public ?? undefined;
    const otherVpc = from.vpc?.id !== to.vpc?.id;
    for (const target of [there, otherVpc ? to.ipv6?.[0] : undefined]) {
      if (target === undefined) continue;
      const seen = this.toInternet(from, { from: '', to: target, protocol, port });
      if (seen !== undefined && this.internetTo(to, { from: seen, to: target, protocol, port })) return true;
    }
    return false;
  }

  private inside(from: NetworkInterface, to: NetworkInterface, packet: Packet): boolean {
    const [here, there] = [this.subnetOf(from), this.subnetOf(to)];
    const { protocol, port } = packet;
    if (!this.groupAllows(from, 'egress', packet.to, to, packet)) return false;
    if (!this.groupAllows(to, 'ingress', packet.from, from, packet)) return false;
    if (here.id === there.id) return true;
    const leads = (route: Route | undefined): boolean => {
      if (here.vpc.id === there.vpc.id) return route?.target?.type === 'local';
      if (route?.target?.type !== 'peering') return false;
      const joined = byId(this.estate, route.target.ref.id);
      return (
        joined?.kind === 'peering' &&
        joined.state === 'active' &&
        [joined.requester?.vpc.id, joined.accepter?.vpc.id].sort().join() === [here.vpc.id, there.vpc.id].sort().join()
      );
    };
    if (!leads(this.routeFor(here, packet.to)) || !leads(this.routeFor(there, packet.from))) return false;
    if (!this.aclAllows(here, true, packet.to, protocol, port)) return false;
    if (!this.aclAllows(there, false, packet.from, protocol, port)) return false;
    return answerPorts(protocol).some(
      (p) =>
        this.aclAllows(there, true, packet.from, protocol, p) && this.aclAllows(here, false, packet.to, protocol, p),
    );
  }
}
