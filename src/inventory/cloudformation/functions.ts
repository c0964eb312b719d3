/**
 * CloudFormation's functions on values that are known already. Each is undefined where the answer is not known, or where
 * CloudFormation would refuse the arguments.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import { formatAddress, parseAddress } from '../../estate/sets/index.ts';
import type { Value } from '../pulumi/recorded.ts';
import { isSecret, textOf } from './values.ts';

/** Longer texts than any that CloudFormation would make; a template could otherwise double one at every step. */
export const MAX_TEXT = 4 * 1024 * 1024;

/** A text made of secret parts is a secret. */
const made = (text: string, parts: readonly Value[]): Value | undefined => {
  if (text.length > MAX_TEXT) return undefined;
  return parts.some(isSecret) ? { $secret: text } : text;
};

export function join(delimiter: string, parts: readonly Value[]): Value | undefined {
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    const text = textOf(part);
    if (text === undefined) return undefined;
    length += text.length + delimiter.length;
    if (length > MAX_TEXT) return undefined;
    texts.push(text);
  }
  return made(texts.join(delimiter), parts);
}

export function split(delimiter: string, value: Value): readonly Value[] | undefined {
  const text = textOf(value);
  if (text === undefined || delimiter === '') return undefined;
  return text.split(delimiter).map((part) => (isSecret(value) ? { $secret: part } : part));
}

/** The index counts from 0. */
export function select(index: string | undefined, list: readonly Value[] | undefined): Value | undefined {
  return index !== undefined && /^\d{1,6}$/.test(index) ? list?.[Number(index)] : undefined;
}

/** Fills `${name}`; `${!name}` stands for `${name}` itself. Undefined where one of the names is not known. */
export function sub(text: string, given: (name: string) => Value | undefined): Value | undefined {
  const used: Value[] = [];
  let length = 0;
  let known = true;
  const filled = text.replace(/\$\{([^${}]*)\}/g, (whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const value = known ? given(name.trim()) : undefined;
    const inner = textOf(value);
    length += inner?.length ?? 0;
    if (value === undefined || inner === undefined || length > MAX_TEXT) {
      known = false;
      return whole;
    }
    used.push(value);
    return inner;
  });
  return known ? made(filled, used) : undefined;
}

export const base64 = (value: Value): Value | undefined => {
  const text = textOf(value);
  return text === undefined ? undefined : made(Buffer.from(text).toString('base64'), [value]);
};

/**
 * The first `count` blocks in a block; `bits` is how many bits of an address each block has for itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidr(block: string, count: number, bits: number): readonly string[] | undefined {
  const [text = '', length = ''] = block.split('/');
  const address = parseAddress(text);
  if (address === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  const width = address.family === 4 ? 32 : 128;
  const whole = Number.isInteger(count) && Number.isInteger(bits);
  if (!whole || Number(length) > width || count < 1 || count > 256 || bits < 1 || bits > width) return undefined;
  const size = 1n << BigInt(bits);
  const room = 1n << BigInt(width - Number(length));
  if (size * BigInt(count) > room) return undefined;
  const first = (BigInt(address.value) / room) * room;
  return Array.from({ length: count }, (_, n) => {
    const value = first + size * BigInt(n);
    const start =
      address.family === 4 ? formatAddress({ family: 4, value: Number(value) }) : formatAddress({ family: 6, value });
    return `${start}/${width - bits}`;
  });
}

/** Zones are named after their region. Which of them an account has is AWS's to tell; that they differ is sure. */
export const zone = (region: string, n: number): string => `${region}${String.fromCharCode(97 + n)}`;

/** `And`, `Or`, `Not` over conditions of which some are not known. */
export function every(list: readonly (boolean | undefined)[]): boolean | undefined {
  if (list.includes(false)) return false;
  return list.includes(undefined) ? undefined : true;
}

export function some(list: readonly (boolean | undefined)[]): boolean | undefined {
  if (list.includes(true)) return true;
  return list.includes(undefined) ? undefined : false;
}

export const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
