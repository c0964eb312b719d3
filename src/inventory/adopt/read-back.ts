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

/**
 * What can be read apart: a part's resources are read from nothing outside of it but texts (ARNs, names), and nothing outside is
 * read from them. What no part takes is the rest, in which networks and what stands in them are read together.
 */
interface Part {
  readonly takes: (type: string) => boolean;
  readonly kinds: ReadonlySet<Kind>;
}

const startsWith =
  (...prefixes: readonly string[]) =>
  (type: string): boolean =>
    prefixes.some((prefix) => type.startsWith(prefix));

const PARTS: readonly Part[] = [
  {
    takes: startsWith('aws:iam/'),
    kinds: new Set<Kind>([
      'user',
      'group',
      'role',
      'policy',
      'instanceProfile',
      'accessKey',
      'mfaDevice',
      'identityProvider',
    ]),
  },
  {
    takes: startsWith('aws:s3/bucket', 'aws:sqs/', 'aws:sns/', 'aws:dynamodb/', 'aws:cloudwatch/', 'aws:ecr/'),
    kinds: new Set<Kind>(['bucket', 'queue', 'topic', 'subscription', 'table', 'alarm', 'logGroup', 'repository']),
  },
];

/** The resources of every part, and of the rest at the end. */
export type Parts = readonly (readonly RecordedResource[])[];

/** Splits, keeping a part of `before` where it holds the very same resources: it need not be read again. */
export function partsOf(resources: readonly RecordedResource[], before: Parts | undefined): Parts {
  const lists: RecordedResource[][] = [...PARTS.map(() => []), []];
  for (const one of resources) {
    const at = PARTS.findIndex(({ takes }) => takes(one.type));
    lists.at(at)?.push(one);
  }
  return lists.map((now, n) => {
    const was = before?.[n];
    return was && was.length === now.length && now.every((one, i) => one === was[i]) ? was : now;
  });
}

/** As `readBack`, each part on its own. All of them tell of the account: its password policy stands with the identities. */
export function readParts(parts: Parts): readonly Resource[] {
  const read = parts.map(readBack);
  const [people = []] = read;
  const policies = new Map(
    people.flatMap((one) => (one.kind === 'account' ? [[one.id, one.passwordPolicy] as const] : [])),
  );
  const whole = (one: Resource): Resource =>
    one.kind === 'account' ? { ...one, passwordPolicy: policies.get(one.id) ?? one.passwordPolicy } : one;
  const taken = new Set(PARTS.flatMap(({ kinds }) => [...kinds]));
  return read.flatMap((list, n) => {
    const kinds = PARTS[n]?.kinds;
    return kinds ? list.filter(({ kind }) => kinds.has(kind)) : list.filter(({ kind }) => !taken.has(kind)).map(whole);
  });
}
