/** For tests: what `pulumi preview --json` would say of a step, in the form of its digest. */
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import { addressOf, referencesIn, resolved } from '../../plan/edit.ts';
import type { Journey } from '../emit/journey.ts';
import type { Project } from '../emit/project.ts';
import type { Proven, ProvenOperation } from '../guard/proven.ts';

export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

export interface DigestStep {
  op: string;
  urn: string;
  provider?: string;
  oldState?: { type: string; urn: string; custom: boolean; inputs: Record<string, unknown> };
  newState?: { type: string; urn: string; custom: boolean; inputs: Record<string, unknown> };
  diffReasons?: string[];
  replaceReasons?: string[];
  detailedDiff: Record<string, { kind: string; inputDiff: boolean }> | null;
}

export interface Digest {
  config: Record<string, string>;
  steps: DigestStep[];
  diagnostics?: { urn?: string; prefix?: string; message: string; severity: string }[];
  duration: number;
  changeSummary: Record<string, number>;
  maybeCorrupt?: boolean;
}

/** What the engine would say, were the account and the program what the plan says that they are. */
export function previewOf(journey: Journey, proven: Proven, project: Project, at: number): Digest {
  const { name, stack } = project;
  const urn = (type: string, one: string): string => `urn:pulumi:${stack}::${name}::${type}::${one}`;
  const root = 'pulumi:pulumi:Stack';
  const operations = proven.steps[at]?.operations ?? [];
  const made = new Set(operations.map(addressOf));
  const steps: DigestStep[] = [
    { op: 'same', urn: urn(root, `${name}-${stack}`), detailedDiff: null },
    ...operations.map((one) => stepOf(journey, one, urn(one.type, one.name), made, at)),
  ];
  return {
    config: { 'aws:region': journey.today.place.region, [`${name}:step`]: journey.names[at] ?? '' },
    steps,
    duration: 1_234_567_890,
    changeSummary: countsOf(steps),
  };
}

/** As the engine counts, after a test has changed the steps. */
export function countsOf(steps: readonly DigestStep[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op } of steps) counts[op] = (counts[op] ?? 0) + 1;
  return counts;
}

export const recounted = (digest: Digest): Digest => ({ ...digest, changeSummary: countsOf(digest.steps) });

function stepOf(
  journey: Journey,
  one: ProvenOperation,
  urn: string,
  made: ReadonlySet<string>,
  at: number,
): DigestStep {
  const { op, type } = one;
  const address = addressOf(one);
  const [before, after] = [journey.worlds[at - 1]?.declared.get(address), journey.worlds[at]?.declared.get(address)];
  const state = (inputs: Properties): NonNullable<DigestStep['newState']> => ({ type, urn, custom: true, inputs });
  const provider = `urn:pulumi:live::shop::pulumi:providers:aws::default_7_48_0::${UNKNOWN}`;
  const base = { op, urn, provider, detailedDiff: null };
  if (op === 'delete') return { ...base, oldState: state(before?.inputs ?? {}) };
  const now = shownIn(after?.properties ?? {}, journey, made, at);
  if (op === 'create')
    return { ...base, newState: state({ __defaults: ['timeouts'], timeouts: {}, ...now, tagsAll: now.tags ?? {} }) };
  if (op === 'import') return { ...base, newState: state(now) };
  const keys = Object.keys(one.sets ?? {});
  const kind = op === 'replace' ? 'update-replace' : 'update';
  return {
    ...base,
    oldState: state(shownIn(before?.properties ?? {}, journey, new Set(), at - 1)),
    newState: state(now),
    diffReasons: [...keys, ...(keys.includes('tags') ? ['tagsAll'] : [])],
    ...(op === 'replace' ? { replaceReasons: keys } : {}),
    detailedDiff: Object.fromEntries(keys.map((key) => [`${key}[0].x`, { kind, inputDiff: true }])),
  };
}

/** With every reference filled: unknown where the step makes what it names. */
function shownIn(properties: Properties, journey: Journey, made: ReadonlySet<string>, at: number): Properties {
  const declared = journey.worlds[at]?.declared;
  const fill = (value: Value): Value => {
    const references = referencesIn(value);
    if (typeof value === 'string') {
      if (references.some(({ address }) => made.has(address))) return UNKNOWN;
      return resolved(value, (address, output) =>
        output === 'id' ? declared?.get(address)?.id : `${output} of ${address.length}`,
      );
    }
    if (Array.isArray(value)) return value.map(fill);
    if (!isProperties(value)) return value;
    if (value.$secret !== undefined || value.$unknown !== undefined) return '[secret]';
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each)]));
  };
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fill(value)]));
}
