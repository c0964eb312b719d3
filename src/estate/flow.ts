/**
 * A flow is a connection that must work: the service stops when it does not. Flows come from evidence in the
 * input and from what the user declares; the planner's promise is about them.
 */
import type { Id } from './ids.ts';
import type { Source } from './source.ts';

export type FlowEnd =
  | { readonly type: 'resource'; readonly id: Id }
  /** Anybody on the internet, or the named blocks of it. */
  | { readonly type: 'internet'; readonly cidrs?: readonly string[] }
  /** A host outside the estate (a payment provider, a registry). */
  | { readonly type: 'host'; readonly host: string }
  /** A regional AWS service reached by its public API (`s3`, `sqs`, `ecr`). */
  | { readonly type: 'service'; readonly service: string; readonly region: string }
  /** The developers, from wherever they are. */
  | { readonly type: 'people'; readonly cidrs?: readonly string[] };

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'any';

export interface FlowEvidence {
  /** How we know. `open` is weak: the way is open and of a kind people use, nobody said it is used. */
  readonly type:
    | 'targetGroup'
    | 'environment'
    | 'eventSource'
    | 'subscription'
    | 'dns'
    | 'image'
    | 'configuration'
    | 'open'
    | 'declared'
    | 'observed';
  readonly detail: string;
  readonly source: Source;
  /** The DNS records that lead from the name in the evidence to this end; a name with several answers leads to several ends. */
  readonly records?: readonly Id<'dnsRecord'>[];
}

export interface Flow {
  /** Stable, made of its ends: `service/web -> database/shop tcp/3306`. */
  readonly id: string;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: Protocol;
  /** Inclusive; null where ports mean nothing or are not known. */
  readonly ports: { readonly from: number; readonly to: number } | null;
  /** What it is for, in a few words. */
  readonly purpose: string;
  readonly evidence: readonly FlowEvidence[];
}
