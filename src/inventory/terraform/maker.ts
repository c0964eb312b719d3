/** One instance -> the resource that a Pulumi program would have left; what does not stand yet gets an id in AWS's form. */

import { posix } from 'node:path';
import { pointer } from '../item.ts';
import { stateOf } from '../pulumi/made/index.ts';
import { type Properties, plain, type RecordedResource, type Value } from '../pulumi/recorded.ts';
import { attributeFor } from './holds.ts';
import type { Instance } from './instance.ts';
import { at, isObject, textAt } from './json.ts';
import { inTodaysForm, undeclared } from './older.ts';
import type { Places } from './places.ts';
import type { References, Target } from './references.ts';
import { camelCase, type Member, type TerraformType, terraformType } from './table.ts';
import { propertiesOf } from './values.ts';

/** Undefined for types that the table does not have. */
export interface Maker {
  readonly make: (instance: Instance) => RecordedResource | undefined;
  /** Values that are what their expressions most likely come to (`aws_subnet.a.vpc_id`): a plan shows only the names in these. */
  readonly inferred: ReadonlySet<string>;
}

type Filler = readonly [type: string, attribute: string];

const RULES: readonly Filler[] = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
].map((type) => [type, 'security_group_id']);

/** Lists that a configuration leaves to resources of their own; by these, a list that is not known yet is an empty one. */
const FILLED: Readonly<Record<string, readonly Filler[]>> = {
  'aws_security_group.ingress': RULES,
  'aws_security_group.egress': RULES,
  'aws_route_table.route': [['aws_route', 'route_table_id']],
  'aws_network_acl.ingress': [['aws_network_acl_rule', 'network_acl_id']],
  'aws_network_acl.egress': [['aws_network_acl_rule', 'network_acl_id']],
  'aws_iam_role.inline_policy': [['aws_iam_role_policy', 'role']],
};

export function makerOf(file: string, instances: readonly Instance[], references: References, places: Places): Maker {
  const made = new Map<Instance, RecordedResource | undefined>();
  const addresses = new Set<string>();
  const holders = new Map<string, ReadonlySet<Instance>>();
  const vpc = vpcToCome(instances);
  const inferred = new Set<string>();
  return { make, inferred };

  function make(instance: Instance): RecordedResource | undefined {
    if (made.has(instance)) return made.get(instance);
    // a circle of references leaves the value unknown
    made.set(instance, undefined);
    const type = terraformType(instance.type);
    const own = type && (instance.fate === 'created' ? toCome(instance, type) : standing(instance, type));
    made.set(instance, own);
    return own;
  }

  function standing(instance: Instance, type: TerraformType): RecordedResource {
    const current = inTodaysForm(instance);
    const inputs = propertiesOf(current, type.members, (path) => resolved(instance, type, path));
    const id = idOf(instance) ?? '';
    return {
      ...common(instance, type),
      kind: instance.mode === 'data' ? 'read' : 'declared',
      id,
      inputs,
      outputs: { ...(id.startsWith('arn:') ? { arn: id } : {}), ...inputs, ...undeclared(current) },
      told: 'partly',
      options: instance.mode === 'data' ? {} : { importId: id },
    };
  }

  /** What the configuration leaves out is AWS's default. */
  function toCome(instance: Instance, type: TerraformType): RecordedResource {
    const current = inTodaysForm(instance);
    const unknown = isObject(instance.unknown)
      ? Object.fromEntries(
          Object.entries(instance.unknown).filter(([name, mark]) => mark !== true || isGiven(instance, type, name)),
        )
      : instance.unknown;
    const inputs = propertiesOf({ ...current, unknown }, type.members, (path) => resolved(instance, type, path));
    const { account, region } = places.of(instance);
    const { id, outputs } = stateOf({
      type: type.tokens[0] ?? '',
      name: nameOf(instance),
      urn: instance.address,
      inputs: said(inputs),
      account,
      region,
      partition: places.partition,
      defaultTags: {},
      importId: undefined,
      addresses,
    });
    const tags: Properties = inputs.tagsAll === undefined ? {} : { tagsAll: inputs.tagsAll };
    return {
      ...common(instance, type),
      id,
      inputs,
      outputs: { ...outputs, ...said(inputs), ...tags },
      told: 'whole',
      options: {},
    };
  }

  function common(instance: Instance, type: TerraformType) {
    return {
      urn: instance.address,
      pointer: `/${pointer(instance.address)}`,
      file,
      named: instance.address,
      type: type.tokens[0] ?? '',
      name: nameOf(instance),
      kind: 'declared' as const,
      parent: undefined,
      custom: true,
      remote: false,
      dependencies: [],
      propertyDependencies: {},
      position:
        instance.line === undefined ? undefined : { file: posix.basename(file), line: instance.line, column: 1 },
      place: places.of(instance),
    };
  }

  /** Whether the configuration gives the unknown value; what only AWS fills is left to the forms of `pulumi/made`. */
  function isGiven(instance: Instance, type: TerraformType, name: string): boolean {
    const member = type.members.get(name);
    if (member === undefined || member.said === 'output') return false;
    if (member.said !== 'either') return true;
    // blocks made by `dynamic` do not show in a plan's configuration
    if (member.shape === 'objects' || member.shape === 'block') return !isFilledBeside(instance, name);
    return references.says(instance, name) !== false;
  }

  function isFilledBeside(instance: Instance, list: string): boolean {
    return (FILLED[`${instance.type}.${list}`] ?? []).some((filler) => holdersOf(filler).has(instance));
  }

  function holdersOf([type, attribute]: Filler): ReadonlySet<Instance> {
    const before = holders.get(type);
    if (before) return before;
    const fillers = instances.filter((one) => one.type === type && one.mode === 'managed');
    const found = new Set(
      fillers.flatMap((one) => (references.of(one, [attribute]) ?? []).map(({ instance }) => instance)),
    );
    holders.set(type, found);
    return found;
  }

  /** The value that an unknown one refers to, where the configuration tells. */
  function resolved(instance: Instance, type: TerraformType, path: readonly (string | number)[]): Value | undefined {
    const attribute = path.findLast((part): part is string => typeof part === 'string') ?? '';
    const targets = fittingOf(references.of(instance, path), attribute, path);
    // a value that is not known yet is one that this plan makes, and it makes one VPC
    if (targets === undefined) return attribute === 'vpc_id' && vpc ? make(vpc)?.id : undefined;
    if (targets.some(({ sure }) => !sure)) inferred.add(`${instance.address}.${attribute}`);
    const values = targets.flatMap((target): readonly (Value | undefined)[] => {
      const value = referred(target, attribute);
      return Array.isArray(value) ? value : [value];
    });
    const all = values.filter((one) => one !== undefined);
    if (all.length < values.length) return undefined;
    const last = path.at(-1);
    if (typeof last === 'number') return allUnknown(instance, path.slice(0, -1), all.length) ? all[last] : undefined;
    const member = memberAt(type, path);
    if (member?.list === true && !member.single) return all;
    const [only, ...more] = all;
    if (more.length > 0 || only === undefined) return undefined;
    // the one unknown in this text can only be the queue that it names
    return attribute === 'redrive_policy' ? JSON.stringify({ deadLetterTargetArn: only }) : only;
  }

  function referred({ instance, attribute }: Target, wanted: string): Value | undefined {
    const name = attribute ?? attributeFor(wanted, instance.type);
    const resource = name === undefined ? undefined : make(instance);
    if (name === undefined || resource === undefined) return undefined;
    if (name === 'id') return resource.id === '' ? undefined : resource.id;
    const key = terraformType(instance.type)?.members.get(name)?.pulumi ?? camelCase(name);
    const value = plain(resource.outputs[key]);
    return (typeof value === 'string' && value !== '') || Array.isArray(value) ? value : undefined;
  }
}

const nameOf = ({ name, index }: Instance): string => (index === undefined ? name : `${name}-${index}`);

/** The provider gives databases an id that nothing else refers to by. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-5-upgrade */
const idOf = ({ type, values }: Instance): string | undefined =>
  (type === 'aws_db_instance' ? textAt(values, 'identifier') : undefined) ?? textAt(values, 'id');

/** What is said and known: neither null nor an empty text, which say that nothing is. */
const said = (inputs: Properties): Properties => {
  const clear = plain(inputs);
  if (!isObject(clear)) return {};
  return Object.fromEntries(Object.entries(clear as Properties).filter(([, value]) => value !== null && value !== ''));
};

/** The one VPC that a plan makes; undefined when it makes none, several, or looks some up only while it is applied. */
function vpcToCome(instances: readonly Instance[]): Instance | undefined {
  const made = instances.filter(
    ({ type, mode, fate }) => mode === 'managed' && fate === 'created' && type === 'aws_vpc',
  );
  const lookedUp = instances.some(
    ({ type, mode, unknown }) =>
      mode === 'data' && /^aws_vpcs?$/.test(type) && isObject(unknown) && Object.keys(unknown).length > 0,
  );
  return made.length === 1 && !lookedUp ? made[0] : undefined;
}

/** The expression of an attribute that is a list of objects names what all of them use: of these, what an attribute can hold. */
function fittingOf(
  targets: readonly Target[] | undefined,
  attribute: string,
  path: readonly (string | number)[],
): readonly Target[] | undefined {
  if (targets === undefined || targets.length < 2 || typeof path.at(-2) !== 'number') return targets;
  const fitting = targets.filter(({ instance }) => attributeFor(attribute, instance.type) !== undefined);
  return fitting.length === 0 ? targets : fitting;
}

/** The member of the table at a path; numbers are places in lists. */
function memberAt(type: TerraformType, path: readonly (string | number)[]): Member | undefined {
  let members = type.members;
  let found: Member | undefined;
  for (const part of path) {
    if (typeof part === 'number') continue;
    found = members.get(part);
    if (found === undefined) return undefined;
    members = found.members;
  }
  return found;
}

/** Whether a list has so many elements and none of them is known: then each is one of as many references, and the order says nothing. */
function allUnknown(instance: Instance, path: readonly (string | number)[], length: number): boolean {
  const marks = path.reduce<unknown>(
    (inner, part) => (Array.isArray(inner) ? inner[Number(part)] : at(inner, String(part))),
    instance.unknown,
  );
  return Array.isArray(marks) && marks.length === length && marks.every((mark) => mark === true);
}
