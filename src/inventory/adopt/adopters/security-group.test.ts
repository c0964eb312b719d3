import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './security-group.ts';

const GROUP = {
  GroupId: 'sg-1',
  GroupName: 'default',
  Description: 'default VPC security group',
  VpcId: 'vpc-1',
  IpPermissions: [
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '203.0.113.0/24', Description: 'office' }] },
  ],
  IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  Tags: [],
};
const RULES = [
  {
    SecurityGroupRuleId: 'sgr-1',
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    CidrIpv4: '203.0.113.0/24',
  },
  { SecurityGroupRuleId: 'sgr-2', IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
].map((rule) => ({ GroupId: 'sg-1', Tags: [], ...rule }));
const adopted = (group: object, rules: readonly object[]) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeSecurityGroups': { SecurityGroups: [{ ...GROUP, ...group }] },
      'ec2:DescribeSecurityGroupRules': { SecurityGroupRules: rules },
    }),
  );

it('is declared with each rule as a resource of its own, the default group as any other', () => {
  const [group, ...rules] = adopted({}, RULES);
  expect(group).toMatchObject({ type: 'aws:ec2/securityGroup:SecurityGroup', importId: 'sg-1', protect: true });
  expect(group).toHaveProperty('inputs', {
    name: 'default',
    description: 'default VPC security group',
    vpcId: 'vpc-1',
  });
  expect(rules).toMatchObject([
    {
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      importId: 'sgr-1',
      name: 'default-tcp-443-from-203.0.113.0/24',
      inputs: {
        securityGroupId: 'sg-1',
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIpv4: '203.0.113.0/24',
        description: 'office',
      },
    },
    { type: 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule', importId: 'sgr-2' },
  ]);
  expect(rules[1]).toHaveProperty('inputs', { securityGroupId: 'sg-1', ipProtocol: '-1', cidrIpv4: '0.0.0.0/0' });
});

it('is declared with its rules inside where the id of one of them was not read', () => {
  expect(adopted({}, RULES.slice(1))).toMatchObject([
    {
      inputs: {
        ingress: [
          { protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['203.0.113.0/24'], description: 'office' },
        ],
        // without it the provider would take the outbound rule away
        egress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }],
      },
    },
  ]);
});

it.each([
  ['a rule without its ports', [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '203.0.113.0/24' }] }]],
  ['a rule for nobody', [{ IpProtocol: '-1' }]],
  ['a group of nobody knows which account', [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-9' }] }]],
])('is not adopted with %s', (_what, IpPermissions) => {
  expect(adopted({ IpPermissions }, RULES)).toMatchObject([
    { state: 'unadopted', because: 'one of its rules was not told wholly' },
  ]);
});
