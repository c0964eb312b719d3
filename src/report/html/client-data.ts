/** What the page hands to its script; both sides are checked against it. */
export interface ClientData {
  /** Today, and after each step. */
  readonly states: readonly {
    /** The step's id; empty for today. */
    readonly id: string;
    readonly title: string;
    readonly position: string;
    /** What the picture shows, in words, and what the step changed in it. */
    readonly says: string;
    readonly marks: string;
  }[];
  readonly zones: readonly {
    readonly key: string;
    /** Per flow a letter for every state: lost, failover, unknown, survives; `-` where there is no such flow. */
    readonly fates: readonly string[];
    /** Per state: the counts in words. */
    readonly says: readonly string[];
  }[];
}
