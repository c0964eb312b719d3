/** What a component wants watched, as data: Observability turns it into alarms. */
import type * as pulumi from '@pulumi/pulumi';

export interface AlarmSpec {
  /** What it is about, in a word or two: `cpu`. With the component's name it names the alarm. */
  readonly about: string;
  /** One sentence for the person who is woken: what is wrong and what to look at first. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: 'Average' | 'Sum' | 'Maximum' | 'Minimum';
  readonly when: 'above' | 'below';
  readonly threshold: number;
  /** How many minutes in a row; for a sum, the time that it is of. */
  readonly minutes: number;
  /** Minutes of one measurement; all in `minutes` must be so. @default `minutes` for a sum, else 1 */
  readonly measured?: number;
  /** What silence means: for counters that AWS sends only when something happens, nothing is wrong. @default 'missing' */
  readonly silence?: 'notBreaching' | 'breaching' | 'missing';
}

/** A component that has something to watch. */
export interface Watched {
  readonly watchedName: string;
  readonly owner: pulumi.Resource;
  readonly alarms: readonly AlarmSpec[];
  /** Databases whose failovers and failures RDS itself announces. */
  readonly rdsEvents?: {
    readonly sourceType: 'db-instance' | 'db-cluster';
    readonly sourceIds: readonly pulumi.Input<string>[];
  };
}
