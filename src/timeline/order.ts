/**
 * The order of the steps, for the compiler: which steps a value exists at, as a union of their names.
 * All of these carry their result along, because the compiler follows such recursion 1000 levels deep, and any other only 50.
 */

/** The step `S` and all after it. */
export type From<Names extends readonly string[], S extends string> = Names extends readonly [
  infer Head,
  ...infer Rest extends readonly string[],
]
  ? Head extends S
    ? Names[number]
    : From<Rest, S>
  : never;

/** All steps before the first of `S`. */
export type Before<
  Names extends readonly string[],
  S extends string,
  Found extends string = never,
> = Names extends readonly [infer Head extends string, ...infer Rest extends readonly string[]]
  ? Head extends S
    ? Found
    : Before<Rest, S, Found | Head>
  : Found;

/** The steps after `S`. */
export type After<Names extends readonly string[], S extends string> = Names extends readonly [
  infer Head,
  ...infer Rest extends readonly string[],
]
  ? Head extends S
    ? Rest
    : After<Rest, S>
  : readonly [];

/** The steps at which the entry `S` of a timeline with the entries `Keys` holds: from `S` up to the next entry. */
export type Reign<Names extends readonly string[], S extends string, Keys extends string> = Before<
  After<Names, S>,
  Keys,
  S
>;

/** The steps from `S` up to, but without, `U`. */
export type Between<Names extends readonly string[], S extends string, U extends string> = From<Names, S> &
  Before<Names, U>;

/** The steps from `S` on, in their order: a journey of its own. */
export type Onwards<Names extends readonly string[], S extends string> =
  After<Names, S> extends infer Rest extends readonly string[] ? readonly [S, ...Rest] : never;

/** The steps from `S` up to, but without, `U`, in their order. */
export type Stretch<Names extends readonly string[], S extends string, U extends string> = Upto<
  After<Names, S>,
  U,
  [S]
>;

/** The steps before `U`, in their order, behind those that are `Found`. */
type Upto<
  Names extends readonly string[],
  U extends string,
  Found extends readonly [string, ...string[]],
> = Names extends readonly [infer Head extends string, ...infer Rest extends readonly string[]]
  ? Head extends U
    ? Readonly<Found>
    : Upto<Rest, U, [...Found, Head]>
  : Readonly<Found>;
