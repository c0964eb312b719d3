/**
 * Permissions that turn on where a request comes from. The address, the network or the endpoint of a workload's requests is
 * not worked out here: where a step changes the way that they take, what hangs on it may be lost.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties
 */
import { evaluate } from '../../analyse/access/evaluate.ts';
import { parseArn } from '../../analyse/access/policy/arn.ts';
import { needsOf, type ServiceNeed } from '../../analyse/access/services/needs.ts';
import { SKELETONS } from '../../analyse/access/services/skeletons.ts';
import { type Workload, workloads } from '../../analyse/workloads/workloads.ts';
import { all, type Estate, find, memoised } from '../../estate/estate.ts';
import { grouped, listedBy } from '../../estate/grouped.ts';
import type { Subnet, VpcEndpoint } from '../../estate/kinds/network.ts';
import { same } from '../merge.ts';
import { changesBetween } from './difference.ts';
import { counterexample, type Findings } from './proof.ts';

const BY_PLACE = /^aws:(SourceIp|VpcSourceIp|SourceVpc|SourceVpce|SourceVpcArn)$/i;

export function permissionsByPlace(then: Estate, now: Estate, given: ReadonlySet<string>, found: Findings): void {
  if (!changesBetween(then, now).some(({ before, after }) => MOVES.has((after ?? before)?.kind ?? ''))) return;
  const rerouted = reroutedSubnets(then, now);
  const earlier = byPlace(then);
  for (const workload of workloads(now)) {
    const { role, id, use, says } = workload;
    if (!workload.runs || role === null || given.has(id)) continue;
    const was = earlier.get(`${use} ${id}`);
    const places = subnetsOf(now, workload);
    const stays =
      was !== undefined &&
      same(sorted(subnetsOf(then, was)), sorted(places)) &&
      ![...places].some((subnet) => rerouted.has(subnet));
    if (stays) continue;
    for (const { action, resource, key } of turnsOnPlace(now, workload, role))
      found.unknowns.push(
        counterexample(
          id,
          `${says} may ask for ${action} on ${resource}, which a policy allows or denies by ${key}, and its requests take another way than before: let the policy name the new address, network or endpoint first, or the role instead`,
        ),
      );
  }
}

const sorted = (ids: ReadonlySet<string>): readonly string[] => [...ids].sort();

const byPlace = memoised(
  (estate): ReadonlyMap<string, Workload> => new Map(workloads(estate).map((one) => [`${one.use} ${one.id}`, one])),
);

interface Turn {
  readonly action: string;
  readonly resource: string;
  readonly key: string;
}

function turnsOnPlace(estate: Estate, workload: Workload, role: string): readonly Turn[] {
  return [...needsOf(estate, workload), ...usesOfPlaced(estate)].flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      resources.flatMap((text): readonly Turn[] => {
        const resource = text === '*' ? '*' : text.replaceAll('*', 'underpin-probe');
        const { conditions } = evaluate(estate, { principal: role, action, resource });
        const test = conditions.flatMap(({ tests }) => tests).find(({ key }) => BY_PLACE.test(key));
        return test ? [{ action, resource: text, key: test.key }] : [];
      }),
    ),
  );
}

/** What is usually done with a thing whose own policy asks where a request comes from: not every use is seen in a setting. */
const usesOfPlaced = memoised((estate): readonly Pick<ServiceNeed, 'actions' | 'resources'>[] =>
  estate.resources.flatMap((one) => {
    if (!('policy' in one) || typeof one.policy !== 'string' || one.kind === 'vpcEndpoint') return [];
    if (!/"aws:(Vpc)?Source(Ip|Vpc)/i.test(one.policy)) return [];
    const service = parseArn(one.id)?.service ?? '';
    return (SKELETONS[service] ?? []).map(({ actions, on }) => ({
      actions,
      resources: on.map((suffix) => `${one.id}${suffix}`),
    }));
  }),
);

/** Empty for what stands in no network of the account: then only a network that it gets moves it. */
function subnetsOf(estate: Estate, { holder, definition }: Workload): ReadonlySet<string> {
  if (holder.kind === 'function') return new Set<string>(holder.network?.subnets?.map(({ id }) => id) ?? []);
  if (holder.kind === 'instance') return new Set<string>(holder.subnet ? [holder.subnet.id] : []);
  if (holder.kind === 'ecsService' && holder.network)
    return new Set<string>(holder.network.subnets?.map(({ id }) => id) ?? []);
  // without a network of its own it is on the machines of its cluster
  const cluster = holder.kind === 'ecsService' ? holder.cluster?.id : undefined;
  return definition === null
    ? new Set()
    : new Set(
        (machines(estate).get(cluster ?? '') ?? []).flatMap((one) => find(estate, one.instance)?.subnet?.id ?? []),
      );
}

/** By cluster; below `''` of all of them. */
const machines = listedBy('containerInstance', ({ cluster }) => [cluster?.id, '']);

/** Subnets whose packets take another way, or whose requests find another endpoint. */
function reroutedSubnets(then: Estate, now: Estate): ReadonlySet<string> {
  const ways = changesBetween(then, now).some(({ before, after }) => WAYS.has((after ?? before)?.kind ?? ''));
  if (!ways) return new Set();
  const [was, is] = [wayOf(then), wayOf(now)];
  return new Set(
    all(now, 'subnet')
      .filter((subnet) => was(subnet) !== is(subnet))
      .map(({ id }) => id),
  );
}

const WAYS: ReadonlySet<string> = new Set(['routeTable', 'vpcEndpoint', 'natGateway']);
/** Beside the ways, what runs, and on what. */
const MOVES: ReadonlySet<string> = new Set([...WAYS, 'function', 'ecsService', 'instance', 'containerInstance']);

/** All that says by which address or endpoint a subnet's requests come, as a text. */
function wayOf(estate: Estate): (subnet: Subnet) => string {
  const tables = all(estate, 'routeTable');
  const explicit = new Map(tables.flatMap((table) => table.subnets?.map(({ id }) => [id as string, table]) ?? []));
  const main = new Map(tables.flatMap((table) => (table.main && table.vpc ? [[table.vpc.id as string, table]] : [])));
  const gateways = new Map(all(estate, 'natGateway').map((one) => [one.id as string, one]));
  const endpoints = grouped(all(estate, 'vpcEndpoint'), (one) => [one.vpc?.id ?? '']);
  return (subnet) => {
    const table = explicit.get(subnet.id) ?? main.get(subnet.vpc?.id ?? '');
    const out = table?.routes?.flatMap(({ destination, target }) => {
      if (destination?.type !== 'cidr' || !/\/0$/.test(destination.cidr)) return [];
      const id = target !== undefined && 'ref' in target && target.ref ? String(target.ref.id) : '';
      return [`${target?.type} ${id} ${gateways.get(id)?.publicAddresses?.join() ?? ''}`];
    });
    const served = ['', subnet.vpc?.id ?? '']
      .flatMap((vpc) => endpoints.get(vpc) ?? [])
      .filter((one) => serves(one, table?.id))
      .map(({ id }) => id);
    return JSON.stringify([out?.sort(), served.sort(), subnet.vpc?.id]);
  };
}

const serves = ({ type, routeTables, privateDns }: VpcEndpoint, table: string | undefined): boolean =>
  type === 'Gateway' ? routeTables?.some(({ id }) => id === table) !== false : privateDns !== false;
