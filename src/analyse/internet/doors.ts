/** The doors people come in by, of each VPC: open to everybody, to named addresses, or without any open port. */
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { Vpc } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import { addressesOf, unionAllTraffic } from '../../estate/sets/index.ts';
import { type Hop, type Missing, missingOf, proofOf } from '../verdict.ts';
import { type GUARDED, GUARDED_TRAFFIC, isNamed, type OpenPort } from './admitted.ts';
import { isAddressless, reached, reachedStraight } from './reached.ts';
import { isGone, isWayIn } from './servers.ts';
import { admittedStraight, opennessOf } from './straight.ts';
import { tenants } from './tenants.ts';

export interface Door {
  readonly resource: Resource;
  /** `SSH`, `MySQL` … */
  readonly names: readonly string[];
  /** The very rule that opens it. */
  readonly hop: Hop;
}

export interface Doors {
  readonly open: readonly Door[];
  /** A bastion that admits named addresses only, Session Manager, a VPN: how people can come in otherwise. */
  readonly sound: readonly Resource[];
  /** What would tell of open doors, and of sound ways. */
  readonly missingOpen: readonly Missing[];
  readonly missingSound: readonly Missing[];
}

interface Found {
  open: Door[];
  sound: Resource[];
  missingOpen: Missing[];
  missingSound: Missing[];
}

export function doorsOf(estate: Estate, vpc: Vpc): Doors {
  const found: Found = { open: [], sound: [...(vpns(estate).get(vpc.id) ?? [])], missingOpen: [], missingSound: [] };
  const resources = new Set((tenants(estate).get(vpc.id) ?? []).map(({ resource }) => resource));
  for (const resource of resources) {
    if (resource.kind === 'instance') addInstance(estate, resource, found);
    if (resource.kind === 'database') addDatabase(estate, resource, found);
  }
  // Servers first: they are what people come in by.
  found.open.sort((a, b) => Number(b.resource.kind === 'instance') - Number(a.resource.kind === 'instance'));
  return found;
}

function addInstance(estate: Estate, instance: Instance, found: Found): void {
  if (isGone(instance)) return;
  const admitted = admittedStraight(estate, instance);
  const open = opennessOf(admitted).guarded.filter(({ port }) => isPeoples(port));
  if (open.length > 0) {
    const { verdict } = reachedStraight(estate, instance, unionAllTraffic(open.map(({ port }) => port.traffic)));
    const hop = admittingHop(proofOf(verdict));
    if (hop) found.open.push({ resource: instance, names: namesOf(open), hop });
  } else if (!isAddressless(estate, instance)) {
    const reached = reachedStraight(estate, instance, GUARDED_TRAFFIC);
    if (reached.answer === 'unknown') found.missingOpen.push(...missingOf(reached.verdict));
    if (reached.answer === 'yes' && isWayIn(instance) && isNamed(addressesOf(reached.sure))) found.sound.push(instance);
  }
  if (instance.managedBySsm === true) found.sound.push(instance);
  else if (instance.managedBySsm === undefined)
    found.missingSound.push({
      operation: 'ssm:DescribeInstanceInformation',
      reason: 'whether Session Manager reaches the servers is not in the input',
      resource: instance.id,
    });
}

function addDatabase(estate: Estate, database: Extract<Resource, { kind: 'database' }>, found: Found): void {
  const answer = reached(estate, database);
  if (answer.answer === 'no') return;
  const { verdict, admitted } = answer;
  found.missingOpen.push(...missingOf(verdict));
  const hop = admittingHop(proofOf(verdict));
  if (hop && !isNamed(addressesOf(admitted)))
    found.open.push({ resource: database, names: [database.engine ?? 'the database'], hop });
}

/** Docker and kubelet are no doors for people. */
const PEOPLES = new Set(['SSH', 'remote desktop', 'WinRM', 'Telnet', 'VNC']);
const isPeoples = (port: (typeof GUARDED)[number]): boolean => PEOPLES.has(port.name);

const namesOf = (open: readonly OpenPort[]): readonly string[] => open.map(({ port }) => port.name);

const admittingHop = (proof: readonly Hop[]): Hop | undefined =>
  proof.find((hop) => hop.code === 'group-ingress') ?? proof.at(-1);

const vpns: (estate: Estate) => ReadonlyMap<string, readonly Resource[]> = memoised((estate) => {
  const found = new Map<string, Resource[]>();
  for (const gateway of all(estate, 'vpnGateway'))
    for (const ref of gateway.vpcs ?? []) {
      if (!find(estate, ref)) continue;
      const list = found.get(ref.id);
      if (list) list.push(gateway);
      else found.set(ref.id, [gateway]);
    }
  return found;
});
