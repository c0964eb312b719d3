/**
 * What logs show of how the account is used. Absence counts only where the log of that very thing is whole for the
 * time in question (`Logged`); everything else that is not here is unknown. No address of a visitor, no user agent and
 * no query string is kept: networks, hosts and counts are enough.
 */

export type LogKind = 'flowLog' | 'balancerLog' | 'bucketLog' | 'distributionLog' | 'trail';

/** How often, and when; times are ISO in UTC. */
export interface Tally {
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** One file or folder that the user named. */
export interface EvidenceInput {
  readonly path: string;
  readonly files: number;
  readonly records: Readonly<Partial<Record<LogKind, number>>>;
  /** Lines or events that are not as AWS writes them. */
  readonly malformed: number;
  /** Files that end in the middle: what they held up to there counts. */
  readonly truncated: number;
  /** Files that are no log known here. */
  readonly unrecognised: number;
}

/** Of which thing there is a log, and for which time. */
export interface Logged {
  readonly kind: LogKind;
  /** Interface id, name of a bucket, `app/name/id` of a balancer, host of a distribution, `account/region` of a trail. */
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly records: number;
  /** Times in between, from whole hour to whole hour, without any record. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
  /** Why the log is known not to be whole; null when nothing says so. */
  readonly incomplete: string | null;
}

/** Packets between a caller and a listener, both directions together. */
export interface Connection {
  /** The VPC in which private addresses mean something; empty when not known. */
  readonly vpc: string;
  /** An address, or the network of an address outside. */
  readonly from: string;
  readonly to: string;
  /** Which end is outside of the estate and public. */
  readonly outside: 'from' | 'to' | null;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly accepted: Tally;
  readonly rejected: Tally;
  /** Packets of the caller that were accepted. */
  readonly packets: number;
  readonly bytes: number;
  /** Whether the listener sent something back. */
  readonly answered: boolean;
}

/** The first of a list, by count; `more` when there were others. */
export interface Top {
  readonly list: readonly { readonly name: string; readonly count: number }[];
  readonly more: boolean;
}

export interface BucketUse {
  readonly bucket: string;
  /** Answered to anybody without a signature: by the bucket's own link. */
  readonly direct: Tally;
  /** Answered to CloudFront by its origin access control or identity. */
  readonly throughCloudFront: Tally;
  /** Answered to somebody who signed. */
  readonly signed: Tally;
  readonly refused: Tally;
  /** What was fetched directly. */
  readonly objects: Top;
  /** Hosts of the pages that link there. */
  readonly referers: Top;
  readonly userAgents: { readonly count: number; readonly more: boolean };
}

export interface BalancerUse {
  readonly balancer: string;
  readonly requests: Tally;
  /** From addresses that are not CloudFront's; null when the input does not hold CloudFront's list. */
  readonly pastCloudFront: Tally | null;
  readonly networks: Top;
}

export interface DistributionUse {
  readonly host: string;
  readonly requests: Tally;
  readonly errors: Tally;
}

export interface PrincipalUse {
  /** ARN of the role or user. */
  readonly principal: string;
  readonly calls: readonly {
    /** `service:EventName`, as CloudTrail calls it. */
    readonly action: string;
    readonly allowed: Tally;
    readonly denied: Tally;
  }[];
  readonly more: boolean;
}

export interface KeyUse {
  readonly key: string;
  readonly uses: Tally;
}

export interface Evidence {
  readonly inputs: readonly EvidenceInput[];
  readonly logged: readonly Logged[];
  readonly connections: readonly Connection[];
  readonly buckets: readonly BucketUse[];
  readonly balancers: readonly BalancerUse[];
  readonly distributions: readonly DistributionUse[];
  readonly principals: readonly PrincipalUse[];
  readonly keys: readonly KeyUse[];
  /** Records for which there was no room: what is not in a list of that kind is then unknown. */
  readonly leftOut: Readonly<Record<LogKind, number>>;
  /** Records of which nobody can tell who called whom. */
  readonly undirected: number;
  /** The ports inside of those with an end outside: each of them may have been called. */
  readonly undirectedPorts: readonly number[];
}

/** What a gate asks of the logs. */
export type Question =
  | { readonly type: 'directReads'; readonly bucket: string; readonly days: number }
  | { readonly type: 'pastCloudFront'; readonly balancer: string; readonly hours: number }
  | { readonly type: 'requests'; readonly balancer: string; readonly hours: number }
  | { readonly type: 'fromOutside'; readonly vpc: string; readonly ports: readonly number[]; readonly days: number }
  | { readonly type: 'keyUse'; readonly key: string; readonly days: number }
  | { readonly type: 'refusedCalls'; readonly roles: readonly string[]; readonly days: number };
