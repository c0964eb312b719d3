/**
 * A template with its parameters -> the resources that CloudFormation would make, as a recording has them. Resources are
 * worked out in the order in which they refer to each other; a circle is an error, as it is for CloudFormation.
 */
import { isProperties, type RecordedResource, type Value } from '../pulumi/recorded.ts';
import { UserError } from '../user-error.ts';
import { isFields } from './document.ts';
import { evaluate } from './evaluate.ts';
import { Given } from './given.ts';
import { belongsTo, make, type Owner, standIn } from './make.ts';
import { type Names, namesOf } from './names.ts';
import { orderOf } from './order.ts';
import { type Parameter, parameterValues, partitionOf, pseudoParameters } from './parameters.ts';
import type { Made, Run, Stack } from './run.ts';
import { serverless } from './serverless.ts';
import type { DeclaredResource, Template } from './template.ts';
import { generic, MAKES_NOTHING, rowOf } from './types/index.ts';
import { isUnknown, NOTHING, textOf, UNKNOWN } from './values.ts';

/** How deep stacks may stand in one another. */
export const MAX_STACKS_DEEP = 10;

const SAM = 'AWS::Serverless-2016-10-31';
/** Transforms that add nothing but functions, or nothing that is read here. */
const HARMLESS = new Set([
  SAM,
  'AWS::LanguageExtensions',
  'AWS::CodeDeployBlueGreen',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
]);

/** `path` has the names of the stacks that it is nested in; `given` are the user's parameters, or the parent stack's. */
export function stackOf(
  template: Template,
  name: string,
  path: readonly string[],
  given: ReadonlyMap<string, Parameter>,
  run: Run,
): Stack {
  const parameters = parameterValues(template, given);
  const pseudo = pseudoParameters({ account: run.account, region: run.region, stack: name }, given);
  const declared = declaredIn(template);
  const made = new Map<string, Made | undefined>();
  const children = new Map<string, Stack>();
  const parameter = (key: string): Parameter | undefined => parameters.values.get(key) ?? pseudo.get(key);
  const names = namesOf({ template, resources: declared, parameter, made, children, run });
  const macros = template.transforms.filter((one) => !HARMLESS.has(one));
  const owner = ownerOf(template, name, path, parameter, macros.length === 0, run);
  const resources: RecordedResource[] = [];
  const unread = new Map<string, number>();
  const count = (type: string, more = 1): void => void unread.set(type, (unread.get(type) ?? 0) + more);

  for (const one of orderOf(declared, template, names.condition)) {
    const there = names.exists(one);
    if (there === false || MAKES_NOTHING.has(one.type)) continue;
    const row = rowOf(one.type);
    const properties = propertiesOf(one, names);
    const stays = row !== undefined && belongsTo(row, properties) !== undefined;
    if (there === undefined) noteDoubt(one, stays, template, run);
    if (there === undefined && !stays) continue;
    if (row !== undefined) {
      const around = {
        ...owner,
        pointedAt: (type: string, property: string) => names.pointedAt(one, type, property),
      };
      const making = make(one, row, properties, owner, around, there === true);
      made.set(one.name, there === true ? making.made : undefined);
      resources.push(...making.resources);
      continue;
    }
    const child = one.type === 'AWS::CloudFormation::Stack' ? nested(one, properties, owner, names, run) : undefined;
    if (child !== undefined) {
      children.set(one.name, child);
      for (const resource of child.resources) resources.push(resource);
      for (const [type, more] of child.unread) count(type, more);
      continue;
    }
    count(one.type);
    const known = generic(one.type);
    if (known !== undefined) made.set(one.name, standIn(one, known, properties, owner));
  }
  noteUnwritten(template, macros, run);
  const output = (key: string): Value | undefined => outputOf(template, key, names);
  return { template, parameters, resources, unread, output, exports: () => exportsOf(template, names, output) };
}

/** Sorted by name, so that what is made up for them does not depend on their order in the file. */
const declaredIn = (template: Template): readonly DeclaredResource[] => {
  const sam = template.transforms.includes(SAM);
  const all = sam ? template.resources.flatMap((one) => serverless(one, template.globals)) : template.resources;
  return [...all].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
};

function ownerOf(
  template: Template,
  stack: string,
  path: readonly string[],
  parameter: (name: string) => Parameter | undefined,
  whole: boolean,
  run: Run,
): Owner {
  const text = (name: string): string => textOf(parameter(name)?.value) ?? '';
  const region = text('AWS::Region');
  return {
    template,
    stack,
    path,
    prefix: run.alone ? [] : [stack],
    account: text('AWS::AccountId'),
    region,
    partition: partitionOf(region),
    whole,
    addresses: run.addresses,
  };
}

function propertiesOf(one: DeclaredResource, { scope }: Names): Given {
  const value = evaluate(one.properties, scope);
  return new Given(value === NOTHING ? {} : value);
}

function noteDoubt(one: DeclaredResource, stays: boolean, template: Template, run: Run): void {
  const doubt = `whether ${one.name} exists depends on the condition ${one.condition}, which is not known`;
  const so = stays ? 'what it would change is unknown' : 'it is left out, and "none" is not concluded';
  run.note(`${doubt}; ${so}`, template, one.line, one.name);
}

function noteUnwritten(template: Template, macros: readonly string[], run: Run): void {
  for (const macro of macros)
    run.note(
      `the transform ${macro} may change any part of this template, so what is not written in it is unknown; read the processed one (aws cloudformation get-template --template-stage Processed)`,
      template,
      1,
    );
  for (const { name, line } of template.loops)
    run.note(
      `${name} is not written out by this version; the resources that it makes are unknown`,
      template,
      line,
      name,
    );
}

/** The stack of a nested template; undefined, and told, where its template is not at hand. */
function nested(one: DeclaredResource, properties: Given, owner: Owner, names: Names, run: Run): Stack | undefined {
  const { template, path } = owner;
  const inner = [...path, one.name];
  if (inner.length >= MAX_STACKS_DEEP || !run.another())
    throw new UserError(
      `stacks stand more than ${MAX_STACKS_DEEP} deep in one another, or there are too many of them`,
      {
        file: template.source.file,
        path: `line ${one.line}`,
        expected: 'nested stacks that end somewhere',
        fix: 'check whether a template nests itself',
      },
    );
  const child = run.nested(one, inner.join('.'), properties.sure('TemplateURL'), template);
  if (child === undefined) {
    run.note(
      `the template of the nested stack ${one.name} is not at hand; its resources and its outputs are unknown (give it with --nested ${inner.join('.')}=FILE)`,
      template,
      one.line,
      one.name,
    );
    return undefined;
  }
  return stackOf(child, owner.stack, inner, passedTo(child, one, properties, names), run);
}

/** What is only assumed in the parent is assumed in the child as well. */
function passedTo(
  child: Template,
  one: DeclaredResource,
  properties: Given,
  { scope }: Names,
): ReadonlyMap<string, Parameter> {
  const passed = properties.value('Parameters');
  const written = one.properties.Parameters;
  const values = new Map<string, Parameter>();
  if (passed === undefined) return values;
  for (const key of Object.keys(child.parameters)) {
    const value = isProperties(passed) && !isUnknown(passed) ? passed[key] : UNKNOWN;
    if (value === undefined) continue;
    const firm = isFields(written) && written[key] !== undefined ? evaluate(written[key], scope.strict) : value;
    values.set(key, { value, assumed: isUnknown(firm) && !isUnknown(value) });
  }
  return values;
}

function outputOf(template: Template, key: string, { scope }: Names): Value | undefined {
  const data = Object.hasOwn(template.outputs, key) ? template.outputs[key] : undefined;
  if (!isFields(data) || data.Value === undefined) return undefined;
  const value = evaluate(data.Value, scope);
  return value === NOTHING ? undefined : value;
}

function exportsOf(
  template: Template,
  { scope, condition }: Names,
  output: (key: string) => Value | undefined,
): ReadonlyMap<string, Value> {
  const exported = new Map<string, Value>();
  for (const [key, data] of Object.entries(template.outputs)) {
    if (!isFields(data) || !isFields(data.Export)) continue;
    if (typeof data.Condition === 'string' && condition(data.Condition) !== true) continue;
    const name = textOf(evaluate(data.Export.Name ?? null, scope));
    const value = output(key);
    if (name !== undefined && value !== undefined) exported.set(name, value);
  }
  return exported;
}
