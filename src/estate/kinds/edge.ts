import type { Ref } from '../source.ts';
import type { Base } from './base.ts';

export interface Distribution extends Base<'distribution'> {
  readonly domain: string | undefined;
  readonly aliases: readonly string[] | undefined;
  readonly enabled: boolean | undefined;
  readonly origins: readonly Origin[] | undefined;
  /** Ids of the origins that its behaviours ask: the default's first, then the others' in their order. */
  readonly asks?: readonly string[] | undefined;
  readonly webAcl: string | null | undefined;
  readonly viewerProtocol: string | undefined;
}
export interface Origin {
  readonly id: string;
  readonly domain: string | undefined;
  readonly type: 's3' | 'custom' | 'vpc' | undefined;
  readonly originAccess: Ref<'originAccess'> | null | undefined;
  /** Names of the headers CloudFront adds; the values are secrets. */
  readonly customHeaders: readonly string[] | undefined;
  readonly protocolPolicy: string | undefined;
  readonly httpPort: number | undefined;
  readonly httpsPort: number | undefined;
  readonly vpcOrigin: string | undefined;
}

/** An origin access control, or the older origin access identity. */
export interface OriginAccess extends Base<'originAccess'> {
  readonly form: 'control' | 'identity';
  readonly originType: string | undefined;
}

/** A CloudFront VPC origin: a private load balancer or instance that CloudFront enters by an interface of its own. */
export interface VpcOrigin extends Base<'vpcOrigin'> {
  readonly endpointArn: string | undefined;
  readonly status: string | undefined;
}

export interface HostedZone extends Base<'hostedZone'> {
  readonly domain: string | undefined;
  readonly private: boolean | undefined;
  readonly vpcs: readonly Ref<'vpc'>[] | undefined;
}

export interface DnsRecord extends Base<'dnsRecord'> {
  readonly hostedZone: Ref<'hostedZone'> | undefined;
  /** Without the trailing dot. */
  readonly host: string;
  readonly type: string;
  readonly values: readonly string[];
  /** DNS name an alias points at, without the trailing dot and the `dualstack.` prefix. */
  readonly alias: string | undefined;
  /** Seconds; undefined for an alias. */
  readonly ttl: number | undefined;
  readonly weight: number | undefined;
  readonly setIdentifier: string | undefined;
  /** Id of the health check that takes the record out of the answers; null when nothing does. */
  readonly healthCheck?: string | null | undefined;
}

/** What Route 53 asks before it answers with a record. */
export interface HealthCheck extends Base<'healthCheck'> {
  /** `HTTP`, `TCP`, `CALCULATED`, `CLOUDWATCH_METRIC` … */
  readonly type: string | undefined;
  /** Name of the alarm whose data it reads; null for a check of another type. */
  readonly alarm: string | null | undefined;
  /** What it is while the alarm has no data: `Healthy`, `Unhealthy` or `LastKnownStatus`. */
  readonly withoutData: string | undefined;
  /** A disabled check is always healthy. */
  readonly disabled: boolean | undefined;
  readonly inverted: boolean | undefined;
}

export interface Certificate extends Base<'certificate'> {
  readonly domains: readonly string[] | undefined;
  readonly status: string | undefined;
  readonly notAfter: string | undefined;
}
