/** A template's sections, checked as far as reading needs it. What is wrong with it is told with its line. */
import { UserError } from '../user-error.ts';
import { type Data, type Fields, isFields, isList, type Source } from './document.ts';

/** AWS takes 500 resources a template. */
export const MAX_RESOURCES = 100_000;

export interface DeclaredResource {
  readonly name: string;
  readonly type: string;
  readonly properties: Fields;
  readonly condition: string | undefined;
  readonly deletionPolicy: Data | undefined;
  readonly metadata: Fields;
  readonly line: number;
}

export interface Template {
  readonly source: Source;
  readonly parameters: Fields;
  readonly mappings: Fields;
  readonly conditions: Fields;
  readonly resources: readonly DeclaredResource[];
  readonly outputs: Fields;
  readonly transforms: readonly string[];
  /** What the serverless transform gives to every resource of a type. */
  readonly globals: Fields;
  /** Names under Resources that stand for loops, which only CloudFormation writes out. */
  readonly loops: readonly { readonly name: string; readonly line: number }[];
}

/** Whether a file's content is a template, and not something else that happens to be JSON or YAML. */
export const isTemplate = (data: unknown): boolean =>
  isFields(data) &&
  isFields(data.Resources) &&
  (data.AWSTemplateFormatVersion !== undefined ||
    data.Transform !== undefined ||
    Object.values(data.Resources).some(
      (one) => isFields(one) && typeof one.Type === 'string' && one.Type.includes('::'),
    ));

export function templateOf(source: Source): Template {
  const { data, file, lineOf } = source;
  if (!isFields(data)) throw wrong(file, lineOf(data), 'this is not a template', 'an object with Resources');
  const section = (name: string): Fields => {
    const value = data[name] ?? {};
    if (!isFields(value))
      throw wrong(file, lineOf(data, name), `${name} should be an object`, 'names and what they stand for');
    return value;
  };
  const resources = section('Resources');
  if (Object.keys(resources).length > MAX_RESOURCES)
    throw wrong(
      file,
      lineOf(data, 'Resources'),
      'this template has more resources than can be read',
      `at most ${MAX_RESOURCES}; CloudFormation itself takes 500`,
    );
  const loops: { name: string; line: number }[] = [];
  const declared: DeclaredResource[] = [];
  for (const [name, one] of Object.entries(resources)) {
    const line = lineOf(resources, name);
    if (name.startsWith('Fn::')) loops.push({ name, line });
    else declared.push(resource(source, name, one, line));
  }
  return {
    source,
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    resources: declared,
    outputs: section('Outputs'),
    transforms: transformsOf(data.Transform),
    globals: section('Globals'),
    loops,
  };
}

function resource(source: Source, name: string, one: Data, line: number): DeclaredResource {
  const { file } = source;
  if (!isFields(one) || typeof one.Type !== 'string')
    throw wrong(file, line, `the resource ${name} has no Type`, '"Type": "AWS::EC2::VPC" or another type');
  const properties = one.Properties ?? {};
  if (!isFields(properties))
    throw wrong(file, line, `the Properties of ${name} should be an object`, 'names and values');
  return {
    name,
    type: one.Type,
    properties,
    condition: typeof one.Condition === 'string' ? one.Condition : undefined,
    deletionPolicy: one.DeletionPolicy,
    metadata: isFields(one.Metadata) ? one.Metadata : {},
    line,
  };
}

const transformsOf = (data: Data | undefined): readonly string[] =>
  (data === undefined ? [] : isList(data) ? data : [data]).map((one) =>
    typeof one === 'string'
      ? one
      : isFields(one) && typeof one.Name === 'string'
        ? one.Name
        : 'a transform without a name',
  );

const wrong = (file: string, line: number, message: string, expected: string): UserError =>
  new UserError(message, {
    file,
    path: `line ${line}`,
    expected,
    fix: 'mend the template; `aws cloudformation validate-template` checks it',
  });
