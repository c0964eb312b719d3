/** Declared resources -> resources of the estate, by the same readers as AWS's own answers. */
import type { Resource } from '../../estate/resource.ts';
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

/** Only what the readers make of them: no derived interfaces, no flows, nothing about what is not there. */
export function readBack(resources: readonly RecordedResource[]): readonly Resource[] {
  const answers = new Answers(entriesOf(recordingOf(resources)));
  return withTags(
    answers,
    readers.flatMap((reader) => reader.read(answers)),
  );
}
