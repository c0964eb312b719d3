import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecurityGroup } from '../../estate/kinds/network.ts';
import { answersOf } from '../testing.ts';
import { reader } from './security-group.ts';

const groupOf = (fields: object, rules?: object): SecurityGroup => {
  const [group] = reader.read(
    answersOf({
      'ec2:DescribeSecurityGroups': {
        SecurityGroups: [{ GroupId: 'sg-1', VpcId: 'vpc-1', GroupName: 'web', ...fields }],
      },
      ...(rules ? { 'ec2:DescribeSecurityGroupRules': rules } : {}),
    }),
  );
  if (group?.kind !== 'securityGroup') throw new Error('no group');
  return group;
};
const tcp = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const rule = (permission: object) => groupOf({ IpPermissions: [permission] }).ingress?.[0];

describe('rules of a security group', () => {
  it('are one for every peer, of every kind', () => {
    const group = groupOf({
      IpPermissions: [
        {
          ...tcp,
          IpRanges: [{ CidrIp: '192.0.2.0/24', Description: 'office' }, { CidrIp: '198.51.100.0/24' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
          UserIdGroupPairs: [
            { GroupId: 'sg-1', UserId: '111122223333' },
            { GroupId: 'sg-9', UserId: '444455556666', VpcPeeringConnectionId: 'pcx-1' },
          ],
        },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
    expect(group.ingress?.map(({ peer }) => peer)).toMatchObject([
      { type: 'cidr', cidr: '192.0.2.0/24' },
      { type: 'cidr', cidr: '198.51.100.0/24' },
      { type: 'cidr', cidr: '::/0' },
      { type: 'prefixList', ref: { id: 'pl-1' } },
      { type: 'securityGroup', ref: { id: 'sg-1' }, account: '111122223333', peering: undefined },
      { type: 'securityGroup', ref: { id: 'sg-9' }, account: '444455556666', peering: 'pcx-1' },
    ]);
    expect(group.ingress?.[0]).toMatchObject({
      id: 'sg-1/ingress/0',
      description: 'office',
      protocol: 6,
      ports: { from: 443, to: 443 },
      icmp: null,
    });
    expect(group.ingress?.[1]?.source.path).toMatch(/\/IpPermissions\/0\/IpRanges\/1$/);
    expect(group.egress).toMatchObject([{ direction: 'egress', protocol: -1, ports: null }]);
  });

  it.each([
    [{ IpProtocol: '-1' }, { protocol: -1, ports: null, icmp: null }],
    [
      { IpProtocol: '-1', FromPort: -1, ToPort: -1 },
      { protocol: -1, ports: null, icmp: null },
    ],
    [
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53 },
      { protocol: 17, ports: { from: 53, to: 53 } },
    ],
    [
      { IpProtocol: '6', FromPort: 0, ToPort: 65535 },
      { protocol: 6, ports: { from: 0, to: 65535 } },
    ],
    [{ IpProtocol: 'tcp' }, { protocol: 6, ports: undefined }],
    [
      { IpProtocol: 'tcp', FromPort: 90, ToPort: 80 },
      { protocol: 6, ports: undefined },
    ],
    [
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
      { protocol: 1, ports: null, icmp: { type: 8, code: -1 } },
    ],
    [{ IpProtocol: 'icmpv6' }, { protocol: 58, ports: null, icmp: { type: -1, code: -1 } }],
    [{ IpProtocol: '50' }, { protocol: 50, ports: null, icmp: null }],
    [{ IpProtocol: 'frobnicate' }, { protocol: undefined, ports: undefined, icmp: undefined }],
    [{}, { protocol: undefined, ports: undefined, icmp: undefined }],
  ])('%j', (permission, expected) => {
    expect(rule({ ...permission, IpRanges: [{ CidrIp: '0.0.0.0/0' }] })).toMatchObject(expected);
  });

  it('never vanish: what was not understood is a rule with unknown parts', () => {
    const unknownPeers = (permission: unknown) =>
      groupOf({ IpPermissions: [permission] }).ingress?.map(({ peer }) => peer);
    expect(unknownPeers({ ...tcp, IpRanges: [] })).toEqual([undefined]);
    expect(unknownPeers({ ...tcp, IpRanges: '0.0.0.0/0' })).toEqual([undefined]);
    expect(unknownPeers({ ...tcp, IpRanges: ['0.0.0.0/0', {}] })).toEqual([undefined, undefined]);
    expect(unknownPeers('all')).toEqual([undefined]);
    expect(groupOf({ IpPermissions: 'all' }).ingress).toBeUndefined();
    expect(groupOf({}).egress).toBeUndefined();
    expect(groupOf({ IpPermissions: [] }).ingress).toEqual([]);
  });

  it('keep their number however a permission is damaged', () => {
    const junk = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.constant({}), fc.constant([]));
    fc.assert(
      fc.property(fc.array(junk, { minLength: 1, maxLength: 5 }), (ranges) => {
        expect(rule({ ...tcp, IpRanges: ranges })).toBeDefined();
        expect(groupOf({ IpPermissions: [{ ...tcp, IpRanges: ranges }] }).ingress).toHaveLength(ranges.length);
        expect(groupOf({ IpPermissions: ranges }).ingress).toHaveLength(ranges.length);
      }),
    );
  });

  it("have AWS's rule ids where those were read", () => {
    const rules = {
      SecurityGroupRules: [
        { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-1', IsEgress: false, ...tcp, CidrIpv4: '192.0.2.0/24' },
        {
          SecurityGroupRuleId: 'sgr-2',
          GroupId: 'sg-1',
          IsEgress: false,
          ...tcp,
          ReferencedGroupInfo: { GroupId: 'sg-9' },
        },
        {
          SecurityGroupRuleId: 'sgr-3',
          GroupId: 'sg-1',
          IsEgress: true,
          IpProtocol: '-1',
          FromPort: -1,
          ToPort: -1,
          CidrIpv4: '0.0.0.0/0',
        },
      ],
    };
    const group = groupOf(
      {
        IpPermissions: [
          {
            ...tcp,
            IpRanges: [{ CidrIp: '192.0.2.0/24' }, { CidrIp: '203.0.113.0/24' }],
            UserIdGroupPairs: [{ GroupId: 'sg-9' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
      rules,
    );
    expect(group.ingress?.map(({ id }) => id)).toEqual(['sgr-1', 'sg-1/ingress/1', 'sgr-2']);
    expect(group.egress?.map(({ id }) => id)).toEqual(['sgr-3']);
  });
});
