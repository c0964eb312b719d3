/** The boxes around the nodes: account > region > VPC > zone > subnet, in the order in which they are drawn. */
import { publicSubnet } from '../../analyse/reachability/index.ts';
import { all, byId, type Estate } from '../../estate/estate.ts';
import { shortName } from './names.ts';
import type { Draft } from './nodes.ts';
import type { Container, DrawnNode } from './picture.ts';
import { inhabitedSubnets, type Seat } from './seats.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const regionId = (account: string, region: string): string => `${account} ${region}`;
const zoneBox = (vpc: string, zone: string | undefined): string => `${vpc} ${zone ?? 'zone not known'}`;
/** The box of a seat; one of its own where the subnet is not known. */
export const subnetBox = (seat: Seat): string => seat.subnet ?? `${zoneBox(seat.vpc, seat.zone)} subnet not known`;

/** Boxes of subnets that hold nothing but nodes of load balancers are drawn too: they are where these live. */
export function containersOf(
  estate: Estate,
  nodes: readonly DrawnNode[],
  drafts: readonly Draft[],
): readonly Container[] {
  const used = new Set(nodes.map((node) => node.container));
  const seats = new Map<string, Seat>();
  for (const { seat } of drafts) if (seat && used.has(subnetBox(seat))) seats.set(subnetBox(seat), seat);
  const vpcs = new Map<string, number>();
  for (const node of nodes) if (node.vpc !== null) vpcs.set(node.vpc, (vpcs.get(node.vpc) ?? 0) + 1);
  for (const [id, owners] of inhabitedSubnets(estate)) {
    const subnet = byId(estate, id);
    if (subnet?.kind !== 'subnet' || !vpcs.has(subnet.vpc.id) || seats.has(id)) continue;
    if (owners.some((one) => one.kind === 'loadBalancer'))
      seats.set(id, { vpc: subnet.vpc.id, subnet: id, zone: subnet.zone?.id });
  }

  const hints = new Map<string, string>();
  for (const [id, seat] of seats)
    if (!used.has(id))
      hints.set(
        id,
        [
          ...new Set(
            (inhabitedSubnets(estate).get(id) ?? []).map((one) => shortName(one.name, byId(estate, seat.vpc)?.name)),
          ),
        ]
          .sort()
          .join(', '),
      );

  const containers: Container[] = [];
  const regions = new Map<string, { account: string; region: string; vpcs: string[] }>();
  const region = (account: string, name: string) => {
    const id = regionId(account, name);
    const known = regions.get(id) ?? { account, region: name, vpcs: [] };
    regions.set(id, known);
    return known;
  };
  for (const [id, count] of [...vpcs].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))) {
    const vpc = byId(estate, id);
    if (count > 0 && vpc?.kind === 'vpc') region(vpc.account, vpc.region).vpcs.push(id);
  }
  for (const node of nodes) {
    const own = byId(estate, node.resources[0] ?? '');
    if (own && node.container === regionId(own.account, own.region)) region(own.account, own.region);
  }
  const accounts = [...new Set([...regions.values()].map((one) => one.account))].sort();
  for (const account of accounts) {
    const name = all(estate, 'account').find((one) => one.id === account)?.name;
    const parent = accounts.length > 1 ? account : null;
    if (parent !== null)
      containers.push({
        id: account,
        kind: 'account',
        parent: null,
        label: name === undefined || name === account ? `account ${account}` : `${name} (account ${account})`,
      });
    for (const [id, one] of [...regions].sort((a, b) => b[1].vpcs.length - a[1].vpcs.length || compare(a[0], b[0]))) {
      if (one.account !== account) continue;
      containers.push({ id, kind: 'region', parent, label: one.region });
      for (const vpc of one.vpcs)
        containers.push(
          ...vpcBoxes(estate, vpc, id, [...seats.values()]).map((box) => withHint(box, hints.get(box.id))),
        );
    }
  }
  return containers;
}

const withHint = (box: Container, hint: string | undefined): Container =>
  hint === undefined ? box : { ...box, hint: `only ${hint}` };

function vpcBoxes(estate: Estate, id: string, parent: string, seats: readonly Seat[]): readonly Container[] {
  const vpc = byId(estate, id);
  const range = vpc?.kind === 'vpc' ? vpc.cidrs?.[0] : undefined;
  const boxes: Container[] = [{ id, kind: 'vpc', parent, label: vpc?.name ?? id, range }];
  const own = seats.filter((seat) => seat.vpc === id);
  const zones = [...new Set(own.map((seat) => seat.zone))].sort((a, b) => compare(a ?? '~', b ?? '~'));
  for (const zone of zones) {
    const box = zoneBox(id, zone);
    boxes.push({ id: box, kind: 'zone', parent: id, label: zone ?? 'zone not known' });
    const subnets = own
      .filter((seat) => seat.zone === zone)
      .map((seat): Container => subnetContainer(estate, seat, box, vpc?.name));
    subnets.sort(
      (a, b) =>
        Number(b.public ?? false) - Number(a.public ?? false) || compare(a.label, b.label) || compare(a.id, b.id),
    );
    boxes.push(...subnets);
  }
  return boxes;
}

function subnetContainer(estate: Estate, seat: Seat, parent: string, vpc: string | undefined): Container {
  const subnet = seat.subnet === undefined ? undefined : byId(estate, seat.subnet);
  if (subnet?.kind !== 'subnet')
    return { id: subnetBox(seat), kind: 'subnet', parent, label: 'subnet not known', public: undefined };
  const { answer } = publicSubnet(estate, subnet);
  return {
    id: subnet.id,
    kind: 'subnet',
    parent,
    label: shortName(subnet.name, vpc),
    range: subnet.cidr,
    public: answer === 'unknown' ? undefined : answer === 'yes',
  };
}
