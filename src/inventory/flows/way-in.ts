/**
 * From the machine that is tagged as the people's way in to the databases and caches that its own group lets it out to: a
 * tunnel ends there, so whoever closes it locks people out.
 */
import { WAY_IN } from '../../blueprint/people/way-in.ts';
import { all, type Estate, find } from '../../estate/estate.ts';
import type { Instance } from '../../estate/kinds/compute.ts';
import type { Cache, Database, DatabaseCluster } from '../../estate/kinds/data.ts';
import type { SecurityGroupRule } from '../../estate/kinds/network.ts';
import { type Draft, draft, evidence, port, toResource } from './make.ts';
import { portsOfResource } from './ports.ts';

type Store = Database | DatabaseCluster | Cache;

const TCP = 6;

export function fromWayIn(estate: Estate): readonly Draft[] {
  const machines = all(estate, 'instance').filter(
    (one) => one.tags?.[WAY_IN.key] === WAY_IN.value && one.state !== 'terminated',
  );
  if (machines.length === 0) return [];
  const stores = [...all(estate, 'database'), ...all(estate, 'databaseCluster'), ...all(estate, 'cache')];
  return machines.flatMap((machine) => stores.flatMap((store) => throughTunnel(estate, machine, store)));
}

function throughTunnel(estate: Estate, machine: Instance, store: Store): readonly Draft[] {
  if (machine.vpc === undefined || vpcOf(estate, store) !== machine.vpc.id || !isTold(store)) return [];
  return portsOfResource(estate, store).flatMap((number) => {
    const rule = (machine.securityGroups ?? [])
      .flatMap((ref) => find(estate, ref)?.egress ?? [])
      .find((one) => leadsTo(one, store, number));
    if (rule === undefined) return [];
    const detail = `${machine.name} is tagged ${WAY_IN.key}=${WAY_IN.value}, and its group lets it out to port ${number}`;
    return [
      draft(
        toResource(machine),
        toResource(store),
        'tcp',
        port(number),
        'people reach it through the way in',
        evidence('configuration', detail, rule.source),
      ),
    ];
  });
}

/** Whether the input itself tells where it listens and which groups guard it: the usual port of an engine is a guess. */
export function isTold(store: Store): boolean {
  const port = store.kind === 'cache' ? (store.port ?? store.endpoints?.[0]?.port) : store.endpoint?.port;
  return port !== undefined && store.securityGroups !== undefined;
}

/** A rule for just this port: one that lets everything out says nothing of what the machine is for. */
function leadsTo({ protocol, ports, peer }: SecurityGroupRule, store: Store, number: number): boolean {
  if (protocol !== TCP || !ports || ports.from !== number || ports.to !== number) return false;
  if (peer?.type === 'cidr') return true;
  return peer?.type === 'securityGroup' && store.securityGroups?.some(({ id }) => id === peer.ref.id) === true;
}

function vpcOf(estate: Estate, store: Store): string | undefined {
  return (store.kind === 'database' ? store.vpc?.id : undefined) ?? find(estate, store.subnetGroup)?.vpc?.id;
}
