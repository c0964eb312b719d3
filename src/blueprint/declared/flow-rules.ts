/** One rule for one flow, named after its two ends: `shop-web-to-shop-mysql-3306`, `shop-mysql-from-shop-web-3306`. */
import { type Declaration, tagged } from './declaration.ts';

export const INGRESS = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
export const EGRESS = 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule';

/** A security group, and what it is called in the names of rules. */
export interface GroupEnd<Later = never> {
  readonly peerName: string;
  readonly groupId: string | Later;
}

/** Addresses, and what they are called in the names of rules. */
export interface BlockEnd {
  readonly peerName: string;
  readonly cidr: string;
}

export interface PrefixListEnd<Later = never> {
  readonly peerName: string;
  readonly prefixListId: string | Later;
}

/** A text is a block of addresses, which is called by its digits; `anywhere` is all of IPv4. */
export type OtherEnd<Later = never> = GroupEnd<Later> | BlockEnd | PrefixListEnd<Later> | 'anywhere' | Cidr;

/** `10.0.0.0/16`. */
export type Cidr = `${string}/${number}`;

type NamedEnd<Later> = GroupEnd<Later> | BlockEnd | PrefixListEnd<Later>;

const namedEnd = <Later>(end: OtherEnd<Later>): NamedEnd<Later> => {
  if (typeof end !== 'string') return end;
  return end === 'anywhere'
    ? { peerName: 'anywhere', cidr: '0.0.0.0/0' }
    : { peerName: end.replace(/[^a-zA-Z0-9]+/g, '-'), cidr: end };
};

export interface Traffic {
  /** *Replacement* of the rule. @default 'tcp' */
  readonly protocol?: 'tcp' | 'udp' | 'icmp' | '-1' | undefined;
  /** First and last, or the only one. *Replacement* of the rule. @default every port */
  readonly port?: number | readonly [from: number, to: number] | undefined;
}

/** One rule: on whose group it is, who is at the other end, and why. */
export interface Rule<Later = never> extends Traffic {
  readonly direction: 'in' | 'out';
  readonly of: GroupEnd<Later>;
  readonly other: OtherEnd<Later>;
  readonly because: string;
  /** @default after the two ends and the ports */
  readonly name?: string | undefined;
}

/** `3306`, `32768-65535`, `all`: ends a rule's name. */
export function portsText({ protocol = 'tcp', port }: Traffic): string {
  if (port === undefined) return protocol === '-1' ? 'all' : protocol;
  if (typeof port === 'number') return `${port}`;
  const [from, to] = port;
  return from === to ? `${from}` : `${from}-${to}`;
}

export const ruleName = ({ direction, of, other, ...traffic }: Omit<Rule<unknown>, 'because' | 'name'>): string =>
  `${of.peerName}-${direction === 'in' ? 'from' : 'to'}-${namedEnd(other).peerName}-${portsText(traffic)}`;

export function flowRule<Later = never>(rule: Rule<NoInfer<Later>>): Declaration<Later> {
  const { direction, of, other, because, protocol = 'tcp', port, name = ruleName(rule) } = rule;
  const [fromPort, toPort] = typeof port === 'number' ? [port, port] : (port ?? []);
  return {
    type: direction === 'in' ? INGRESS : EGRESS,
    name,
    properties: {
      securityGroupId: of.groupId,
      ipProtocol: protocol,
      ...(protocol === '-1' || fromPort === undefined ? {} : { fromPort, toPort }),
      ...otherEnd(other),
      description: because,
      tags: tagged(name),
    },
  };
}

function otherEnd<Later>(end: OtherEnd<Later>): Declaration<Later>['properties'] {
  const other = namedEnd(end);
  if ('groupId' in other) return { referencedSecurityGroupId: other.groupId };
  if ('prefixListId' in other) return { prefixListId: other.prefixListId };
  return other.cidr.includes(':') ? { cidrIpv6: other.cidr } : { cidrIpv4: other.cidr };
}

/** A row of `flows`: both rules of a flow, or the one on the group that is named `into` or `outOf`. */
export type Flow<Later = never> = Traffic & {
  /** What it is for. *In place*. @default 'FROM to TO' */
  readonly because?: string | undefined;
  /** The rule's name, where there is one rule. *Replacement* of the rule. @default after the two ends and the ports */
  readonly name?: string | undefined;
} & (
    | { readonly from: GroupEnd<Later>; readonly to: GroupEnd<Later> }
    | { readonly from: OtherEnd<Later>; readonly into: GroupEnd<Later> }
    | { readonly outOf: GroupEnd<Later>; readonly to: OtherEnd<Later> }
  );

/** The rules of a flow, the way out before the way in. */
export function flowRules<Later = never>(flow: Flow<NoInfer<Later>>): readonly Declaration<Later>[] {
  const { protocol, port, name } = flow;
  const [from, to] = 'into' in flow ? [flow.from, flow.into] : ['outOf' in flow ? flow.outOf : flow.from, flow.to];
  const { because = `${namedEnd(from).peerName} to ${namedEnd(to).peerName}` } = flow;
  const more = { because, protocol, port };
  if ('into' in flow) return [flowRule({ ...more, direction: 'in', of: flow.into, other: from, name })];
  if ('outOf' in flow) return [flowRule({ ...more, direction: 'out', of: flow.outOf, other: to, name })];
  return [
    flowRule({ ...more, direction: 'out', of: flow.from, other: to }),
    flowRule({ ...more, direction: 'in', of: flow.to, other: from }),
  ];
}
