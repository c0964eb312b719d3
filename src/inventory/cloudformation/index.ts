/** Templates of CloudFormation -> entries, as if AWS had answered after their stacks were made. */
import { basename } from 'node:path';
import type { Notice } from '../../estate/notice.ts';
import type { Entry } from '../entry.ts';
import { pointer } from '../item.ts';
import { entriesOf } from '../pulumi/entries.ts';
import type { RecordedResource, Recording, Value } from '../pulumi/recorded.ts';
import { UserError } from '../user-error.ts';
import { readSource, type Source } from './document.ts';
import { type NestedTemplates, nestedTemplates } from './nested.ts';
import { ANY_ACCOUNT, ANY_REGION, type Parameter } from './parameters.ts';
import type { Run, Stack } from './run.ts';
import { stackOf } from './stack.ts';
import { takenFor } from './taken.ts';
import { isTemplate, type Template, templateOf } from './template.ts';

const SECTION =
  '(AWSTemplateFormatVersion|Description|Metadata|Parameters|Rules|Mappings|Conditions|Transform|Globals|Resources|Hooks|Outputs)';
const JSON_START = new RegExp(`^\\s*\\{\\s*"${SECTION}"\\s*:`);
const YAML_SECTION = new RegExp(`^(${SECTION}|"${SECTION}"|'${SECTION}')\\s*:`, 'm');

/** The text as a template; undefined where it is something else. */
export function templateIn(file: string, text: string): Source | undefined {
  const looks = /^\s*[[{]/.test(text) ? JSON_START.test(text) : YAML_SECTION.test(text);
  if (!looks) return undefined;
  const source = readSource(file, text);
  return isTemplate(source.data) ? source : undefined;
}

/** What a user says of templates on the command line. */
export interface TemplateOptions {
  /** `Name` -> value, pseudo parameters (`AWS::Region`) among them. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Logical name of a nested stack (`Network`, or `Outer.Inner`) -> the file of its template. */
  readonly nested?: ReadonlyMap<string, string>;
}

export interface TemplateContent {
  readonly entries: readonly Entry[];
  readonly notices: readonly Notice[];
}

/** Stacks of a run, with those that are nested. */
export const MAX_STACKS = 1000;

const PARTIAL = 'a template declares one stack; the account may hold more';

/** All templates of a run are stacks of one account and region, and see each other's exports. */
export function readTemplates(sources: readonly Source[], options: TemplateOptions = {}): TemplateContent {
  const [first] = sources;
  if (first === undefined) return { entries: [], notices: [] };
  try {
    return read(first, sources, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError('the functions of this template stand too deep in one another', {
      file: first.file,
      expected: 'a template that CloudFormation would take',
      fix: 'check it with `aws cloudformation validate-template`',
    });
  }
}

function read(first: Source, sources: readonly Source[], options: TemplateOptions): TemplateContent {
  const given: ReadonlyMap<string, Parameter> = new Map(
    [...(options.parameters ?? [])].map(([name, value]) => [name, { value, assumed: false }]),
  );
  const templates = sources.map(templateOf);
  assertDeclared(templates, given, first.file);
  const nested = nestedTemplates(options.nested ?? new Map());
  const { stacks, notices, exported } = settled(templates, given, options, nested);
  const [unused] = nested.unused();
  if (unused !== undefined)
    throw new UserError(`there is no nested stack ${unused}`, {
      file: first.file,
      expected: 'the name of a resource of the type AWS::CloudFormation::Stack, those around it before it with a dot',
      fix: 'check the name that is given with --nested',
    });
  const resources = stacks.flatMap((stack) => stack.resources);
  const recording = recordingOf(first.file, resources, exported.size > 0, options);
  return { entries: entriesOf(recording), notices: [...notices, ...takenFor(recording, stacks)] };
}

interface Round {
  readonly stacks: readonly Stack[];
  readonly notices: readonly Notice[];
  readonly exported: ReadonlyMap<string, Value>;
}

/** Stacks may import of each other in any order: they are worked out until nothing more is exported. */
function settled(
  templates: readonly Template[],
  given: ReadonlyMap<string, Parameter>,
  options: TemplateOptions,
  nested: NestedTemplates,
): Round {
  let round = roundOf(templates, given, options, nested, new Map());
  for (let n = 1; n < templates.length; n++) {
    const next = roundOf(templates, given, options, nested, round.exported);
    if (textOfExports(next) === textOfExports(round)) return next;
    round = next;
  }
  return round;
}

const textOfExports = ({ exported }: Round): string => JSON.stringify([...exported]);

function roundOf(
  templates: readonly Template[],
  given: ReadonlyMap<string, Parameter>,
  options: TemplateOptions,
  nested: NestedTemplates,
  before: ReadonlyMap<string, Value>,
): Round {
  const notices: Notice[] = [];
  let count = 0;
  const run: Run = {
    account: options.parameters?.get('AWS::AccountId'),
    region: options.parameters?.get('AWS::Region'),
    addresses: new Set(),
    alone: templates.length === 1,
    another: () => ++count <= MAX_STACKS,
    exports: (name) => before.get(name),
    nested: nested.find,
    note: (message, { source }, line, name) =>
      notices.push({
        code: 'other',
        message,
        file: `${source.file}:${line}`,
        path: name === undefined ? '' : `/Resources/${pointer(name)}`,
      }),
  };
  const names = namesOf(templates);
  const stacks = templates.map((template, n) => stackOf(template, names[n] ?? '', [], given, run));
  return { stacks, notices, exported: new Map(stacks.flatMap((stack) => [...stack.exports()])) };
}

/** What a template exports other stacks build on: then these may have added to it (rules of a group, targets, routes). */
const recordingOf = (
  file: string,
  resources: readonly RecordedResource[],
  others: boolean,
  options: TemplateOptions,
): Recording => {
  const account = options.parameters?.get('AWS::AccountId');
  const region = options.parameters?.get('AWS::Region');
  return {
    folder: '',
    file,
    partial: PARTIAL,
    others,
    project: '',
    stack: '',
    place: {
      account: account ?? ANY_ACCOUNT,
      region: region ?? ANY_REGION,
      assumed: [
        ...(account === undefined ? (['account'] as const) : []),
        ...(region === undefined ? (['region'] as const) : []),
      ],
    },
    resources: [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0)),
    invokes: [],
    outputs: {},
    problems: [],
  };
};

/** A name that no template has is a mistake of the user's, and silence would read the template without it. */
function assertDeclared(templates: readonly Template[], given: ReadonlyMap<string, Parameter>, file: string): void {
  const names = new Set(templates.flatMap((template) => Object.keys(template.parameters)));
  for (const name of given.keys())
    if (!names.has(name) && !/^AWS::(AccountId|Region|StackName)$/.test(name))
      throw new UserError(`there is no parameter ${name}`, {
        file,
        expected: `one of: ${[...names, 'AWS::AccountId', 'AWS::Region', 'AWS::StackName'].join(', ')}`,
        fix: 'check the name that is given with --parameter',
      });
}

/** A stack's name is its file's, and where two files are called the same, with their number. */
function namesOf(templates: readonly Template[]): readonly string[] {
  const seen = new Map<string, number>();
  return templates.map(({ source }) => {
    const bare = basename(source.file).replace(/(\.nested)?(\.template)?\.[a-z]+$/i, '');
    const name = bare.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^[^A-Za-z]+/, '') || 'stack';
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name}-${n}`;
  });
}
