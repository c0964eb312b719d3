/**
 * Whether a change of a resource only adds (traffic, capacity, permission), only removes, does neither, or is a switch: a
 * table by kind and field, since that is a matter of what AWS does with the field.
 */
import { all, byId, type Estate } from '../estate/estate.ts';
import type { Route } from '../estate/kinds/network.ts';
import type { Kind, Resource } from '../estate/resource.ts';
import { addressSetOf, overlaps } from '../estate/sets/index.ts';
import { same } from './merge.ts';
import type { Change } from './proofs/difference.ts';

export type Direction = 'adds' | 'removes' | 'switches' | 'neutral';

export interface Told {
  readonly direction: Direction;
  readonly because: string;
  /** Fields of which no condition sees what a change of them does; a whole resource is `''`. */
  readonly unjudged: readonly string[];
}

type Judge = (before: unknown, after: unknown, change: Change, then: Estate, now: Estate) => Direction;

/** More members add, fewer remove, others switch. */
const asSet: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  const within = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.every((one) => b.some((two) => same(one, two)));
  return within(before, after) ? 'adds' : within(after, before) ? 'removes' : 'switches';
};

/** `true` is more than `false`. */
const moreIsTrue: Judge = (before, after) =>
  before === false && after === true ? 'adds' : before === true && after === false ? 'removes' : 'switches';
/** `true` keeps out: a block on public access. */
const trueCloses: Judge = (before, after) => (after === true && before !== true ? 'removes' : 'adds');
const asNumber: Judge = (before, after) =>
  typeof before === 'number' && typeof after === 'number' ? (after > before ? 'adds' : 'removes') : 'switches';
/** Something comes where nothing was, or goes and leaves nothing. */
const asPresence: Judge = (before, after) => {
  const nothing = (value: unknown): boolean => value === null || value === undefined;
  if (nothing(before) && nothing(after)) return 'neutral';
  return nothing(before) ? 'adds' : nothing(after) ? 'removes' : 'switches';
};
const neutral: Judge = () => 'neutral';
/** Neither more nor less, and the conditions see what it comes to. */
const switching: Judge = () => 'switches';
/** Rules: by what they admit. A rule of the same id that changed is a removal and an addition. */
const asRules: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  const bare = (rule: unknown): unknown => {
    if (typeof rule !== 'object' || rule === null) return rule;
    const { id: _id, description: _description, source: _source, ...admits } = rule as Record<string, unknown>;
    return admits;
  };
  const [was, is] = [before.map(bare), after.map(bare)];
  const within = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.every((one) => b.some((two) => same(one, two)));
  if (within(was, is) && within(is, was)) return 'neutral';
  return within(was, is) ? 'adds' : within(is, was) ? 'removes' : 'switches';
};

/** Statements that allow are added or taken away; a deny is the other way round. */
const asPolicy: Judge = (before, after) => {
  const [was, is] = [statementsOf(before), statementsOf(after)];
  if (was === undefined || is === undefined) return 'switches';
  const gone = was.filter((one) => !is.includes(one));
  const come = is.filter((one) => !was.includes(one));
  const allows = (text: string): boolean => !/"Effect":"Deny"/.test(text);
  const adds = come.some(allows) || gone.some((one) => !allows(one));
  const removes = gone.some(allows) || come.some((one) => !allows(one));
  return adds && removes ? 'switches' : adds ? 'adds' : removes ? 'removes' : 'neutral';
};

function statementsOf(policy: unknown): readonly string[] | undefined {
  if (policy === null) return [];
  if (typeof policy !== 'string') return undefined;
  try {
    const { Statement } = JSON.parse(policy) as { Statement?: unknown };
    const list = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
    return list.map((one) => JSON.stringify(one));
  } catch {
    return undefined;
  }
}

const asInlinePolicies: Judge = (before, after) => {
  if (!Array.isArray(before) || !Array.isArray(after)) return 'switches';
  const text = (list: readonly unknown[]): string | undefined => {
    const statements = list.map((one) => statementsOf((one as { document?: unknown }).document));
    return statements.includes(undefined) ? undefined : `{"Statement":[${statements.flat().join(',')}]}`;
  };
  const [was, is] = [text(before), text(after)];
  return was === undefined || is === undefined
    ? 'switches'
    : asPolicy(was, is, {} as Change, {} as Estate, {} as Estate);
};

/** A managed policy that denies takes away where it is attached. */
const asAttachments: Judge = (before, after, _change, then, now) => {
  const direction = asSet(before, after, _change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  const moved = [...(is ?? []), ...(was ?? [])].filter((id) => was?.has(id) !== is?.has(id));
  const denies = moved.some((id) => {
    const policy = [...all(now, 'policy'), ...all(then, 'policy')].find((one) => one.id === id);
    return /"Effect"\s*:\s*"Deny"/.test(policy?.document ?? '');
  });
  if (!denies) return direction;
  const allows = moved.some((id) => {
    const policy = [...all(now, 'policy'), ...all(then, 'policy')].find((one) => one.id === id);
    return /"Effect"\s*:\s*"Allow"/.test(policy?.document ?? '');
  });
  return allows ? 'switches' : direction === 'adds' ? 'removes' : 'adds';
};

/** Joining a group gives what its policies allow, and takes what they deny. */
const asMemberships: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  const moved = [...(is ?? []), ...(was ?? [])].filter((id) => was?.has(id) !== is?.has(id));
  const texts = [now, then].flatMap((estate) =>
    all(estate, 'group').flatMap((group) =>
      moved.includes(group.id)
        ? [
            ...(group.inlinePolicies ?? []).map(({ document }) => document),
            ...(group.attachedPolicies ?? []).map(({ id }) => documentOf(estate, id)),
          ]
        : [],
    ),
  );
  if (!texts.some((text) => /"Effect"\s*:\s*"Deny"/.test(text ?? ''))) return direction;
  if (texts.some((text) => text === undefined || /"Effect"\s*:\s*"Allow"/.test(text))) return 'switches';
  return direction === 'adds' ? 'removes' : 'adds';
};

const documentOf = (estate: Estate, id: string): string | undefined => {
  const policy = byId(estate, id);
  return policy?.kind === 'policy' ? policy.document : undefined;
};

/** Weights: a target group that comes with weight 0, or goes from it, gets no request. */
const asActions: Judge = (before, after) => {
  const flat = (actions: unknown): ReadonlyMap<string, number> | undefined => {
    if (!Array.isArray(actions)) return undefined;
    if (!actions.every((one: { type?: string }) => one.type === 'forward')) return undefined;
    return new Map(
      actions.flatMap((one: { targetGroups: readonly { ref: { id: string }; weight: number }[] }) =>
        one.targetGroups.map(({ ref, weight }) => [ref.id, weight] as const),
      ),
    );
  };
  const [was, is] = [flat(before), flat(after)];
  if (!was || !is) return 'switches';
  const share = (map: ReadonlyMap<string, number>, id: string): number => {
    const total = [...map.values()].reduce((sum, weight) => sum + weight, 0);
    // a single group gets everything, whatever its weight says
    return total === 0 ? (map.size === 1 && map.has(id) ? 1 : 0) : (map.get(id) ?? 0) / total;
  };
  const ids = new Set([...was.keys(), ...is.keys()]);
  if ([...ids].some((id) => share(was, id) !== share(is, id))) return 'switches';
  return is.size > was.size ? 'adds' : is.size < was.size ? 'removes' : 'neutral';
};

/** Associations and routes of a table that no interface uses yet move nothing. */
const asRouting: Judge = (before, after, change, then, now) => {
  const id = (change.after ?? change.before)?.id;
  const used = [then, now].some((estate) => {
    const table = all(estate, 'routeTable').find((one) => one.id === id);
    const subnets = new Set(table?.subnets?.map((subnet) => subnet.id) ?? []);
    return all(then, 'networkInterface').some((one) => one.subnet !== undefined && subnets.has(one.subnet.id));
  });
  if (!used) return 'neutral';
  if (onlyFreshLocalRoutes(before, after)) return 'adds';
  const direction = asSet(before, after, change, then, now);
  return direction === 'neutral' ? 'neutral' : 'switches';
};

/** AWS puts a local route to a further block of the VPC into every table: nothing went there, but by the default route. */
function onlyFreshLocalRoutes(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const [was, is] = [before as readonly Route[], after as readonly Route[]];
  if (!was.every((one) => is.some((two) => same(one, two)))) return false;
  const come = is.filter((one) => !was.some((two) => same(one, two)));
  const blockOf = ({ destination }: Route) =>
    destination?.type === 'cidr' ? addressSetOf([destination.cidr]) : undefined;
  const isDefault = ({ destination }: Route): boolean =>
    destination?.type === 'cidr' && (destination.cidr === '0.0.0.0/0' || destination.cidr === '::/0');
  return come.every((one) => {
    const block = blockOf(one);
    if (one.target?.type !== 'local' || block === undefined) return false;
    return was.every((other) => {
      const there = blockOf(other);
      // a prefix list of AWS holds public addresses, which no block of a VPC meets
      if (there === undefined) return other.destination?.type === 'prefixList' && other.target?.type === 'vpcEndpoint';
      return isDefault(other) || !overlaps(block, there);
    });
  });
}

/** A list of rules comes over a subnet, or leaves it: nothing is kept out of a subnet that nothing stands in. */
const asEmptyPlaces: Judge = (before, after, change, then, now) => {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'adds' && direction !== 'removes') return direction;
  const [was, is] = [before, after].map((list) => new Set((list as readonly { id: string }[]).map(({ id }) => id)));
  const moved = new Set([...(was ?? []), ...(is ?? [])].filter((id) => was?.has(id) !== is?.has(id)));
  return all(then, 'networkInterface').some((one) => one.subnet !== undefined && moved.has(one.subnet.id))
    ? 'switches'
    : direction;
};

const NEUTRAL_EVERYWHERE = new Set(['tags', 'name', 'description', 'derived', 'arn']);

const FIELDS: Readonly<Partial<Record<Kind, Readonly<Record<string, Judge>>>>> = {
  securityGroup: { ingress: asRules, egress: asRules },
  instance: {
    managedBySsm: neutral,
    state: switching,
    publicAddress: switching,
    securityGroups: asSet,
    httpTokens: neutral,
    instanceProfile: neutral,
  },
  database: {
    engineVersion: switching,
    instanceClass: switching,
    storageEncrypted: switching,
    zone: switching,
    endpoint: switching,
    subnetGroup: switching,
    vpc: switching,
    replicaOf: switching,
    securityGroups: asSet,
    publiclyAccessible: moreIsTrue,
    multiAz: moreIsTrue,
    backupRetention: neutral,
    deletionProtection: neutral,
    replicas: neutral,
    secondaryZone: neutral,
    iamAuthentication: neutral,
    status: neutral,
    pendingChanges: neutral,
    allocatedStorage: asNumber,
  },
  databaseCluster: {
    engineVersion: switching,
    endpoint: switching,
    readerEndpoint: switching,
    securityGroups: asSet,
    members: asSet,
    // in several zones as soon as a reader stands in another one
    multiAz: moreIsTrue,
    backupRetention: neutral,
    deletionProtection: neutral,
    zones: asSet,
  },
  databaseSubnetGroup: { subnets: asSet },
  cacheSubnetGroup: { subnets: asSet },
  cache: {
    nodeType: switching,
    subnetGroup: switching,
    securityGroups: asSet,
    nodes: asSet,
    automaticFailover: moreIsTrue,
    multiAz: moreIsTrue,
    endpoints: neutral,
    snapshotRetention: neutral,
    form: neutral,
    identifier: neutral,
  },
  loadBalancer: { securityGroups: asSet, subnets: asSet, zones: asSet, attributes: neutral, webAcl: neutral },
  listener: { actions: asActions, certificates: asSet, sslPolicy: neutral },
  listenerRule: { actions: asActions, conditions: asConditions },
  targetGroup: { loadBalancers: asSet, attributes: neutral, targets: asSet },
  autoScalingGroup: {
    min: asNumber,
    max: asNumber,
    desired: asNumber,
    instances: asSet,
    subnets: asSet,
    zones: asSet,
    targetGroups: asSet,
  },
  ecsService: {
    taskDefinition: switching,
    network: switching,
    launchType: switching,
    capacityProviders: switching,
    loadBalancers: asSet,
    desired: asNumber,
    running: asNumber,
    circuitBreaker: neutral,
    executeCommand: neutral,
    placementStrategy: neutral,
  },
  // a draining machine gets no new task, and those of services leave it
  containerInstance: { status: asActive },
  ecsCluster: { capacityProviders: asSet },
  function: {
    network: switching,
    role: switching,
    runtime: switching,
    urls: asSet,
    deadLetter: neutral,
    memory: neutral,
    timeout: neutral,
    policy: asPolicy,
    environment: neutral,
  },
  bucket: {
    policy: asPolicy,
    policyIsPublic: neutral,
    acl: asSet,
    versioning: neutral,
    encryption: neutral,
    logging: neutral,
    ownership: neutral,
    website: asWebsite,
  },
  queue: { policy: asPolicy, deadLetter: neutral, encrypted: neutral, visibilityTimeout: neutral },
  topic: { policy: asPolicy, encrypted: neutral },
  table: { pointInTimeRecovery: neutral, policy: asPolicy },
  role: {
    attachedPolicies: asAttachments,
    inlinePolicies: asInlinePolicies,
    trust: asPolicy,
    lastUsed: neutral,
    boundary: asBoundary,
  },
  user: {
    consoleAccess: switching,
    created: neutral,
    passwordLastUsed: neutral,
    attachedPolicies: asAttachments,
    inlinePolicies: asInlinePolicies,
    groups: asMemberships,
    mfa: neutral,
    mfaDevices: neutral,
    accessKeys: asSet,
  },
  // who is in a group is judged with the user who is
  group: { attachedPolicies: asAttachments, inlinePolicies: asInlinePolicies, members: neutral },
  policy: { document: asPolicy },
  instanceProfile: { roles: asSet },
  accessKey: { active: moreIsTrue },
  subnet: { mapPublicIpOnLaunch: neutral },
  internetGateway: { vpcs: asSet },
  dnsRecord: { alias: switching, values: switching, ttl: neutral },
  taskDefinition: { containers: switching, taskRole: switching, executionRole: switching },
  ecsTask: { taskDefinition: switching },
  eventSource: { enabled: moreIsTrue },
  routeTable: { routes: asRouting, subnets: asRouting, main: asRouting },
  networkAcl: { subnets: asEmptyPlaces },
  vpcEndpoint: { routeTables: asSet, subnets: asSet, securityGroups: asSet, networkInterfaces: asSet },
  distribution: { aliases: asSet, origins: asOrigins, asks: switching, webAcl: neutral },
  account: { passwordPolicy: neutral, rootMfa: neutral, rootAccessKeys: neutral, organization: neutral },
  logGroup: { retention: neutral, retentionDays: neutral },
  elasticIp: { instance: asPresence, networkInterface: asPresence, privateAddress: asPresence },
  vpc: { cidrs: asSet },
  networkInterface: { securityGroups: asSet },
};

/** A website comes or goes; where it is not known, neither is told. */
function asWebsite(before: unknown, after: unknown): Direction {
  if (before === undefined || after === undefined) return 'switches';
  return before === null ? 'adds' : after === null ? 'removes' : 'switches';
}

/** An origin that goes while a behaviour still asks it is no removal: CloudFront refuses it, and a request would go nowhere. */
function asOrigins(before: unknown, after: unknown, change: Change, then: Estate, now: Estate): Direction {
  const direction = asSet(before, after, change, then, now);
  if (direction !== 'removes' || change.after?.kind !== 'distribution') return direction;
  const { asks, origins } = change.after;
  const there = new Set(origins?.map(({ id }) => id));
  return asks?.every((id) => there.has(id)) ? 'removes' : 'switches';
}

/** A rule takes what meets all of its conditions: one more keeps out. */
function asConditions(before: unknown, after: unknown, change: Change, then: Estate, now: Estate): Direction {
  const direction = asSet(before, after, change, then, now);
  return direction === 'adds' ? 'removes' : direction === 'removes' ? 'adds' : direction;
}

function asActive(before: unknown, after: unknown): Direction {
  return before === 'ACTIVE' ? 'removes' : after === 'ACTIVE' ? 'adds' : 'neutral';
}

function asBoundary(before: unknown, after: unknown): Direction {
  return before === null && after !== null ? 'removes' : before !== null && after === null ? 'adds' : 'switches';
}

/** Kinds of which nothing that the conditions look at is lost when they go, or whose loss no reader shows. */
const GOES_UNSEEN: ReadonlySet<Kind> = new Set<Kind>([
  'healthCheck',
  'organizationPolicy',
  'other',
  'scalableTarget',
  'subscription',
]);
/** Kinds that keep out when they come. */
const COMES_UNSEEN: ReadonlySet<Kind> = new Set<Kind>(['organizationPolicy', 'other']);

function ofWhole(resource: Resource, comes: boolean, then: Estate): Told {
  const because = `${resource.kind} ${resource.name} ${comes ? 'comes' : 'goes'}`;
  const unseen = (comes ? COMES_UNSEEN : GOES_UNSEEN).has(resource.kind) && !isInFlows(resource, then);
  const taken = comes && takesOver(resource, then);
  return {
    direction: taken ? 'switches' : comes ? 'adds' : 'removes',
    because: taken ? `${because}, over what stands in its subnets already` : because,
    unjudged: unseen ? [''] : [],
  };
}

/** A subscription that carries messages to what is read here is a flow, which the conditions look after. */
const isInFlows = ({ kind, source }: Resource, then: Estate): boolean =>
  kind === 'subscription' &&
  then.flows.some(({ evidence }) =>
    evidence.some(
      (one) => one.type === 'subscription' && one.source.path === source.path && one.source.file === source.file,
    ),
  );

/** A new table or list of rules for subnets in which something stands is another way for all of it, at once. */
const takesOver = (resource: Resource, then: Estate): boolean => {
  if (resource.kind !== 'routeTable' && resource.kind !== 'networkAcl') return false;
  const subnets = new Set<string>(resource.subnets?.map(({ id }) => id) ?? []);
  return all(then, 'networkInterface').some(({ subnet }) => subnet !== undefined && subnets.has(subnet.id));
};

export function directionOf(change: Change, then: Estate, now: Estate): Told {
  const { before, after, fields } = change;
  if (before === undefined || after === undefined) {
    const one = after ?? before;
    if (one === undefined) return { direction: 'neutral', because: '', unjudged: [] };
    return ofWhole(one, before === undefined, then);
  }
  const told = fields.map((field) => ({ field, direction: fieldDirection(before, after, field, change, then, now) }));
  const kinds = new Set(told.map(({ direction }) => direction).filter((one) => one !== 'neutral'));
  const direction: Direction =
    kinds.size === 0 ? 'neutral' : kinds.size === 1 ? ([...kinds][0] ?? 'neutral') : 'switches';
  const says = { adds: 'grows', removes: 'shrinks', switches: 'changes', neutral: 'changes without effect' };
  return {
    direction,
    because: `${after.name}: ${told.map((one) => `${one.field} ${says[one.direction]}`).join(', ')}`,
    unjudged: told.flatMap(({ field, direction: way }) => (isJudged(after.kind, field, way) ? [] : [field])),
  };
}

/** Who may call a function is seen where it comes: that nobody who calls it is kept out, nothing shows. */
const isJudged = (kind: Kind, field: string, direction: Direction): boolean =>
  kind === 'function' && field === 'policy'
    ? direction === 'adds' || direction === 'neutral'
    : NEUTRAL_EVERYWHERE.has(field) || field === 'publicAccessBlock' || FIELDS[kind]?.[field] !== undefined;

function fieldDirection(
  before: Resource,
  after: Resource,
  field: string,
  change: Change,
  then: Estate,
  now: Estate,
): Direction {
  if (NEUTRAL_EVERYWHERE.has(field)) return 'neutral';
  const [was, is] = [
    new Map<string, unknown>(Object.entries(before)).get(field),
    new Map<string, unknown>(Object.entries(after)).get(field),
  ];
  if (field === 'publicAccessBlock') return blockDirection(was, is);
  const judge = FIELDS[after.kind]?.[field];
  return judge ? judge(was, is, change, then, now) : 'switches';
}

/** Four switches, each of which closes. */
function blockDirection(was: unknown, is: unknown): Direction {
  const of = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const [before, after] = [of(was), of(is)];
  const keys = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'];
  const told = keys
    .filter((key) => (before[key] === true) !== (after[key] === true))
    .map((key) => trueCloses(before[key], after[key], {} as Change, {} as Estate, {} as Estate));
  return told.length === 0 ? 'neutral' : new Set(told).size === 1 ? (told[0] ?? 'neutral') : 'switches';
}
