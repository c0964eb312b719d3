/** Declared resources -> resources of the estate, by the same readers as AWS's own answers. */
import type { Kind, Resource } from '../../estate/resource.ts';
import { Answers } from '../answers.ts';
import { entriesOf } from '../pulumi/entries.ts';
import type { RecordedResource, Recording } from '../pulumi/recorded.ts';
import { readers } from '../readers/index.ts';
import { withTags } from '../tagging.ts';

/** A recording that holds these resources and nothing else. */
export function recordingOf(resources: readonly RecordedResource[]): Recording {
  const place = resources[0]?.place ?? { account: '', region: '' };
  return {
    folder: 'plan',
    project: 'underpin',
    stack: 'today',
    place: { ...place, assumed: [] },
    resources: [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0)),
    invokes: [],
    outputs: {},
    problems: [],
  };
}

/** Identities and what they may do are read from nothing else, and nothing else is read from them. */
const IDENTITIES: ReadonlySet<Kind> = new Set<Kind>([
  'user',
  'group',
  'role',
  'policy',
  'instanceProfile',
  'accessKey',
  'mfaDevice',
  'identityProvider',
]);
const isIdentity = ({ type }: RecordedResource): boolean => type.startsWith('aws:iam/');

const read = new WeakMap<readonly RecordedResource[], readonly Resource[]>();

/** Only what the readers make of them: no derived interfaces, no flows, nothing about what is not there. */
export function readBack(resources: readonly RecordedResource[]): readonly Resource[] {
  const known = read.get(resources);
  if (known) return known;
  const answers = new Answers(entriesOf(recordingOf(resources)));
  const made = withTags(
    answers,
    readers.flatMap((reader) => reader.read(answers)),
  );
  read.set(resources, made);
  return made;
}

/** The two halves that can be read apart: who may do what, and everything else. */
export interface Halves {
  readonly identities: readonly RecordedResource[];
  readonly others: readonly RecordedResource[];
}

/** Splits, keeping a half of `before` where it holds the very same resources: it need not be read again. */
export function halvesOf(resources: readonly RecordedResource[], before: Halves | undefined): Halves {
  const keep = (
    now: readonly RecordedResource[],
    was: readonly RecordedResource[] | undefined,
  ): readonly RecordedResource[] =>
    was && was.length === now.length && now.every((one, n) => one === was[n]) ? was : now;
  return {
    identities: keep(resources.filter(isIdentity), before?.identities),
    others: keep(
      resources.filter((one) => !isIdentity(one)),
      before?.others,
    ),
  };
}

/** As `readBack`, each half on its own. Both halves tell of the account: its password policy stands with the identities. */
export function readHalves({ identities, others }: Halves): readonly Resource[] {
  const [people, rest] = [readBack(identities), readBack(others)];
  const policies = new Map(
    people.flatMap((one) => (one.kind === 'account' ? [[one.id, one.passwordPolicy] as const] : [])),
  );
  const whole = (one: Resource): Resource =>
    one.kind === 'account' ? { ...one, passwordPolicy: policies.get(one.id) ?? one.passwordPolicy } : one;
  return [
    ...people.filter(({ kind }) => IDENTITIES.has(kind)),
    ...rest.filter(({ kind }) => !IDENTITIES.has(kind)).map(whole),
  ];
}
