/**
 * Terraform's resource types and their attributes, beside Pulumi's names and forms of the same: Pulumi's AWS provider is made from
 * Terraform's, so one table serves both ways. `table.json` is written by `scripts/terraform-table.mjs` from the provider's own
 * schema (`terraform providers schema -json`) and the declarations of `@pulumi/aws`.
 */
import table from './table.json' with { type: 'json' };

/** `value`: a text, a number, a flag or a list of them. `block`: a block of HCL. `objects`: an attribute that is a list of objects. */
export type Shape = 'value' | 'map' | 'block' | 'objects';

export interface Member {
  /** Pulumi's name (`defaultActions`). */
  readonly pulumi: string;
  /** `either` may be written and is filled by AWS otherwise; `output` is never written in a configuration. */
  readonly said: 'required' | 'optional' | 'either' | 'output';
  readonly sensitive: boolean;
  readonly shape: Shape;
  /** A list or a set. */
  readonly list: boolean;
  /** A set: a list that has no order and cannot be indexed. */
  readonly set: boolean;
  /** At most so many; undefined where the schema sets no bound. */
  readonly max: number | undefined;
  /** Pulumi writes the one element where Terraform has a list of at most one. */
  readonly single: boolean;
  /** Of blocks and objects. */
  readonly members: Members;
}

export type Members = ReadonlyMap<string, Member>;

export interface TerraformType {
  /** `aws_lb_listener`. */
  readonly name: string;
  /** `aws:lb/listener:Listener` and older names for the same; the first is the one to write. */
  readonly tokens: readonly string[];
  /** Without `id` and `timeouts`, which every type may have. */
  readonly members: Members;
}

/** A member as it stands in the file: what is left out is the usual. */
interface Row {
  readonly pulumi?: string;
  readonly said?: string;
  readonly sensitive?: boolean;
  readonly shape?: string;
  readonly list?: boolean;
  readonly set?: boolean;
  readonly max?: number;
  readonly single?: boolean;
  readonly members?: Readonly<Record<string, Row>>;
}

interface File {
  readonly provider: string;
  readonly types: Readonly<
    Record<string, { readonly tokens: readonly string[]; readonly members: Readonly<Record<string, Row>> }>
  >;
}

const file: File = table;

/** The version of hashicorp/aws that the table was made from. */
export const PROVIDER_VERSION = file.provider;

export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const SAID = ['required', 'either', 'output'] as const;
const SHAPES = ['map', 'block', 'objects'] as const;

const member = (name: string, row: Row): Member => ({
  pulumi: row.pulumi ?? camelCase(name),
  said: SAID.find((one) => one === row.said) ?? 'optional',
  sensitive: row.sensitive === true,
  shape: SHAPES.find((one) => one === row.shape) ?? 'value',
  list: row.list === true,
  set: row.set === true,
  max: row.max,
  single: row.single === true,
  members: members(row.members ?? {}),
});

const members = (rows: Readonly<Record<string, Row>>): Members =>
  new Map(Object.entries(rows).map(([name, row]) => [name, member(name, row)]));

const made = new Map<string, TerraformType>();
let byToken: ReadonlyMap<string, string> | undefined;

/** Names that the provider keeps for what is now called otherwise. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb */
const canonical = (name: string): string => (name === 'aws_alb' ? 'aws_lb' : name.replace(/^aws_alb_/, 'aws_lb_'));

/** The type by Terraform's name (`aws_db_instance`); undefined where the table has none. */
export function terraformType(name: string): TerraformType | undefined {
  const own = canonical(name);
  const before = made.get(own);
  if (before !== undefined) return before;
  const row = Object.hasOwn(file.types, own) ? file.types[own] : undefined;
  if (row === undefined) return undefined;
  const type = { name: own, tokens: row.tokens, members: members(row.members) };
  made.set(own, type);
  return type;
}

/** The type by Pulumi's token (`aws:rds/instance:Instance`); undefined where the table has none. */
export function terraformTypeOf(token: string): TerraformType | undefined {
  byToken ??= new Map(
    Object.entries(file.types).flatMap(([name, { tokens }]) => tokens.map((one) => [one, name] as const)),
  );
  const name = byToken.get(token);
  return name === undefined ? undefined : terraformType(name);
}
