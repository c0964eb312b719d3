/** The second service on Fargate: its target groups, its security group with a rule for each flow, its task, its scaling. */
import { all, byId, find } from '../../estate/estate.ts';
import type { TargetGroup } from '../../estate/kinds/balance.ts';
import type { EcsCluster } from '../../estate/kinds/compute.ts';
import { isProperties, type Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, ref } from '../edit.ts';
import type { Context } from '../move.ts';
import type { State } from '../state.ts';
import { declaredOf } from './declared.ts';
import type { Entry, Fit } from './fargate-fit.ts';
import { fargateTask } from './fargate-task.ts';
import { flowRules, purposeText } from './flow-rules.ts';
import { groupRef, letIn, letOut, newGroup, ownGroup, ownGroupName, type Peer } from './groups.ts';
import { idOf, tagged } from './names.ts';
import { baseName, freeName, newRole, ROLE, roleArn, statementsOf } from './roles.ts';
import { groupIdsOf } from './sharing.ts';
import { lettingIn } from './store-doors.ts';
import { tableOf } from './tiers.ts';
import { needsOfRole, workloadOf } from './workload-needs.ts';

const SERVICE = 'aws:ecs/service:Service';
const TASK = 'aws:ecs/taskDefinition:TaskDefinition';
const TARGETS = 'aws:lb/targetGroup:TargetGroup';
const SCALING = 'aws:appautoscaling/target:Target';
const SCALING_POLICY = 'aws:appautoscaling/policy:Policy';
const PROVIDERS = 'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders';

export interface Beside {
  readonly fit: Fit;
  readonly name: string;
  /** Id that the estate knows the new service by. */
  readonly id: string;
  /** What it needs before anything forwards to it. */
  readonly prepared: readonly Create[];
  readonly groups: readonly { readonly entry: Entry; readonly arn: string; readonly sticky: number | undefined }[];
  /** The service and what scales it. */
  readonly made: readonly Create[];
  readonly least: number;
  readonly most: number;
  /** Flows of the new service that go out by a NAT gateway which does not stand in each of its zones. */
  readonly byOneNat: readonly string[];
}

export function besideOf(context: Context, fit: Fit): Beside {
  const { state, estate } = context;
  const { service } = fit;
  const name = serviceName(context, fit);
  const cluster = find(estate, service.cluster);
  const clusterName = service.cluster?.id.replace(/^.*\//, '') ?? '';
  const groups = fit.entries.map((entry, n) => {
    const made = targetGroup(context, entry, n === 0 ? name : `${name}-${n + 1}`);
    return { entry, made, arn: ref(made, 'arn'), sticky: stickySeconds(entry.group) };
  });
  const execution = executionRole(context, fit, name);
  const family = freeName(state, [TASK], name);
  const task: Create = {
    op: 'create',
    type: TASK,
    name: family,
    properties: fargateTask(fit.task, {
      family,
      size: fit.size,
      architecture: fit.architecture,
      executionRoleArn: execution.arn,
    }),
  };
  const scaled = scalingOf(context, fit);
  const least = Math.max(2, fit.desired, scaled?.min ?? 0);
  const most = Math.max(least * 2, scaled?.max ?? 0);
  const made: Create = {
    op: 'create',
    type: SERVICE,
    name,
    properties: {
      name,
      cluster: cluster ? idOf(state, cluster) : (service.cluster?.id ?? ''),
      taskDefinition: ref(task, 'arn'),
      desiredCount: least,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      schedulingStrategy: 'REPLICA',
      networkConfiguration: {
        subnets: fit.subnets.map((subnet) => idOf(state, subnet)),
        securityGroups: [groupRef(ownGroupName({ name }))],
        assignPublicIp: false,
      },
      ...(groups.length === 0
        ? {}
        : {
            loadBalancers: groups.map(({ entry, arn }) => ({
              targetGroupArn: arn,
              containerName: entry.containerName,
              containerPort: entry.containerPort,
            })),
            healthCheckGracePeriodSeconds: 60,
          }),
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentController: { type: 'ECS' },
      enableExecuteCommand: service.executeCommand ?? false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      tags: { ...tagsOf(fit.declared.properties), ...tagged(name) },
    },
  };
  return {
    fit,
    name,
    id: `${service.id.slice(0, service.id.lastIndexOf('/') + 1)}${name}`,
    prepared: [...groups.map((one) => one.made), ...groupWithRules(context, fit, name), ...execution.made, task],
    groups: groups.map(({ entry, arn, sticky }) => ({ entry, arn, sticky })),
    made: [made, ...scaling(made, clusterName, least, most)],
    least,
    most,
    byOneNat: natInEachZone(context, fit) ? [] : outwardFlows(context, fit, name),
  };
}

/** A gateway in each zone, as far as the routes of the subnets tell. */
function natInEachZone({ estate }: Context, { subnets }: Fit): boolean {
  const gateways = subnets.flatMap((subnet) =>
    (tableOf(estate, subnet)?.routes ?? []).flatMap(({ target }) =>
      target?.type === 'natGateway' ? [target.ref.id] : [],
    ),
  );
  return new Set(gateways).size >= subnets.length;
}

/** The ids that the old service's flows to anything outside of the VPC will have as the new one's. */
function outwardFlows({ estate }: Context, { service }: Fit, name: string): readonly string[] {
  const [cluster, own] = service.id.split('/').slice(-2);
  const begins = `service/${cluster}/${own} -> `;
  return estate.flows.flatMap(({ id, from, to }) => {
    if (from.type !== 'resource' || from.id !== service.id || !id.startsWith(begins)) return [];
    const resource = to.type === 'resource' ? byId(estate, to.id) : undefined;
    if (
      resource &&
      ['database', 'databaseCluster', 'cache', 'instance', 'loadBalancer', 'ecsService'].includes(resource.kind)
    )
      return [];
    return [`service/${cluster}/${name} -> ${id.slice(begins.length)}`];
  });
}

/** Unlike the old one's in its cluster, and unlike every other's of the account, since its group has the name too. */
function serviceName({ state, scope, estate }: Context, { service }: Fit): string {
  const base = baseName(scope.stem, service.name);
  const taken = new Set(all(estate, 'ecsService').map(({ id }) => id.replace(/^.*\//, '')));
  return freeName(state, [SERVICE, TASK], taken.has(base) ? `${base}-fargate` : base) === base
    ? base
    : freeName(state, [SERVICE, TASK], `${base}-fargate`);
}

const tagsOf = (properties: Properties): Properties => (isProperties(properties.tags) ? properties.tags : {});

/** A target group is of instances or of addresses for ever, so the new one is a copy with the same check. */
function targetGroup(
  { state, estate }: Context,
  { declared, containerPort, checkedPort }: Entry,
  name: string,
): Create {
  const taken = new Set(all(estate, 'targetGroup').map((one) => one.name));
  const base = name.slice(0, 28);
  let physical = taken.has(name) || name.length > 32 ? `${base}-ip` : name;
  for (let n = 2; taken.has(physical); n += 1) physical = `${base}-i${n}`;
  const { name: _name, tags, deregistrationDelay, ...kept } = declared.properties;
  const delay = typeof deregistrationDelay === 'number' ? Math.min(deregistrationDelay, 60) : 60;
  return {
    op: 'create',
    type: TARGETS,
    name: freeName(state, [TARGETS], physical),
    properties: {
      ...kept,
      ...(checkedPort !== undefined && isProperties(kept.healthCheck)
        ? { healthCheck: { ...kept.healthCheck, port: String(checkedPort) } }
        : {}),
      name: physical,
      targetType: 'ip',
      port: containerPort,
      deregistrationDelay: delay,
      tags: { ...(isProperties(tags) ? tags : {}), ...tagged(physical) },
    },
  };
}

function stickySeconds({ attributes }: TargetGroup): number | undefined {
  if (attributes?.['stickiness.enabled'] !== 'true') return undefined;
  const seconds = Number(attributes['stickiness.lb_cookie.duration_seconds'] ?? 86_400);
  return Number.isFinite(seconds) ? Math.min(seconds, 604_800) : 86_400;
}

/** On Fargate there is no machine that pulls the image: ECS does, with a role for it. */
function executionRole(
  { estate, state }: Context,
  fit: Fit,
  name: string,
): { readonly arn: string; readonly made: readonly Create[] } {
  const given = fit.task.properties.executionRoleArn;
  if (typeof given === 'string' && given !== '') return { arn: given, made: [] };
  const role = freeName(state, [ROLE], `${name}-execution`);
  const workload = workloadOf(estate, fit.service.id, 'execution');
  const needs = workload ? statementsOf(needsOfRole(estate, workload, [])) : [];
  return {
    arn: roleArn(role),
    made: newRole(role, 'ecs-tasks.amazonaws.com', `What ECS needs to start ${name}`, needs),
  };
}

/** Its own group: out to what the old one uses, in from its balancers; and the rules that let it in elsewhere. */
function groupWithRules({ estate, state }: Context, fit: Fit, name: string): readonly Create[] {
  const { service, vpc, subnets } = fit;
  const group = groupRef(ownGroupName({ name }));
  const written = (id: string): string => idOf(state, { id, kind: 'securityGroup' } as Parameters<typeof idOf>[1]);
  // the flows of the old one are those of the new one: what goes out is written for it under its new name
  const outwards = flowRules({ estate, owning: new Set(), written }, { ...service, name }).filter(
    ({ type }) => type === 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  );
  const asked = fit.entries.flatMap(({ group: targets, containerPort, checkedPort }) => [
    { targets, port: containerPort, what: `requests to ${name}` },
    ...(checkedPort === undefined || checkedPort === containerPort
      ? []
      : [{ targets, port: checkedPort, what: `health check of ${name}` }]),
  ]);
  const doors = asked.flatMap(({ targets, port, what }) =>
    (targets.loadBalancers ?? []).flatMap((one) => {
      const balancer = find(estate, one);
      if (!balancer) return [];
      const traffic = { protocol: 'tcp', ports: { from: port, to: port } } as const;
      const own = ownGroup(state, balancer);
      const peers: readonly Peer[] = own
        ? [{ group: groupRef(own.name), name: balancer.name }]
        : (groupIdsOf(balancer) ?? []).map((id) => ({ group: written(id), name: nameOf(estate, id) }));
      return [
        ...peers.map((peer) => letIn(name, group, peer, traffic, what)),
        ...(own ? [letOut(balancer.name, groupRef(own.name), { group, name }, traffic, what)] : []),
      ];
    }),
  );
  const cidrs = subnets.flatMap(({ cidr }) => cidr ?? []);
  const letting = estate.flows.flatMap(({ from, to, ports, protocol, purpose }) => {
    if (from.type !== 'resource' || from.id !== service.id || to.type !== 'resource') return [];
    const store = byId(estate, to.id);
    if (store?.kind !== 'database' && store?.kind !== 'databaseCluster' && store?.kind !== 'cache') return [];
    return protocol === 'tcp' && ports
      ? lettingIn(state, estate, store, { group, name, cidrs }, ports.from, purposeText({ purpose }))
      : [];
  });
  const rules = [...outwards, ...doors, ...letting];
  return [newGroup(ownGroupName({ name }), idOf(state, vpc), `Only ${name}`), ...uniqueByName(rules)];
}

const nameOf = (estate: Context['estate'], id: string): string => byId(estate, id)?.name ?? id;

const uniqueByName = (edits: readonly Create[]): readonly Create[] => [
  ...new Map(edits.map((edit) => [`${edit.type} ${edit.name}`, edit])).values(),
];

const scalingOf = ({ estate }: Context, { service }: Fit) => {
  const id = `service/${service.cluster?.id.replace(/^.*\//, '')}/${service.id.replace(/^.*\//, '')}`;
  return all(estate, 'scalableTarget').find(
    ({ resourceId, account, region }) => resourceId === id && account === service.account && region === service.region,
  );
};

/** Scaling is of one service: the new one needs its own. */
function scaling(service: Create, cluster: string, least: number, most: number): readonly Create[] {
  const common = {
    serviceNamespace: 'ecs',
    resourceId: `service/${cluster}/${ref(service, 'name')}`,
    scalableDimension: 'ecs:service:DesiredCount',
  };
  const target: Create = {
    op: 'create',
    type: SCALING,
    name: `${service.name}-tasks`,
    properties: { ...common, minCapacity: least, maxCapacity: most },
  };
  const policy: Create = {
    op: 'create',
    type: SCALING_POLICY,
    name: `${service.name}-by-cpu`,
    properties: {
      name: `${service.name}-by-cpu`,
      policyType: 'TargetTrackingScaling',
      ...common,
      resourceId: ref(target, 'resourceId'),
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    },
  };
  return [target, policy];
}

/** The call that sets a cluster's providers replaces the whole list, so what is there is said again. */
export function withFargate(state: State, cluster: EcsCluster): readonly Edit[] {
  const known = cluster.capacityProviders ?? [];
  if (known.includes('FARGATE')) return [];
  const clusterName = cluster.id.replace(/^.*\//, '');
  const declared = [...state.world.declared.values()].find(
    (one) => one.type === PROVIDERS && (one.adopted?.of.id === cluster.id || one.inputs.clusterName === clusterName),
  );
  const capacityProviders = [...known, 'FARGATE'];
  if (declared) return [{ op: 'update', type: PROVIDERS, name: declared.name, properties: { capacityProviders } }];
  const own = declaredOf(state, cluster);
  return [
    {
      op: 'create',
      type: PROVIDERS,
      name: freeName(state, [PROVIDERS], clusterName),
      properties: { clusterName: own ? ref(own, 'name') : clusterName, capacityProviders },
    },
  ];
}
