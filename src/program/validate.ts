/**
 * Translation validation: the program that was written is run at every step, and what it declares must be what the plan
 * says, to the letter. What is proven of the plan is then true of the program.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  isProperties,
  plain,
  type RecordedResource,
  type Recording,
  type Value,
} from '../inventory/pulumi/recorded.ts';
import type { Named } from '../plan/edit.ts';
import { sameDocument } from './emit/documents.ts';
import type { Emitted } from './emit/emit.ts';
import type { Journey } from './emit/journey.ts';
import { isGlobal } from './emit/providers.ts';
import { REDACTED } from './emit/values.ts';
import { type Expected, expectedAt, knownStates } from './expected.ts';
import { isServing, isStateful, type Operation, operations } from './operations.ts';
import { recordEach } from './record/record.ts';

/** One thing in which program and plan differ. */
export interface Difference {
  readonly step: string;
  /** `aws:ec2/vpc:Vpc::shop`; empty for the program as a whole. */
  readonly address: string;
  /** `inputs.tags.Name`, `options.protect`. */
  readonly path: string;
  readonly planned: Value | undefined;
  readonly written: Value | undefined;
  /** Where the program says it: `adopted/network.ts:12`. */
  readonly place?: string;
}

export interface Validation {
  /** Steps that were run; the others differ from the one before in nothing that the program says. */
  readonly ran: readonly string[];
  readonly differences: readonly Difference[];
  /** What a deployment would do that nobody planned, or that must not be done. */
  readonly refused: readonly { readonly step: string; readonly operation: Operation; readonly because: string }[];
  /** By step: what a deployment would do. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
}

export interface ValidateOptions {
  /** Only these steps, and what leads to each. @default all */
  readonly steps?: readonly string[];
  /** Processes at once. @default 2 */
  readonly processes?: number;
  /** Called when every process has all that it needs. */
  readonly started?: () => void;
}

/** `folder` holds the files of `emitted`, or what somebody made of them. */
export async function validate(
  folder: string,
  journey: Journey,
  emitted: Emitted,
  options: ValidateOptions = {},
): Promise<Validation> {
  const all = distinctSteps(journey, emitted);
  const wanted =
    options.steps === undefined ? all : all.filter((at) => options.steps?.includes(journey.names[at] ?? ''));
  const recordings = await recorded(folder, journey, emitted, wanted, options);
  const differences: Difference[] = [];
  const refused: Validation['refused'][number][] = [];
  const done = new Map<string, readonly Operation[]>();
  wanted.forEach((at, n) => {
    const [name, recording] = [journey.names[at] ?? '', recordings[n]];
    if (recording === undefined) return;
    differences.push(...compared(name, recording, expectedAt(journey, emitted.things, at)));
    const before = wanted[n - 1] === all[all.indexOf(at) - 1] ? recordings[n - 1] : undefined;
    if (before === undefined) return;
    const found = operations(resourcesOf(before), resourcesOf(recording), forgottenBy(journey, at));
    done.set(name, found);
    refused.push(...refusals(journey, at, found).map((one) => ({ step: name, ...one })));
  });
  return { ran: wanted.map((at) => journey.names[at] ?? ''), differences, refused, operations: done };
}

/**
 * Steps at which the program says something new. A step that no timeline names, and whose plan declares what the one before
 * declares, is the same program: `at`, `since`, `until` and `during` look at nothing but the names that they are given.
 */
function distinctSteps({ names, worlds, steps }: Journey, { files }: Emitted): readonly number[] {
  const text = [...files]
    .flatMap(([path, source]) => (path.endsWith('.ts') && path !== 'steps.ts' ? [source] : []))
    .join('\n');
  return names.flatMap((name, at) => {
    const named = text.includes(`'${name}'`) || new RegExp(`[{,\\s]${name}:`).test(text);
    const changed = (steps[at]?.edits.length ?? 0) > 0 || worlds[at] !== worlds[at - 1];
    return at === 0 || named || changed ? [at] : [];
  });
}

async function recorded(
  folder: string,
  journey: Journey,
  { project, secrets, profiles }: Emitted,
  steps: readonly number[],
  { processes = 2, started }: ValidateOptions,
): Promise<readonly Recording[]> {
  const settings = Object.fromEntries([
    ...secrets.map(({ name, planned }) => [name, planned]),
    ...profiles.map((name) => [name, 'another-account']),
  ]);
  const known = knownStates(journey);
  const size = Math.max(1, Math.ceil(steps.length / processes));
  const parts = Array.from({ length: Math.ceil(steps.length / size) }, (_, n) => steps.slice(n * size, (n + 1) * size));
  let waiting = parts.length;
  const oneStarted = (): void => {
    waiting -= 1;
    if (waiting === 0) started?.();
  };
  const found = await Promise.all(
    parts.map((part) =>
      recordEach(
        folder,
        { stack: project.stack, config: settings, known, timeout: 300_000, started: oneStarted },
        part.map((at) => ({ step: journey.names[at] ?? '' })),
      ),
    ),
  );
  return found.flat();
}

const resourcesOf = ({ resources }: Recording): readonly RecordedResource[] =>
  resources.filter(({ type }) => type.startsWith('aws:'));

const addressOf = ({ type, name }: Named): string => `${type}::${name}`;

function compared(step: string, recording: Recording, expected: ReadonlyMap<string, Expected>): readonly Difference[] {
  const differences: Difference[] = recording.problems.map(({ message }) => ({
    step,
    address: '',
    path: 'the program does not run to its end',
    planned: undefined,
    written: message,
  }));
  if (differences.length > 0) return differences;
  const found = new Map(resourcesOf(recording).map((one) => [addressOf(one), one]));
  for (const [address, wanted] of expected) {
    const one = found.get(address);
    if (one === undefined) differences.push({ step, address, path: '', planned: 'declared', written: undefined });
    else differences.push(...differencesOf(step, address, wanted, one));
  }
  for (const [address, one] of found)
    if (!expected.has(address))
      differences.push({ step, address, path: '', planned: undefined, written: 'declared', ...placeOf(one) });
  for (const one of recording.resources)
    if (!one.type.startsWith('aws:') && !one.type.startsWith('pulumi:providers:'))
      differences.push({
        step,
        address: addressOf(one),
        path: '',
        planned: undefined,
        written: 'declared',
        ...placeOf(one),
      });
  return differences;
}

const placeOf = ({ position }: RecordedResource): { readonly place?: string } =>
  position === undefined ? {} : { place: `${position.file}:${position.line}` };

function differencesOf(step: string, address: string, wanted: Expected, one: RecordedResource): readonly Difference[] {
  const { protect, importId, retainOnDelete, ignoreChanges, provider: _provider, aliases, ...more } = one.options;
  const written = {
    inputs: plain(one.inputs) ?? {},
    options: valued({ protect, importId, retainOnDelete, ignoreChanges, ...ownAliases(aliases), ...more }),
    kind: one.kind,
    parent: one.parent ?? null,
    place: { account: one.place.account, ...(isGlobal(one.type) ? {} : { region: one.place.region }) },
  };
  const planned = {
    inputs: wanted.inputs,
    options: valued(wanted.options),
    kind: 'declared',
    parent: null,
    place: { account: wanted.place.account, ...(isGlobal(one.type) ? {} : { region: wanted.place.region }) },
  };
  const found = different(planned, written, '', '').map((each) => ({ step, address, ...each, ...placeOf(one) }));
  return [
    ...found,
    ...clearSecrets(one).map((path) => ({
      step,
      address,
      path,
      planned: 'a secret',
      written: 'clear text',
      ...placeOf(one),
    })),
  ];
}

/** Without the former types that the SDK names by itself. */
function ownAliases(aliases: readonly Value[] = []): { readonly aliases?: readonly Value[] } {
  const own = aliases.filter((one) => !isProperties(one) || one.type === undefined || one.name !== undefined);
  return own.length === 0 ? {} : { aliases: own };
}

const valued = (options: { readonly [name: string]: unknown }): { readonly [name: string]: Value } =>
  JSON.parse(JSON.stringify(options));

/** Hidden values that the program says in the clear, where it does not leave the argument alone. */
function clearSecrets({ inputs, options }: RecordedResource): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) =>
    options.ignoreChanges?.includes(name) || !holdsClear(value) ? [] : [`inputs.${name}`],
  );
}

function holdsClear(value: Value): boolean {
  if (typeof value === 'string') return value.includes(REDACTED);
  if (Array.isArray(value)) return value.some(holdsClear);
  return isProperties(value) && value.$secret === undefined && Object.values(value).some(holdsClear);
}

type Plain = Omit<Difference, 'step' | 'address' | 'place'>;

function different(
  planned: Value | undefined,
  written: Value | undefined,
  path: string,
  property: string,
): readonly Plain[] {
  if (isDeepStrictEqual(planned, written)) return [];
  if (typeof planned === 'string' && typeof written === 'string' && sameDocument(planned, written, property)) return [];
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (isProperties(planned) && isProperties(written))
    return [...new Set([...Object.keys(planned), ...Object.keys(written)])].flatMap((name) =>
      different(planned[name], written[name], at(name), name),
    );
  if (Array.isArray(planned) && Array.isArray(written) && planned.length === written.length)
    return planned.flatMap((each: Value, n) => different(each, written[n], at(String(n)), property));
  return [{ path, planned, written }];
}

/** What the commands of a step take out of the state, for the program to import it anew or to let go of it. */
const forgottenBy = ({ steps }: Journey, at: number): ReadonlySet<string> =>
  new Set(
    (steps[at]?.edits ?? []).flatMap((edit) =>
      (edit.op === 'update' && edit.follows) || (edit.op === 'delete' && edit.keeps) ? [addressOf(edit)] : [],
    ),
  );

/** What must not happen from one step to the next: what no edit asks for, and what would lose data or cut somebody off. */
function refusals(
  { steps }: Journey,
  at: number,
  found: readonly Operation[],
): readonly { readonly operation: Operation; readonly because: string }[] {
  const step = steps[at];
  const edits = new Map(step?.edits.map((edit) => [`${edit.type}::${edit.name}`, edit]));
  return found.flatMap((operation) => {
    const edit = edits.get(`${operation.type}::${operation.name}`);
    const refuse = (because: string) => [{ operation, because }];
    const touchy = isStateful(operation.type) || isServing(operation.type);
    if (touchy && operation.untold)
      return refuse(`nobody told whether a change of ${operation.untold.join(', ')} replaces it`);
    // what takes its value from a new revision is what the revision is made for
    if (edit === undefined && operation.follows !== undefined && operation.op === 'update') return [];
    if (edit === undefined) return refuse('the step does not ask for it');
    if (edit.op === 'update' && edit.follows && operation.op !== 'import')
      return refuse('the act has made another one, and the program does not take it over');
    const replaced = operation.op === 'replace' && !operation.because?.includes('new revision');
    if (replaced && touchy) return refuse(`it would be replaced (${operation.because ?? ''})`);
    if (operation.op === 'delete' && edit.op !== 'delete') return refuse('the step does not delete it');
    return [];
  });
}
