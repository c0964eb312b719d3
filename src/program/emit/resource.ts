/** One thing of the journey -> its statement. */
import type { Kind } from './components/kind.ts';
import { EmitError } from './error.ts';
import type { Thing } from './journey.ts';
import { type Guarded, guardedOf } from './options.ts';
import { arrow, type Code, call, list, type Member, object, plainCode } from './print.ts';
import { providerOf } from './providers.ts';
import { commented, key, quoted } from './text.ts';
import { propertyCode, timeline } from './timelines.ts';
import { isAlways, type Scope, type Uses, usesNothing } from './values.ts';

export interface ResourceScope extends Scope {
  /** Names of the steps. */
  readonly names: readonly string[];
  /** The stack's own. */
  readonly place: { readonly account: string; readonly region: string };
  /** What of the things is a component of the blueprint. */
  readonly kinds?: ReadonlyMap<Thing, Kind>;
}

export interface Statement {
  /** Without a variable; the expression that makes it. */
  readonly code: Code;
  readonly comments: readonly string[];
  readonly uses: Uses;
  /** The variable of the provider, for what goes elsewhere. */
  readonly provider: string | undefined;
  readonly adopts: boolean;
}

export function statementOf(thing: Thing, scope: ResourceScope): Statement {
  const uses = usesNothing();
  const guarded = guardedOf(thing);
  const members = [...thing.properties].map(
    ([name, phases]): Member => ({
      key: key(name),
      value: propertyCode(name, phases, { thing, guarded, scope, uses }),
    }),
  );
  const provider = providerOf(thing, scope.place)?.variable;
  const options = optionsCode(thing, guarded, provider, scope, uses);
  const kind = scope.kinds?.get(thing);
  if (kind) uses.blueprint.add(kind.name);
  const more = options ? [options] : [];
  // a table has no name: its rows have
  const [rows] = kind?.form === 'table' ? members : [];
  const made = rows
    ? call(kind?.name ?? '', [rows.value, ...more])
    : call(`new ${kind?.name ?? constructorOf(thing)}`, [
        plainCode(quoted(thing.name), 'text'),
        object(members, members.length > 2),
        ...more,
      ]);
  const code = timed(thing, made, scope, uses);
  return { code, comments: commentsOf(thing, guarded, scope), uses, provider, adopts: guarded !== undefined };
}

/** `aws:ec2/vpc:Vpc` -> `aws.ec2.Vpc`. */
export function constructorOf({ type, address }: Thing): string {
  const [, path, name] = /^aws:(\w+)(?:\/\w+)?:(\w+)$/.exec(type) ?? [];
  if (path === undefined || name === undefined) throw new EmitError(`${address}: only resources of AWS are written`);
  return path === 'index' ? `aws.${name}` : `aws.${path}.${name}`;
}

function optionsCode(
  thing: Thing,
  guarded: Guarded | undefined,
  provider: string | undefined,
  scope: ResourceScope,
  uses: Uses,
): Code | undefined {
  const members: Member[] = [];
  if (guarded) {
    const [first] = guarded.guarded;
    if (guarded.guarded.length > 1) {
      const entries = guarded.guarded.map(({ at, value }) => ({ at, value: plainCode(String(value)) }));
      members.push({ key: 'protect', value: timeline(entries, false, { thing, scope, uses }) });
    } else if (first?.value === false) members.push({ key: 'protect', value: plainCode('false') });
    const texts = (all: readonly string[]): Code => list(all.map((one) => plainCode(quoted(one), 'text')));
    if (guarded.ignored.length > 1) {
      const entries = guarded.ignored.map(({ at, value }) => ({ at, value: texts(value) }));
      members.push({ key: 'ignoreChanges', value: timeline(entries, false, { thing, scope, uses }) });
    } else if (guarded.ignored[0] !== undefined && guarded.ignored[0].value.length > 0)
      members.push({ key: 'ignoreChanges', value: texts(guarded.ignored[0].value) });
  }
  if (provider !== undefined) members.push({ key: 'provider', value: plainCode(provider) });
  if (guarded === undefined) return members.length === 0 ? undefined : object(members);
  const ids = guarded.imports.map(({ at, value = '' }) => ({
    at,
    value: value === '' ? plainCode('undefined') : plainCode(quoted(value), 'text'),
  }));
  const id = ids.length > 1 ? timeline(ids, false, { thing, scope, uses }) : (ids[0]?.value ?? plainCode('undefined'));
  return call('adopted', members.length === 0 ? [id] : [id, object(members)]);
}

/** Put on the timeline, for what is not there at every step. */
function timed(thing: Thing, made: Code, { names }: ResourceScope, uses: Uses): Code {
  if (isAlways(thing)) return made;
  uses.steps = true;
  const step = (at: number): Code => plainCode(quoted(names[at] ?? ''), 'text');
  const make = arrow(uses.now ? '(now)' : '()', made);
  if (thing.until === undefined) return call('steps.since', [step(thing.from), make]);
  if (thing.from === 0) return call('steps.until', [step(thing.until), make]);
  return call('steps.during', [step(thing.from), step(thing.until), make]);
}

function commentsOf(thing: Thing, guarded: Guarded | undefined, { names }: ResourceScope): readonly string[] {
  const comments: string[] = [];
  const revised = guarded?.imports[0]?.value === undefined ? undefined : guarded.imports[1];
  if (revised)
    comments.push(
      `'${names[revised.at] ?? ''}' makes a new revision, which Pulumi calls a replacement: no protection and no import any more.`,
    );
  const changed = (guarded?.ignored ?? []).slice(1);
  for (const { at } of changed)
    comments.push(`From '${names[at] ?? ''}' on the program changes what it left alone until then.`);
  const retaken = thing.imports[0]?.value === undefined ? thing.imports[1] : undefined;
  if (retaken)
    comments.push(
      `'${names[retaken.at] ?? ''}' puts another in its place in AWS: Pulumi forgets the old one and imports the new.`,
    );
  return comments.map(commented);
}
