/** What the names in one stack stand for: parameters, conditions, resources and their attributes. */
import type { Value } from '../pulumi/recorded.ts';
import { UserError } from '../user-error.ts';
import { holds, type Scope } from './evaluate.ts';
import { namesIn } from './order.ts';
import type { Parameter } from './parameters.ts';
import { type Made, type Run, type Stack, toldBy } from './run.ts';
import type { DeclaredResource, Template } from './template.ts';
import { type Result, textOf, UNKNOWN } from './values.ts';

export interface Names {
  readonly scope: Scope;
  readonly condition: (name: string) => boolean | undefined;
  /** Undefined where it is not known. */
  readonly exists: (one: DeclaredResource) => boolean | undefined;
  /** Whether a resource of the type names this one in a property. */
  readonly pointedAt: (one: DeclaredResource, type: string, property: string) => 'yes' | 'no' | 'perhaps';
}

/** What is known so far: `made` and `children` grow while the stack is worked out. */
export interface Known {
  readonly template: Template;
  readonly resources: readonly DeclaredResource[];
  readonly parameter: (name: string) => Parameter | undefined;
  readonly made: ReadonlyMap<string, Made | undefined>;
  readonly children: ReadonlyMap<string, Stack>;
  readonly run: Run;
}

export function namesOf(known: Known): Names {
  const condition = conditionsOf(known.template, () => strict);
  const told = new Set<string>();
  const names = new Set(known.resources.map((one) => one.name));
  const scopeOf = (isStrict: boolean): Scope => ({
    get strict() {
      return strict;
    },
    ref: (name) => {
      const one = known.parameter(name);
      if (one !== undefined) return isStrict && one.assumed ? UNKNOWN : one.value;
      return names.has(name) ? (isStrict ? UNKNOWN : refOf(known.made.get(name))) : undefined;
    },
    attribute: (name, attribute) => (isStrict ? undefined : attributeOf(known, name, attribute)),
    condition,
    mappings: known.template.mappings,
    imported: (name) => (isStrict ? undefined : known.run.exports(name)),
    region: () => regionOf(known, isStrict),
    unread: (what, at) => {
      if (told.has(what)) return;
      told.add(what);
      const { template, run } = known;
      run.note(
        `${what} is not evaluated by this version; what it gives is unknown`,
        template,
        template.source.lineOf(at),
      );
    },
  });
  const strict = scopeOf(true);
  const exists: Names['exists'] = (one) => (one.condition === undefined ? true : condition(one.condition));
  const pointedAt = pointersOf(known.resources, condition, exists);
  return { scope: scopeOf(false), condition, exists, pointedAt };
}

function conditionsOf(template: Template, scope: () => Scope): (name: string) => boolean | undefined {
  const values = new Map<string, boolean | undefined | 'open'>();
  return (name) => {
    const known = values.get(name);
    if (known === 'open')
      throw new UserError(`the condition ${name} depends on itself`, {
        file: template.source.file,
        path: `line ${template.source.lineOf(template.conditions, name)}`,
        expected: 'conditions that do not go round in a circle',
        fix: 'mend the Conditions of the template',
      });
    if (values.has(name)) return known;
    values.set(name, 'open');
    const data = Object.hasOwn(template.conditions, name) ? template.conditions[name] : undefined;
    const value = data === undefined ? undefined : holds(data, scope());
    values.set(name, value);
    return value;
  };
}

function regionOf({ parameter }: Known, isStrict: boolean): string | undefined {
  const region = parameter('AWS::Region');
  return isStrict && region?.assumed ? undefined : textOf(region?.value);
}

/** What `Ref` gives of what is made; unknown where nothing is. */
const refOf = (one: Made | undefined): Result =>
  one === undefined ? UNKNOWN : (toldBy(one.row.ref ?? 'id', one.self) ?? UNKNOWN);

function attributeOf({ children, made }: Known, name: string, attribute: string): Value | undefined {
  const child = children.get(name);
  if (child !== undefined)
    return attribute.startsWith('Outputs.') ? child.output(attribute.slice('Outputs.'.length)) : undefined;
  const one = made.get(name);
  if (one === undefined) return undefined;
  const from = one.row.attributes?.[attribute] ?? (attribute === 'Arn' ? 'arn' : undefined);
  return from === undefined ? undefined : toldBy(from, one.self);
}

/** Which names the resources of a type have in a property, and whether one of these resources surely exists. */
function pointersOf(
  resources: readonly DeclaredResource[],
  condition: Names['condition'],
  exists: Names['exists'],
): Names['pointedAt'] {
  const indexes = new Map<string, ReadonlyMap<string, 'yes' | 'perhaps'>>();
  const indexOf = (type: string, property: string): ReadonlyMap<string, 'yes' | 'perhaps'> => {
    const found = new Map<string, 'yes' | 'perhaps'>();
    for (const one of resources) {
      const there = one.type === type ? exists(one) : false;
      if (there === false) continue;
      for (const target of namesIn(one.properties[property] ?? null, condition))
        if (found.get(target) !== 'yes') found.set(target, there ? 'yes' : 'perhaps');
    }
    return found;
  };
  return (one, type, property) => {
    const key = `${type} ${property}`;
    const index = indexes.get(key) ?? indexOf(type, property);
    indexes.set(key, index);
    return index.get(one.name) ?? 'no';
  };
}
