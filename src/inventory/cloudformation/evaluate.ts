/**
 * The functions of a template, evaluated. What only AWS knows stays unknown, and so does all that is made of it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import type { Value } from '../pulumi/recorded.ts';
import { type Data, type Fields, isFields, isList } from './document.ts';
import * as functions from './functions.ts';
import { isUnknown, listOf, NOTHING, type Result, textOf, UNKNOWN } from './values.ts';

/** What names stand for in one stack. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource; undefined when there is no such thing. */
  readonly ref: (name: string) => Result | undefined;
  readonly attribute: (resource: string, attribute: string) => Value | undefined;
  /** Undefined where it is not known. */
  readonly condition: (name: string) => boolean | undefined;
  readonly mappings: Fields;
  readonly imported: (name: string) => Value | undefined;
  readonly region: () => string | undefined;
  /**
   * The same names without what is only assumed (the account and the region, where nobody says them): what decides about a
   * condition or a row of a mapping must be known.
   */
  readonly strict: Scope;
  /** Told once each: what this version does not evaluate. */
  readonly unread: (what: string, at: Data) => void;
}

export function evaluate(data: Data, scope: Scope): Result {
  if (data === null) return NOTHING;
  if (typeof data !== 'object') return data;
  if (isList(data)) return data.map((one) => evaluate(one, scope)).filter((one): one is Value => one !== NOTHING);
  const call = callIn(data);
  if (call !== undefined) return evaluateCall(call.name, call.argument, data, scope);
  const members: [string, Value][] = [];
  for (const [key, one] of Object.entries(data)) {
    const value = evaluate(one, scope);
    if (value !== NOTHING) members.push([key, value]);
  }
  return Object.fromEntries(members);
}

/** The one function that an object stands for: `{ "Fn::Sub": … }`. */
export function callIn(data: Data): { readonly name: string; readonly argument: Data } | undefined {
  if (!isFields(data)) return undefined;
  const [key, ...more] = Object.keys(data);
  if (key === undefined || more.length > 0) return undefined;
  const name = key === 'Ref' || key === 'Condition' ? key : key.startsWith('Fn::') ? key.slice(4) : undefined;
  // a policy's own "Condition" has an object in it
  return name === undefined || (name === 'Condition' && typeof data[key] !== 'string')
    ? undefined
    : { name, argument: data[key] ?? null };
}

function evaluateCall(name: string, argument: Data, whole: Fields, scope: Scope): Result {
  const parts = isList(argument) ? argument : [argument];
  const value = (n: number): Result => (parts[n] === undefined ? NOTHING : evaluate(parts[n], scope));
  switch (name) {
    case 'Ref':
      return (typeof argument === 'string' ? scope.ref(argument) : undefined) ?? UNKNOWN;
    case 'GetAtt':
      return attribute(argument, scope);
    case 'If':
      return choice(parts, scope);
    case 'Join': {
      const [delimiter, list] = [textOf(value(0)), listOf(value(1))];
      return (delimiter !== undefined && list && functions.join(delimiter, list)) ?? UNKNOWN;
    }
    case 'Split': {
      const delimiter = textOf(value(0));
      const text = value(1);
      return (delimiter !== undefined && text !== NOTHING ? functions.split(delimiter, text) : undefined) ?? UNKNOWN;
    }
    case 'Select':
      return selected(parts, scope);
    case 'Sub':
      return substituted(parts, scope);
    case 'FindInMap':
      return found(parts, scope);
    case 'Base64': {
      const text = evaluate(argument, scope);
      return (text === NOTHING ? undefined : functions.base64(text)) ?? UNKNOWN;
    }
    case 'Cidr': {
      const [block, count, bits] = [textOf(value(0)), textOf(value(1)), parts.length > 2 ? textOf(value(2)) : '8'];
      const made =
        block !== undefined && count && bits ? functions.cidr(block, Number(count), Number(bits)) : undefined;
      return made ?? UNKNOWN;
    }
    case 'GetAZs': {
      const region = regionIn(argument, scope);
      // every region has two zones for everybody; of more than these nobody can be sure
      return region === undefined ? UNKNOWN : [functions.zone(region, 0), functions.zone(region, 1)];
    }
    case 'ImportValue': {
      const exported = textOf(evaluate(argument, scope));
      return (exported === undefined ? undefined : scope.imported(exported)) ?? UNKNOWN;
    }
    case 'ToJsonString': {
      const inner = evaluate(argument, scope);
      return inner === NOTHING || isUnknown(inner) ? UNKNOWN : JSON.stringify(inner);
    }
    case 'Length': {
      const list = listOf(evaluate(argument, scope));
      return list === undefined ? UNKNOWN : list.length;
    }
    case 'And':
    case 'Or':
    case 'Not':
    case 'Equals':
    case 'Condition':
      return holds(whole, scope) ?? UNKNOWN;
    default:
      scope.unread(name.startsWith('ForEach::') ? 'Fn::ForEach' : `Fn::${name}`, whole);
      return UNKNOWN;
  }
}

function attribute(argument: Data, scope: Scope): Value {
  const [resource, ...path] = typeof argument === 'string' ? argument.split('.') : isList(argument) ? argument : [];
  const parts = path.map((part) => textOf(evaluate(part, scope)));
  if (typeof resource !== 'string' || parts.length === 0 || parts.includes(undefined)) return UNKNOWN;
  return scope.attribute(resource, parts.join('.')) ?? UNKNOWN;
}

/** Where the condition is not known, the value is known all the same when both ways lead to it. */
function choice([condition, yes = null, no = null]: readonly Data[], scope: Scope): Result {
  const holding = typeof condition === 'string' ? scope.condition(condition) : holds(condition ?? null, scope.strict);
  if (holding !== undefined) return evaluate(holding ? yes : no, scope);
  const first = evaluate(yes, scope);
  const second = evaluate(no, scope);
  if (first === NOTHING || second === NOTHING) return first === second ? NOTHING : UNKNOWN;
  return JSON.stringify(first) === JSON.stringify(second) ? first : UNKNOWN;
}

function selected([index, list = null]: readonly Data[], scope: Scope): Result {
  const n = textOf(evaluate(index ?? null, scope));
  const zones = callIn(list);
  if (zones?.name === 'GetAZs') {
    const region = regionIn(zones.argument, scope);
    return region !== undefined && n !== undefined && /^[0-5]$/.test(n) ? functions.zone(region, Number(n)) : UNKNOWN;
  }
  return functions.select(n, listOf(evaluate(list, scope))) ?? UNKNOWN;
}

/** Of no name in `GetAZs` the stack's own region is meant. */
const regionIn = (argument: Data, scope: Scope): string | undefined => {
  const given = evaluate(argument, scope);
  if (given === NOTHING || given === '') return scope.region();
  return textOf(given);
};

function substituted([text, given = null]: readonly Data[], scope: Scope): Value {
  if (typeof text !== 'string') return UNKNOWN;
  const own = isFields(given) ? given : {};
  const known = new Map<string, Value | undefined>();
  const filled = (name: string): Value | undefined => {
    if (!known.has(name)) known.set(name, named(name));
    return known.get(name);
  };
  const named = (name: string): Value | undefined => {
    if (Object.hasOwn(own, name)) return some(evaluate(own[name] ?? null, scope));
    const dot = name.indexOf('.');
    if (dot > 0) return scope.attribute(name.slice(0, dot), name.slice(dot + 1));
    return some(scope.ref(name));
  };
  return functions.sub(text, filled) ?? UNKNOWN;
}

const some = (value: Result | undefined): Value | undefined =>
  value === NOTHING || isUnknown(value) ? undefined : value;

function found([name, first, second, more]: readonly Data[], scope: Scope): Result {
  const keys = [name, first, second].map((key) => textOf(evaluate(key ?? null, scope.strict)));
  const [map, top, inner] = keys;
  if (map === undefined || top === undefined || inner === undefined) return UNKNOWN;
  const value = member(member(member(scope.mappings, map), top), inner);
  if (value !== undefined) return evaluate(value, scope);
  return isFields(more) && more.DefaultValue !== undefined ? evaluate(more.DefaultValue, scope) : UNKNOWN;
}

const member = (holder: Data | undefined, key: string): Data | undefined =>
  isFields(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;

/** Whether a condition holds; undefined where it is not known. */
export function holds(data: Data, scope: Scope): boolean | undefined {
  if (typeof data === 'boolean') return data;
  const call = callIn(data);
  if (call === undefined) return undefined;
  const parts = isList(call.argument) ? call.argument : [call.argument];
  switch (call.name) {
    case 'Condition':
      return typeof call.argument === 'string' ? scope.condition(call.argument) : undefined;
    case 'And':
      return functions.every(parts.map((part) => holds(part, scope)));
    case 'Or':
      return functions.some(parts.map((part) => holds(part, scope)));
    case 'Not':
      return functions.not(holds(parts[0] ?? null, scope));
    case 'Equals': {
      return equal(evaluate(parts[0] ?? null, scope), evaluate(parts[1] ?? null, scope));
    }
    default: {
      const text = textOf(evaluate(data, scope));
      return text === 'true' ? true : text === 'false' ? false : undefined;
    }
  }
}

/** Texts and numbers are compared as texts; a list with an unknown member is not comparable. */
function equal(one: Result, other: Result): boolean | undefined {
  const [a, b] = [textOf(one), textOf(other)];
  if (a !== undefined && b !== undefined) return a === b;
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return one === NOTHING || other === NOTHING || /"\$unknown":true/.test(`${left}${right}`)
    ? undefined
    : left === right;
}
