/**
 * The readers' edge: one JSON object of an AWS answer, read field by field. A field that is missing is
 * undefined (unknown); a field of the wrong type is undefined too and is told as a notice with its place.
 * One wrong field never costs the rest of the resource.
 */
import type { Id } from '../estate/ids.ts';
import { id } from '../estate/ids.ts';
import type { Notice } from '../estate/notice.ts';
import type { Kind } from '../estate/resource.ts';
import type { Ref, Source } from '../estate/source.ts';
import { safeTags } from './credentials.ts';

export interface Context {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly file: string;
  readonly notices: Notice[];
  /** The program that keeps what the answer tells of. */
  readonly keptBy?: string | undefined;
  /** What the source calls the resource of the answer. */
  readonly named?: string | undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const describe = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

export class Item {
  readonly context: Context;
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
  private told: Source | undefined;

  constructor(context: Context, value: Readonly<Record<string, unknown>>, path: string) {
    this.context = context;
    this.value = value;
    this.path = path;
  }

  /** One object for all that is read here: every reference has it. */
  get source(): Source {
    this.told ??= { operation: this.context.operation, file: this.context.file, path: this.path };
    return this.told;
  }

  has(field: string): boolean {
    return this.value[field] !== undefined && this.value[field] !== null;
  }

  string(field: string): string | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    return this.wrong(field, 'a string', value);
  }

  number(field: string): number | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    return this.wrong(field, 'a number', value);
  }

  boolean(field: string): boolean | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    return this.wrong(field, 'true or false', value);
  }

  /** A date as ISO text: AWS's JSON has ISO strings, epoch seconds or epoch milliseconds. */
  date(field: string): string | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    const time =
      typeof value === 'string'
        ? Date.parse(value)
        : typeof value === 'number'
          ? value < 1e11
            ? value * 1000
            : value
          : Number.NaN;
    if (Number.isFinite(time) && Math.abs(time) < 8.64e15) return new Date(time).toISOString();
    return this.wrong(field, 'a date', value);
  }

  item(field: string): Item | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (isObject(value)) return new Item(this.context, value, `${this.path}/${pointer(field)}`);
    return this.wrong(field, 'an object', value);
  }

  /** Objects of a list; undefined when the list is not there, so that "none" and "not told" stay apart. */
  items(field: string): readonly Item[] | undefined {
    const list = this.list(field);
    if (list === undefined) return undefined;
    const place = `${this.path}/${pointer(field)}`;
    const items: Item[] = [];
    list.forEach((value, n) => {
      if (isObject(value)) items.push(new Item(this.context, value, `${place}/${n}`));
      else this.wrong(`${field}/${n}`, 'an object', value);
    });
    return items;
  }

  strings(field: string): readonly string[] | undefined {
    const list = this.list(field);
    if (list === undefined) return undefined;
    const strings: string[] = [];
    list.forEach((value, n) => {
      if (typeof value === 'string') strings.push(value);
      else this.wrong(`${field}/${n}`, 'a string', value);
    });
    return strings;
  }

  /** A reference read from a field; undefined when the field is missing or empty. */
  ref<K extends Kind>(field: string, toId: (value: string) => string = (value) => value): Ref<K> | undefined {
    const value = this.string(field);
    return value === undefined || value === '' ? undefined : this.refTo(field, toId(value) as Id<K>);
  }

  /** A reference to a known id, with the field it was read from. */
  refTo<K extends Kind>(field: string, target: string): Ref<K> {
    return { id: id<K>(target), field, source: this.source };
  }

  /** References from a list of strings. */
  refs<K extends Kind>(
    field: string,
    toId: (value: string) => string = (value) => value,
  ): readonly Ref<K>[] | undefined {
    return this.strings(field)?.map((value, n) => this.refTo<K>(`${field}/${n}`, toId(value)));
  }

  /** References from a list of objects that each hold the id in `key`. */
  refsIn<K extends Kind>(
    field: string,
    key: string,
    toId: (value: string) => string = (value) => value,
  ): readonly Ref<K>[] | undefined {
    return this.items(field)?.flatMap((item) => item.ref<K>(key, toId) ?? []);
  }

  /** Tags in any of AWS's shapes: a list of Key/Value or key/value objects, or a plain object. Without secrets. */
  tags(...fields: readonly string[]): Readonly<Record<string, string>> | undefined {
    for (const field of fields.length > 0 ? fields : ['Tags', 'TagSet', 'TagList', 'tags']) {
      const value = this.value[field];
      if (value === undefined || value === null) continue;
      const entries: [string, string][] = [];
      if (Array.isArray(value)) {
        for (const tag of this.items(field) ?? []) {
          const key = tag.string(tag.has('Key') ? 'Key' : 'key');
          if (key !== undefined) entries.push([key, tag.string(tag.has('Value') ? 'Value' : 'value') ?? '']);
        }
      } else if (isObject(value)) {
        for (const [key, text] of Object.entries(value)) if (typeof text === 'string') entries.push([key, text]);
      } else return this.wrong(field, 'tags', value);
      return safeTags(entries);
    }
    return undefined;
  }

  notice(code: Notice['code'], message: string, field?: string): void {
    // where a program declares it, a wrong type is how its reader marks what only a deployment tells
    if (code === 'wrongType' && this.context.named !== undefined) return;
    const path = field === undefined ? this.path : `${this.path}/${field}`;
    this.context.notices.push({ code, message, file: this.context.file, path });
  }

  private list(field: string): readonly unknown[] | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value;
    return this.wrong(field, 'a list', value);
  }

  private wrong(field: string, expected: string, value: unknown): undefined {
    this.notice(
      'wrongType',
      `${this.context.operation}: ${field} should be ${expected} and is ${describe(value)}; taken as unknown`,
      field,
    );
    return undefined;
  }
}

/** Escapes one part of a JSON pointer (RFC 6901). */
export const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

export function itemOf(context: Context, value: unknown, path: string): Item | undefined {
  if (isObject(value)) return new Item(context, value, path);
  context.notices.push({
    code: 'wrongType',
    message: `${context.operation}: the answer should be an object and is ${describe(value)}`,
    file: context.file,
    path,
  });
  return undefined;
}
