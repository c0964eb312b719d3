/** Through load balancers: listener, rule, target group, target. */
import { all, byId } from '../../estate/estate.ts';
import { grouped, listedBy } from '../../estate/grouped.ts';
import type { Listener, ListenerAction, LoadBalancer, Target, TargetGroup } from '../../estate/kinds/balance.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import type { Resource } from '../../estate/resource.ts';
import {
  ALL_TRAFFIC,
  addressesOf,
  connections,
  intersectTraffic,
  isNoConnection,
  isNoTraffic,
  NO_CONNECTIONS,
  portTraffic,
  TCP,
  type TrafficSet,
  trafficIn,
} from '../../estate/sets/index.ts';
import type { Source } from '../../estate/source.ts';
import { indexed } from '../../estate/watched.ts';
import type { Missing } from '../verdict.ts';
import { aclStage, returnAclStage } from './acl-stages.ts';
import { byNodes } from './cross-zone.ts';
import { faceToFace } from './direct.ts';
import { interfacesOf } from './endpoint.ts';
import { type Face, facesOf, labelOf } from './faces.ts';
import { listenersOf, listeningStages, protocolPorts } from './listening.ts';
import { lacking, type Network, networkOf } from './network.ts';
import { anyOf, given, hop, inTurn, judge, type Outcome, type Path } from './path.ts';
import { arrival, groupStage, mark } from './stages.ts';

/** A listener that hands connections to a target. */
export interface Handover {
  readonly balancer: LoadBalancer;
  /** Of the balancer. */
  readonly front: TrafficSet;
  /** Of the target. */
  readonly back: TrafficSet;
  /** Instance id, address or ARN. */
  readonly target: string;
  readonly group: TargetGroup | undefined;
  readonly listener: { readonly id: string; readonly text: string; readonly source: Source };
  readonly health: string | undefined;
  /** Set when the group's targets, or where the listener forwards to, were not read: then this is one that may be. */
  readonly vague?: Missing;
}

function forwards(network: Network, listener: Listener): readonly string[] {
  const rules = rulesOf(network.estate).get(listener.id) ?? [];
  const actions = [...(listener.actions ?? []), ...rules.flatMap((rule) => rule.actions ?? [])];
  return [...new Set(actions.flatMap(targetGroupsOf))];
}
const targetGroupsOf = (action: ListenerAction): readonly string[] =>
  action.type === 'forward' || action.targetGroups.length > 0
    ? action.targetGroups.filter((one) => one.weight > 0).map((one) => one.ref.id)
    : [];
const rulesOf = listedBy('listenerRule', ({ listener }) => [listener?.id]);

/** Every handover of every balancer, by target. */
const handovers = indexed((estate) => {
  const network = networkOf(estate);
  const every = all(estate, 'loadBalancer').flatMap((balancer) => handoversOf(network, balancer));
  return grouped(every, ({ target }) => [target]);
});

/** The handovers to a target by the name that it is registered with: an instance's id, an address, a function's ARN. */
export const handoversNaming = (network: Network, target: string): readonly Handover[] =>
  handovers(network.estate).get(target) ?? [];

export function handoversOf(network: Network, balancer: LoadBalancer): readonly Handover[] {
  if (balancer.classic)
    return balancer.classic.listeners.flatMap((listener) =>
      (balancer.classic?.instances ?? []).map(
        (ref): Handover => ({
          balancer,
          front: portTraffic(TCP, listener.port),
          back: portTraffic(TCP, listener.instancePort),
          target: ref.id,
          group: undefined,
          listener: { id: balancer.id, text: `${listener.protocol}:${listener.port}`, source: balancer.source },
          health: undefined,
        }),
      ),
    );
  return listenersOf(network, balancer).flatMap((listener) => {
    const told = forwards(network, listener);
    const untold = actionsUntold(network, listener);
    const others = untold ? groupsOf(network, balancer).filter((id) => !told.includes(id)) : [];
    return [...told, ...others].flatMap((groupId, n) => {
      const group = byId(network.estate, groupId);
      if (group?.kind !== 'targetGroup') return [];
      const vague = n < told.length ? {} : { vague: untold };
      return (group.targets ?? targetsOfServices(network, group)).map(
        (target): Handover => ({
          balancer,
          front: protocolPorts(listener.protocol, listener.port),
          back: backOf(group, target, listener),
          target: target.target,
          group,
          listener: { id: listener.id, text: `${listener.protocol}:${listener.port}`, source: listener.source },
          health: target.health,
          ...vague,
        }),
      );
    });
  });
}

/** What would tell where a listener forwards to; undefined when each of its actions is told. */
function actionsUntold(network: Network, listener: Listener): Missing | undefined {
  if (listener.actions === undefined)
    return lacking(network, 'elbv2:DescribeListeners', listener, 'what the listener does with a request');
  const rules = rulesOf(network.estate).get(listener.id) ?? [];
  if (rules.every(({ actions }) => actions !== undefined)) return undefined;
  return lacking(network, 'elbv2:DescribeRules', listener, 'what the rules of the listener do with a request');
}

/** The target groups that name a balancer as theirs, and those of its VPC that tell of none. */
const groupsOf = (network: Network, balancer: LoadBalancer): readonly string[] => {
  const index = groupsByBalancer(network.estate);
  return [balancer.id, untoldIn(balancer.vpc)].flatMap((key) => index.get(key) ?? []).map(({ id }) => id);
};
/** The target groups that name a balancer as theirs. */
export const groupsNaming = (network: Network, balancer: LoadBalancer): readonly TargetGroup[] =>
  groupsByBalancer(network.estate).get(balancer.id) ?? [];
const untoldIn = (vpc: { readonly id: string } | undefined): string => `untold in ${vpc?.id}`;
const groupsByBalancer = listedBy(
  'targetGroup',
  ({ loadBalancers, vpc }) => loadBalancers?.map(({ id }) => id) ?? [untoldIn(vpc)],
);

function backOf(group: TargetGroup, target: Target, listener: Listener): TrafficSet {
  if (group.targetType === 'lambda') return ALL_TRAFFIC;
  return protocolPorts(group.protocol ?? listener.protocol, target.port ?? group.port);
}

/** Where target health was not read, the services that register themselves there. */
function targetsOfServices(network: Network, group: TargetGroup): readonly Target[] {
  return (servicesByGroup(network.estate).get(group.id) ?? []).map(({ service, port }) => ({
    target: service,
    port,
    zone: undefined,
    health: undefined,
  }));
}
const servicesByGroup = indexed((estate) => {
  const result = new Map<string, { readonly service: string; readonly port: number | undefined }[]>();
  for (const service of all(estate, 'ecsService'))
    for (const { targetGroup, containerPort } of service.loadBalancers ?? []) {
      if (targetGroup === undefined) continue;
      const port = service.network === null ? undefined : containerPort;
      result.set(targetGroup.id, [...(result.get(targetGroup.id) ?? []), { service: service.id, port }]);
    }
  return result;
});

/** The handovers that end at an interface: by its owner, its address, or itself; and those that may. */
export function handoversTo(network: Network, one: NetworkInterface): readonly Handover[] {
  const index = handovers(network.estate);
  const keys = [
    one.id as string,
    ...(one.owner ? [one.owner.id as string] : []),
    ...(one.addresses ?? []).map((a) => a.private),
    ...(one.ipv6 ?? []),
  ];
  const owner = one.owner && byId(network.estate, one.owner.id);
  const target = owner === undefined || ['instance', 'ecsTask', 'ecsService'].includes(owner.kind);
  const may = target ? (vagueHandovers(network.estate).get(one.vpc?.id ?? '') ?? []) : [];
  return [...keys.flatMap((key) => index.get(key) ?? []), ...may].filter((handover) => sameVpc(handover.balancer, one));
}

/** Groups whose targets were not read, by VPC: any host there may be a target of theirs. */
const vagueHandovers = indexed((estate): ReadonlyMap<string, readonly Handover[]> => {
  const network = networkOf(estate);
  const result = new Map<string, Handover[]>();
  for (const balancer of all(estate, 'loadBalancer'))
    for (const listener of listenersOf(network, balancer))
      for (const groupId of forwards(network, listener)) {
        const found = byId(network.estate, groupId);
        const group = found?.kind === 'targetGroup' ? found : undefined;
        if (group?.targets !== undefined || group?.targetType === 'lambda' || group?.targetType === 'alb') continue;
        if (group && targetsOfServices(network, group).length > 0) continue;
        const vpc = balancer.vpc?.id ?? '';
        const place = { id: groupId, account: balancer.account, region: balancer.region };
        const list = result.get(vpc) ?? [];
        list.push({
          balancer,
          front: protocolPorts(listener.protocol, listener.port),
          back: group?.port === undefined ? ALL_TRAFFIC : protocolPorts(group.protocol ?? listener.protocol, undefined),
          target: groupId,
          group,
          listener: { id: listener.id, text: `${listener.protocol}:${listener.port}`, source: listener.source },
          health: undefined,
          vague: lacking(
            network,
            group ? 'elbv2:DescribeTargetHealth' : 'elbv2:DescribeTargetGroups',
            place,
            'the targets of the group',
          ),
        });
        result.set(vpc, list);
      }
  return result;
});

const sameVpc = (balancer: LoadBalancer, one: NetworkInterface): boolean =>
  [undefined, 'unknown', balancer.vpc?.id].includes(one.vpc?.id) || balancer.vpc === undefined;

/** The outcome of reaching `to` by a handover, given how its balancer is reached on the listener's port. */
export function handedOver(
  network: Network,
  handover: Handover,
  to: NetworkInterface,
  traffic: TrafficSet,
  front: Outcome,
): Outcome | undefined {
  const back = intersectTraffic(handover.back, traffic);
  if (isNoTraffic(back)) return undefined;
  const behind = facesOf(network, to).map((face) =>
    byNodes(network, handover, to, (nodes) => behindBalancer(network, handover, nodes, face, back, front)),
  );
  const onward = anyOf(behind);
  if (onward === undefined) return undefined;
  const pick = (side: 'sure' | 'maybe') =>
    isNoConnection(front[side]) || isNoConnection(onward[side])
      ? connections({ v4: [], v6: [] }, [])
      : connections(addressesOf(preserves(handover) ? onward[side] : front[side]), trafficIn(onward[side]));
  const outcome = inTurn([front, listened(handover, to.owner?.id ?? to.id), onward], pick);
  const { vague } = handover;
  if (vague === undefined || outcome.answer !== 'yes') return outcome;
  const { assumptions } = outcome.verdict;
  return given({ answer: 'unknown', missing: [vague], assumptions }, NO_CONNECTIONS, outcome.maybe, outcome.way);
}

/** The step inside the balancer, as a link of the proof. */
function listened(handover: Handover, target: string): Outcome {
  const { balancer, listener, group, health } = handover;
  const links = [
    hop('listener', listener.id, listener.text, `${balancer.name} takes it at ${listener.text}.`, listener.source),
    hop(
      'target-group',
      group?.id ?? balancer.id,
      handover.target,
      `${group?.name ?? balancer.name} hands it to ${target}${health === undefined ? '' : ` (${health})`}.`,
      group?.source ?? balancer.source,
    ),
  ];
  const set = connections({ v4: [0, 1], v6: [] }, ALL_TRAFFIC);
  const assumptions =
    health !== undefined && health !== 'healthy'
      ? [`Target ${target} of ${group?.name ?? balancer.name} is ${health} now.`]
      : [];
  return given({ answer: 'yes', proof: links, assumptions }, set, set);
}

/**
 * Network load balancers hand on the client's own address for instance targets and UDP, and for address targets where
 * it is switched on. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function preserves({ balancer, group }: Handover): boolean {
  if (balancer.type !== 'network') return false;
  const set = group?.attributes?.['preserve_client_ip.enabled'];
  if (set !== undefined) return set === 'true';
  return group?.targetType === 'instance' || /UDP/.test(group?.protocol ?? '');
}

function behindBalancer(
  network: Network,
  handover: Handover,
  interfaces: readonly NetworkInterface[],
  face: Face,
  traffic: TrafficSet,
  front: Outcome,
): Outcome {
  const nodes = interfaces.flatMap((one) => facesOf(network, one));
  if (!preserves(handover) || nodes.length === 0) {
    const outcome = anyOf(nodes.map((node) => faceToFace(network, node, face, traffic)));
    return outcome ?? lackingNodes(handover.balancer);
  }
  const groups = nodes.flatMap((node) => (node.groups === 'none' || node.groups === undefined ? [] : node.groups));
  const path: Path = {
    stages: [
      aclStage(network, face.subnet, 'in', face),
      groupStage(network, face, {
        direction: 'ingress',
        peer: groups.length > 0 ? { type: 'member', groups } : { type: 'address' },
      }),
      mark('listening', arrival(face)),
      ...listeningStages(network, face),
      returnAclStage(network, [{ subnet: face.subnet, direction: 'out', face }]),
    ],
    way: [face.subnet?.id, labelOf(face)].filter((id) => id !== undefined),
    assumptions: [`${handover.balancer.name} hands on the address of the client.`, ...face.assumptions],
  };
  const clients = addressesOf(front.answer === 'yes' ? front.sure : front.maybe);
  return judge(path, { addresses: clients, traffic }, network.ignored);
}

function lackingNodes(balancer: LoadBalancer): Outcome {
  const missing = {
    operation: 'ec2:DescribeNetworkInterfaces',
    reason: 'the interfaces of the load balancer are not in the input',
    resource: balancer.id,
  };
  const all = connections({ v4: [0, 2 ** 32], v6: [] }, ALL_TRAFFIC);
  return given({ answer: 'unknown', missing: [missing], assumptions: [] }, NO_CONNECTIONS, all);
}

/** Interfaces of what a handover hands to. */
export function targetInterfaces(network: Network, handover: Handover): readonly NetworkInterface[] {
  const resource: Resource | undefined = byId(network.estate, handover.target);
  if (resource) return interfacesOf(network, resource);
  return (network.privately.get(handover.target) ?? []).filter((one) => sameVpc(handover.balancer, one));
}
