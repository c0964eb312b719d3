/** What all stacks of a run share, and what one of them comes to. */
import type { RecordedResource, Value } from '../pulumi/recorded.ts';
import type { ParameterValues } from './parameters.ts';
import type { Attribute, Self, TypeRow } from './row.ts';
import type { DeclaredResource, Template } from './template.ts';

export interface Run {
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Public addresses given out so far. */
  readonly addresses: Set<string>;
  /** Whether there is one stack only, so that names need not say whose they are. */
  readonly alone: boolean;
  readonly exports: (name: string) => Value | undefined;
  /** The template of a nested stack; undefined where no file has it. */
  readonly nested: (
    stack: DeclaredResource,
    path: string,
    url: string | undefined,
    parent: Template,
  ) => Template | undefined;
  /** Counts a stack; false when there are too many of them. */
  readonly another: () => boolean;
  readonly note: (message: string, template: Template, line: number, name?: string) => void;
}

export interface Stack {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly resources: readonly RecordedResource[];
  /** Types that no row tells, and how many there are of each. */
  readonly unread: ReadonlyMap<string, number>;
  readonly output: (name: string) => Value | undefined;
  /** Values by the name under which they are exported. */
  readonly exports: () => ReadonlyMap<string, Value>;
}

/** A resource that surely exists, as others refer to it. */
export interface Made {
  readonly row: TypeRow;
  readonly self: Self;
}

export const toldBy = (from: Attribute, self: Self): Value | undefined =>
  typeof from === 'function' ? from(self) : from === 'id' ? self.id : self.outputs[from];
