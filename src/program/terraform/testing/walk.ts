/** For tests: a journey, step by step, as Terraform plans it beside what is foretold. */

import { exported } from '../export.ts';
import { addressIn } from '../expressions.ts';
import type { Ground } from '../ground.ts';
import { predictedAt, retakenAt } from '../predicted.ts';
import { type Action, NOTHING, planned, type Settled, type State, within } from './offline.ts';
import { type Reduced, reduced } from './reduce.ts';
import { type Main, prepared, type Workshop } from './terraform.ts';

export interface Walked {
  readonly step: string;
  /** `update aws_db_instance.shop`: what Terraform wants and nobody foretold, with what changes. */
  readonly unforeseen: readonly string[];
  /** Foretold, and Terraform does not want it. */
  readonly missing: readonly string[];
  /** What Terraform would want once more, after the step. */
  readonly unsettled: readonly string[];
}

/** Where a walk stands. */
export interface Here {
  readonly state: State;
  readonly main: Main | undefined;
  /** The step that was taken last; -1 before the first. */
  readonly at: number;
}

export const START: Here = { state: NOTHING, main: undefined, at: -1 };

/** On to a step, which may be further than the next. An import is a creation here: without AWS there is nothing to import. */
export function walked(
  shop: Workshop,
  ground: Ground,
  step: number,
  here: Here,
): { readonly told: Walked; readonly here: Here } {
  const { files, name } = exported(ground, step);
  const main = prepared(files.get('main.tf.json') ?? '', { imports: false, guards: false });
  const part = reduced(here.main, main);
  const forgotten = new Set(retakenAt(ground, step, here.at).map((thing) => addressIn(thing, ground.labels)));
  const kept = seeded(shop, ground, step, part, within(here.state, forgotten, false), forgotten);
  const found = part.of.size === 0 ? UNTOUCHED : planned(shop, part.main, within(kept, part.of), ground, step);
  const foretold = foretoldAt(ground, step, here.at);
  const wanted = found.actions.map((action) => [keyOf(action), action] as const);
  const keys = new Set([...wanted.map(([key]) => key), ...[...forgotten].map((address) => `create ${address}`)]);
  return {
    told: {
      step: name,
      unforeseen: wanted.filter(([key]) => !foretold.has(key)).map(([, action]) => textOf(action)),
      missing: [...foretold].filter((key) => !keys.has(key)),
      unsettled: found.unsettled.map(textOf),
    },
    here: {
      main,
      at: step,
      state: { resources: [...within(kept, part.of, false).resources, ...found.state.resources] },
    },
  };
}

/** With the state of what an act has made in the place of another: an import reads it before it plans what refers to it. */
function seeded(
  shop: Workshop,
  ground: Ground,
  step: number,
  { main, of }: Reduced,
  kept: State,
  forgotten: ReadonlySet<string>,
): State {
  if (forgotten.size === 0) return kept;
  const { state } = planned(shop, main, within(kept, of), ground, step);
  return { resources: [...kept.resources, ...within(state, forgotten).resources] };
}

const UNTOUCHED: Settled = { actions: [], state: NOTHING, unsettled: [] };

const asCreation = (op: string): string => (op === 'import' ? 'create' : op);

const keyOf = ({ op, address }: Action): string => `${asCreation(op)} ${address}`;

const textOf = (action: Action): string =>
  [keyOf(action), ...(action.because.length > 0 ? [`because of ${action.because}`] : []), ...action.attributes].join(
    ' ',
  );

function foretoldAt(ground: Ground, step: number, from: number): ReadonlySet<string> {
  const { things, labels } = ground;
  return new Set(
    predictedAt(ground, step, from).map(({ op, type, name }) => {
      const all = things.filter((thing) => thing.type === type && thing.name === name && thing.from <= step);
      const thing = all.find(({ until }) =>
        op === 'delete' ? until !== undefined && until > from && until <= step : until === undefined || until > step,
      );
      if (thing === undefined) throw new Error(`${op} ${type}::${name}: there is no such thing`);
      return `${op === 'delete' && thing.kept ? 'forget' : asCreation(op)} ${addressIn(thing, labels)}`;
    }),
  );
}
