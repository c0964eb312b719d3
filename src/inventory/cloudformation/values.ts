/** What a function of a template gives: a value, a value that only AWS knows, or nothing at all (`AWS::NoValue`). */
import { isProperties, type Value } from '../pulumi/recorded.ts';

/** Only known after a deployment, or said by nobody here. */
export const UNKNOWN: Value = { $unknown: true };

/** `AWS::NoValue`: the property is as if it were not written. */
export const NOTHING = Symbol('nothing');

export type Result = Value | typeof NOTHING;

export const isUnknown = (value: Result | undefined): boolean =>
  value !== undefined && value !== NOTHING && isProperties(value) && value.$unknown === true;

/** The text of a scalar, as CloudFormation takes numbers and booleans for texts; undefined for anything else. */
export function textOf(value: Result | undefined): string | undefined {
  if (value === undefined || value === NOTHING) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isProperties(value) && value.$secret !== undefined ? textOf(value.$secret) : undefined;
}

export const isSecret = (value: Result): boolean =>
  value !== NOTHING && isProperties(value) && value.$secret !== undefined;

/** Whether something in it is not known. */
export function holdsUnknown(value: Value): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (!isProperties(value)) return false;
  return value.$unknown === true || Object.values(value).some(holdsUnknown);
}

/** A list: CloudFormation takes a single value for a list of one. Undefined where it is not known. */
export function listOf(value: Result | undefined): readonly Value[] | undefined {
  if (value === undefined || value === NOTHING || isUnknown(value)) return undefined;
  return Array.isArray(value) ? value : [value];
}
