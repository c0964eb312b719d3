/** What the recorder and its child tell each other: both sides are plain data. */
import type {
  Properties,
  RecordedInvoke,
  RecordedProblem,
  RecordedResource,
  Recording,
} from '../../inventory/pulumi/recorded.ts';

export interface Job {
  /** Absolute path of the bundled program. */
  readonly program: string;
  /** Absolute path of the project. */
  readonly folder: string;
  /** Underpin's own folder: where the SDK is looked up when the project has none installed. */
  readonly packageRoot: string;
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** As in `pulumi preview`: what AWS would answer is unknown. */
  readonly preview: boolean;
  /** Runs of the same program after the first, in the same process: settings over `config`. One report for each. */
  readonly further: readonly Readonly<Record<string, string>>[];
  /** What AWS is known to answer, by `type::name`: the ids and outputs of what stands there already. */
  readonly known: KnownStates;
}

export type KnownStates = Readonly<Record<string, { readonly id: string; readonly outputs: Properties }>>;

export interface Report {
  readonly place: Recording['place'];
  readonly resources: readonly RecordedResource[];
  readonly invokes: readonly RecordedInvoke[];
  readonly outputs: Properties;
  readonly problems: readonly RecordedProblem[];
}

/** Sent to the child when its time is over: it answers with what it has. */
export const TIME_IS_OVER = 'time is over';
