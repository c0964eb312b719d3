/** One resource of a template -> what a recording has of it, with what AWS would make up for it. */
import { posix } from 'node:path';
import { pointer } from '../item.ts';
import { stateOf } from '../pulumi/made/index.ts';
import { isProperties, type Properties, plain, type RecordedResource, type Value } from '../pulumi/recorded.ts';
import { type Given, said } from './given.ts';
import type { Around, Self, TypeRow } from './row.ts';
import type { Made } from './run.ts';
import type { DeclaredResource, Template } from './template.ts';
import { isUnknown, UNKNOWN } from './values.ts';

/** Whose the resources are. */
export interface Owner {
  readonly template: Template;
  readonly stack: string;
  /** Names of the stacks that this one is nested in. */
  readonly path: readonly string[];
  /** What stands before the names that are made up, so that they are of one stack only. */
  readonly prefix: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** False where a macro may have added what is not written: nothing is then AWS's default. */
  readonly whole: boolean;
  readonly addresses: Set<string>;
}

export interface Making {
  readonly made: Made;
  readonly resources: readonly RecordedResource[];
}

/** Where it is not sure that the resource exists, all but where it belongs is unknown. */
export function make(
  one: DeclaredResource,
  row: TypeRow,
  properties: Given,
  owner: Owner,
  around: Around,
  sure: boolean,
): Making {
  const resources: RecordedResource[] = [];
  const urn = urnOf(one, owner);
  const label = labelOf(one, owner);
  const name = row.lower ? label.toLowerCase() : label;
  const token = tokenOf(row, properties);
  const naming = row.named ?? 'name';
  const inputs = said(row.inputs(properties, around));
  // CloudFormation makes a name up where none is said, and so do we where none is known
  const unnamed = inputs[naming] === undefined || isUnknown(inputs[naming]);
  const usable = unnamed ? { ...inputs, [naming]: name } : inputs;
  const self = selfOf(name, urn, token, usable, row.untagged ? {} : ownTags(label, owner), owner);
  const first = sure ? usable : onlyKnown(usable, belongsTo(row, properties) ?? []);
  resources.push(
    recorded(one, urn, token, first, sure ? self : { ...self, outputs: { ...self.outputs, ...first } }, owner),
  );
  for (const extra of row.beside?.(properties, self, around) ?? []) {
    if (!sure && extra.belongs === undefined) continue;
    const at = `${urn}/${extra.part}`;
    const given = sure ? said(extra.inputs) : onlyKnown(said(extra.inputs), extra.belongs ?? []);
    const own = selfOf(`${name}-${extra.part}`, at, extra.token, given, {}, owner);
    resources.push(recorded(one, at, extra.token, given, own, owner));
  }
  return { made: { row, self }, resources };
}

/** A resource that others may name, and of which nothing is read. */
export const standIn = (one: DeclaredResource, row: TypeRow, properties: Given, owner: Owner): Made => ({
  row,
  self: selfOf(labelOf(one, owner), urnOf(one, owner), tokenOf(row, properties), {}, {}, owner),
});

export const belongsTo = (row: TypeRow, properties: Given): readonly string[] | undefined =>
  typeof row.belongs === 'function' ? row.belongs(properties) : row.belongs;

const urnOf = (one: DeclaredResource, { stack, path }: Owner): string => [stack, ...path, one.name].join('/');

const labelOf = (one: DeclaredResource, { prefix, path }: Owner): string => [...prefix, ...path, one.name].join('-');

const tokenOf = (row: TypeRow, properties: Given): string =>
  typeof row.token === 'function' ? row.token(properties) : row.token;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const ownTags = (label: string, { stack }: Owner): Properties => ({
  'aws:cloudformation:logical-id': label,
  'aws:cloudformation:stack-name': stack,
});

function selfOf(name: string, urn: string, token: string, inputs: Properties, tags: Properties, owner: Owner): Self {
  const clear = plain(inputs);
  const { account, region, partition, addresses } = owner;
  const { id, outputs } = stateOf({
    type: token,
    name,
    urn,
    inputs: isProperties(clear) ? clear : {},
    account,
    region,
    partition,
    addresses,
    defaultTags: tags,
    importId: undefined,
  });
  const own = inputs.tags;
  const tagsAll: Value =
    own === undefined || !isProperties(own) ? tags : isUnknown(own) ? UNKNOWN : { ...tags, ...own };
  return { name, id, outputs: { ...outputs, ...inputs, tagsAll } };
}

const recorded = (
  one: DeclaredResource,
  urn: string,
  type: string,
  inputs: Properties,
  self: Self,
  { template, account, region, whole }: Owner,
): RecordedResource => ({
  urn,
  type,
  name: self.name,
  kind: whole ? 'declared' : 'read',
  parent: undefined,
  custom: true,
  remote: false,
  id: self.id,
  inputs,
  outputs: self.outputs,
  dependencies: [],
  propertyDependencies: {},
  options: one.deletionPolicy === 'Retain' ? { retainOnDelete: true } : {},
  position: { file: posix.normalize(template.source.file), line: one.line, column: 1 },
  pointer: `/Resources/${pointer(one.name)}`,
  place: { account, region },
});

const onlyKnown = (inputs: Properties, known: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, known.includes(key) ? value : UNKNOWN]));
