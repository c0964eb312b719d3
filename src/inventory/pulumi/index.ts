/** What a Pulumi program declares -> the estate that it would make. */
import type { Estate } from '../../estate/estate.ts';
import type { Notice } from '../../estate/notice.ts';
import { assemble } from '../assemble.ts';
import { entriesOf, unreadTypes } from './entries.ts';
import type { Recording } from './recorded.ts';

export { entriesOf } from './entries.ts';
export type * from './recorded.ts';
export { plain, withoutSecrets } from './recorded.ts';

/**
 * The estate after a deployment of the program, and nothing else in the account. `today` (ISO) is the "now" of every
 * age; without it what depends on the date is unknown.
 */
export const estateOfRecording = (recording: Recording, today?: string): Estate =>
  assemble(entriesOf(recording), noticesOf(recording), today);

/** What the recording could not see or had to assume. */
export function noticesOf(recording: Recording): readonly Notice[] {
  const { folder } = recording;
  const note = (code: Notice['code'], message: string, file = recording.file ?? folder): Notice => ({
    code,
    message,
    file,
    path: '',
  });
  return [
    ...recording.problems.map(({ message, position }) =>
      note('truncated', message, position ? `${folder}/${position.file}:${position.line}` : (recording.file ?? folder)),
    ),
    ...recording.place.assumed.map((what) =>
      note('other', `no setting says the ${what} of the stack; ${recording.place[what]} is assumed`),
    ),
    ...[...new Set(recording.invokes.filter((one) => !one.known).map((one) => one.token))]
      .sort()
      .map((token) => note('other', `${token}: its answer is assumed, since only AWS knows it`)),
    ...[...unreadTypes(recording)].map(([type, count]) =>
      note('unknownOperation', `${type}: this version has no reader for it (${count} declared)`),
    ),
  ];
}
