import type { Base } from './base.ts';

export interface LogGroup extends Base<'logGroup'> {
  /** Days; null when logs are kept for ever. */
  readonly retention: number | null | undefined;
}

export interface Alarm extends Base<'alarm'> {
  readonly metric: string | undefined;
  readonly namespace: string | undefined;
  readonly dimensions: Readonly<Record<string, string>> | undefined;
  readonly actions: readonly string[] | undefined;
}

export interface Trail extends Base<'trail'> {
  readonly multiRegion: boolean | undefined;
  readonly logging: boolean | undefined;
  /** Whether it records what is done in the account, and not data events alone. */
  readonly management?: boolean;
  /** What AWS says of the last delivery that failed; null when the last one did not. */
  readonly failure?: string | null;
  readonly bucket: string | undefined;
}

export interface Repository extends Base<'repository'> {
  readonly uri: string | undefined;
}

/** Something AWS told of that this version does not model. Kept and counted, never dropped. */
export interface Other extends Base<'other'> {
  /** `service:thing`, for example `ecr:repository`. */
  readonly type: string;
  /** The AWS service that made it and keeps it, as it does some rules of EventBridge. */
  readonly managedBy?: string;
  /** Of a rule or a schedule: what it starts. Left out where its targets are not told. */
  readonly starts?: readonly Started[];
}

/** One target of a rule or a schedule. */
export interface Started {
  /** Every ARN in it: what is called, the task definition, the roles. */
  readonly arns: readonly string[];
  /** Whether it is a task that surely runs on Fargate and needs no machine of its cluster. */
  readonly onFargate: boolean;
}
