/**
 * What a step changes of what is declared, in Pulumi's own vocabulary: a type, a logical name and properties.
 *
 * A property may name another resource of the plan: `${aws:ec2/subnet:Subnet::shop-app-a#id}` is the id that it has or
 * will have. Nothing else of a property is interpreted.
 */
import type { Properties, Value } from '../inventory/pulumi/recorded.ts';

export interface Named {
  /** `aws:rds/instance:Instance`. */
  readonly type: string;
  /** The logical name, unique within the type. */
  readonly name: string;
}

/** Takes what is there under the program's care: nothing in AWS changes. */
export interface Adopt extends Named {
  readonly op: 'adopt';
  readonly importId: string;
  readonly properties: Properties;
}

export interface Create extends Named {
  readonly op: 'create';
  readonly properties: Properties;
  /** Where, for what is not in the stack's own region (a certificate for CloudFront). @default the stack's region */
  readonly region?: string;
  /** What an act has made: the program takes it over by this id, and makes nothing. Only in an act. */
  readonly importId?: string;
  /** What AWS is known to answer of it, beside what is written. */
  readonly outputs?: Properties;
}

/** Only the properties that change; null takes one away. */
export interface Update extends Named {
  readonly op: 'update';
  readonly properties: Properties;
  /** The act has done it already: the program only writes it down, and its state is imported anew. Only in an act. */
  readonly follows?: true;
}

export interface Delete extends Named {
  readonly op: 'delete';
  /** AWS keeps it, as a part of something else: only the program lets go of it. Only in an act. */
  readonly keeps?: true;
}

/** Whether an edit only writes down what an act has done: by itself it changes nothing in AWS. */
export const recordsOnly = (edit: Edit): boolean =>
  (edit.op === 'create' && edit.importId !== undefined) ||
  (edit.op === 'update' && edit.follows === true) ||
  (edit.op === 'delete' && edit.keeps === true);

export type Edit = Adopt | Create | Update | Delete;

/** Identifies a declared resource: `aws:ec2/subnet:Subnet::shop-app-a`. */
export const addressOf = ({ type, name }: Named): string => `${type}::${name}`;

/** A property that another resource fills: its id, or the named output. */
export const ref = (of: Named, output = 'id'): string => `\${${addressOf(of)}#${output}}`;

/**
 * A secret that only the configuration of the stack holds; the plan knows nothing but its name there. A program writes
 * `config.requireSecret('originSecret')`.
 */
export const secretSetting = (name: string): Properties => ({ $secret: `config:${name}` });

const REFERENCE = /\$\{([^}#]+)#([\w.]+)\}/g;

const known = new WeakMap<object, readonly { readonly address: string; readonly output: string }[]>();

/** Every reference in a value: address and output. */
export function referencesIn(
  value: Value | undefined,
): readonly { readonly address: string; readonly output: string }[] {
  if (typeof value !== 'object' || value === null) return found(value);
  let answer = known.get(value);
  if (!answer) {
    answer = found(value);
    known.set(value, answer);
  }
  return answer;
}

function found(value: Value | undefined): readonly { readonly address: string; readonly output: string }[] {
  if (typeof value === 'string')
    return [...value.matchAll(REFERENCE)].map(([, address = '', output = '']) => ({ address, output }));
  if (Array.isArray(value)) return value.flatMap((each: Value) => found(each));
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap((each) => found(each));
  return [];
}

/** The value with every reference filled; what `find` does not know becomes `{ $unknown: true }`. */
export function resolved(value: Value, find: (address: string, output: string) => Value | undefined): Value {
  if (typeof value === 'string') return resolvedText(value, find);
  if (Array.isArray(value)) return value.map((each: Value) => resolved(each, find));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, find)]));
}

function resolvedText(text: string, find: (address: string, output: string) => Value | undefined): Value {
  const whole = /^\$\{([^}#]+)#([\w.]+)\}$/.exec(text);
  if (whole) return find(whole[1] ?? '', whole[2] ?? '') ?? { $unknown: true };
  let known = true;
  const filled = text.replace(REFERENCE, (_, address: string, output: string) => {
    const value = find(address, output);
    if (typeof value !== 'string' && typeof value !== 'number') known = false;
    return String(value);
  });
  return known ? filled : { $unknown: true };
}
