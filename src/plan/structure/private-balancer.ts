/** A second, internal load balancer that does what a public one does for its distribution. */

import type { LoadBalancer, TargetGroup } from '../../estate/kinds/balance.ts';
import type { EcsService } from '../../estate/kinds/compute.ts';
import type { Distribution } from '../../estate/kinds/edge.ts';
import type { Subnet, Vpc } from '../../estate/kinds/network.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, ref, type Update } from '../edit.ts';
import type { State } from '../state.ts';
import type { DeclaredResource } from '../world.ts';
import { LISTENER, RULE, type Serving } from './balancer-front.ts';
import { DISTRIBUTION } from './distributions.ts';
import { groupRef, letIn, letOut, newGroup, ownGroupName } from './groups.ts';
import { arnOf, idOf, slug, tagged } from './names.ts';
import { freeName } from './roles.ts';

const BALANCER = 'aws:lb/loadBalancer:LoadBalancer';
const TARGETS = 'aws:lb/targetGroup:TargetGroup';
const VPC_ORIGIN = 'aws:cloudfront/vpcOrigin:VpcOrigin';

export interface Behind {
  readonly service: EcsService;
  readonly declared: DeclaredResource;
  /** The group that its tasks carry and that is its own. */
  readonly group: DeclaredResource;
}

export interface Targets {
  readonly group: TargetGroup;
  readonly declared: DeclaredResource;
  readonly services: readonly Behind[];
  /** Ports of its tasks: for requests, and for the health check. */
  readonly ports: readonly number[];
}

/** A public balancer of which everything is known that a private one needs. */
export interface Public {
  readonly balancer: LoadBalancer;
  readonly declared: DeclaredResource;
  readonly distribution: Distribution;
  readonly front: DeclaredResource;
  readonly originId: string;
  readonly secure: Serving;
  /** Listeners that only send to HTTPS. */
  readonly plain: readonly Serving[];
  readonly targets: readonly Targets[];
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  readonly prefixList: string;
}

export interface Private {
  readonly name: string;
  readonly balancer: Create;
  readonly originId: string;
  /** Group, rules, balancer and target groups: nobody is sent anywhere yet. */
  readonly made: readonly Create[];
  /** Listener and rules, and the services in both groups. */
  readonly served: readonly Edit[];
  /** The services in the new groups only. */
  readonly left: readonly Update[];
  readonly second: readonly Edit[];
  readonly switched: Update;
  readonly alone: Update;
}

export function privateOf(state: State, old: Public): Private {
  const name = freeName(state, [BALANCER], `${slug(old.balancer.name, 22)}-private`);
  const groups = old.targets.map((one, n) => ({ one, made: targetGroup(state, one, n) }));
  const swaps = new Map(
    groups.flatMap(({ one, made }) =>
      [one.group.id, arnOf(state, one.group)].map((was): [string, string] => [was, ref(made, 'arn')]),
    ),
  );
  const balancer = balancerOf(state, old, name);
  const listening = listenerOf(old.secure, name, balancer, swaps);
  const arns = new Map(groups.map(({ one, made }) => [one.group.id as string, listened(listening, ref(made, 'arn'))]));
  const services = [
    ...new Map(old.targets.flatMap((one) => one.services).map((one) => [one.service.id, one])).values(),
  ];
  const both = services.map((one) => registered(one, old.targets, arns));
  return {
    name,
    balancer,
    originId: fresh(originsOf(old.front).map(({ originId }) => originId)),
    made: [...doors(state, old, name), balancer, ...groups.map(({ made }) => made)],
    served: [...listening, ...both.map(({ beside }) => beside)],
    left: both.map(({ alone }) => alone),
    ...origins(old, name, balancer),
  };
}

function fresh(taken: readonly unknown[]): string {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? 'private' : `private-${n}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** Only CloudFront gets in, and only to the tasks it gets out: each a rule of its own. */
function doors(state: State, old: Public, name: string): readonly Create[] {
  const own = groupRef(ownGroupName({ name }));
  const https = { protocol: 'tcp', ports: { from: 443, to: 443 } } as const;
  const behind = old.targets.flatMap(({ services, ports }) =>
    services.flatMap(({ service, group }) =>
      ports.flatMap((port) => {
        const traffic = { protocol: 'tcp', ports: { from: port, to: port } } as const;
        return [
          letIn(service.name, ref(group), { group: own, name }, traffic, `requests to ${service.name}`),
          letOut(name, own, { group: ref(group), name: service.name }, traffic, `requests to ${service.name}`),
        ];
      }),
    ),
  );
  const rules = [
    letIn(name, own, { prefixList: old.prefixList, name: 'cloudfront' }, https, 'CloudFront, by its VPC origin'),
    ...behind,
  ];
  return [
    newGroup(ownGroupName({ name }), idOf(state, old.vpc), `Only ${name}`),
    ...new Map(rules.map((edit) => [`${edit.type} ${edit.name}`, edit])).values(),
  ];
}

const tagsOf = ({ properties }: DeclaredResource): Properties => (isProperties(properties.tags) ? properties.tags : {});

function balancerOf(state: State, { declared, subnets }: Public, name: string): Create {
  const { subnetMappings: _mappings, namePrefix: _prefix, ...kept } = declared.properties;
  return {
    op: 'create',
    type: BALANCER,
    name,
    properties: {
      ...kept,
      name,
      internal: true,
      ipAddressType: 'ipv4',
      securityGroups: [groupRef(ownGroupName({ name }))],
      subnets: subnets.map((subnet) => idOf(state, subnet)),
      enableDeletionProtection: true,
      tags: { ...tagsOf(declared), ...tagged(name) },
    },
  };
}

/** A target group is of one balancer, so the new one has copies. */
function targetGroup(state: State, { group, declared }: Targets, n: number): Create {
  const name = freeName(state, [TARGETS], `${slug(group.name, 24)}-vpc${n === 0 ? '' : n + 1}`);
  const { namePrefix: _prefix, ...kept } = declared.properties;
  return {
    op: 'create',
    type: TARGETS,
    name,
    properties: { ...kept, name, tags: { ...tagsOf(declared), ...tagged(name) } },
  };
}

function listenerOf(
  { declared, rules }: Serving,
  name: string,
  balancer: Create,
  swaps: ReadonlyMap<string, string>,
): readonly Create[] {
  const { properties } = declared;
  const own = `${name}-https-443`;
  const listener: Create = {
    op: 'create',
    type: LISTENER,
    name: own,
    properties: {
      loadBalancerArn: ref(balancer, 'arn'),
      port: 443,
      protocol: 'HTTPS',
      ...(properties.sslPolicy === undefined ? {} : { sslPolicy: properties.sslPolicy }),
      ...(properties.certificateArn === undefined ? {} : { certificateArn: properties.certificateArn }),
      defaultActions: swapped(properties.defaultActions ?? [], swaps),
      tags: tagged(own),
    },
  };
  const made = rules.map(
    (rule): Create => ({
      op: 'create',
      type: RULE,
      name: `${own}-rule-${String(rule.properties.priority)}`,
      properties: {
        listenerArn: ref(listener, 'arn'),
        priority: rule.properties.priority ?? 1,
        conditions: rule.properties.conditions ?? [],
        actions: swapped(rule.properties.actions ?? [], swaps),
      },
    }),
  );
  return [listener, ...made];
}

function swapped(value: Value, swaps: ReadonlyMap<string, string>): Value {
  if (typeof value === 'string') return swaps.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each: Value) => swapped(each, swaps));
  if (!isProperties(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, swapped(each, swaps)]));
}

const list = (value: Value | undefined): readonly Properties[] =>
  Array.isArray(value) ? value.filter(isProperties) : [];

/** ECS takes a group that a balancer knows already: by the action that forwards to it the service comes after it. */
function listened(listening: readonly Create[], arn: string): string {
  for (const holder of listening)
    for (const property of ['defaultActions', 'actions']) {
      const n = list(holder.properties[property]).findIndex(({ targetGroupArn }) => targetGroupArn === arn);
      if (n >= 0) return ref(holder, `${property}.${n}.targetGroupArn`);
    }
  return arn;
}

/** The service with the new groups beside the old, and with them alone. */
function registered(
  { service, declared }: Behind,
  targets: readonly Targets[],
  arns: ReadonlyMap<string, string>,
): { readonly beside: Update; readonly alone: Update } {
  const entries = list(declared.properties.loadBalancers);
  const known = (service.loadBalancers ?? []).map(({ targetGroup }) => targetGroup?.id as string | undefined);
  const leaving = (n: number): boolean => targets.some(({ group }) => group.id === known[n]);
  const come = entries.flatMap((entry, n) => {
    const arn = leaving(n) ? arns.get(known[n] ?? '') : undefined;
    return arn === undefined ? [] : [{ ...entry, targetGroupArn: arn }];
  });
  const update = (loadBalancers: readonly Properties[]): Update => ({
    op: 'update',
    type: declared.type,
    name: declared.name,
    properties: { loadBalancers },
  });
  return {
    beside: update([...entries, ...come]),
    alone: update([...entries.filter((_, n) => !leaving(n)), ...come]),
  };
}

export const originsOf = ({ properties }: DeclaredResource): readonly Properties[] => list(properties.origins);

/** The cache behaviours of a distribution that ask one origin. */
export const behavioursOf = ({ properties }: DeclaredResource, originId: string): readonly Properties[] =>
  [properties.defaultCacheBehavior, ...list(properties.orderedCacheBehaviors)].filter(
    (one): one is Properties => isProperties(one) && one.targetOriginId === originId,
  );

function origins(old: Public, name: string, balancer: Create): Pick<Private, 'second' | 'switched' | 'alone'> {
  const { front, originId } = old;
  const all = originsOf(front);
  const secondId = fresh(all.map((one) => one.originId));
  const made: Create = {
    op: 'create',
    type: VPC_ORIGIN,
    name,
    properties: {
      vpcOriginEndpointConfig: {
        name,
        arn: ref(balancer, 'arn'),
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: 'https-only',
        originSslProtocols: { items: ['TLSv1.2'], quantity: 1 },
      },
      tags: tagged(name),
    },
  };
  const { customOriginConfig, ...kept } = all.find((one) => one.originId === originId) ?? {};
  const { originReadTimeout = 30, originKeepaliveTimeout = 5 } = isProperties(customOriginConfig)
    ? customOriginConfig
    : {};
  const second: Properties = {
    ...kept,
    originId: secondId,
    domainName: ref(balancer, 'dnsName'),
    vpcOriginConfig: { vpcOriginId: ref(made), originReadTimeout, originKeepaliveTimeout },
  };
  const update = (properties: Properties): Update => ({
    op: 'update',
    type: DISTRIBUTION,
    name: front.name,
    properties,
  });
  const led = (behaviour: Properties): Properties =>
    behaviour.targetOriginId === originId ? { ...behaviour, targetOriginId: secondId } : behaviour;
  const { defaultCacheBehavior, orderedCacheBehaviors } = front.properties;
  return {
    second: [made, update({ origins: [...all, second] })],
    switched: update({
      ...(isProperties(defaultCacheBehavior) ? { defaultCacheBehavior: led(defaultCacheBehavior) } : {}),
      ...(orderedCacheBehaviors === undefined ? {} : { orderedCacheBehaviors: list(orderedCacheBehaviors).map(led) }),
    }),
    alone: update({ origins: [...all.filter((one) => one.originId !== originId), second] }),
  };
}
