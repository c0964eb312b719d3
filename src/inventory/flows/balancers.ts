/** Load balancers: clients to their listeners, and on to the services, instances and functions behind them. */
import { all, byId, type Estate, find, memoised } from '../../estate/estate.ts';
import type { FlowEnd, Protocol } from '../../estate/flow.ts';
import type { LoadBalancer, Target, TargetGroup } from '../../estate/kinds/balance.ts';
import type { EcsLoadBalancer, EcsService, Instance } from '../../estate/kinds/compute.ts';
import type { Ref } from '../../estate/source.ts';
import { ownerOfAddress } from './addresses.ts';
import { type Draft, draft, evidence, INTERNET_END, type Ports, port, toHost, toResource } from './make.ts';
import { portsOfResource } from './ports.ts';
import { isFargate, mayRunOn } from './runners.ts';

/** The purpose of a check at a port of its own; behind 'requests' by the alphabet, which says what a port for both is for. */
export const HEALTH_CHECK = 'the health check of the target';

export const fromBalancers = (estate: Estate): readonly Draft[] =>
  all(estate, 'loadBalancer').flatMap((balancer) => [
    ...clients(estate, balancer),
    ...(balancer.classic ? classicTargets(estate, balancer) : []),
    ...(groupsOf(estate).get(balancer.id) ?? []).flatMap((group) => targets(estate, balancer, group)),
  ]);

/** An internet-facing balancer is there for the internet. */
function clients(estate: Estate, balancer: LoadBalancer): readonly Draft[] {
  if (balancer.scheme !== 'internet-facing') return [];
  const protocols = listenerProtocols(estate);
  return portsOfResource(estate, balancer).flatMap((number) =>
    transports(protocols.get(`${balancer.id} ${number}`)).map((protocol) =>
      draft(
        INTERNET_END,
        toResource(balancer),
        protocol,
        port(number),
        'the public site',
        evidence('configuration', `${balancer.name} is internet-facing and listens on ${number}`, balancer.source),
      ),
    ),
  );
}

const listenerProtocols = memoised(
  (estate): ReadonlyMap<string, string | undefined> =>
    new Map(
      all(estate, 'listener').map((listener) => [`${listener.loadBalancer?.id} ${listener.port}`, listener.protocol]),
    ),
);

/** The transport under a listener's or target group's protocol. */
function transports(protocol: string | undefined): readonly Protocol[] {
  switch (protocol) {
    case 'UDP':
    case 'QUIC':
    case 'GENEVE':
      return ['udp'];
    case 'TCP_UDP':
    case 'TCP_QUIC':
      return ['tcp', 'udp'];
    default:
      return ['tcp'];
  }
}

/** Target groups by the load balancer that sends to them: by listeners and rules, else by the group's own word. */
const groupsOf = memoised((estate): ReadonlyMap<string, readonly TargetGroup[]> => {
  const found = new Map<string, Map<string, TargetGroup>>();
  const add = (balancer: string | undefined, ref: Ref<'targetGroup'>): void => {
    const group = find(estate, ref);
    if (balancer === undefined || !group) return;
    const groups = found.get(balancer) ?? new Map<string, TargetGroup>();
    groups.set(group.id, group);
    found.set(balancer, groups);
  };
  for (const listener of all(estate, 'listener'))
    for (const action of listener.actions ?? [])
      for (const { ref } of action.targetGroups) add(listener.loadBalancer?.id, ref);
  for (const rule of all(estate, 'listenerRule'))
    for (const action of rule.actions ?? [])
      for (const { ref } of action.targetGroups) add(find(estate, rule.listener)?.loadBalancer?.id, ref);
  for (const group of all(estate, 'targetGroup'))
    for (const balancer of group.loadBalancers ?? []) add(balancer.id, { id: group.id, field: '' });
  return new Map([...found].map(([balancer, groups]) => [balancer, [...groups.values()]] as const));
});

interface Behind {
  readonly service: EcsService;
  readonly entry: EcsLoadBalancer;
}

const servicesOf = memoised((estate): ReadonlyMap<string, readonly Behind[]> => {
  const byGroup = new Map<string, Behind[]>();
  for (const service of all(estate, 'ecsService'))
    for (const entry of service.loadBalancers ?? []) {
      if (!entry.targetGroup) continue;
      const list = byGroup.get(entry.targetGroup.id);
      if (list) list.push({ service, entry });
      else byGroup.set(entry.targetGroup.id, [{ service, entry }]);
    }
  return byGroup;
});

function targets(estate: Estate, balancer: LoadBalancer, group: TargetGroup): readonly Draft[] {
  const to = (end: FlowEnd, ports: Ports, detail: string, source = group.source): readonly Draft[] =>
    (group.targetType === 'lambda' ? (['any'] as const) : transports(group.protocol)).map((protocol) =>
      draft(
        toResource(balancer),
        end,
        protocol,
        group.targetType === 'lambda' ? null : ports,
        'requests to the target',
        evidence('targetGroup', detail, source),
      ),
    );
  /** Without the check no target is healthy, and an unhealthy one gets no requests. */
  const checked = (end: FlowEnd, ports: Ports, name: string, source = group.source): readonly Draft[] => {
    const { healthCheckPort: asked } = group;
    if (asked === undefined || group.targetType === 'lambda') return [];
    if (ports !== null && asked >= ports.from && asked <= ports.to) return [];
    const detail = `target group ${group.name} checks the health of ${name} at port ${asked}`;
    return [
      draft(toResource(balancer), end, 'tcp', port(asked), HEALTH_CHECK, evidence('targetGroup', detail, source)),
    ];
  };
  const behind = servicesOf(estate).get(group.id) ?? [];
  const services = behind.map((one) => ({ ...one, ports: servicePorts(estate, one) }));
  const served = services.flatMap(({ service, ports }) => [
    ...to(
      toResource(service),
      ports,
      `service ${service.name} registers its tasks in target group ${group.name}${
        isDynamic(ports) ? '; its host ports are dynamic' : ''
      }`,
      service.source,
    ),
    ...checked(toResource(service), ports, `service ${service.name}`, service.source),
  ]);
  const isServed = (target: Target): boolean =>
    services.some(({ service, ports }) => isTaskOf(estate, service, ports, target));
  const others = (group.targets ?? scaledTargets(estate, group)).filter((target) => !isServed(target));
  return [
    ...served,
    ...others.flatMap((target) => [
      ...to(
        targetEnd(estate, group, target),
        port(target.port ?? group.port),
        `${target.target} is registered in target group ${group.name}${
          target.health === undefined ? '' : ` (${target.health})`
        }`,
      ),
      ...checked(targetEnd(estate, group, target), port(target.port ?? group.port), target.target),
    ]),
  ];
}

/** Whether a registered target is a task of the service, known by where it stands and by its port. */
function isTaskOf(estate: Estate, service: EcsService, ports: Ports, target: Target): boolean {
  if (!target.target.startsWith('i-')) return true;
  const inside = ports === null || target.port === undefined || (target.port >= ports.from && target.port <= ports.to);
  return inside && mayRunOn(estate, service, target.target);
}

/** Members of Auto Scaling groups that register in the target group, where its own answer was not read. */
function scaledTargets(estate: Estate, group: TargetGroup): readonly Target[] {
  return (membersOfGroup(estate).get(group.id) ?? []).map((instance) => ({
    target: instance.id,
    port: group.port,
    zone: undefined,
    health: undefined,
  }));
}

const membersOfGroup = memoised((estate): ReadonlyMap<string, readonly Instance[]> => {
  const members = new Map<string, Instance[]>();
  for (const scaling of all(estate, 'autoScalingGroup'))
    for (const group of scaling.targetGroups ?? []) {
      const list = members.get(group.id) ?? [];
      for (const ref of scaling.instances ?? []) {
        const instance = find(estate, ref);
        if (instance) list.push(instance);
      }
      members.set(group.id, list);
    }
  return members;
});

function targetEnd(estate: Estate, group: TargetGroup, target: Target): FlowEnd {
  const resource = byId(estate, target.target) ?? ownerOfAddress(estate, target.target, group.vpc?.id);
  return resource ? toResource(resource) : toHost(target.target);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const DYNAMIC: Ports = { from: 32768, to: 65535 };

const isDynamic = (ports: Ports): boolean => ports?.from === DYNAMIC?.from && ports?.to === DYNAMIC?.to;

/** The ports a balancer connects to: the container's own, or in bridge mode the host's, which may be any free one. */
function servicePorts(estate: Estate, { service, entry }: Behind): Ports {
  const definition = find(estate, service.taskDefinition);
  const mode = definition?.networkMode ?? (service.network || isFargate(service) ? 'awsvpc' : undefined);
  if (mode === 'awsvpc' || mode === 'host') return port(entry.containerPort);
  if (definition?.containers === undefined) return null;
  const mapping = definition.containers
    .find((container) => container.name === entry.containerName)
    ?.ports?.find((candidate) => candidate.containerPort === entry.containerPort);
  if (!mapping) return null;
  return mapping.hostPort ? port(mapping.hostPort) : DYNAMIC;
}

function classicTargets(estate: Estate, balancer: LoadBalancer): readonly Draft[] {
  const { instances, listeners } = balancer.classic ?? { instances: [], listeners: [] };
  return instances.flatMap((ref) => {
    const instance = find(estate, ref);
    return instance
      ? listeners.map((listener) =>
          draft(
            toResource(balancer),
            toResource(instance),
            'tcp',
            port(listener.instancePort),
            'requests to the target',
            evidence('targetGroup', `${instance.id} is registered in load balancer ${balancer.name}`, balancer.source),
          ),
        )
      : [];
  });
}
