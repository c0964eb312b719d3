/**
 * `pulumi preview --json`, in both its forms: one document (the digest), or one engine event a line, which Pulumi writes
 * with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true.
 *
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/json.go (PreviewDigest)
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go (EngineEvent)
 */
import { z } from 'zod';
import type { Properties, Value } from '../../inventory/pulumi/recorded.ts';
import { UserError } from '../../inventory/user-error.ts';
import { ROOT, urnOf } from './urn.ts';

/** One operation of the engine on one resource. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  /** Names of the arguments that change; undefined where the preview does not say. */
  readonly changed: readonly string[] | undefined;
  /** Whether it only holds others together: nothing of AWS is in it, so nothing there changes by it. */
  readonly component: boolean;
  readonly before: Properties | undefined;
  readonly inputs: Properties | undefined;
}

export interface Complaint {
  /** Empty for the program as a whole. */
  readonly urn: string;
  readonly message: string;
}

export interface Preview {
  /** Undefined only where the program failed before Pulumi named its stack. */
  readonly of: { readonly stack: string; readonly project: string } | undefined;
  /** The stack's settings, secrets blinded: `shop:step`. */
  readonly settings: ReadonlyMap<string, string>;
  readonly steps: readonly PreviewStep[];
  readonly errors: readonly Complaint[];
  readonly warnings: readonly Complaint[];
}

const Json: z.ZodType<Value> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(Json), z.record(z.string(), Json)]),
);
const Inputs = z.record(z.string(), Json);
const State = z.object({ inputs: Inputs.nullish(), custom: z.boolean().nullish() }).nullish();
type State = z.infer<typeof State>;
const Keys = z.array(z.string()).nullish();
const Diff = z.record(z.string(), z.unknown()).nullish();
const Settings = z.record(z.string(), z.string()).nullish();
const Counts = z.record(z.string(), z.number()).nullish();
const Diagnostic = z.object({
  urn: z.string().nullish(),
  prefix: z.string().nullish(),
  message: z.string().nullish(),
  severity: z.string().nullish(),
});

const Digest = z.object({
  config: Settings,
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        oldState: State,
        newState: State,
        diffReasons: Keys,
        replaceReasons: Keys,
        detailedDiff: Diff,
      }),
    )
    .nullish(),
  diagnostics: z.array(Diagnostic).nullish(),
  changeSummary: Counts,
  maybeCorrupt: z.boolean().nullish(),
});

const Metadata = z.object({
  op: z.string(),
  urn: z.string(),
  old: State,
  new: State,
  keys: Keys,
  diffs: Keys,
  detailedDiff: Diff,
});

const Event = z.object({
  sequence: z.number(),
  preludeEvent: z.object({ config: Settings }).nullish(),
  resourcePreEvent: z.object({ metadata: Metadata }).nullish(),
  resOpFailedEvent: z.object({ metadata: z.object({ urn: z.string() }) }).nullish(),
  diagnosticEvent: Diagnostic.extend({ ephemeral: z.boolean().nullish() }).nullish(),
  errorEvent: z.object({ error: z.string() }).nullish(),
  policyEvent: z
    .object({
      resourceUrn: z.string().nullish(),
      message: z.string().nullish(),
      enforcementLevel: z.string().nullish(),
    })
    .nullish(),
  summaryEvent: z.object({ maybeCorrupt: z.boolean().nullish(), resourceChanges: Counts }).nullish(),
});

const HOW = 'pulumi preview --json > preview.json, and give all of what it wrote';

const notOne = (message: string): UserError =>
  new UserError(message, { file: 'the preview', expected: 'what `pulumi preview --json` writes', fix: HOW });

/** Throws `UserError` for what is no preview, or is not all of one. */
export function readPreview(text: string): Preview {
  try {
    const found = parsed(text.replace(/^\uFEFF/, ''));
    return whole(Array.isArray(found) ? ofEvents(found) : ofDigest(found));
  } catch (error) {
    if (error instanceof RangeError) throw notOne('its values are nested too deep to be read');
    throw error;
  }
}

/** The one document, or the list of events. */
function parsed(text: string): unknown {
  if (text.trim() === '') throw notOne('it is empty: the preview failed before it could say anything');
  const one = json(text);
  if (one !== undefined) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw notOne('this is JSON, but no preview');
    return 'sequence' in one ? [one] : one;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const events = lines.map(json);
  if (!/^\s*\{/.test(text))
    throw notOne('this is no JSON: the option --json is missing, or something else was written first');
  if (events.some((event) => event === undefined))
    throw notOne('the JSON is cut off, or something else stands between');
  return events;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A preview, and what it says of itself. */
interface Raw extends Omit<Preview, 'of'> {
  readonly counts: Readonly<Record<string, number>> | undefined;
}

function ofDigest(found: unknown): Raw {
  const { config, steps, diagnostics, changeSummary, maybeCorrupt } = checked(Digest, found, '');
  return {
    settings: settingsOf(config),
    steps: (steps ?? []).map(({ op, urn, oldState, newState, diffReasons, replaceReasons, detailedDiff }) =>
      stepOf(op, urn, oldState, newState, [diffReasons, replaceReasons], detailedDiff),
    ),
    ...complaints(diagnostics ?? [], maybeCorrupt === true),
    counts: changeSummary ?? undefined,
  };
}

function ofEvents(lines: readonly unknown[]): Raw {
  const events = lines.map((line, n) => checked(Event, line, `/${n}`));
  const summary = events.flatMap(({ summaryEvent }) => summaryEvent ?? [])[0];
  const diagnostics = events.flatMap(({ diagnosticEvent: one }) => (one && one.ephemeral !== true ? [one] : []));
  const said = complaints(diagnostics, summary?.maybeCorrupt === true);
  const more = events.flatMap(({ errorEvent, resOpFailedEvent, policyEvent }): readonly Complaint[] => [
    ...(errorEvent ? [{ urn: '', message: errorEvent.error }] : []),
    ...(resOpFailedEvent ? [{ urn: resOpFailedEvent.metadata.urn, message: 'the operation failed' }] : []),
    ...(policyEvent?.enforcementLevel === 'mandatory'
      ? [{ urn: policyEvent.resourceUrn ?? '', message: policyEvent.message ?? 'a policy forbids it' }]
      : []),
  ]);
  return {
    settings: settingsOf(events.flatMap(({ preludeEvent }) => preludeEvent ?? [])[0]?.config),
    steps: events.flatMap(({ resourcePreEvent }) => {
      if (!resourcePreEvent) return [];
      const { op, urn, old, new: now, keys, diffs, detailedDiff } = resourcePreEvent.metadata;
      return [stepOf(op, urn, old, now, [diffs, keys], detailedDiff)];
    }),
    errors: [...said.errors, ...more],
    warnings: said.warnings,
    counts: summary && (summary.resourceChanges ?? {}),
  };
}

function checked<T>(shape: z.ZodType<T>, value: unknown, place: string): T {
  const found = shape.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new UserError(issue?.message ?? 'this is no preview', {
    file: 'the preview',
    path: `${place}/${(issue?.path ?? []).map(String).join('/')}`,
    expected: 'what `pulumi preview --json` writes',
    fix: HOW,
  });
}

const settingsOf = (config: z.infer<typeof Settings>): ReadonlyMap<string, string> =>
  new Map(Object.entries(config ?? {}));

function stepOf(
  op: string,
  urn: string,
  before: State,
  after: State,
  reasons: readonly z.infer<typeof Keys>[],
  detailed: z.infer<typeof Diff>,
): PreviewStep {
  const named = [...reasons.flatMap((keys) => keys ?? []), ...Object.keys(detailed ?? {})].map(topOf);
  const states = [before, after].flatMap((state) => state ?? []);
  const said = reasons.some((keys) => keys) || detailed ? named : undefined;
  return {
    op,
    urn,
    changed: said && [...new Set(said)].filter((key) => key !== '__defaults').sort(),
    component: states.length > 0 && states.every(({ custom }) => custom !== true),
    before: before?.inputs ?? undefined,
    inputs: after?.inputs ?? undefined,
  };
}

/** `tags["a.b"].c` -> `tags`; `["odd.key"][0]` -> `odd.key`. https://www.pulumi.com/docs/iac/concepts/miscellaneous/property-paths/ */
function topOf(path: string): string {
  const quoted = /^\["((?:[^"\\]|\\.)*)"\]/.exec(path);
  if (quoted) return (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

function complaints(
  said: readonly z.infer<typeof Diagnostic>[],
  corrupt: boolean,
): { readonly errors: readonly Complaint[]; readonly warnings: readonly Complaint[] } {
  const of = (wanted: string): readonly Complaint[] =>
    said.flatMap(({ urn, prefix, message, severity }) =>
      severity === wanted ? [{ urn: urn ?? '', message: `${prefix ?? ''}${message ?? ''}`.trim() }] : [],
    );
  const broken = corrupt ? [{ urn: '', message: 'Pulumi says that its state may be corrupt' }] : [];
  return { errors: [...of('error'), ...broken], warnings: of('warning') };
}

/** Operations of which the engine's own summary counts every one. Others it counts only at times, or never. */
const COUNTED = ['create', 'update', 'delete', 'replace', 'import'];

/** A preview that is all there: with the stack itself, and as many operations as its summary counts. */
function whole({ counts, ...raw }: Raw): Preview {
  const urns = raw.steps.map(({ urn }) => urnOf(urn));
  const of = urns.find((urn) => urn?.type === ROOT);
  // what failed ends early; its errors are what is to be told
  if (raw.errors.length > 0) return { of, ...raw };
  if (counts === undefined) throw notOne('its summary is missing: the preview was cut off or stopped');
  if (of === undefined) throw notOne('the stack itself is missing among its steps, so this is a part of a preview');
  const bad = raw.steps.find((_, n) => urns[n] === undefined);
  if (bad) throw notOne(`"${bad.urn}" is no URN`);
  for (const op of COUNTED) {
    const listed = raw.steps.filter((step) => step.op === op).length;
    const counted = counts[op] ?? 0;
    if (listed !== counted)
      throw notOne(`its summary counts ${counted} to ${op} and it lists ${listed}: a part of the preview is missing`);
  }
  return { of, ...raw };
}
