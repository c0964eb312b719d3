/** The resources of a tree of modules (`values` of a state, `prior_state` of a plan), without recursion: depth is the user's. */
import { type Instance, indexed, joined } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt, textAt } from './json.ts';

export function instancesIn(root: unknown): readonly Instance[] {
  const found: Instance[] = [];
  const modules: Json[] = isObject(root) ? [root] : [];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    const address = textAt(module, 'address') ?? '';
    for (const resource of listAt(module, 'resources')) {
      const one = instanceIn(address, resource);
      if (one !== undefined) found.push(one);
    }
    modules.push(...listAt(module, 'child_modules').filter(isObject));
  }
  return found;
}

/** What identifies a resource, in every form of the JSON; undefined where it names no type. */
export function identityOf(
  module: string,
  resource: unknown,
): Pick<Instance, 'address' | 'module' | 'mode' | 'type' | 'name' | 'index' | 'provider'> | undefined {
  const type = textAt(resource, 'type');
  const name = textAt(resource, 'name');
  if (type === undefined || name === undefined) return undefined;
  const mode = textAt(resource, 'mode') === 'data' ? 'data' : 'managed';
  const given = at(resource, 'index');
  const index = typeof given === 'string' || typeof given === 'number' ? given : undefined;
  const own = indexed(`${mode === 'data' ? 'data.' : ''}${type}.${name}`, index);
  const told = textAt(resource, 'address') ?? own;
  // Terraform 0.12 gave addresses within their module
  const address = module === '' || told.startsWith(`${module}.`) ? told : joined(module, told);
  return { address, module, mode, type, name, index, provider: textAt(resource, 'provider_name') ?? '' };
}

function instanceIn(module: string, resource: unknown): Instance | undefined {
  const identity = identityOf(module, resource);
  if (identity === undefined) return undefined;
  const deposed = textAt(resource, 'deposed_key');
  return {
    ...identity,
    address: deposed === undefined ? identity.address : `${identity.address} (deposed ${deposed})`,
    fate: 'stays',
    values: objectAt(resource, 'values'),
    unknown: undefined,
    sensitive: at(resource, 'sensitive_values'),
    line: undefined,
  };
}

export const byAddress = (a: Instance, b: Instance): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
