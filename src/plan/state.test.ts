import { expect, it } from 'vitest';
import { all, byId } from '../estate/estate.ts';
import type { Flow } from '../estate/flow.ts';
import { move as adopt } from './moves/adopt.ts';
import { after, driftAt, estateAt, type State, startOf } from './state.ts';
import { type Step, step } from './step.ts';
import { declaredOf } from './structure/declared.ts';
import { contextOf, shopToday, walk } from './testing/shop.ts';

const today = shopToday();
/** Everything is adopted, and nothing is changed yet. */
const adopting = (from: typeof today) => {
  const proposal = adopt.propose(contextOf(startOf(from), null));
  const [first] = proposal.state === 'ready' ? proposal.steps : [];
  if (!first) throw new Error('there is something to adopt');
  return after(startOf(from), first);
};
const adopted = adopting(today);

const change = (parts: Partial<Step>): Step =>
  step({
    id: 'test',
    title: 'test',
    kind: 'switch',
    move: 'test',
    environment: null,
    why: '',
    duration: { from: 0, to: 0 },
    clientsNotice: { from: 0, to: 0, what: '' },
    undo: { how: '', until: '', exact: true },
    sources: [],
    ...parts,
  });

const database = () => {
  const [found] = all(today.estate, 'database').filter(
    (one) => one.publiclyAccessible === true && one.replicaOf === null,
  );
  if (!found) throw new Error('the shop has a public database');
  return found;
};
const edit = (properties: Record<string, never> | Record<string, boolean | number>) => {
  const declared = declaredOf(adopted, database());
  if (!declared) throw new Error('it is adopted');
  return change({ edits: [{ op: 'update', type: declared.type, name: declared.name, properties }] });
};

it('is today before anything changes, the very same estate', () => {
  expect(estateAt(startOf(today))).toBe(today.estate);
  expect(estateAt(adopted)).toBe(today.estate);
});

it('leaves every resource that no edit touches the very object that was read', () => {
  const now = estateAt(after(adopted, edit({ deletionProtection: true })));
  const others = today.estate.resources.filter((one) => one.id !== database().id && one.kind !== 'networkInterface');
  for (const one of others) expect(byId(now, one.id), one.id).toBe(one);
});

it('takes over only what the edit changes: an observed field stays what AWS told', () => {
  const was = database();
  const is = byId(estateAt(after(adopted, edit({ deletionProtection: true }))), was.id);
  expect(is).toEqual({ ...was, deletionProtection: true });
});

it('changes the interface along with its owner', () => {
  const now = estateAt(after(adopted, edit({ publiclyAccessible: false })));
  const [before] = all(today.estate, 'networkInterface').filter((one) => one.owner?.id === database().id);
  const [is] = all(now, 'networkInterface').filter((one) => one.owner?.id === database().id);
  expect(before?.hasPublicAddress).not.toBe(false);
  expect(is?.hasPublicAddress).toBe(false);
  expect(is?.securityGroups).toEqual(before?.securityGroups);
});

it('applies what an action does in the estate’s own terms', () => {
  const effect = { op: 'set', kind: 'database', id: database().id, fields: { status: 'rebooting' } } as const;
  const now = estateAt(after(adopted, change({ kind: 'act', effects: [effect] })));
  expect(byId(now, database().id)).toEqual({ ...database(), status: 'rebooting' });
});

it('tells a field that is edited although today’s value cannot be written exactly', () => {
  expect(driftAt(after(adopted, edit({ deletionProtection: true })))).toEqual([]);
  const declared = declaredOf(adopted, database());
  const wrong = new Map(
    [...today.readBack].map(([key, one]) => [key, one.id === database().id ? { ...one, multiAz: true } : one]),
  );
  const bent = adopting({ ...today, readBack: wrong as typeof today.readBack });
  const next = after(
    bent,
    change({
      edits: [{ op: 'update', type: declared?.type ?? '', name: declared?.name ?? '', properties: { multiAz: false } }],
    }),
  );
  expect(driftAt(next)).toContainEqual({ kind: 'database', id: database().id, field: 'multiAz' });
});

it('a move that has nothing to adopt has nothing to do', () => {
  expect(adopt.propose(contextOf(walk(today, [[adopt, null]]).state, null))).toEqual({ state: 'notNeeded' });
});

it('a flow that only people or logs tell of goes on by who took over from its caller', () => {
  const [from, to] = all(today.estate, 'ecsService');
  const [target] = all(today.estate, 'instance');
  const declared = from && declaredOf(adopted, from);
  if (!from || !to || !target || !declared) throw new Error('the shop has services and machines');
  const end = (id: typeof from.id | typeof target.id) => ({ type: 'resource' as const, id });
  const seen: Flow = {
    id: 'seen in the logs',
    from: end(from.id),
    to: end(target.id),
    protocol: 'tcp',
    ports: { from: 9200, to: 9200 },
    purpose: 'seen',
    evidence: [
      { type: 'observed', detail: 'flow logs show it', source: { operation: 'observed', file: '', path: '' } },
    ],
  };
  const begin = adopting({ ...today, estate: { ...today.estate, flows: [...today.estate.flows, seen] } });
  const gone = { edits: [{ op: 'delete' as const, type: declared.type, name: declared.name }] };
  const followed = { successions: [{ from: from.id, to: [to.id], because: 'test' }] };
  const seenAt = (state: State): readonly unknown[] =>
    estateAt(state)
      .flows.filter(({ ports }) => ports?.from === 9200)
      .map((flow) => [flow.from, flow.to]);
  expect(seenAt(after(begin, change({ ...gone, ...followed })))).toEqual([[end(to.id), end(target.id)]]);
  // also when a later step says nothing else
  const without = after(begin, change(gone));
  expect(seenAt(without)).not.toEqual([[end(to.id), end(target.id)]]);
  expect(seenAt(after(without, change(followed)))).toEqual([[end(to.id), end(target.id)]]);
});
