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
  readonly bucket: string | undefined;
}

export interface Repository extends Base<'repository'> {
  readonly uri: string | undefined;
}

/** Something AWS told of that this version does not model. Kept and counted, never dropped. */
export interface Other extends Base<'other'> {
  /** `service:thing`, for example `ecr:repository`. */
  readonly type: string;
}
