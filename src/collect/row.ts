/** What `collect` asks for, as data: a row an operation, with where its parameters come from and how it is paged. */

export type Input = Readonly<Record<string, unknown>>;

/**
 * How a parameter is taken from a thing that an earlier answer lists: `@` is the thing itself, `@/` what follows its
 * last slash, `Field` a field of it, `<Parameter` a parameter of the request that listed it, `=text` that text. In a
 * list: as many things in one request as `batch` says, or that text alone.
 */
export type Source = string | readonly [string];

export interface Each {
  /** The operation whose answers list the things. */
  readonly of: string;
  /** Where they stand in the answer (`Reservations[].Instances[].InstanceId`); see `pick.ts`. */
  readonly items: string;
  /** The request's parameters. */
  readonly input: Readonly<Record<string, Source>>;
  /** Most things in one request; only with a parameter that is a list. Default 1. */
  readonly batch?: number;
}

/** Where more pages are announced in the answer, and the parameter that asks for them. */
export type Pages = Readonly<Record<string, string>>;

export interface Row {
  /** `service:Operation`. */
  readonly operation: string;
  /**
   * - `region`: asked in every region;
   * - `account`: asked once, where AWS answers for the whole account;
   * - `bucket`: asked in the region of the bucket that the request names.
   */
  readonly scope: 'region' | 'account' | 'bucket';
  /** Constant parameters, one element a request; `ACCOUNT` stands for the account's number. Default: one without any. */
  readonly inputs?: readonly Input[];
  /** One request for each thing that earlier answers list. */
  readonly each?: readonly Each[];
  readonly pages?: Pages;
  /** Asked before, and again until it says that its work is done. */
  readonly prepare?: string;
  /** Asked only where this operation was not answered: it tells the same with fewer requests. */
  readonly unless?: string;
  /** Of an `account` row: the region that answers, where it is not the partition's first. */
  readonly region?: string;
}

export const ACCOUNT = '<account>';

type Rest = Omit<Row, 'operation' | 'scope'>;

/** A row of the `region` scope. */
export const regional = (operation: string, rest: Rest = {}): Row => ({ operation, scope: 'region', ...rest });

/** A row of the `account` scope. */
export const global = (operation: string, rest: Rest = {}): Row => ({ operation, scope: 'account', ...rest });

/** `each` with one source: `of` lists the things, each of them is the parameter. */
export const each = (of: string, items: string, parameter: string, rest: Readonly<Record<string, Source>> = {}) => ({
  each: [{ of, items, input: { [parameter]: '@', ...rest } }],
});

/** `each` with many things in one request. */
export const batches = (of: string, items: string, parameter: string, batch: number): { each: readonly Each[] } => ({
  each: [{ of, items, input: { [parameter]: ['@'] }, batch }],
});

/** The ways AWS's services announce another page. */
export const NEXT_TOKEN: { readonly pages: Pages } = { pages: { NextToken: 'NextToken' } };
export const nextToken: { readonly pages: Pages } = { pages: { nextToken: 'nextToken' } };
export const MARKER: { readonly pages: Pages } = { pages: { Marker: 'Marker' } };
export const NEXT_MARKER: { readonly pages: Pages } = { pages: { NextMarker: 'Marker' } };
