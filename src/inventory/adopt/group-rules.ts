/** The rules of security groups as arguments: each a resource of its own where its `sgr-` id was read, else in its group. */
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { protocolNumber } from '../protocol.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

export type Direction = 'ingress' | 'egress';

/** A rule with its one peer, as either operation tells it. */
export interface WritableRule {
  readonly direction: Direction;
  /** As AWS writes it: `tcp`, `-1`. */
  readonly protocol: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The argument that names the peer, and the peer: another account's group with the account before it. */
  readonly peer: readonly [argument: PeerArgument, value: string];
  /** The peering connection that a group in another VPC is reached through. */
  readonly peering: string | undefined;
  readonly description: string | undefined;
  /** Tells it from its neighbours in the same group. */
  readonly key: string;
}

export type PeerArgument = 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedSecurityGroupId';

const PEERS: readonly (readonly [list: string, field: string, argument: PeerArgument])[] = [
  ['IpRanges', 'CidrIp', 'cidrIpv4'],
  ['Ipv6Ranges', 'CidrIpv6', 'cidrIpv6'],
  ['PrefixListIds', 'PrefixListId', 'prefixListId'],
  ['UserIdGroupPairs', 'GroupId', 'referencedSecurityGroupId'],
];

/** Every rule of a group's answer; undefined when one of them was not told wholly. */
export function rulesIn(group: Item, direction: Direction): readonly WritableRule[] | undefined {
  const permissions = allItems(group, direction === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress');
  const rules: WritableRule[] = [];
  for (const permission of permissions ?? []) {
    const before = rules.length;
    for (const [list, field, argument] of PEERS) {
      if (!permission.has(list)) continue;
      for (const member of allItems(permission, list) ?? [undefined]) {
        const rule = member && ruleOf(permission, direction, argument, member.string(field), member, member);
        if (rule === undefined) return undefined;
        rules.push(rule);
      }
    }
    // AWS keeps no permission for nobody: its peers were lost
    if (rules.length === before) return undefined;
  }
  return permissions && rules;
}

/** One element of DescribeSecurityGroupRules. */
export function flatRule(item: Item): WritableRule | undefined {
  const egress = item.boolean('IsEgress');
  if (egress === undefined) return undefined;
  const direction = egress ? 'egress' : 'ingress';
  const cidr4 = item.string('CidrIpv4');
  if (cidr4) return ruleOf(item, direction, 'cidrIpv4', cidr4, item, item);
  const cidr6 = item.string('CidrIpv6');
  if (cidr6) return ruleOf(item, direction, 'cidrIpv6', cidr6, item, item);
  const list = item.string('PrefixListId');
  if (list) return ruleOf(item, direction, 'prefixListId', list, item, item);
  const group = item.item('ReferencedGroupInfo');
  return ruleOf(item, direction, 'referencedSecurityGroupId', group?.string('GroupId'), group ?? item, item);
}

const PORTS = new Set([1, 6, 17]);
const ICMPV6 = 58;

function ruleOf(
  traffic: Item,
  direction: Direction,
  argument: PeerArgument,
  peer: string | undefined,
  pair: Item,
  described: Item,
): WritableRule | undefined {
  const number = protocolNumber(traffic, 'IpProtocol');
  if (!peer || number === undefined) return undefined;
  const [from, to] = number === -1 ? [] : [traffic.number('FromPort'), traffic.number('ToPort')];
  if (PORTS.has(number) && (from === undefined || to === undefined)) return undefined;
  // icmpv6 without a type is every type, and is declared as such
  const every = number === ICMPV6 && from === undefined;
  if (number === ICMPV6 && !every && to === undefined) return undefined;
  const value = argument === 'referencedSecurityGroupId' ? accountsGroup(peer, pair) : peer;
  if (value === undefined) return undefined;
  const ports = every ? ([-1, -1] as const) : ([from, to] as const);
  return {
    direction,
    protocol: String(traffic.value.IpProtocol).toLowerCase(),
    from: ports[0],
    to: ports[1],
    peer: [argument, value],
    peering: pair.string('VpcPeeringConnectionId'),
    description: described.string('Description') || undefined,
    key: [direction, number, ports[0], ports[1], argument, peer].join(' '),
  };
}

/** Groups of other accounts have the account before them. Whose a group is, AWS always tells. */
function accountsGroup(group: string, pair: Item): string | undefined {
  const account = pair.string('UserId');
  if (account === undefined) return undefined;
  return account === pair.context.account ? group : `${account}/${group}`;
}

/** As a resource of its own. */
export const ruleInputs = (rule: WritableRule, group: string): Properties =>
  said({
    securityGroupId: group,
    ipProtocol: rule.protocol,
    fromPort: rule.from,
    toPort: rule.to,
    [rule.peer[0]]: rule.peer[1],
    description: rule.description,
  });

const LISTS: Readonly<Record<PeerArgument, string>> = {
  cidrIpv4: 'cidrBlocks',
  cidrIpv6: 'ipv6CidrBlocks',
  prefixListId: 'prefixListIds',
  referencedSecurityGroupId: 'securityGroups',
};

/**
 * As blocks of the group, one for all peers of the same traffic and description, as the provider reads them.
 * https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/
 */
export function ruleBlocks(rules: readonly WritableRule[], group: string): readonly Properties[] {
  const blocks = new Map<string, WritableRule[]>();
  for (const rule of rules) {
    const key = [rule.protocol, rule.from, rule.to, rule.description].join(' ');
    blocks.set(key, [...(blocks.get(key) ?? []), rule]);
  }
  return [...blocks.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const peers = (argument: PeerArgument): readonly string[] =>
      same.flatMap(({ peer }) => (peer[0] === argument && peer[1] !== group ? [peer[1]] : [])).sort();
    const lists = Object.entries(LISTS).flatMap(([argument, list]) => {
      const values = peers(argument as PeerArgument);
      return values.length > 0 ? [[list, values] as const] : [];
    });
    return [
      said({
        protocol: first.protocol,
        fromPort: first.from ?? 0,
        toPort: first.to ?? 0,
        ...Object.fromEntries(lists),
        self: same.some(({ peer }) => peer[1] === group) || undefined,
        description: first.description,
      }),
    ];
  });
}
