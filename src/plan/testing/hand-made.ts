/** For tests of the prover: steps made by hand on the built-in shop, all of which is under the program's care. */
import type { Value } from '../../inventory/pulumi/recorded.ts';
import type { Edit, Named } from '../edit.ts';
import { move as adopt } from '../moves/adopt.ts';
import { proveStep } from '../prove.ts';
import { after, type State } from '../state.ts';
import { type Effect, type Step, type StepKind, step } from '../step.ts';
import type { DeclaredResource } from '../world.ts';
import { objections, shopToday, walk } from './shop.ts';

let adopted: State | undefined;

export function adoptedShop(): State {
  adopted ??= walk(shopToday(), [[adopt, null]]).state;
  return adopted;
}

export function declaredOf(type: string, fits: (one: DeclaredResource) => boolean = () => true): DeclaredResource {
  const found = [...adoptedShop().world.declared.values()].find((one) => one.type === type && fits(one));
  if (!found) throw new Error(`the shop has no ${type}`);
  return found;
}

/** The one of production. */
export const production = (type: string, name = /prod/): DeclaredResource =>
  declaredOf(type, (one) => /prod/.test(one.name) && name.test(one.name));

export const update = ({ type, name }: Named, properties: Record<string, Value>): Edit => ({
  op: 'update',
  type,
  name,
  properties,
});
export const remove = ({ type, name }: Named): Edit => ({ op: 'delete', type, name });
export const create = (type: string, properties: Record<string, Value>, name = 'new'): Edit => ({
  op: 'create',
  type,
  name,
  properties,
});

export const made = (kind: StepKind, edits: readonly Edit[], effects: readonly Effect[] = []): Step =>
  step({
    id: 'test',
    title: 'test',
    kind,
    move: 'test',
    environment: null,
    why: '',
    duration: { from: 0, to: 0 },
    clientsNotice: { from: 0, to: 0, what: '' },
    undo: { how: '', until: '', exact: true },
    sources: [],
    edits,
    effects,
  });

/** What the prover has against it; empty when all is proven. */
export const against = (kind: StepKind, edits: readonly Edit[], from: State = adoptedShop()): string =>
  objections(proveStep(from, made(kind, edits))).join('\n');

export const stepped = (kind: StepKind, edits: readonly Edit[], from: State = adoptedShop()): State =>
  after(from, made(kind, edits));

export const statements = (...list: readonly Value[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: list });
