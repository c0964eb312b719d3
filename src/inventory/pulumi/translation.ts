/**
 * A translation turns declared resources into answers of AWS: what an operation would say after a deployment. Each is
 * one row of data; the files in `services/` hold them, and `entries.ts` runs them.
 */
import type { Declared } from './declared.ts';
import { isProperties } from './recorded.ts';
import type { World } from './world.ts';

/** A JSON object in the form of an AWS answer; members that are undefined are left out. */
export type Body = { readonly [member: string]: unknown };

export interface Told {
  readonly input?: Body;
  /** Null: AWS would answer that there is none. */
  readonly body: Body | null;
  /** The resource that it was read from. */
  readonly from: Declared;
  /** For what AWS makes by itself: why it is there. */
  readonly because?: string;
}

export interface Translation {
  readonly operation: string;
  /** Types that are read wholly by it, so that none is left over unread. */
  readonly types: readonly string[];
  readonly tell: (world: World) => readonly Told[];
  /**
   * The answer where the program declares no such thing. Left out for services of which a program does not tell all:
   * an account has one password policy and a handful of trails, and another program may declare them.
   */
  readonly none?: Body;
}

/** `a.b.c` and a list -> `{ a: { b: { c: list } } }`. */
const nested = (path: string, value: unknown): Body =>
  path.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Body;

/** An operation that lists resources: one answer a resource, so that each keeps its own place in the program. */
export function listing(
  operation: string,
  list: string,
  types: readonly string[],
  item: (one: Declared, world: World) => Body | undefined,
  more: (world: World) => readonly { from: Declared; item: Body; because: string }[] = () => [],
): Translation {
  return {
    operation,
    types,
    tell: (world) => [
      ...world.of(...types).flatMap((one) => {
        const told = item(one, world);
        return told === undefined ? [] : [{ from: one, body: nested(list, [told]) }];
      }),
      ...more(world).map(({ from, item: told, because }) => ({ from, body: nested(list, [told]), because })),
    ],
    none: nested(list, []),
  };
}

/** A listing that says nothing where the program declares none. */
export const declaredOnly = ({ operation, types, tell }: Translation): Translation => ({ operation, types, tell });

/** An operation that is asked for one resource. */
export function detail(
  operation: string,
  types: readonly string[],
  ask: (one: Declared, world: World) => Body | undefined,
  answer: (one: Declared, world: World) => Body | null | undefined,
): Translation {
  return {
    operation,
    types: [],
    tell: (world) =>
      world.of(...types).flatMap((one) => {
        const input = ask(one, world);
        const body = answer(one, world);
        return input === undefined || body === undefined ? [] : [{ from: one, input, body }];
      }),
  };
}

/** A list unless one of its members is not known. */
export const whole = <T>(list: readonly (T | undefined)[] | undefined): readonly T[] | undefined => {
  const known = list?.filter((one) => one !== undefined);
  return known?.length === list?.length ? known : undefined;
};

/** Whether an adopted resource says of an output that nobody read it: what AWS has there is then unknown, and not "none". */
export function isUntold(one: Declared, output: string): boolean {
  const value = one.resource.outputs[output];
  return isProperties(value) && value.$unknown === true;
}
