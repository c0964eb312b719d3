/** Values that stay the same for a while: each with how many states it holds. */
export type Runs<T> = readonly (readonly [value: T, states: number])[];

/** What the page hands to its script; both sides are checked against it. */
export interface ClientData {
  /** Today, and after each step. */
  readonly states: readonly {
    /** The step's id; empty for today. */
    readonly id: string;
    readonly title: string;
    readonly position: string;
    /** What the step changed in the picture, in words. */
    readonly marks: string;
  }[];
  /** What the picture shows, in words. */
  readonly says: Runs<string>;
  readonly zones: readonly {
    readonly key: string;
    /** Per flow: lost, failover, unknown, survives; `-` where there is no such flow. */
    readonly fates: readonly Runs<string>[];
    /** The counts in words. */
    readonly says: Runs<string>;
  }[];
}

export function runsOf<T>(list: readonly T[]): Runs<T> {
  const runs: [T, number][] = [];
  for (const value of list) {
    const last = runs.at(-1);
    if (last && last[0] === value) last[1] += 1;
    else runs.push([value, 1]);
  }
  return runs;
}

export const listOf = <T>(runs: Runs<T>): readonly T[] =>
  runs.flatMap(([value, states]) => Array.from({ length: states }, () => value));
