import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../../estate/kinds/network.ts';
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import { protocolNumber } from '../protocol.ts';
import { base, type Reader } from '../reader.ts';
import { everyItem, idOf, onceOverAccounts, placeOf } from '../reading.ts';

type Direction = SecurityGroupRule['direction'];
type Traffic = Pick<SecurityGroupRule, 'protocol' | 'ports' | 'icmp'>;

const ICMPV6 = 58;

/** What a permission lets through: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function trafficOf(item: Item): Traffic {
  const protocol = protocolNumber(item, 'IpProtocol');
  const from = item.number('FromPort');
  const to = item.number('ToPort');
  switch (protocol) {
    case undefined:
      return { protocol, ports: undefined, icmp: undefined };
    case 6:
    case 17:
      if (from === undefined || to === undefined) return { protocol, ports: undefined, icmp: null };
      if (from === -1) return { protocol, ports: null, icmp: null };
      if (from <= to) return { protocol, ports: { from, to }, icmp: null };
      item.notice(
        'other',
        `${item.context.operation}: the port range ${from} to ${to} holds no port; taken as unknown`,
      );
      return { protocol, ports: undefined, icmp: null };
    case 1:
    case ICMPV6:
      // icmpv6 without a type means every type; for icmp the type is required
      if (from === undefined)
        return { protocol, ports: null, icmp: protocol === ICMPV6 ? { type: -1, code: -1 } : undefined };
      return { protocol, ports: null, icmp: to === undefined ? undefined : { type: from, code: to } };
    default:
      return { protocol, ports: null, icmp: null };
  }
}

function groupPeer(item: Item, field: string): RulePeer | undefined {
  const ref = item.ref<'securityGroup'>(field);
  return (
    ref && {
      type: 'securityGroup',
      ref,
      account: item.string('UserId'),
      peering: item.string('VpcPeeringConnectionId'),
    }
  );
}

/** The peer lists of a permission, and how a member of each names its peer. */
const PEERS: readonly (readonly [list: string, peer: (item: Item) => RulePeer | undefined])[] = [
  ['IpRanges', (item) => cidrPeer(item.string('CidrIp'))],
  ['Ipv6Ranges', (item) => cidrPeer(item.string('CidrIpv6'))],
  [
    'PrefixListIds',
    (item) => {
      const ref = item.ref<'prefixList'>('PrefixListId');
      return ref && { type: 'prefixList', ref };
    },
  ],
  ['UserIdGroupPairs', (item) => groupPeer(item, 'GroupId')],
];

const cidrPeer = (cidr: string | undefined): RulePeer | undefined =>
  cidr === undefined ? undefined : { type: 'cidr', cidr };

/** A rule by all that tells it from its neighbours, to find its `sgr-` id. */
const keyOf = (group: string, direction: Direction, traffic: Traffic, peer: RulePeer | undefined): string | undefined =>
  peer &&
  [
    group,
    direction,
    traffic.protocol,
    traffic.ports?.from,
    traffic.ports?.to,
    traffic.icmp?.type,
    traffic.icmp?.code,
    peer.type === 'cidr' ? peer.cidr : peer.ref.id,
  ].join(' ');

/** One element of DescribeSecurityGroupRules: the same rule told flat. */
function flatPeer(item: Item): RulePeer | undefined {
  const cidr = cidrPeer(item.string('CidrIpv4') ?? item.string('CidrIpv6'));
  if (cidr) return cidr;
  const list = item.ref<'prefixList'>('PrefixListId');
  if (list) return { type: 'prefixList', ref: list };
  const group = item.item('ReferencedGroupInfo');
  return group && groupPeer(group, 'GroupId');
}

function ruleIds(answers: Answers): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const item of answers.items('ec2:DescribeSecurityGroupRules', 'SecurityGroupRules')) {
    const rule = item.string('SecurityGroupRuleId');
    const egress = item.boolean('IsEgress');
    const key = keyOf(item.string('GroupId') ?? '', egress ? 'egress' : 'ingress', trafficOf(item), flatPeer(item));
    if (rule !== undefined && egress !== undefined && key !== undefined) ids.set(key, rule);
  }
  return ids;
}

/** A rule for every peer of every permission. What was not understood stays as a rule with unknown parts. */
function rulesOf(
  group: Item,
  groupId: string,
  direction: Direction,
  ids: ReadonlyMap<string, string>,
): readonly SecurityGroupRule[] | undefined {
  const field = direction === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress';
  const permissions = everyItem(group, field);
  if (!permissions) return undefined;
  const rules: SecurityGroupRule[] = [];
  const add = (traffic: Traffic, peer: RulePeer | undefined, description: string | undefined, at: Item): void => {
    const key = keyOf(groupId, direction, traffic, peer);
    const known = key === undefined ? undefined : ids.get(key);
    rules.push({
      id: known ?? `${groupId}/${direction}/${rules.length}`,
      direction,
      ...traffic,
      peer,
      description,
      source: at.source,
    });
  };
  permissions.forEach((permission, n) => {
    const at = permission ?? placeOf(group, field, n);
    const traffic = trafficOf(at);
    let peers = 0;
    for (const [list, peerOf] of PEERS) {
      const members = everyItem(at, list);
      members?.forEach((member, m) => {
        peers += 1;
        add(traffic, member && peerOf(member), member?.string('Description'), member ?? placeOf(at, list, m));
      });
      if (!members && at.has(list)) {
        peers += 1;
        add(traffic, undefined, undefined, at);
      }
    }
    // AWS never stores a permission for nobody: its peers were lost on the way here
    if (peers === 0) add(traffic, undefined, undefined, at);
  });
  return rules;
}

export const reader: Reader = {
  name: 'security-group',
  kinds: ['securityGroup'],
  operations: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
  read: (answers) => {
    const ids = ruleIds(answers);
    return onceOverAccounts(
      answers.items('ec2:DescribeSecurityGroups', 'SecurityGroups').map((item): SecurityGroup => {
        const group = idOf(item, 'GroupId');
        const groupName = item.string('GroupName');
        return {
          kind: 'securityGroup',
          ...base('securityGroup', item, { id: group, name: groupName, arn: item.string('SecurityGroupArn') }),
          vpc: item.ref('VpcId'),
          groupName,
          description: item.string('Description'),
          ingress: rulesOf(item, group, 'ingress', ids),
          egress: rulesOf(item, group, 'egress', ids),
        };
      }),
    );
  },
};
