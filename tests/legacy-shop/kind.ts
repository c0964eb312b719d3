/** How a thing of the example is made by calls, as data: a row a kind of thing. */
import type { Input } from '../../src/collect/row.ts';
import type { Thing } from './answers.ts';

export interface Call {
  /** `service:Operation`. */
  readonly operation: string;
  /** In the example's words: its ids become the emulator's when the call is sent. */
  readonly input: Input;
  /** Where the answer has an id that was made up, and the example's for the same thing. */
  readonly ids?: Readonly<Record<string, string>>;
  /** An error that says that the emulator has made the thing by itself. */
  readonly unless?: string;
}

export interface Kind {
  /** The operation whose answers tell of these things, and where in them. */
  readonly of: readonly [operation: string, path?: string];
  readonly calls: (thing: Thing) => readonly Call[];
}

export const call = (operation: string, input: Input, ids: Call['ids'] = {}): Call => ({ operation, input, ids });

/** Tags that a user may set. */
const own = (thing: Thing, path: string): readonly unknown[] =>
  thing.each(path).flatMap((tag) => (/^aws:/.test(String(tag.all('Key')[0] ?? tag.all('key')[0])) ? [] : [tag.value]));

export const tags = (thing: Thing, path = 'Tags[]'): Input => {
  const Tags = own(thing, path);
  return Tags.length > 0 ? { [path.slice(0, -2)]: Tags } : {};
};

/** EC2's way to give tags. */
export const tagged = (thing: Thing, ResourceType: string): Input => {
  const Tags = own(thing, 'Tags[]');
  return Tags.length > 0 ? { TagSpecifications: [{ ResourceType, Tags }] } : {};
};

export const filters = (values: Readonly<Record<string, string>>): Input => ({
  Filters: Object.entries(values).map(([Name, value]) => ({ Name, Values: [value] })),
});

/** Policies of IAM stand in its answers as a URL writes them. */
export const plain = (document: string): string => decodeURIComponent(document);
