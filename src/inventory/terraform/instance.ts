/** One object that Terraform manages or has looked up: what the three forms of file have in common. */
import type { Json } from './json.ts';

/**
 * What happens to it. `stays` stands in AWS and keeps standing, `changes` stands and is updated, `created` does not stand yet (or is
 * replaced by a new one).
 */
export type Fate = 'stays' | 'changes' | 'created';

export interface Instance {
  /** `module.net["a"].aws_subnet.app[0]`. */
  readonly address: string;
  /** `module.net["a"]`; empty in the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  /** `aws_subnet`. */
  readonly type: string;
  readonly name: string;
  /** Of `count` or `for_each`. */
  readonly index: string | number | undefined;
  /** `registry.terraform.io/hashicorp/aws`, with the alias where the file tells it. */
  readonly provider: string;
  readonly fate: Fate;
  readonly values: Json;
  /** In the form of the values: true where a value is only known after the apply. */
  readonly unknown: unknown;
  /** In the form of the values: true where a value is a secret. */
  readonly sensitive: unknown;
  /** Where it stands in the file, counted from 1. */
  readonly line: number | undefined;
}

/** `module.a["x.y"].module.b` + `aws_vpc.main` -> the address; the first part may be empty. */
export const joined = (module: string, address: string): string => (module === '' ? address : `${module}.${address}`);

export const indexed = (address: string, index: string | number | undefined): string =>
  index === undefined ? address : `${address}[${JSON.stringify(index)}]`;

/** What a file holds, whatever its form. */
export interface Content {
  readonly kind: 'state' | 'plan';
  /** Sorted by address. */
  readonly instances: readonly Instance[];
  /** What a plan deletes or changes, as it is before: computed lists of other resources may still hold it. */
  readonly before: readonly Instance[];
  /** The `configuration` of a plan. */
  readonly configuration: Json;
  /** Whether the file tells of everything that the configuration manages. */
  readonly notes: readonly string[];
}
