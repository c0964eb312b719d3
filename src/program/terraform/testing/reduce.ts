/**
 * For tests: only what a step can change. What Terraform plans for a resource depends on its own body, its state, and what it refers to; so
 * of a step there remain the resources whose bodies differ, those that refer to them, and all that these refer to.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../values.ts';
import type { Main } from './terraform.ts';

type Bodies = ReadonlyMap<string, Json>;

const membersOf = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** Resources and local values by what expressions call them. */
const bodiesOf = (main: Main): Bodies =>
  new Map([
    ...membersOf(main.resource).flatMap(([type, all]) =>
      membersOf(all).map(([name, body]) => [`${type}.${name}`, body] as const),
    ),
    ...membersOf(main.locals).map(([name, body]) => [`local.${name}`, body] as const),
  ]);

const NAMES = /\b(?:aws_\w+|local)\.\w+/g;

function referred(bodies: Bodies): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...bodies].map(([address, body]) => [
      address,
      new Set(
        [...JSON.stringify(body).matchAll(NAMES)].flatMap(([name]) =>
          bodies.has(name) && name !== address ? [name] : [],
        ),
      ),
    ]),
  );
}

function closure(start: Iterable<string>, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set(start);
  for (const one of found) for (const more of next.get(one) ?? []) found.add(more);
  return found;
}

function reversed(edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const back = new Map<string, Set<string>>();
  for (const [from, all] of edges) for (const to of all) back.set(to, (back.get(to) ?? new Set()).add(from));
  return back;
}

export interface Reduced {
  readonly main: Main;
  /** Addresses that the plan is of; the state of all others stays as it is. */
  readonly of: ReadonlySet<string>;
}

export function reduced(before: Main | undefined, main: Main): Reduced {
  const [old, now] = [before === undefined ? new Map<string, Json>() : bodiesOf(before), bodiesOf(main)];
  const changed = [...now].flatMap(([address, body]) => (isDeepStrictEqual(old.get(address), body) ? [] : [address]));
  const gone = [...old.keys()].filter((address) => !now.has(address));
  const edges = referred(now);
  const kept = closure(closure(changed, reversed(edges)), edges);
  const pick = (prefix: string, all: Json | undefined): Json =>
    Object.fromEntries(membersOf(all).filter(([name]) => kept.has(`${prefix}.${name}`)));
  const resources = membersOf(main.resource)
    .map(([type, all]) => [type, pick(type, all)] as const)
    .filter(([, some]) => membersOf(some).length > 0);
  const { resource: _, locals: __, ...rest } = main;
  return {
    main: {
      ...rest,
      locals: pick('local', main.locals),
      // Terraform refuses an empty one
      ...(resources.length > 0 ? { resource: Object.fromEntries(resources) } : {}),
    },
    of: new Set([...kept, ...gone]),
  };
}
