/**
 * A recorded resource, read property by property. Three states stay apart: what the program says, what it leaves to
 * AWS's default (`fallback`), and what is only known after a deployment (undefined, whatever the fallback).
 */
import { isProperties, type Properties, plain, type RecordedResource, type Value } from './recorded.ts';

/** Properties of which it is asked what was read of them. */
const watched = new WeakMap<Properties, Set<string>>();

/** Notes from now on which properties are read, by name: a change of one that nobody reads would not be seen. */
export function watchReads(properties: Properties): Properties {
  watched.set(properties, watched.get(properties) ?? new Set());
  return properties;
}

/** The names that were read so far; undefined where nobody watches. */
export const readOf = (properties: Properties): ReadonlySet<string> | undefined => watched.get(properties);

export class Block {
  readonly #properties: Properties;
  /** False where the program only looks a resource up: what it does not say is then unknown, and no default. */
  readonly #whole: boolean;
  /** What others change: where the program does not say it either, it is unknown. */
  readonly #ignored: readonly string[];
  /** Whether the provider told it: then an empty text, like null, says that there is none. */
  readonly #told: boolean;

  constructor(properties: Properties, whole = true, ignored: readonly string[] = [], told = false) {
    this.#properties = properties;
    this.#whole = whole;
    this.#ignored = ignored;
    this.#told = told;
  }

  #at(key: string): Value | undefined {
    watched.get(this.#properties)?.add(key);
    return this.#properties[key];
  }

  /** Whether what is not said of this is AWS's default: also where the provider says that it is not set. */
  #defaults(key: string): boolean {
    const none = this.#told && this.#properties[key] !== undefined;
    return (this.#whole || none) && !this.#ignored.includes(key);
  }

  /** Whether the program says something, known or not. */
  has(key: string): boolean {
    const value = this.#at(key);
    return value !== undefined && value !== null && !(this.#told && value === '');
  }

  value(key: string): Value | undefined {
    return plain(this.#at(key));
  }

  #read<T>(key: string, fallback: T | undefined, as: (value: Value) => T | undefined): T | undefined {
    if (!this.has(key)) return this.#defaults(key) ? fallback : undefined;
    const value = this.value(key);
    return value === undefined ? undefined : as(value);
  }

  text(key: string, fallback?: string): string | undefined {
    return this.#read(key, fallback, (value) => (typeof value === 'string' ? value || undefined : undefined));
  }

  number(key: string, fallback?: number): number | undefined {
    return this.#read(key, fallback, (value) => {
      const number = typeof value === 'string' && value !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    });
  }

  flag(key: string, fallback?: boolean): boolean | undefined {
    return this.#read(key, fallback, (value) =>
      typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined,
    );
  }

  /** The texts of a list; undefined when one of them is not known. */
  texts(key: string, fallback: readonly string[] | undefined = []): readonly string[] | undefined {
    return this.#read<readonly string[]>(key, fallback, (value) => {
      const list = Array.isArray(value) ? value : [value];
      const texts = list.filter((one): one is string => typeof one === 'string');
      return texts.length === list.length ? texts : undefined;
    });
  }

  /** A nested object; the SDK writes one that may stand once either as an object or as a list of one. */
  block(key: string): Block | undefined {
    return this.blocks(key)?.[0];
  }

  /** Nested objects: none where the program says nothing, undefined where they are not known. */
  blocks(key: string): readonly Block[] | undefined {
    const raw = this.#at(key);
    const value = isProperties(raw) && raw.$secret !== undefined ? raw.$secret : raw;
    if (value === undefined || !this.has(key)) return this.#defaults(key) ? [] : undefined;
    if (Array.isArray(value)) {
      const blocks = value.filter((one): one is Properties => isProperties(one) && one.$unknown !== true);
      return blocks.length === value.length ? blocks.map((one) => this.#within(one)) : undefined;
    }
    return isProperties(value) && value.$unknown !== true ? [this.#within(value)] : undefined;
  }

  #within(properties: Properties): Block {
    return new Block(properties, this.#whole, [], this.#told);
  }

  /** Keys and texts of a mapping (tags, dimensions); undefined when one of them is not known. */
  mapping(key: string): Readonly<Record<string, string>> | undefined {
    const raw = this.#at(key);
    if (!this.has(key)) return this.#defaults(key) ? {} : undefined;
    if (!isProperties(raw)) return undefined;
    const entries: [string, string][] = [];
    for (const [name, each] of Object.entries(raw)) {
      const value = plain(each);
      if (typeof value !== 'string') return undefined;
      entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }
}

export class Declared extends Block {
  readonly resource: RecordedResource;
  readonly #made: Block;

  constructor(resource: RecordedResource) {
    const { told } = resource;
    const whole = told === undefined ? resource.kind === 'declared' : told === 'whole';
    super(resource.inputs, whole, resource.options.ignoreChanges, told !== undefined);
    this.resource = resource;
    this.#made = new Block(resource.outputs);
  }

  get id(): string {
    return this.resource.id;
  }

  get account(): string {
    return this.resource.place.account;
  }

  get region(): string {
    return this.resource.place.region;
  }

  /** What AWS would make (`arn`, `dnsName`): only for outputs that the recorder makes in AWS's form. */
  made(key: string): string | undefined {
    return this.#made.text(key);
  }

  /** All that AWS would make. */
  get outputs(): Block {
    return this.#made;
  }

  /** Nested objects that AWS would make (`cacheNodes`); undefined where the outputs hold none. */
  madeBlocks(key: string): readonly Block[] | undefined {
    return this.#made.has(key) ? this.#made.blocks(key) : undefined;
  }

  /** Texts that AWS would make; undefined where the outputs hold none. */
  madeTexts(key: string): readonly string[] | undefined {
    return this.#made.has(key) ? this.#made.texts(key) : undefined;
  }

  /** An input that AWS fills where the program leaves it out: a name, an identifier. */
  either(key: string): string | undefined {
    return this.has(key) ? this.text(key) : this.made(key);
  }

  /** Tags as AWS lists them, the provider's default ones among them. */
  tags(key = 'Key', value = 'Value'): readonly Readonly<Record<string, string>>[] | undefined {
    const all = this.tagMap();
    return all && Object.entries(all).map(([name, text]) => ({ [key]: name, [value]: text }));
  }

  tagMap(): Readonly<Record<string, string>> | undefined {
    return this.#made.has('tagsAll') ? this.#made.mapping('tagsAll') : this.mapping('tags');
  }
}
