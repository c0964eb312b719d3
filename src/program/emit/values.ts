/** Values of the plan as code: literals, variables of other resources, JSON documents, settings in the place of secrets. */
import { plain, type Value } from '../../inventory/pulumi/recorded.ts';
import { isDocument, parsedDocument } from './documents.ts';
import { EmitError } from './error.ts';
import type { Thing } from './journey.ts';
import type { Links } from './links.ts';
import { camel } from './names.ts';
import { type Code, call, list, type Member, object, plainCode } from './print.ts';
import { type Part, partsOf, type References, type Reign, type Standing, type Target } from './references.ts';
import { isLines, key, lines, quoted, templated } from './text.ts';

/** What stands in an inventory where a secret was. */
export const REDACTED = '<redacted>';

/** A setting that a person has to give. */
export interface Secret {
  readonly name: string;
  /** For whom: the resource's name. */
  readonly of: string;
  /** What stands for it in the plan. */
  readonly planned: string;
}

/** What the whole program knows. */
export interface Scope {
  readonly references: References;
  readonly links: Links;
  readonly variables: ReadonlyMap<Thing, string>;
  /** By name; grows while code is written. */
  readonly secrets: Map<string, Secret>;
  /** Written for one step alone: no timeline that a thing would have to be taken out of. */
  readonly still?: boolean;
}

/** Where a value stands. */
export interface Spot extends Scope {
  readonly thing: Thing;
  readonly reign: Reign;
  /** Whether Pulumi leaves the property as it is in AWS: what is redacted then needs no setting. */
  readonly ignored: boolean;
  /** What the code uses of its surroundings; grows while it is written. */
  readonly uses: Uses;
}

export interface Uses {
  readonly things: Set<Thing>;
  now: boolean;
  pulumi: boolean;
  config: boolean;
  steps: boolean;
  /** What it takes from `underpin/blueprint`. */
  readonly blueprint: Set<string>;
}

export const usesNothing = (): Uses => ({
  things: new Set(),
  now: false,
  pulumi: false,
  config: false,
  steps: false,
  blueprint: new Set(),
});

export function addUses(to: Uses, more: Uses): void {
  for (const thing of more.things) to.things.add(thing);
  to.now ||= more.now;
  to.pulumi ||= more.pulumi;
  to.config ||= more.config;
  to.steps ||= more.steps;
  for (const name of more.blueprint) to.blueprint.add(name);
}

/** Things that are there at every step are variables; others are taken out of the timeline by `now`. */
export const isAlways = (thing: Thing): boolean => thing.from === 0 && thing.until === undefined;

export function valueCode(value: Value | undefined, property: string, spot: Spot, near = property): Code {
  if (value === undefined || value === null) return plainCode(value === null ? 'null' : 'undefined');
  if (typeof value === 'string') return textCode(value, property, near, spot);
  if (typeof value !== 'object') return plainCode(String(value));
  if (isList(value)) return list(value.map((each) => valueCode(each, property, spot, near)));
  if (value.$secret !== undefined) {
    const setting = settingOf(value.$secret);
    return plainCode(
      setting === undefined
        ? requireSecret(secretName(near, spot), spot)
        : requireSecret(setting, spot, `config:${setting}`),
    );
  }
  const [mark] = Object.keys(value).filter((name) => /^\$(unknown|resource|asset)$/.test(name));
  if (mark) throw new EmitError(`${spot.thing.address}: ${property} is nothing that a program can say (${mark})`);
  return object(membersOf(value, spot, near));
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function membersOf(value: { readonly [name: string]: Value }, spot: Spot, near: string): readonly Member[] {
  // `{ name: 'DB_PASSWORD', value: … }` says what its value is
  const called = typeof value.name === 'string' ? value.name : near;
  return Object.entries(value).map(([name, each]) => ({
    key: key(name),
    value: valueCode(each, name, spot, name === 'value' ? called : name),
  }));
}

function textCode(text: string, property: string, near: string, spot: Spot): Code {
  if (isDocument(text, property)) return documentCode(text, spot);
  const told = spot.references.adopted(text, property, spot.reign, spot.thing);
  if (told && spot.links.has(spot.thing, told.thing)) return plainCode(variable(told, spot));
  const parts = partsOf(text, (address) => spot.references.has(address)).flatMap((part) => withoutSecret(part, spot));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return partCode(only, near, spot);
  if (parts.length === 0) return plainCode("''", 'text');
  return mixedCode(parts, near, spot);
}

type Piece = Part | { readonly secret: true };

function withoutSecret(part: Part, spot: Spot): readonly Piece[] {
  if (typeof part !== 'string' || spot.ignored || !part.includes(REDACTED)) return [part];
  return part
    .split(REDACTED)
    .flatMap((text, n): readonly Piece[] => [
      ...(n === 0 ? [] : [{ secret: true as const }]),
      ...(text === '' ? [] : [text]),
    ]);
}

function partCode(piece: Piece, near: string, spot: Spot): Code {
  if (typeof piece === 'string') return isLines(piece) ? plainCode(lines(piece)) : plainCode(quoted(piece), 'text');
  if ('secret' in piece) return secretCode(near, spot);
  const written = referenceCode(piece, spot);
  return typeof written === 'string' ? plainCode(written) : plainCode(quoted(written.literal), 'text');
}

function mixedCode(pieces: readonly Piece[], near: string, spot: Spot): Code {
  let filled = false;
  const text = pieces.map((piece) => {
    if (typeof piece === 'string') return templated(piece);
    const code = 'secret' in piece ? requireSecret(secretName(near, spot), spot) : referenceCode(piece, spot);
    if (typeof code !== 'string') return templated(code.literal);
    filled = true;
    return `\${${code}}`;
  });
  if (!filled) return plainCode(`\`${text.join('')}\``, 'other');
  spot.uses.pulumi = true;
  return plainCode(`pulumi.interpolate\`${text.join('')}\``);
}

/** The variable's output; a text where a variable would make the program run in a circle. */
function referenceCode(part: Exclude<Part, string>, spot: Spot): string | { readonly literal: string } {
  const thing = spot.references.planned(part.address, spot.reign);
  if (thing === undefined)
    throw new EmitError(`${spot.thing.address} refers to ${part.address}, which is not in the plan`);
  const standing = spot.references.standing(thing);
  const whole = standing?.whole ?? thing;
  if (spot.links.has(spot.thing, whole)) return variable({ thing: whole, output: part.output }, spot, standing?.reach);
  const { adopted } = thing;
  const known = part.output === 'id' ? adopted?.id : plain(adopted?.outputs[part.output]);
  if (typeof known !== 'string')
    throw new EmitError(`${spot.thing.address} and ${part.address} need each other, so no program can declare them`);
  return { literal: known };
}

function variable({ thing, output }: Target, spot: Spot, reach: Standing['reach'] = reachOf): string {
  const name = spot.variables.get(thing) ?? '';
  spot.uses.things.add(thing);
  const bare = isAlways(thing) || spot.still === true;
  if (!bare) spot.uses.now = true;
  return `${bare ? name : `now(${name})`}${reach(output) ?? ''}`;
}

/** `masterUserSecrets.0.secretArn` -> `.masterUserSecrets[0].secretArn`. */
const reachOf = (output: string): string =>
  output
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('');

const secretCode = (near: string, spot: Spot): Code => plainCode(requireSecret(secretName(near, spot), spot));

const secretName = (near: string, { thing }: Spot): string =>
  camel(`${thing.name}-${near.toLowerCase()}`).replace(/^(?=\d)/, 'secret') || 'secret';

/** The name that the plan itself gives a setting. */
const settingOf = (secret: Value): string | undefined =>
  typeof secret === 'string' ? /^config:(.+)$/.exec(secret)?.[1] : undefined;

function requireSecret(name: string, spot: Spot, planned = REDACTED): string {
  if (!spot.secrets.has(name)) spot.secrets.set(name, { name, of: spot.thing.name, planned });
  spot.uses.config = true;
  return `config.requireSecret(${quoted(name)})`;
}

const documentCode = (text: string, spot: Spot): Code =>
  stringified(spot.uses, (uses) => valueCode(parsedDocument(text), '', { ...spot, uses }));

/** `JSON.stringify({ … })`, or Pulumi's where something in it is known only later. */
export function stringified(around: Uses, write: (uses: Uses) => Code): Code {
  const uses = usesNothing();
  const code = write(uses);
  const later = uses.things.size > 0 || uses.config || uses.pulumi;
  addUses(around, { ...uses, pulumi: later });
  return call(later ? 'pulumi.jsonStringify' : 'JSON.stringify', [code]);
}
