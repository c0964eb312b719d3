/** A preview beside what is proven of its step: what must not be applied, and what nobody can tell. */
import { isDeepStrictEqual } from 'node:util';
import { withoutSecrets } from '../../inventory/credentials.ts';
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { addressOf } from '../../plan/edit.ts';
import type { Preview, PreviewStep } from './preview.ts';
import type { Proven, ProvenOperation, ProvenStep } from './proven.ts';
import { ROOT, type Urn, urnOf } from './urn.ts';
import { type Doubt, defaultsIn, doubtsAbout, holdsUnknown } from './values.ts';

export type Code =
  | 'error'
  | 'other-stack'
  | 'other-step'
  | 'missing'
  | 'extra'
  | 'other-operation'
  | 'replacement'
  | 'deletion'
  | 'read'
  | 'not-imported'
  | 'import-differs'
  | 'other-properties'
  | 'other-value'
  | 'not-told';

export interface Objection {
  readonly code: Code;
  /** `aws:ec2/vpc:Vpc::shop`; empty for the preview as a whole. */
  readonly resource: string;
  readonly because: string;
  readonly fix: string;
}

export interface Compared {
  /** What differs: the preview must not be applied. */
  readonly refused: readonly Objection[];
  /** What the preview does not tell: nobody knows whether it differs. */
  readonly undecided: readonly Objection[];
  /** Properties whose values are told only by the deployment, as the plan says: `aws:…::web taskDefinition`. */
  readonly later: readonly string[];
  /** Operations that are as proven. */
  readonly agreed: number;
}

const STOP = 'do not apply it; collect a new inventory and make the plan anew';
const WHY = 'see what else changed the resource or the program; go back to what was proven, or plan anew';

/** `stack`: the one that is meant, where it is not the project's own. */
export function compare(preview: Preview, proven: Proven, step: ProvenStep, stack?: string): Compared {
  const errors = preview.errors.map(({ urn, message }) => ({
    code: 'error' as const,
    resource: nameOf(urn),
    because: `Pulumi reports an error: ${withoutSecrets(message)}`,
    fix: 'mend it and preview again',
  }));
  if (errors.length > 0 || preview.of === undefined) return { refused: errors, undecided: [], later: [], agreed: 0 };
  const place = wrongPlace(preview, preview.of, proven, step, stack);
  // operations of another step would all be told as differences, and none of them is one
  if (place.length > 0) return { refused: place, undecided: [], later: [], agreed: 0 };
  return operationsOf(preview, preview.of, proven, step);
}

function wrongPlace(
  { settings }: Preview,
  of: NonNullable<Preview['of']>,
  { project, steps }: Proven,
  { name }: ProvenStep,
  stack = project?.stack,
): readonly Objection[] {
  const about = (code: Code, because: string, fix: string): Objection => ({ code, resource: '', because, fix });
  if (project && project.name !== of.project)
    return [
      about(
        'other-stack',
        `the preview is of the project ${of.project}, and ${project.name} is proven`,
        'preview the right project',
      ),
    ];
  if (stack !== undefined && stack !== of.stack)
    return [
      about(
        'other-stack',
        `the preview is of the stack ${of.stack}, and not of ${stack}`,
        `pulumi preview --stack ${stack} --json; another name of the same stack is given with --stack`,
      ),
    ];
  const reached = settings.get(`${of.project}:step`) ?? steps[0]?.name;
  if (reached === name) return [];
  return [
    about(
      'other-step',
      `the stack is set to the step ${reached}, and not to ${name}`,
      `pulumi config set step ${name}, then preview again; or ask for --step ${reached}`,
    ),
  ];
}

/** The operations of the engine on one resource. */
interface Found {
  readonly urn: Urn;
  readonly steps: readonly PreviewStep[];
}

function operationsOf(
  preview: Preview,
  { stack, project }: NonNullable<Preview['of']>,
  proven: Proven,
  step: ProvenStep,
): Compared {
  const found = new Map<string, Found>();
  const refused: Objection[] = [];
  for (const one of preview.steps) {
    const urn = urnOf(one.urn);
    if (urn === undefined) continue;
    const address = addressOf(urn);
    if (urn.stack !== stack || urn.project !== project) {
      const because = `it belongs to the project ${urn.project} and the stack ${urn.stack}`;
      refused.push({ code: 'other-stack', resource: address, because, fix: STOP });
    } else found.set(address, { urn, steps: [...(found.get(address)?.steps ?? []), one] });
  }
  const wanted = new Map(step.operations.map((one) => [addressOf(one), one]));
  const changes = new Set(wanted.keys());
  const mismatched = new Set(
    preview.warnings.flatMap(({ urn, message }) =>
      /inputs to import do not match/i.test(message) ? [nameOf(urn)] : [],
    ),
  );
  const undecided: Objection[] = [];
  const later: string[] = [];
  let agreed = 0;
  for (const [address, operation] of wanted) {
    const one = found.get(address);
    const verdict = one
      ? judged(operation, one, changes, mismatched.has(address))
      : { refused: [absent(operation, step)], undecided: [], later: [] };
    refused.push(...verdict.refused);
    undecided.push(...verdict.undecided);
    later.push(...verdict.later);
    if (verdict.refused.length === 0 && verdict.undecided.length === 0) agreed++;
  }
  for (const [address, one] of found) {
    if (wanted.has(address)) continue;
    const { code, ...objection } = unasked(address, one, proven, step) ?? {};
    if (code === undefined) continue;
    const told: Objection = { code, resource: address, because: '', fix: '', ...objection };
    if (code === 'not-told') undecided.push(told);
    else refused.push(told);
  }
  // a mismatch that names no resource is of something all the same
  if (mismatched.has('')) refused.push(importDiffers(''));
  return { refused, undecided, later, agreed };
}

const nameOf = (urn: string): string => {
  const found = urnOf(urn);
  return found === undefined ? urn : addressOf(found);
};

type Verdict = Pick<Compared, 'refused' | 'undecided' | 'later'>;

/** The steps of the engine by which a resource is replaced. The first alone is shown, unless all are asked for. */
const REPLACING: ReadonlySet<string> = new Set(['replace', 'create-replacement', 'delete-replaced']);
/** What touches nothing: of all that is there, `refresh` only reads. */
const QUIET: ReadonlySet<string> = new Set(['same', 'refresh']);

/** What the engine does to a resource, in one word; several that make no whole are told as they are. */
function opOf({ steps }: Found): string {
  const ops = [...new Set(steps.map(({ op }) => op))].filter((op) => !QUIET.has(op));
  if (ops.length === 0) return 'same';
  if (ops.every((op) => REPLACING.has(op))) return 'replace';
  return ops.sort().join(' and ');
}

function judged(operation: ProvenOperation, found: Found, changes: ReadonlySet<string>, mismatched: boolean): Verdict {
  const resource = addressOf(operation);
  const op = opOf(found);
  const refuse = (code: Code, because: string, fix = WHY): Verdict => ({
    refused: [{ code, resource, because, fix }],
    undecided: [],
    later: [],
  });
  if (op === 'import and update' && operation.op === 'import') return { ...NONE, refused: [importDiffers(resource)] };
  if (op !== operation.op) return refuse(...otherwise(operation.op, op));
  const steps = found.steps.filter((one) => !QUIET.has(one.op));
  if (new Set(steps.map(({ urn }) => urn)).size > 1)
    return refuse('other-operation', 'the program has two of this type and name', STOP);
  if (operation.op === 'delete') return NONE;
  if (operation.op === 'import') {
    const differs = mismatched || steps.some(({ changed }) => changed !== undefined && changed.length > 0);
    return differs ? { ...NONE, refused: [importDiffers(resource)] } : NONE;
  }
  if (operation.op !== 'replace' && steps.length > 1)
    return refuse('other-operation', `Pulumi would ${op} it twice`, STOP);
  const sets = operation.sets ?? {};
  const inputs = steps.map((one) => one.inputs).find((one) => one !== undefined);
  if (operation.op === 'create') return ofValues(resource, sets, inputs, changes, true);
  const changed = changedBy(steps);
  if (changed === undefined)
    return { ...NONE, undecided: [untold(resource, 'the preview does not say which properties change')] };
  const names = Object.keys(sets);
  const more = changed.filter((key) => !names.includes(key) && !(key === 'tagsAll' && names.includes('tags')));
  const less = names.filter((key) => !changed.includes(key));
  const said = [
    ...(more.length > 0 ? [`it would change ${more.join(', ')} as well, which the step does not`] : []),
    ...(less.length > 0 ? [`it would not change ${less.join(', ')}, which the step does`] : []),
  ];
  if (said.length > 0) return refuse('other-properties', said.join('; '));
  return ofValues(resource, sets, inputs, changes, false);
}

const NONE: Verdict = { refused: [], undecided: [], later: [] };

const importDiffers = (resource: string): Objection => ({
  code: 'import-differs',
  resource,
  because: 'what the program says is not what AWS has: the import would fail, or change it',
  fix: 'pulumi preview --diff shows the argument: correct it, or collect a new inventory',
});

const untold = (resource: string, because: string): Objection => ({
  code: 'not-told',
  resource,
  because,
  fix: 'look at it with pulumi preview --diff before you apply it',
});

/** Names of what changes; as the engine says, or as the inputs of both sides show. */
function changedBy(steps: readonly PreviewStep[]): readonly string[] | undefined {
  const said = steps.flatMap(({ changed }) => (changed === undefined ? [] : [changed]));
  if (said.flat().length > 0) return [...new Set(said.flat())];
  const one = steps.find(({ before, inputs }) => before !== undefined && inputs !== undefined);
  if (one?.before === undefined || one.inputs === undefined) return undefined;
  const { before, inputs } = one;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(inputs)])];
  const found = keys.filter((key) => key !== '__defaults' && !isDeepStrictEqual(before[key], inputs[key]));
  return found.length > 0 ? found : undefined;
}

/** What the provider adds to every resource by itself. */
const ADDED: ReadonlySet<string> = new Set(['tagsAll', 'region']);

function ofValues(
  resource: string,
  sets: Properties,
  inputs: Properties | undefined,
  changes: ReadonlySet<string>,
  all: boolean,
): Verdict {
  if (inputs === undefined)
    return { ...NONE, undecided: [untold(resource, 'the preview does not show the values that it sets')] };
  const filled = defaultsIn(inputs);
  const extra = all
    ? Object.keys(inputs).filter((key) => !Object.hasOwn(sets, key) && !filled.has(key) && !ADDED.has(key))
    : [];
  const doubts = Object.entries(sets).flatMap(([key, planned]) => {
    // a default of the provider may stand where the plan takes a property away
    if (planned === null && filled.has(key)) return [];
    return doubtsAbout(planned, Object.hasOwn(inputs, key) ? inputs[key] : undefined, key, changes);
  });
  const paths = (kind: Doubt['kind']): readonly string[] =>
    doubts.flatMap((one) => (one.kind === kind ? [one.path] : []));
  const other = [...paths('differs'), ...extra];
  const unseen = paths('unseen');
  return {
    refused:
      other.length === 0
        ? []
        : [{ code: 'other-value', resource, because: `${other.join(', ')} would not be what the plan says`, fix: WHY }],
    undecided: unseen.length === 0 ? [] : [untold(resource, `the preview hides the value of ${unseen.join(', ')}`)],
    later: paths('later').map((path) => `${resource} ${path}`),
  };
}

function otherwise(planned: ProvenOperation['op'], op: string): readonly [Code, string, string?] {
  if (planned === 'import' && op === 'create')
    return [
      'not-imported',
      'the step imports it, and Pulumi would make a second one',
      'the program does not name its id any more, or the commands of the step are not done: see JOURNEY.md',
    ];
  if (op.includes('replace')) return ['replacement', `Pulumi would replace it, and the step would ${planned} it`, STOP];
  if (op.includes('delete')) return ['deletion', `Pulumi would delete it, and the step would ${planned} it`, STOP];
  if (op === 'same')
    return [
      'missing',
      `Pulumi would not touch it, and the step would ${planned} it`,
      'it is done already, or the program says otherwise: compare it with JOURNEY.md',
    ];
  return ['other-operation', `Pulumi would ${op} it, and the step would ${planned} it`];
}

const absent = (operation: ProvenOperation, { commands }: ProvenStep): Objection => ({
  code: 'missing',
  resource: addressOf(operation),
  because: `the step would ${operation.op} it, and the preview does not`,
  fix: commands
    ? 'run the commands of the step first (JOURNEY.md), then preview again; where they ran, it is done already'
    : 'it is done already, or the program does not say it any more: compare it with JOURNEY.md',
});

interface Unasked {
  readonly code?: Code;
  readonly because?: string;
  readonly fix?: string;
}

/** What the step does not ask for. Undefined where it is fine all the same. */
function unasked(address: string, found: Found, proven: Proven, step: ProvenStep): Unasked | undefined {
  const op = opOf(found);
  const { type, name } = found.urn;
  if (op === 'same') return undefined;
  if (type === ROOT && (op === 'create' || op === 'update')) return undefined;
  // a component by itself is nothing in AWS, and its parts stand in the preview as well
  if (['create', 'update', 'delete'].includes(op) && found.steps.every(({ component }) => component)) return undefined;
  if (type.startsWith('pulumi:providers:') && isProvider(name, op, found, proven)) return undefined;
  const elsewhere = proven.steps.find(
    (other) => other !== step && other.operations.some((one) => addressOf(one) === address && one.op === op),
  );
  const fix = elsewhere ? `the step ${elsewhere.name} does this: go one step at a time, in their order` : undefined;
  const acts = step.commands ? 'run the commands of the step first (JOURNEY.md), then preview again' : undefined;
  if (op.includes('replace'))
    return { code: 'replacement', because: 'Pulumi would replace it, and nobody proved that', fix: acts ?? STOP };
  if (op.includes('delete') || op.includes('discard'))
    return {
      code: 'deletion',
      because: 'Pulumi would delete or forget it, and the step does not',
      fix: acts ?? fix ?? STOP,
    };
  if (op.includes('read'))
    return { code: 'read', because: 'the program looks it up, which no step does', fix: 'take it out of the program' };
  if (op === 'update') return updated(address, found, step, fix ?? WHY);
  return { code: 'extra', because: `Pulumi would ${op} it, and the step does not`, fix: fix ?? WHY };
}

/** Drift, or a program that says something else; or what only seems to change, since it depends on what does. */
function updated(address: string, found: Found, { dependents }: ProvenStep, fix: string): Unasked {
  const steps = found.steps.filter(({ op }) => op === 'update');
  const changed = changedBy(steps) ?? [];
  const mine = dependents.filter((one) => addressOf(one) === address);
  const inputs = steps[0]?.inputs ?? {};
  const explained = changed.map((key) => mine.find(({ property }) => property === key && holdsUnknown(inputs[key])));
  if (changed.length > 0 && explained.every((one) => one !== undefined))
    return {
      code: 'not-told',
      because: `whether ${changed.join(', ')} changes is told only by the deployment: it comes from ${explained[0]?.on}`,
      fix: 'look at what it is now, and at it again in the next preview',
    };
  const what = changed.length > 0 ? ` ${changed.join(', ')} of it` : ' it';
  return {
    code: 'extra',
    because: `Pulumi would change${what}, and the step does not: this is drift, or another program`,
    fix,
  };
}

/** Pulumi's default ones come and go with its versions. Those of the program are made once; only their version may change. */
function isProvider(name: string, op: string, found: Found, { providers }: Proven): boolean {
  if (/^default(_|$)/.test(name)) return true;
  if (!providers.includes(name)) return false;
  return op === 'create' || (op === 'update' && (changedBy(found.steps) ?? ['']).every((key) => key === 'version'));
}
