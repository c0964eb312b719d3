/**
 * What a Pulumi program declares, as plain data: what the recorder (`program/record`) leaves and what this folder reads.
 * It is defined here, because a room knows only the rooms below it.
 */

/**
 * A value of an input or an output. Four objects are special, each with its one key:
 * `{ $secret: value }`, `{ $unknown: true }` (only known after a deployment), `{ $resource: urn }` and
 * `{ $asset: where }` (a file, an archive, a text).
 */
export type Value = null | boolean | number | string | readonly Value[] | Properties;

export interface Properties {
  readonly [name: string]: Value;
}

/** A place in the user's sources. */
export interface Position {
  /** Relative to the project's folder; absolute where the file stands outside of it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where AWS would keep it. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface RecordedOptions {
  readonly protect?: boolean;
  readonly importId?: string;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly retainOnDelete?: boolean;
  /** URNs, and specifications of former names, types and parents. */
  readonly aliases?: readonly Value[];
  /** URN of the provider, where the program names one. */
  readonly provider?: string;
}

export interface RecordedResource {
  readonly urn: string;
  /** `aws:ec2/subnet:Subnet`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** `read` stands in AWS already and is only looked up (`Vpc.get`). */
  readonly kind: 'declared' | 'read';
  /** URN of the parent; undefined directly under the stack. */
  readonly parent: string | undefined;
  /** False for components, which are no resources of AWS. */
  readonly custom: boolean;
  /** Components of another language, whose children cannot be seen. */
  readonly remote: boolean;
  /** Made up by the recorder in AWS's form, or the id of an import; empty for components. */
  readonly id: string;
  readonly inputs: Properties;
  /** The inputs and what AWS would add, made up in AWS's forms. */
  readonly outputs: Properties;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: RecordedOptions;
  readonly position: Position | undefined;
  /**
   * Set where the inputs are what the provider told of it (a stack's state, what a policy sees), in which an empty text says
   * that there is none: `whole` when all of it is there, so that AWS's default holds for what is left out; `partly` when
   * what is left out is unknown.
   */
  readonly told?: 'whole' | 'partly';
  /** Its place in the file it was read from, where that is not a program: a JSON pointer or an address. Else the URN. */
  readonly pointer?: string;
  /** The file it was read from, where the recording is of several. */
  readonly file?: string;
  /** What the source calls it, where people know it by that rather than by its id. */
  readonly named?: string;
  readonly place: Place;
}

/** A function of a provider that the program called. */
export interface RecordedInvoke {
  /** `aws:index/getCallerIdentity:getCallerIdentity`. */
  readonly token: string;
  readonly arguments: Properties;
  readonly result: Properties;
  /** Whether the recorder knows the form of the answer; otherwise it answered with the arguments alone. */
  readonly known: boolean;
  readonly place: Place;
}

/** Why a recording is not whole, for people. */
export interface RecordedProblem {
  readonly kind: 'threw' | 'timeout' | 'neverSettled' | 'exited' | 'remote' | 'pending';
  readonly message: string;
  readonly position: Position | undefined;
}

export interface Recording {
  /** The folder, as the user named it. */
  readonly folder: string;
  /** The one file that tells all, where it is not a program: what no resource says is told from here. */
  readonly file?: string;
  /** Why the account may hold more of a kind than is declared here; left out where the recording is all there is. */
  readonly partial?: string;
  /**
   * Whether what is declared elsewhere may hang on what is here (a rule of a group, targets of a target group): then such
   * lists are not all of it, and what AWS makes by itself may have been changed.
   */
  readonly others?: boolean;
  /** Types of which `others` does not hold: what they hang on shows them all. */
  readonly shown?: readonly string[];
  /** The program that keeps all of it, for those who ask what was made by hand; left out where nothing is deployed yet. */
  readonly keptBy?: string;
  readonly project: string;
  readonly stack: string;
  /** Where resources go that name no provider of their own. `assumed` tells what of it no setting says. */
  readonly place: Place & { readonly assumed: readonly ('account' | 'region')[] };
  /** Sorted by URN. */
  readonly resources: readonly RecordedResource[];
  readonly invokes: readonly RecordedInvoke[];
  /** What the stack exports. */
  readonly outputs: Properties;
  /** Empty when the program ran to its end and every resource was registered. */
  readonly problems: readonly RecordedProblem[];
}

export const isProperties = (value: Value | undefined): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value itself: without the mark of a secret; undefined where it is not known. Works into the depth. */
export function plain(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.map((each: Value) => plain(each) ?? null);
  if (!isProperties(value)) return value;
  if (value.$unknown === true) return undefined;
  if (value.$secret !== undefined) return plain(value.$secret);
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** The recording with every secret hidden: for what is shown or written. */
export function withoutSecrets(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isProperties(value)) return value;
  if (value.$secret !== undefined) return { $secret: '<redacted>' };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(each)]));
}
