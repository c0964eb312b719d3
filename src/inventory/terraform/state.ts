/** States: `terraform show -json`, and the raw file of version 4. */
import { type Content, type Instance, indexed, joined } from './instance.ts';
import { at, isObject, type Json, listAt, objectAt, textAt } from './json.ts';
import { byAddress, instancesIn } from './modules.ts';
import { refused } from './refused.ts';

/** `{ format_version, values }`. */
export const shownState = (content: Json): Content => ({
  ...NOTHING,
  instances: instancesIn(at(content.values, 'root_module')).toSorted(byAddress),
});

const NOTHING: Content = { kind: 'state', instances: [], before: [], configuration: {}, notes: [] };

/** `terraform.tfstate`. Its attributes are those of `show -json`. */
export function rawState(file: string, content: Json, text: string): Content {
  if (content.version !== 4)
    throw refused(
      `this state has version ${JSON.stringify(content.version)}, which Terraform wrote before 0.12`,
      file,
      '/version',
      'version 4, or the output of terraform show -json',
      'run terraform show -json > state.json with the Terraform of that time or a later one, in the folder of the configuration',
    );
  const lines = linesOf(text, content);
  const notes: string[] = [];
  const instances = listAt(content, 'resources').flatMap((resource, n) =>
    listAt(resource, 'instances').flatMap((instance, m) => {
      const one = instanceOf(resource, instance, lines?.[n]?.[m]);
      if (one === 'flat') notes.push(`${textAt(resource, 'type')}.${textAt(resource, 'name')}`);
      return typeof one === 'object' ? [one] : [];
    }),
  );
  return {
    ...NOTHING,
    instances: instances.toSorted(byAddress),
    notes: notes.map(
      (what) =>
        `${what}: it stands in the form that Terraform wrote before 0.12 and was not read; terraform show -json > state.json gives it in today's`,
    ),
  };
}

function instanceOf(resource: unknown, instance: unknown, line: number | undefined): Instance | 'flat' | undefined {
  const type = textAt(resource, 'type');
  const name = textAt(resource, 'name');
  if (type === undefined || name === undefined) return undefined;
  if (isObject(at(instance, 'attributes_flat'))) return 'flat';
  const mode = textAt(resource, 'mode') === 'data' ? 'data' : 'managed';
  const module = textAt(resource, 'module') ?? '';
  const given = at(instance, 'index_key');
  const index = typeof given === 'string' || typeof given === 'number' ? given : undefined;
  const deposed = textAt(instance, 'deposed');
  const address = joined(module, indexed(`${mode === 'data' ? 'data.' : ''}${type}.${name}`, index));
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    module,
    mode,
    type,
    name,
    index,
    provider: textAt(resource, 'provider') ?? '',
    fate: 'stays',
    values: objectAt(instance, 'attributes'),
    unknown: undefined,
    sensitive: sensitiveTree(listAt(instance, 'sensitive_attributes')),
    line,
  };
}

/** Paths (`[[{ type: 'get_attr', value: 'password' }]]`) -> `{ password: true }`; what stands in a list hides all of it. */
function sensitiveTree(paths: readonly unknown[]): Json {
  const tree: Record<string, true> = {};
  for (const path of paths) {
    const [first] = Array.isArray(path) ? path : [path];
    const name = textAt(first, 'value');
    if (name !== undefined) Object.defineProperty(tree, name, { value: true, enumerable: true, configurable: true });
  }
  return tree;
}

/**
 * The line of each instance. Terraform writes its states with two spaces a level, so an opening brace at four spaces begins a resource
 * and one at eight an instance; in a file that was written otherwise the counts differ and no line is told.
 */
function linesOf(text: string, content: Json): readonly (readonly number[])[] | undefined {
  const found: number[][] = [];
  let line = 0;
  let inside = false;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    line++;
    // only short lines can be braces
    const one = to - from > 24 ? '' : text.slice(from, to).trimEnd();
    if (one === '  "resources": [') inside = true;
    else if (inside && one.startsWith('  ]')) inside = false;
    else if (inside && one === '    {') found.push([]);
    else if (inside && one === '        {') found.at(-1)?.push(line);
    from = to + 1;
  }
  const expected = listAt(content, 'resources').map((one) => listAt(one, 'instances').length);
  const fits = expected.length === found.length && expected.every((count, n) => found[n]?.length === count);
  return fits ? found : undefined;
}
