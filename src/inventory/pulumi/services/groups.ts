/** Security groups: rules in the group, rules as resources of their own in both forms, and the default group of a VPC. */
import type { Block, Declared } from '../declared.ts';
import { type Body, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';
import { VPC } from './network.ts';

const GROUP = ['aws:ec2/securityGroup:SecurityGroup'];
const DEFAULT = ['aws:ec2/defaultSecurityGroup:DefaultSecurityGroup'];
const OLD_RULE = ['aws:ec2/securityGroupRule:SecurityGroupRule'];
const RULES = {
  ingress: ['aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'],
  egress: ['aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'],
} as const;

type Direction = keyof typeof RULES;

const withDescription = (member: Body, one: Block): Body => ({ ...member, Description: one.text('description') });

/** `-1` and `all` are every protocol, and then ports say nothing. */
function traffic(one: Block, key: string): Body {
  const protocol = one.text(key) ?? one.number(key)?.toString();
  const every = protocol === '-1' || protocol?.toLowerCase() === 'all';
  return {
    IpProtocol: every ? '-1' : protocol?.toLowerCase(),
    ...(every ? {} : { FromPort: one.number('fromPort'), ToPort: one.number('toPort') }),
  };
}

/** The group that a rule is in. */
interface Whose {
  readonly id: string;
  readonly account: string;
}

/** A group of another account is named with the account before it. */
function groupPair(named: string | undefined, account: string): Body {
  const [group, owner] = named?.split('/').reverse() ?? [];
  return { GroupId: group, UserId: owner ?? account };
}

/** A rule that names many peers; undefined lists are peers that are not known, and the reader keeps them so. */
function many(one: Block, group: Whose, source: string): Body {
  const list = (key: string, member: (value: string) => Body): readonly Body[] | undefined =>
    one.has(key) ? (one.texts(key)?.map((value) => withDescription(member(value), one)) ?? [{}]) : undefined;
  const peers = [
    ...(list(source, (named) => groupPair(named, group.account)) ?? []),
    ...(one.flag('self') ? [withDescription({ GroupId: group.id, UserId: group.account }, one)] : []),
    ...(one.has('sourceSecurityGroupId')
      ? [withDescription(groupPair(one.text('sourceSecurityGroupId'), group.account), one)]
      : []),
  ];
  return {
    ...traffic(one, 'protocol'),
    IpRanges: list('cidrBlocks', (CidrIp) => ({ CidrIp })),
    Ipv6Ranges: list('ipv6CidrBlocks', (CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: list('prefixListIds', (PrefixListId) => ({ PrefixListId })),
    ...(peers.length > 0 ? { UserIdGroupPairs: peers } : {}),
  };
}

/** A rule of the newer form has one peer. */
function single(one: Declared): Body {
  const peer = (list: string, key: string, input: string, more: Body = {}): Body =>
    one.has(input) ? { [list]: [withDescription({ [key]: one.text(input), ...more }, one)] } : {};
  const group = one.text('referencedSecurityGroupId');
  return {
    ...traffic(one, 'ipProtocol'),
    ...peer('IpRanges', 'CidrIp', 'cidrIpv4'),
    ...peer('Ipv6Ranges', 'CidrIpv6', 'cidrIpv6'),
    ...peer('PrefixListIds', 'PrefixListId', 'prefixListId'),
    ...peer('UserIdGroupPairs', 'GroupId', 'referencedSecurityGroupId', {
      ...groupPair(group, one.account),
      VpcPeeringConnectionId: one.made('vpcPeeringConnectionId'),
    }),
  };
}

function permissions(group: Declared, direction: Direction, world: World): readonly Body[] | undefined {
  const inline = group.blocks(direction)?.map((one) => many(one, group, 'securityGroups'));
  return inline && [...inline, ...besides(group, direction, world)];
}

/**
 * Rules that are resources of their own. One of which the group or the direction is only known after a deployment may be
 * any group's: each then has a rule about which nothing is known.
 */
function besides(group: Whose, direction: Direction, world: World): readonly Body[] {
  const either = (one: Declared): boolean => (one.text('type') ?? direction) === direction;
  const nothing = (): Body => ({});
  return [
    ...world
      .pointing(OLD_RULE, 'securityGroupId', group.id)
      .filter(either)
      .map((one) => (one.text('type') === undefined ? {} : many(one, group, 'securityGroups'))),
    ...world.pointing(RULES[direction], 'securityGroupId', group.id).map(single),
    ...world.unknown(OLD_RULE, 'securityGroupId').filter(either).map(nothing),
    ...world.unknown(RULES[direction], 'securityGroupId').map(nothing),
  ];
}

/**
 * Where a program declares no outbound rule the provider takes AWS's own, which admits all, away.
 * https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/
 */
const group = (one: Declared, world: World): Body => ({
  GroupId: one.id,
  GroupName: DEFAULT.includes(one.resource.type) ? 'default' : one.either('name'),
  SecurityGroupArn: one.made('arn'),
  Description: one.text('description', 'Managed by Pulumi'),
  VpcId: one.text('vpcId'),
  OwnerId: one.account,
  IpPermissions: permissions(one, 'ingress', world),
  IpPermissionsEgress: permissions(one, 'egress', world),
  Tags: one.tags(),
});

/** Rules that a program adds to a group by its id alone, which the input then does not have, stay unread. */
export const groups: readonly Translation[] = [
  listing(
    'ec2:DescribeSecurityGroups',
    'SecurityGroups',
    [...GROUP, ...DEFAULT],
    group,
    // https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    (world) => {
      const declared = new Set(world.of(...GROUP).map((one) => one.id));
      return world.of(...VPC).flatMap((vpc) => {
        const id = vpc.made('defaultSecurityGroupId');
        const adopted = world.pointing(DEFAULT, 'vpcId', vpc.id).length > 0;
        if (id === undefined || adopted || declared.has(id) || vpc.resource.kind === 'read') return [];
        return [
          {
            from: vpc,
            because: 'the group that AWS makes with a VPC',
            item: {
              GroupId: id,
              GroupName: 'default',
              Description: 'default VPC security group',
              VpcId: vpc.id,
              OwnerId: vpc.account,
              IpPermissions: [
                { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id, UserId: vpc.account }] },
                ...besides({ id, account: vpc.account }, 'ingress', world),
              ],
              IpPermissionsEgress: [
                { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
                ...besides({ id, account: vpc.account }, 'egress', world),
              ],
            },
          },
        ];
      });
    },
  ),
  {
    operation: 'ec2:DescribeSecurityGroupRules',
    types: [...OLD_RULE, ...RULES.ingress, ...RULES.egress],
    tell: (world) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        world.of(...RULES[direction]).map((one) => ({
          from: one,
          body: {
            SecurityGroupRules: [
              {
                SecurityGroupRuleId: one.id,
                GroupId: one.text('securityGroupId'),
                IsEgress: direction === 'egress',
                ...traffic(one, 'ipProtocol'),
                CidrIpv4: one.text('cidrIpv4'),
                CidrIpv6: one.text('cidrIpv6'),
                PrefixListId: one.text('prefixListId'),
                ...(one.has('referencedSecurityGroupId')
                  ? { ReferencedGroupInfo: groupPair(one.text('referencedSecurityGroupId'), one.account) }
                  : {}),
              },
            ],
          },
        })),
      ),
    none: { SecurityGroupRules: [] },
  },
];
