/** A Pulumi stack export -> entries, as an inventory would hold them. */
import type { Notice } from '../../../estate/notice.ts';
import type { InventoryContent } from '../../format.ts';
import { entriesOf, noticesOf } from '../index.ts';
import type { Recording } from '../recorded.ts';
import { recordingOf } from './recording.ts';
import { linesOf, stateIn } from './state.ts';

export { isStackExport } from './state.ts';

/**
 * `text` is the file as it stands, for its lines. The stack's own time is the "now" of every age. Throws `UserError` when
 * it is no stack at all.
 */
export function readStack(file: string, content: Readonly<Record<string, unknown>>, text: string): InventoryContent {
  const state = stateIn(file, content);
  const recording = recordingOf(file, state, linesOf(text));
  return {
    entries: entriesOf(recording),
    notices: [...state.notices, ...noticesOf(recording), ...about(recording, file, state.resources)],
    collectedAt: state.savedAt,
  };
}

/** What is in the stack and cannot be judged, counted: nothing of it is dropped in silence. */
function about(
  recording: Recording,
  file: string,
  stored: readonly { readonly members: Readonly<Record<string, unknown>> }[],
): readonly Notice[] {
  const note = (message: string): Notice => ({ code: 'other', message, file, path: '' });
  const others = new Map<string, number>();
  for (const { type, custom } of recording.resources)
    if (custom && !/^aws(-native)?:/.test(type)) others.set(type, (others.get(type) ?? 0) + 1);
  const waiting = stored.filter(({ members }) => members.delete === true).length;
  const unplaced = recording.resources.filter(
    ({ custom, type, place }) => custom && type.startsWith('aws:') && Object.values(place).includes('unknown'),
  ).length;
  return [
    ...[...others]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, count]) => note(`${type}: of another provider, kept and not judged (${count} in the stack)`)),
    ...(waiting > 0
      ? [note(`${waiting} resources were replaced and wait to be deleted: they still stand, and are judged`)]
      : []),
    ...(unplaced > 0
      ? [note(`of ${unplaced} resources neither an ARN nor a provider tells the account and the region`)]
      : []),
  ];
}
