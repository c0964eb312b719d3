/**
 * What in a value names another resource of the program: the plan's own references, and ids and names that AWS gave to
 * something that the program has adopted, which read better as `vpc.id` than as `vpc-0a1b2c3d`.
 */
import { isProperties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Thing } from './journey.ts';

export interface Target {
  readonly thing: Thing;
  /** `id`, `arn`, `masterUserSecrets.0.secretArn`. */
  readonly output: string;
}

/** Where a resource of the plan stands in the program, when it is a part of something there. */
export interface Standing {
  readonly whole: Thing;
  /** What leads from the variable of the whole to an output of the part: `.subnet('app-a').id`. */
  readonly reach: (output: string) => string | undefined;
}

/** The steps at which a value holds. */
export interface Reign {
  readonly from: number;
  /** Undefined: to the end of the journey. */
  readonly until: number | undefined;
}

export const covers = (thing: Thing, reign: Reign): boolean =>
  thing.from <= reign.from && (thing.until === undefined || (reign.until !== undefined && reign.until <= thing.until));

/** Where a property holds the name of a thing, which as a text alone could be anything's. */
const NAMED: Readonly<Record<string, readonly [type: string, output: string]>> = {
  role: ['aws:iam/role:Role', 'name'],
  user: ['aws:iam/user:User', 'name'],
  group: ['aws:iam/group:Group', 'name'],
  groups: ['aws:iam/group:Group', 'name'],
  bucket: ['aws:s3/bucket:Bucket', 'bucket'],
  iamInstanceProfile: ['aws:iam/instanceProfile:InstanceProfile', 'name'],
  launchConfiguration: ['aws:ec2/launchConfiguration:LaunchConfiguration', 'name'],
  dbSubnetGroupName: ['aws:rds/subnetGroup:SubnetGroup', 'name'],
  subnetGroupName: ['aws:elasticache/subnetGroup:SubnetGroup', 'name'],
  replicateSourceDb: ['aws:rds/instance:Instance', 'identifier'],
  clusterIdentifier: ['aws:rds/cluster:Cluster', 'clusterIdentifier'],
  clusterName: ['aws:ecs/cluster:Cluster', 'name'],
  capacityProvider: ['aws:ecs/capacityProvider:CapacityProvider', 'name'],
  capacityProviders: ['aws:ecs/capacityProvider:CapacityProvider', 'name'],
  function: ['aws:lambda/function:Function', 'name'],
  functionName: ['aws:lambda/function:Function', 'arn'],
  logGroup: ['aws:cloudwatch/logGroup:LogGroup', 'name'],
  logGroupName: ['aws:cloudwatch/logGroup:LogGroup', 'name'],
  tableName: ['aws:dynamodb/table:Table', 'name'],
  repository: ['aws:ecr/repository:Repository', 'name'],
};

/** Ids that no other thing of AWS has: `sg-…`, ARNs, URLs of queues, ids of hosted zones and distributions. */
const UNIQUE = /^([a-z]+-[0-9a-f]{8,17}|arn:[^*]+|https:\/\/.+|[ZE][A-Z0-9]{9,})$/;

export class References {
  readonly #byAddress = new Map<string, Thing[]>();
  readonly #byId = new Map<string, Target[]>();
  readonly #byName = new Map<string, Thing[]>();

  readonly #parts: ReadonlyMap<Thing, Standing>;

  constructor(things: readonly Thing[], parts: ReadonlyMap<Thing, Standing> = new Map()) {
    this.#parts = parts;
    for (const thing of things) {
      add(this.#byAddress, thing.address, thing);
      if (thing.adopted === undefined) continue;
      const { id, inputs, outputs } = thing.adopted;
      const own = new Set(Object.values(inputs));
      // what is told of it as an argument is another's: the topic of a topic's policy
      for (const [output, value] of [
        ['arn', outputs.arn],
        ['url', outputs.url],
        ['id', id],
      ] as const)
        if (typeof value === 'string' && UNIQUE.test(value) && !own.has(value))
          add(this.#byId, value, { thing, output });
      for (const output of new Set(Object.values(NAMED).flatMap(([type, name]) => (type === thing.type ? [name] : []))))
        if (typeof outputs[output] === 'string') add(this.#byName, `${thing.type} ${output} ${outputs[output]}`, thing);
    }
  }

  /** The thing that the plan means by an address while a value holds. */
  planned(address: string, reign: Reign): Thing | undefined {
    const all = this.#byAddress.get(address);
    return all?.find((thing) => covers(thing, reign)) ?? all?.[0];
  }

  /** Undefined for what stands for itself. */
  standing(thing: Thing): Standing | undefined {
    return this.#parts.get(thing);
  }

  has(address: string): boolean {
    return this.#byAddress.has(address);
  }

  /** The adopted thing whose id, ARN or name a text is, at a place where such a name stands; only where it lives long enough. */
  adopted(text: string, property: string, reign: Reign, self: Thing): Target | undefined {
    const target = this.#byId.get(text)?.[0] ?? this.#named(text, property);
    return target !== undefined && target.thing !== self && covers(target.thing, reign) ? target : undefined;
  }

  #named(text: string, property: string): Target | undefined {
    // a tag or a variable may be called anything, `constructor` as well
    const [type, output] = (Object.hasOwn(NAMED, property) ? NAMED[property] : undefined) ?? [];
    if (type === undefined || output === undefined) return undefined;
    const all = this.#byName.get(`${type} ${output} ${text}`) ?? [];
    // two accounts may each have one of a name
    const [thing] = all;
    return thing !== undefined && all.length === 1 ? { thing, output } : undefined;
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const REFERENCE = /\$\{([^}#]+)#([\w.]+)\}/g;

export type Part = string | { readonly address: string; readonly output: string };

/** A text as the plan writes it: its literal parts and its references. */
export function partsOf(text: string, known: (address: string) => boolean): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, address = '', output = ''] = match;
    if (!known(address)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ address, output });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** Every text of a value, with the key that it stands under. */
export function textsIn(
  value: Value | undefined,
  property: string,
): readonly (readonly [text: string, property: string])[] {
  if (typeof value === 'string') return [[value, property]];
  if (Array.isArray(value)) return value.flatMap((each: Value) => textsIn(each, property));
  return isProperties(value) ? Object.entries(value).flatMap(([key, each]) => textsIn(each, key)) : [];
}
