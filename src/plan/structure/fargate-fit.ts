/** Whether a service can get a second one beside it on Fargate, and what that needs to know of it. */
import { HOST_POLICIES } from '../../analyse/workloads/container-hosts.ts';
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import type { TargetGroup } from '../../estate/kinds/balance.ts';
import type { EcsLoadBalancer, EcsService, Instance, TaskDefinition } from '../../estate/kinds/compute.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import { instancesOfCluster, isFargate } from '../../inventory/flows/runners.ts';
import type { Context, Refusal } from '../move.ts';
import type { DeclaredResource } from '../world.ts';
import { holdsLiteral } from './containers.ts';
import { declaredOf } from './declared.ts';
import { askedFor, obstacles, type Size, sizeFor } from './fargate-task.ts';
import { type Forward, forwardsTo } from './forwards.ts';
import { ownGroup } from './groups.ts';
import { groupIdsOf, sharesGroup } from './sharing.ts';
import { inTwoZones, tierSubnets } from './tiers.ts';

export interface Entry {
  readonly group: TargetGroup;
  readonly declared: DeclaredResource;
  readonly containerName: string;
  readonly containerPort: number;
  /** Where its health is checked on Fargate, if not where requests go. */
  readonly checkedPort: number | undefined;
  readonly forwards: readonly Forward[];
}

export interface Fit {
  readonly state: 'fits';
  readonly service: EcsService;
  readonly declared: DeclaredResource;
  readonly definition: TaskDefinition;
  readonly task: DeclaredResource;
  readonly entries: readonly Entry[];
  readonly size: Size;
  readonly architecture: 'X86_64' | 'ARM64';
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  readonly desired: number;
}

export type Fitting =
  | Fit
  | { readonly state: 'waits'; readonly for: string }
  | { readonly state: 'refused'; readonly refusal: Omit<Refusal, 'move' | 'environment'> };

/** Services that keep machines busy: on instances, and asked to run something. */
export const onInstances = (service: EcsService): boolean =>
  service.launchType !== 'EXTERNAL' && service.desired !== 0 && !isFargate(service);

export function fitOf(context: Context, service: EcsService): Fitting {
  const { estate, state } = context;
  const refuse = (because: string, change: string): Fitting => ({
    state: 'refused',
    refusal: { subject: service.id, because: `${service.name}: ${because}`, change },
  });
  if (service.launchType === undefined && (service.capacityProviders?.length ?? 0) === 0)
    return refuse('whether it runs on instances is not known', 'collect ecs:DescribeServices');
  if (service.schedulingStrategy === 'DAEMON')
    return refuse(
      'it runs once on every machine (DAEMON), and Fargate has no machines',
      'move what it does into a sidecar of each task, or take it away with the machines',
    );
  if (service.deploymentController !== undefined && service.deploymentController !== 'ECS')
    return refuse(
      `${service.deploymentController} deploys it and decides about its target groups`,
      'change the deployment controller to ECS first',
    );
  const definition = find(estate, service.taskDefinition);
  const [declared, task] = [declaredOf(state, service), definition && declaredOf(state, definition)];
  const cluster = find(estate, service.cluster);
  if (!declared || !definition || !task || !cluster || !declaredOf(state, cluster))
    return refuse(
      "it, its task definition or its cluster is not under the program's care",
      'collect what was not read of it',
    );
  // a registry takes a port for its records only in some network modes, and the new service runs in another one:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
  if (declared.properties.serviceRegistries !== undefined)
    return refuse(
      'others may find it by a name of Cloud Map (its service registry), which would lead to nothing once the new service has taken over',
      'let its callers ask a load balancer instead and take the registry off the service, or move it by hand with a registry of its own',
    );
  const why = obstacles(definition, task);
  if (why.length > 0)
    return refuse(why.join('; '), 'change the image or its settings so that it needs nothing of the machine');
  if (service.desired === undefined)
    return refuse('how many tasks it runs is not known', 'collect ecs:DescribeServices');
  const asked = askedFor(definition);
  const size = asked && sizeFor(asked);
  if (!size)
    return asked
      ? refuse(
          `it asks for ${asked.cpu} CPU units and ${asked.memory} MiB, more than a task on Fargate gets`,
          'split it, or leave it on instances',
        )
      : refuse('how much memory it needs is not told', 'set memory for each of its containers');
  const hosts = instancesOfCluster(estate).get(cluster.id) ?? [];
  const architecture = architectureOf(definition, task, hosts);
  if (architecture === undefined)
    return refuse('for which processors its image is built is not known', 'set runtimePlatform in its task definition');
  const borrowed = roleOfHosts(estate, definition, hosts);
  if (borrowed !== undefined)
    return refuse(borrowed, 'give the task a role of its own with what it uses, and watch that it works with it');
  if (definition.containers?.some((one) => holdsLiteral(one) !== false))
    return { state: 'waits', for: `${service.name} without credentials in clear text` };
  const callers = callersOf(estate, service);
  if (callers.length > 0)
    return refuse(
      `${callers.join(', ')} call it at the ports of its machines, which go`,
      'let them call it by a load balancer or by a name of Cloud Map',
    );
  const entries = entriesOf(context, service);
  if (typeof entries === 'string')
    return refuse(
      entries,
      'bring the listeners and target groups under the program, with one target group in each forward',
    );
  if (entries.length === 0 && !readsQueue(estate, service))
    return refuse(
      'it is behind no load balancer and reads no queue that is known, so two of it may do the same work twice',
      'make its work safe to do twice and read it from a queue, or accept a gap: stop it, then start it on Fargate by hand',
    );
  const sharing = entries.flatMap(({ group }) =>
    (group.loadBalancers ?? [])
      .flatMap((ref) => find(estate, ref) ?? [])
      .filter((one) => sharesGroup(estate, one) && !ownGroup(state, one) && (groupIdsOf(one)?.length ?? 0) < 5),
  );
  const [first] = sharing;
  if (first && !context.preferences.skip?.includes('groups-beside'))
    return { state: 'waits', for: `a security group of its own for ${first.name}` };
  const vpc = vpcOf(estate, service, hosts);
  if (!vpc)
    return refuse(
      'in which VPC it runs is not known',
      'collect ecs:DescribeContainerInstances and ec2:DescribeInstances',
    );
  const subnets = tierSubnets(estate, vpc, 'app');
  if (!inTwoZones(subnets))
    return { state: 'waits', for: `private subnets with a way out in two zones of ${vpc.name}` };
  return {
    state: 'fits',
    service,
    declared,
    definition,
    task,
    entries,
    size,
    architecture,
    vpc,
    subnets,
    desired: service.desired,
  };
}

/** What the definition says itself, else what all its machines are: an image that runs there is built for them. */
function architectureOf(
  definition: TaskDefinition,
  task: DeclaredResource,
  hosts: readonly Instance[],
): Fit['architecture'] | undefined {
  const said = task.properties.runtimePlatform === undefined ? undefined : definition.architecture;
  if (said === 'X86_64' || said === 'ARM64') return said;
  const of = new Set(hosts.map(({ architecture }) => architecture));
  const [only] = of;
  return of.size !== 1 ? undefined : only === 'x86_64' ? 'X86_64' : only === 'arm64' ? 'ARM64' : undefined;
}

/** Without a role of its own a task may well work with that of the machine. */
function roleOfHosts(estate: Estate, definition: TaskDefinition, hosts: readonly Instance[]): string | undefined {
  if (definition.taskRole) return undefined;
  for (const host of hosts) {
    if (host.instanceProfile === null) continue;
    const roles = find(estate, host.instanceProfile)?.roles?.map((ref) => find(estate, ref));
    if (!roles || roles.some((role) => role?.attachedPolicies === undefined || role.inlinePolicies === undefined))
      return `it has no role of its own, and what the role of ${host.name} allows is not known`;
    const more = roles.flatMap((role) => [
      ...(role?.attachedPolicies ?? [])
        .map(({ id }) => id.replace(/^.*\//, ''))
        .filter((name) => !HOST_POLICIES.has(name)),
      ...(role?.inlinePolicies ?? []).map(({ name }) => name),
    ]);
    if (more.length > 0)
      return `it has no role of its own and may use that of its machine (${more.join(', ')}), which it would lose`;
  }
  return undefined;
}

/** Who connects to it otherwise than through a load balancer. */
const callersOf = (estate: Estate, { id }: EcsService): readonly string[] =>
  estate.flows.flatMap(({ from, to, evidence }) => {
    if (to.type !== 'resource' || to.id !== id || from.type !== 'resource') return [];
    if (evidence.every(({ type }) => type === 'open')) return [];
    const caller = byId(estate, from.id);
    return caller && caller.kind !== 'loadBalancer' ? [caller.name] : [];
  });

const readsQueue = (estate: Estate, { id }: EcsService): boolean =>
  estate.flows.some(
    ({ from, to }) =>
      from.type === 'resource' && from.id === id && to.type === 'resource' && byId(estate, to.id)?.kind === 'queue',
  );

function entriesOf({ estate, state }: Context, service: EcsService): readonly Entry[] | string {
  if (service.loadBalancers === undefined) return 'what sends requests to it is not known';
  const entries: Entry[] = [];
  for (const one of service.loadBalancers) {
    const entry = entryOf(estate, state, service, one);
    if (typeof entry === 'string') return entry;
    entries.push(entry);
  }
  return entries;
}

function entryOf(estate: Estate, state: Context['state'], service: EcsService, one: EcsLoadBalancer): Entry | string {
  const group = find(estate, one.targetGroup);
  if (!group) return 'it is behind a classic load balancer, which has no weights, or its target group is not known';
  const declared = declaredOf(state, group);
  if (!declared) return `its target group ${group.name} is not under the program's care`;
  if (one.containerName === undefined || one.containerPort === undefined) return 'which container answers is not known';
  const checkedPort = checkedPortOf(estate, service, group);
  if (typeof checkedPort === 'string') return checkedPort;
  const balancers = (group.loadBalancers ?? []).flatMap((ref) => find(estate, ref) ?? []);
  const other = balancers.find(({ type }) => type !== 'application');
  if (other) return `${other.name} is no application load balancer, so requests cannot move by weights`;
  const others = all(estate, 'ecsService').some(
    (each) => each.id !== service.id && each.loadBalancers?.some((entry) => entry.targetGroup?.id === group.id),
  );
  if (others) return `another service answers in the target group ${group.name} too`;
  const { found, problems } = forwardsTo(estate, state, group);
  const [problem] = problems;
  if (problem !== undefined) return problem;
  if (found.length === 0) return `no listener or rule that is known leads to ${group.name}`;
  const { containerName, containerPort } = one;
  return { group, declared, containerName, containerPort, checkedPort, forwards: found };
}

/** The container's port that a check of its own port comes to: on a machine in bridge mode that port is the machine's. */
function checkedPortOf(estate: Estate, service: EcsService, group: TargetGroup): number | undefined | string {
  const { healthCheckPort: asked } = group;
  const definition = find(estate, service.taskDefinition);
  if (asked === undefined || definition?.networkMode === 'awsvpc' || definition?.networkMode === 'host') return asked;
  const mapped = definition?.containers?.flatMap(({ ports }) => ports ?? []).find(({ hostPort }) => hostPort === asked);
  return (
    mapped?.containerPort ??
    `its target group ${group.name} checks the health at port ${asked} of the machine, where none of its containers is known to answer`
  );
}

function vpcOf(estate: Estate, service: EcsService, hosts: readonly Instance[]): Vpc | undefined {
  const subnet = find(estate, service.network?.subnets?.[0]);
  return find(estate, subnet?.vpc) ?? find(estate, hosts[0]?.vpc);
}
