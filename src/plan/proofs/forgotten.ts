/**
 * A program whose settings no longer say with whom it talks may not find it any more, although the way is as open as before.
 * Where they say something else instead, that is judged as a new flow; where they only say less, nobody knows.
 */
import type { Estate } from '../../estate/estate.ts';
import { byId, memoised } from '../../estate/estate.ts';
import type { Flow } from '../../estate/flow.ts';

const callsOf = memoised((estate): ReadonlyMap<string, ReadonlySet<string>> => {
  const calls = new Map<string, Set<string>>();
  for (const { id, from } of estate.flows) {
    if (from.type !== 'resource') continue;
    const known = calls.get(from.id);
    if (known) known.add(id);
    else calls.set(from.id, new Set([id]));
  }
  return calls;
});

/** Whether only settings told of the flow, and they tell nothing in its place now. */
export function isForgotten(flow: Flow, then: Estate, now: Estate): boolean {
  const { from, to, evidence } = flow;
  if (from.type !== 'resource' || to.type !== 'resource' || !evidence.every(({ type }) => type === 'environment'))
    return false;
  if (byId(now, from.id) === undefined || byId(now, to.id) === undefined) return false;
  const [before, after] = [callsOf(then).get(from.id), callsOf(now).get(from.id)];
  if (after?.has(flow.id)) return false;
  return ![...(after ?? [])].some((id) => !before?.has(id));
}
