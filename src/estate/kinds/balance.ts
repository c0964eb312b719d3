import type { Ref } from '../source.ts';
import type { Base } from './base.ts';

export interface LoadBalancer extends Base<'loadBalancer'> {
  readonly type: 'application' | 'network' | 'gateway' | 'classic' | undefined;
  readonly scheme: 'internet-facing' | 'internal' | undefined;
  readonly dnsName: string | undefined;
  readonly vpc: Ref<'vpc'> | undefined;
  readonly subnets: readonly Ref<'subnet'>[] | undefined;
  readonly zones: readonly Ref<'zone'>[] | undefined;
  /** Empty for a network load balancer without groups. */
  readonly securityGroups: readonly Ref<'securityGroup'>[] | undefined;
  readonly state: string | undefined;
  readonly ipAddressType: string | undefined;
  readonly attributes: Readonly<Record<string, string>> | undefined;
  /** A classic load balancer has its listeners and instances in itself. */
  readonly classic:
    | { readonly instances: readonly Ref<'instance'>[]; readonly listeners: readonly ClassicListener[] }
    | undefined;
  /** Null when no web ACL is attached. */
  readonly webAcl: string | null | undefined;
}
export interface ClassicListener {
  readonly protocol: string;
  readonly port: number;
  readonly instanceProtocol: string;
  readonly instancePort: number;
}

export interface Listener extends Base<'listener'> {
  readonly loadBalancer: Ref<'loadBalancer'> | undefined;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly certificates: readonly Ref<'certificate'>[] | undefined;
  readonly sslPolicy: string | null | undefined;
  readonly actions: readonly ListenerAction[] | undefined;
}

export interface ListenerRule extends Base<'listenerRule'> {
  readonly listener: Ref<'listener'> | undefined;
  readonly priority: number | 'default' | undefined;
  readonly conditions: readonly RuleCondition[] | undefined;
  readonly actions: readonly ListenerAction[] | undefined;
}
export interface RuleCondition {
  readonly field: string;
  readonly values: readonly string[];
  /** For `http-header`. */
  readonly headerName: string | undefined;
}
export interface ListenerAction {
  readonly type: string;
  readonly targetGroups: readonly { readonly ref: Ref<'targetGroup'>; readonly weight: number }[];
  readonly redirect: string | undefined;
  readonly fixedStatus: string | undefined;
}

export interface TargetGroup extends Base<'targetGroup'> {
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb' | undefined;
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly vpc: Ref<'vpc'> | undefined;
  readonly loadBalancers: readonly Ref<'loadBalancer'>[] | undefined;
  readonly healthCheckPath: string | undefined;
  /** Only where targets are checked at another port than the one that requests go to. */
  readonly healthCheckPort?: number;
  readonly attributes: Readonly<Record<string, string>> | undefined;
  /** Undefined when DescribeTargetHealth was not read for it. */
  readonly targets: readonly Target[] | undefined;
  /** Set where surely nothing but ECS services registers targets, though these are not listed: a group that a plan makes. */
  readonly servicesOnly?: true;
}
export interface Target {
  /** Instance id, private address, function ARN or load balancer ARN, by the group's type. */
  readonly target: string;
  readonly port: number | undefined;
  readonly zone: string | undefined;
  readonly health: string | undefined;
}
