/**
 * The properties of a resource as the template gives them, turned into what a recording holds. CloudFormation takes a
 * number for a text and a text for a number or a flag, so every property is read as what it is known to be. What is not
 * known stays so; what is not said is undefined.
 */
import { isProperties, type Properties, type Value } from '../pulumi/recorded.ts';
import { isUnknown, listOf, textOf, UNKNOWN } from './values.ts';

/** Properties of which those that nobody said are undefined. */
export type Draft = Readonly<Record<string, Value | undefined>>;

export const said = (draft: Draft): Properties =>
  Object.fromEntries(Object.entries(draft).filter((entry): entry is [string, Value] => entry[1] !== undefined));

/** A value that AWS looks up elsewhere. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const LOOKED_UP = /\{\{resolve:/;

const text = (value: Value): Value => {
  const known = textOf(value);
  return known === undefined || LOOKED_UP.test(known) ? UNKNOWN : known;
};

/** YAML of the older kind writes `yes` and `on`. */
const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

/** Text in the form of JSON; null stands where something is not known, which no reader of policies takes for a value. */
const json = (value: Value): string => JSON.stringify(withNull(value));

const withNull = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(withNull);
  if (!isProperties(value)) return value;
  if (value.$unknown === true) return null;
  if (value.$secret !== undefined) return withNull(value.$secret);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNull(one)]));
};

export class Given {
  /** Undefined: nothing of it is known. */
  readonly #properties: Properties | undefined;

  constructor(value: Value) {
    this.#properties = isProperties(value) && !isUnknown(value) ? value : undefined;
  }

  /** Whether what it says is known at all. */
  get known(): boolean {
    return this.#properties !== undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** As it is; a name with dots leads into objects. */
  value(name: string): Value | undefined {
    if (this.#properties === undefined) return UNKNOWN;
    return name.split('.').reduce<Value | undefined>((holder, key) => {
      if (holder === undefined || isUnknown(holder)) return holder;
      return isProperties(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
    }, this.#properties);
  }

  #as(name: string, convert: (value: Value) => Value): Value | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : isUnknown(value) ? UNKNOWN : convert(value);
  }

  text(name: string): Value | undefined {
    return this.#as(name, text);
  }

  /** The text where it is known. */
  sure(name: string): string | undefined {
    const value = this.text(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The first of the names that is said. */
  either(...names: readonly string[]): Value | undefined {
    return names.map((name) => this.text(name)).find((value) => value !== undefined);
  }

  number(name: string): Value | undefined {
    return this.#as(name, (value) => {
      const known = textOf(value)?.trim();
      return known !== undefined && /^-?\d+(\.\d+)?$/.test(known) ? Number(known) : UNKNOWN;
    });
  }

  flag(name: string): Value | undefined {
    return this.#as(name, (value) => FLAGS[textOf(value)?.toLowerCase() ?? ''] ?? UNKNOWN);
  }

  /** A list of texts; of one that is not a list, the list of it. */
  list(name: string): Value | undefined {
    return this.#as(name, (value) => listOf(value)?.map(text) ?? UNKNOWN);
  }

  block(name: string): Given | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : new Given(value);
  }

  /** Objects of a list; undefined where nothing is said, one of which nothing is known where the list is not known. */
  blocks(name: string): readonly Given[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return (listOf(value) ?? [UNKNOWN]).map((one) => new Given(one));
  }

  /** Each object of a list as the recording has it. A list that is not known as a whole stays so. */
  each(name: string, convert: (one: Given) => Draft): Value | undefined {
    return this.#as(
      name,
      (value) =>
        listOf(value)?.map((one) => {
          const given = new Given(one);
          return given.known ? said(convert(given)) : UNKNOWN;
        }) ?? UNKNOWN,
    );
  }

  /** An object as the recording has it. */
  one(name: string, convert: (one: Given) => Draft): Value | undefined {
    return this.#as(name, (value) => (isProperties(value) ? said(convert(new Given(value))) : UNKNOWN));
  }

  /** JSON text; a text is taken for JSON already. */
  document(name: string): Value | undefined {
    return this.#as(name, (value) => (typeof value === 'string' ? value : json(value)));
  }

  /** Names and texts of a mapping (environment variables); of a value that is not known, nothing of the mapping is. */
  mapping(name: string): Value | undefined {
    return this.#as(name, (value) => {
      if (!isProperties(value)) return UNKNOWN;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one) ?? UNKNOWN]));
    });
  }

  /** Tags in either of CloudFormation's forms. */
  tags(name = 'Tags'): Value | undefined {
    return this.#as(name, (value) => {
      if (isProperties(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, text(one)]));
      const tags = (listOf(value) ?? []).map((one) => new Given(one));
      if (tags.some((tag) => tag.sure('Key') === undefined)) return UNKNOWN;
      return Object.fromEntries(tags.map((tag) => [tag.sure('Key') ?? '', tag.text('Value') ?? '']));
    });
  }
}
