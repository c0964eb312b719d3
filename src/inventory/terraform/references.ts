/**
 * What an unknown value of a plan refers to. A plan says of a value that AWS has yet to make only that it is unknown; its `configuration`
 * says which names the expression used, but not the expression. So a reference is taken where the names leave one meaning:
 * the attribute holds ids or ARNs, and every name in its expression is an attribute of a resource (through modules' variables and outputs).
 * https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
import { attributeFor, isReference } from './holds.ts';
import { type Instance, joined } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt, textAt } from './json.ts';

/** An attribute of an instance that a value refers to; `attribute` is undefined where the reference names the resource alone. */
export interface Target {
  readonly instance: Instance;
  readonly attribute: string | undefined;
  /** False where the expression may as well choose other ones: by a key that is computed, or some of a list. */
  readonly sure: boolean;
}

export interface References {
  /** The targets of an attribute's expression, in the order of the names; undefined when they do not tell the value. */
  readonly of: (instance: Instance, path: readonly (string | number)[]) => readonly Target[] | undefined;
  /** Whether the configuration gives the attribute a value; undefined when the configuration does not hold the resource. */
  readonly says: (instance: Instance, attribute: string) => boolean | undefined;
}

/** Modules and variables one behind the other; more than anybody nests. */
const DEEPEST = 40;

/** Where an expression stands: the instance path of its module, the key of what it belongs to, and the attribute that it is for. */
interface Scope {
  readonly module: string;
  readonly index: string | number | undefined;
  readonly forEach: unknown;
  readonly attribute: string;
}

export function referencesOf(configuration: Json, instances: readonly Instance[]): References {
  const byName = new Map<string, Instance[]>();
  const calls = new Map<string, Set<string>>();
  for (const one of instances) {
    const key = keyOf(one.module, one.mode, one.type, one.name);
    const list = byName.get(key);
    if (list) list.push(one);
    else byName.set(key, [one]);
    // every module instance on the way, by its call
    for (let module = one.module; module !== ''; module = parentOf(module)) {
      const call = joined(parentOf(module), `module.${callOf(module)}`);
      calls.set(call, (calls.get(call) ?? new Set()).add(module));
    }
  }
  const modules = modulesOf(configuration);
  const resources = new Map<string, Json>();
  for (const [path, module] of modules)
    for (const one of listAt(module, 'resources'))
      if (isObject(one))
        resources.set(
          keyOf(path, at(one, 'mode') === 'data' ? 'data' : 'managed', textAt(one, 'type'), textAt(one, 'name')),
          one,
        );
  const configurationOf = ({ module, mode, type, name }: Instance): Json | undefined =>
    resources.get(keyOf(withoutKeys(module), mode, type, name));

  return { of, says };

  function says(instance: Instance, attribute: string): boolean | undefined {
    const own = configurationOf(instance);
    return own && Object.hasOwn(objectAt(own, 'expressions'), attribute);
  }

  function of(instance: Instance, path: readonly (string | number)[]): readonly Target[] | undefined {
    const attribute = path.findLast((part): part is string => typeof part === 'string');
    const own = configurationOf(instance);
    if (own === undefined || attribute === undefined || !isReference(attribute)) return undefined;
    const expression = expressionAt(objectAt(own, 'expressions'), path, instance);
    const { module, index } = instance;
    return targets(expression, { module, index, forEach: at(own, 'for_each_expression'), attribute }, DEEPEST);
  }

  /** The instances that an expression's names lead to; one name that leads elsewhere makes all of it unknown. */
  function targets(expression: unknown, scope: Scope, depth: number): readonly Target[] | undefined {
    const names = namesIn(expression);
    if (names === undefined || depth === 0) return undefined;
    const others = names.filter((name) => !isKey(name));
    const byKey = others.length < names.length;
    if (others.length === 0 || (byKey && others.length > 1)) return undefined;
    const found: Target[] = [];
    for (const name of others) {
      const more = target(name, scope, byKey, depth - 1);
      if (more === undefined) return undefined;
      found.push(...more);
    }
    if (!byKey || found.length < 2) return found;
    // `aws_subnet.private[count.index].id`: the one of the same key
    const same = found.filter(({ instance }) => instance.index === scope.index);
    return same.length === 1 ? same : undefined;
  }

  function target(name: string, scope: Scope, byKey: boolean, depth: number): readonly Target[] | undefined {
    const [first = '', second = '', ...rest] = parts(name);
    switch (first) {
      case 'var':
        return variable(second, scope, depth);
      case 'module':
        return output(second, rest, scope, byKey, depth);
      case 'each':
        return second === 'value' ? ofEach(rest, scope, depth) : undefined;
      case 'data':
        return resource('data', second, rest[0] ?? '', rest.slice(1), scope.module);
      case 'local':
      case 'path':
      case 'terraform':
      case 'self':
        return undefined;
      default:
        return resource('managed', first, second, rest, scope.module);
    }
  }

  function resource(
    mode: Instance['mode'],
    type: string,
    name: string,
    rest: readonly string[],
    module: string,
  ): readonly Target[] | undefined {
    const all = byName.get(keyOf(module, mode, type, name));
    const [key] = rest;
    const keyed = key?.startsWith('[') === true;
    const wanted = keyed ? all?.filter(({ index }) => key === `[${JSON.stringify(index)}]`) : all;
    const attribute = rest[keyed ? 1 : 0];
    // a part of an attribute (`certificates[0].arn`) is another value
    if (wanted === undefined || wanted.length === 0 || rest.length > (keyed ? 2 : 1)) return undefined;
    const sure = attribute !== undefined || wanted.length === 1;
    return wanted.map((instance) => ({ instance, attribute, sure }));
  }

  /** A variable is what the module's call gives it. */
  function variable(name: string, { module, attribute }: Scope, depth: number): readonly Target[] | undefined {
    if (module === '') return undefined;
    const parent = parentOf(module);
    const call = at(objectAt(modules.get(withoutKeys(parent)), 'module_calls'), callOf(module));
    const expression = at(objectAt(call, 'expressions'), name);
    const scope = { module: parent, index: keyOfModule(module), forEach: at(call, 'for_each_expression'), attribute };
    return expression === undefined ? undefined : targets(expression, scope, depth);
  }

  function output(
    name: string,
    rest: readonly string[],
    scope: Scope,
    byKey: boolean,
    depth: number,
  ): readonly Target[] | undefined {
    const all = [...(calls.get(joined(scope.module, `module.${name}`)) ?? [])];
    const keyed = rest[0]?.startsWith('[') === true;
    const children = keyed
      ? all.filter((one) => one.endsWith(rest[0] ?? ''))
      : all.filter((one) => all.length === 1 || (byKey && keyOfModule(one) === scope.index));
    const [child, ...more] = children;
    const [wanted, ...after] = keyed ? rest.slice(1) : rest;
    if (child === undefined || more.length > 0 || after.length > 0) return undefined;
    const outputs = objectAt(modules.get(withoutKeys(child)), 'outputs');
    const inside = { module: child, index: undefined, forEach: undefined, attribute: scope.attribute };
    const leadsTo = (one: string): readonly Target[] | undefined =>
      targets(at(at(outputs, one), 'expression'), inside, depth);
    if (wanted !== undefined) return leadsTo(wanted);
    // with an index the output's name is not told: it is the one that the attribute can hold
    const fitting = Object.keys(outputs).flatMap((one) => {
      const found = leadsTo(one);
      return found?.every(({ instance, attribute }) => fits(scope.attribute, instance, attribute)) ? [found] : [];
    });
    return fitting.length === 1 ? fitting[0]?.map((one) => ({ ...one, sure: all.length === 1 })) : undefined;
  }

  /** `for_each = aws_subnet.private` and `each.value.id`. */
  function ofEach(rest: readonly string[], scope: Scope, depth: number): readonly Target[] | undefined {
    const found = targets(scope.forEach, { ...scope, forEach: undefined }, depth);
    const same = found?.filter(({ instance }) => instance.index === scope.index);
    return same?.length === 1 && rest.length < 2
      ? same.map(({ instance, attribute, sure }) => ({ instance, attribute: rest[0] ?? attribute, sure }))
      : undefined;
  }
}

function fits(wanted: string, { type }: Instance, attribute: string | undefined): boolean {
  const held = attributeFor(wanted, type);
  return held !== undefined && (attribute === undefined || attribute === held);
}

const keyOf = (module: string, mode: string, type = '', name = ''): string => `${module} ${mode} ${type}.${name}`;

const isKey = (name: string): boolean => name === 'count.index' || name === 'each.key';

/** `module.a["x.y"].module.b[0]` -> `module.a.module.b`. */
const withoutKeys = (module: string): string => module.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');

/** The last step of a module's address: `module.b[0]`. */
const lastStep = (module: string): string =>
  /(?:^|\.)(module\.[^.[\]]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?)$/.exec(module)?.[1] ?? module;

const parentOf = (module: string): string => module.slice(0, Math.max(0, module.length - lastStep(module).length - 1));

const callOf = (module: string): string => withoutKeys(lastStep(module)).slice('module.'.length);

/** The key of a module's instance: `a` of `module.net["a"]`. */
function keyOfModule(module: string): string | number | undefined {
  const key = /\[("(?:[^"\\]|\\.)*"|\d+)\]$/.exec(lastStep(module))?.[1];
  if (key === undefined) return undefined;
  return key.startsWith('"') ? key.slice(1, -1).replace(/\\(.)/g, '$1') : Number(key);
}

/** Every module of the configuration by its path without keys. */
function modulesOf(configuration: Json): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  const waiting: (readonly [string, Json])[] = [['', objectAt(configuration, 'root_module')]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, module] = next;
    found.set(path, module);
    for (const [name, call] of Object.entries(objectAt(module, 'module_calls')))
      waiting.push([joined(path, `module.${name}`), objectAt(call, 'module')]);
  }
  return found;
}

/** `aws_subnet.a["x"].id` -> `aws_subnet`, `a`, `["x"]`, `id`. */
const parts = (name: string): readonly string[] => name.match(/\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\]|[^.[\]]+/g) ?? [];

/** Names of an expression without those that only begin a longer one; undefined where it uses none. */
function namesIn(expression: unknown): readonly string[] | undefined {
  const all = listAt(expression, 'references').filter((one): one is string => typeof one === 'string');
  const beginnings = new Set(
    all.flatMap((name) => [...name.matchAll(/[.[]/g)].map(({ index }) => name.slice(0, index))),
  );
  const names = [...new Set(all)].filter((name) => !beginnings.has(name));
  return names.length === 0 ? undefined : names;
}

/** The expression of a path; of several blocks the one whose constants are those of the planned one. */
function expressionAt(expressions: Json, path: readonly (string | number)[], instance: Instance): unknown {
  let found: unknown = expressions;
  let planned: unknown = instance.values;
  for (const part of path) {
    if (typeof part === 'string') {
      found = at(found, part);
      planned = at(planned, part);
      continue;
    }
    const block = Array.isArray(planned) ? planned[part] : undefined;
    // an element of a list of ids: the expression is the list's
    if (isObject(found) && Object.hasOwn(found, 'references')) return found;
    if (!Array.isArray(found)) return undefined;
    const blocks: readonly unknown[] = found;
    const fitting = blocks.filter((one) => blocks.length === 1 || isBlock(one, block));
    if (fitting.length !== 1) return undefined;
    found = fitting[0];
    planned = block;
  }
  return found;
}

const isBlock = (expression: unknown, block: unknown): boolean =>
  isObject(expression) &&
  Object.entries(expression).every(
    ([name, one]) => !isObject(one) || !Object.hasOwn(one, 'constant_value') || at(block, name) === one.constant_value,
  );
