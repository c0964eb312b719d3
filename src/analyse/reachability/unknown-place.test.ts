import { expect, it } from 'vitest';
import { estateOf } from '../../inventory/cloudformation/testing.ts';
import { endpointOf, reach } from './index.ts';

const NETWORK = (subnets: string, vpc: string) => `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: ${vpc}, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1b}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 0.0.0.0/0}]}
  Worker: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs20.x, VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!Ref Group]}}}
  Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: x, SubnetIds: ${subnets}}}
  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: x, DBSubnetGroupName: !Ref Subnets, VPCSecurityGroups: [!Ref Group]}}
`;

function answer(subnets: string, vpc = '!Ref Vpc'): string {
  const estate = estateOf(NETWORK(subnets, vpc));
  const [from, to] = ['Worker', 'db'].map((name) => endpointOf(estate, name));
  if (from?.state !== 'found' || to?.state !== 'found') throw new Error('not found');
  return reach(estate, from.endpoint, to.endpoint).verdict.answer;
}

it('two ends of which one may be in any VPC are not taken for strangers', () => {
  expect(answer('[!Ref A, !Ref B]')).toBe('yes');
  expect(answer('!ImportValue elsewhere')).toBe('unknown');
  expect(answer('[!Ref B]', '!ImportValue elsewhere')).toBe('unknown');
});
