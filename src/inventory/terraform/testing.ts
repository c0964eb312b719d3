/** Files of Terraform made by hand, for tests. */
import type { Estate } from '../../estate/estate.ts';
import { assemble } from '../assemble.ts';
import { readTerraform } from './index.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Draft {
  readonly address: string;
  readonly values: Values;
  readonly more?: Values;
}

/** `one('aws_vpc.main', { cidr_block })`, or `one('data.aws_vpc.main', …)`, or `one('module.net["a"].aws_subnet.app[0]', …)`. */
export const one = (address: string, values: Values = {}, more: Values = {}): Draft => ({ address, values, more });

function identity(address: string): Values {
  const [, module = '', data, type, name, key] =
    /^((?:module\.[^.[]+(?:\[[^\]]+\])?\.?)*)(data\.)?(aws_\w+)\.([\w-]+)(?:\[(.+)\])?$/.exec(address) ?? [];
  return {
    address,
    ...(module === '' ? {} : { module_address: module.replace(/\.$/, '') }),
    mode: data ? 'data' : 'managed',
    type,
    name,
    ...(key === undefined ? {} : { index: JSON.parse(key) }),
    provider_name: 'registry.terraform.io/hashicorp/aws',
  };
}

const resource = ({ address, values, more }: Draft): Values => ({
  ...identity(address),
  schema_version: 1,
  values,
  sensitive_values: {},
  ...more,
});

/** Every module is a child of the root; depth is tested elsewhere. */
function rootOf(drafts: readonly Draft[]): Values {
  const modules = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const module = String(identity(draft.address).module_address ?? '');
    modules.set(module, [...(modules.get(module) ?? []), draft]);
  }
  return {
    resources: (modules.get('') ?? []).map(resource),
    child_modules: [...modules]
      .filter(([address]) => address !== '')
      .map(([address, inside]) => ({ address, resources: inside.map(resource) })),
  };
}

export const stateOf = (...drafts: readonly Draft[]): Values => ({
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: { root_module: rootOf(drafts) },
});

export interface Changed extends Draft {
  readonly actions: readonly string[];
  readonly unknown?: Values;
  readonly before?: Values;
}

/** What a plan does with a resource; `before` where it stands. */
export const change = (
  actions: readonly string[],
  address: string,
  values: Values,
  unknown: Values = {},
  before?: Values,
): Changed => ({ actions, address, values, unknown, ...(before === undefined ? {} : { before }) });

export const created = (address: string, values: Values, unknown: Values = {}): Changed =>
  change(['create'], address, values, { id: true, arn: true, ...unknown });

export const planOf = (
  changes: readonly Changed[],
  { prior = [], root = {}, more = {} }: { prior?: readonly Draft[]; root?: Values; more?: Values } = {},
): Values => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  prior_state: { format_version: '1.0', terraform_version: '1.11.4', values: { root_module: rootOf(prior) } },
  resource_changes: changes.map(({ actions, address, values, unknown, before, more: extra }) => ({
    ...identity(address),
    change: {
      actions,
      before: before ?? null,
      after: actions.every((action) => action === 'delete' || action === 'forget') ? null : values,
      after_unknown: unknown ?? {},
      before_sensitive: {},
      after_sensitive: {},
    },
    ...extra,
  })),
  configuration: { root_module: root },
  complete: true,
  ...more,
});

/** A resource in a plan's configuration: what each attribute refers to. */
export const configured = (
  address: string,
  references: Readonly<Record<string, readonly string[]>>,
  more: Values = {},
): Values => {
  const { mode, type, name } = identity(address);
  return {
    address,
    mode,
    type,
    name,
    expressions: Object.fromEntries(Object.entries(references).map(([key, names]) => [key, { references: names }])),
    ...more,
  };
};

export const FILE = 'terraform.json';

export function estateOf(content: Values, text = JSON.stringify(content)): Estate {
  const { entries, notices, collectedAt } = readTerraform([{ file: FILE, content, text }]);
  return assemble(entries, notices, collectedAt);
}
