/** Values of the plan in Terraform's JSON syntax: attributes, blocks, expressions, variables in the place of secrets. */
import { isProperties, type Properties, plain, type Value } from '../../inventory/pulumi/recorded.ts';
import type { Member, Members } from '../../inventory/terraform/table.ts';
import { isByMeaning, isDocument, parsedDocument } from '../emit/documents.ts';
import type { Thing } from '../emit/journey.ts';
import { partsOf, type Target } from '../emit/references.ts';
import { REDACTED } from '../emit/values.ts';
import { ExportError } from './error.ts';
import { addressIn, memberOf, outputOf, typeOf } from './expressions.ts';
import type { Ground } from './ground.ts';
import { identifier, type Names } from './names.ts';
import { isNewer } from './newer.ts';
import { type Piece, templated } from './text.ts';

/** What Terraform reads as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value that a person has to give. */
export interface Secret {
  /** Of the variable. */
  readonly name: string;
  /** For whom: the resource's name. */
  readonly of: string;
}

/** What all of a step's export shares. */
export interface Scope extends Ground {
  readonly step: number;
  /** Grows: by name of the variable. */
  readonly secrets: Map<string, Secret>;
  /** Grows: JSON documents, by name of the local value. */
  readonly documents: Map<string, Json>;
  readonly documentNames: Names;
  /** Grows: what is not said to Terraform, for people. */
  readonly notes: string[];
}

/** Where a value stands. */
interface Spot extends Scope {
  readonly thing: Thing;
  /** Whether Terraform leaves the property as it is in AWS: what is redacted then needs no variable. */
  readonly ignored: boolean;
  /** `viewer_certificate.acm_certificate_arn`. */
  readonly path: string;
}

/** The body of a resource: its attributes and blocks by Terraform's names. `ignored` are Pulumi's names of what a change leaves alone. */
export function bodyOf(
  thing: Thing,
  properties: Properties,
  ignored: readonly string[],
  scope: Scope,
): Record<string, Json> {
  const { members } = typeOf(thing);
  const body: Record<string, Json> = {};
  for (const [property, value] of Object.entries(properties)) {
    const spot = { ...scope, thing, ignored: ignored.includes(property), path: '' };
    Object.assign(body, written(property, value, members, spot));
  }
  return body;
}

/** A property of a resource, a block or an object. */
function written(property: string, value: Value, members: Members, spot: Spot): Record<string, Json> {
  if (value === null) return {};
  const { thing } = spot;
  const found = memberOf(members, property);
  if (found === undefined || found[1].said === 'output') {
    const place = [spot.path, property].filter(Boolean).join('.');
    if (isNewer(thing.type, place, value)) {
      spot.notes.push(
        `${addressIn(thing, spot.labels)}: ${place} is ${JSON.stringify(value)}, which holds anyway; the provider learns it later`,
      );
      return {};
    }
    throw new ExportError(`${thing.address}: ${typeOf(thing).name} has no attribute for "${place}"`);
  }
  const [name, member] = found;
  const at = { ...spot, path: [spot.path, property].filter(Boolean).join('.') };
  return { [name]: memberValue(value, property, member, at) };
}

function memberValue(value: Value, property: string, member: Member, spot: Spot): Json {
  if (isProperties(value) && value.$secret !== undefined)
    return listed(valued(value, property, property, spot), member);
  switch (member.shape) {
    case 'value':
      return listed(valued(value, property, property, spot), member);
    case 'map':
      return valued(value, property, property, spot);
    case 'block':
      return each(value, member, spot, (one) => blockOf(one, member, spot));
    case 'objects':
      // an attribute, not a block: an object of a fixed type, each part of which must be said
      return each(value, member, spot, (one) => ({
        ...Object.fromEntries([...member.members.keys()].map((name) => [name, null])),
        ...blockOf(one, member, spot),
      }));
  }
}

/** Pulumi writes the one element where Terraform has a list. */
const listed = (value: Json, { list, single }: Member): Json =>
  list && single && !Array.isArray(value) ? [value] : value;

function each(value: Value, { single }: Member, spot: Spot, write: (one: Properties) => Json): Json {
  const all: readonly Value[] = isList(value) ? value : [value];
  const bodies = all.map((one) => {
    if (isProperties(one)) return write(one);
    throw new ExportError(`${spot.thing.address}: "${spot.path}" is a block, and not ${JSON.stringify(one)}`);
  });
  return single && bodies.length === 1 && bodies[0] !== undefined ? [bodies[0]] : bodies;
}

function blockOf(value: Properties, { members }: Member, spot: Spot): Record<string, Json> {
  const body: Record<string, Json> = {};
  for (const [property, one] of Object.entries(value)) Object.assign(body, written(property, one, members, spot));
  return body;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** A value that is no block. `near` says what a secret in it is. */
function valued(value: Value, property: string, near: string, spot: Spot): Json {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return textOf(value, property, near, spot);
  if (isList(value)) return value.map((one) => valued(one, property, near, spot));
  if (value.$secret !== undefined) {
    const setting = typeof value.$secret === 'string' ? /^config:(.+)$/.exec(value.$secret)?.[1] : undefined;
    return templated([{ code: variable(setting ?? secretName(near, spot), spot) }]);
  }
  const [mark] = Object.keys(value).filter((name) => /^\$(unknown|resource|asset)$/.test(name));
  if (mark !== undefined)
    throw new ExportError(`${spot.thing.address}: "${spot.path}" is nothing that Terraform can say (${mark})`);
  // `{ name: 'DB_PASSWORD', value: … }` says what its value is
  const called = typeof value.name === 'string' ? value.name : near;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      templated([key]),
      valued(one, key, key === 'value' ? called : key, spot),
    ]),
  );
}

function textOf(text: string, property: string, near: string, spot: Spot): Json {
  if (isByMeaning(property) && isDocument(text, property)) return documentOf(text, spot);
  const { references, links, step, thing } = spot;
  const told = references.adopted(text, property, reignOf(step), thing);
  if (told && links.has(thing, told.thing)) return templated([{ code: codeOf(told, spot) }]);
  const pieces = partsOf(text, (address) => references.has(address)).flatMap((part): readonly Piece[] => {
    if (typeof part === 'string') return spot.ignored ? [part] : withoutSecrets(part, near, spot);
    return [referred(part, spot)];
  });
  return templated(pieces);
}

const reignOf = (step: number) => ({ from: step, until: step + 1 });

/** A document is a local value, so that people can read it; Terraform writes it as a text. */
function documentOf(text: string, spot: Spot): Json {
  const document = valued(parsedDocument(text), '', '', spot);
  const label = spot.labels.get(spot.thing) ?? '';
  const name = spot.documentNames.once(
    identifier(`${typeOf(spot.thing).name.slice('aws_'.length)} ${label} ${spot.path}`),
  );
  spot.documents.set(name, document);
  return templated([{ code: `jsonencode(local.${name})` }]);
}

function withoutSecrets(text: string, near: string, spot: Spot): readonly Piece[] {
  return text
    .split(REDACTED)
    .flatMap((part, n): readonly Piece[] => [
      ...(n === 0 ? [] : [{ code: variable(secretName(near, spot), spot) }]),
      ...(part === '' ? [] : [part]),
    ]);
}

/** The other's attribute; a text where an expression would make a circle. */
function referred({ address, output }: { readonly address: string; readonly output: string }, spot: Spot): Piece {
  const { references, links, thing, step } = spot;
  const other = references.planned(address, reignOf(step));
  if (other === undefined) throw new ExportError(`${thing.address} refers to ${address}, which is not in the plan`);
  if (links.has(thing, other)) return { code: codeOf({ thing: other, output }, spot) };
  const known = output === 'id' ? other.adopted?.id : plain(other.adopted?.outputs[output]);
  if (typeof known === 'string') return known;
  throw new ExportError(`${thing.address} and ${address} need each other, so no program can declare them`);
}

const codeOf = ({ thing, output }: Target, { labels }: Spot): string =>
  outputOf(thing, labels.get(thing) ?? '', output);

const secretName = (near: string, { thing }: Spot): string => identifier(`${thing.name} ${near}`) || 'secret';

function variable(wish: string, { secrets, thing }: Spot): string {
  const name = identifier(wish) || 'secret';
  if (!secrets.has(name)) secrets.set(name, { name, of: thing.name });
  return `var.${name}`;
}
