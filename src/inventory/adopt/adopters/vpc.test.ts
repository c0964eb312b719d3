import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './vpc.ts';

const VPC = {
  VpcId: 'vpc-1',
  IsDefault: true,
  CidrBlock: '10.0.0.0/16',
  CidrBlockAssociationSet: [
    { AssociationId: 'vpc-cidr-assoc-1', CidrBlock: '10.0.0.0/16' },
    { AssociationId: 'vpc-cidr-assoc-2', CidrBlock: '100.64.0.0/16' },
  ],
  Tags: [],
};
const attribute = (Attribute: string, field: string, Value: boolean) => ({
  input: { VpcId: 'vpc-1', Attribute },
  output: { VpcId: 'vpc-1', [field]: { Value } },
});
const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeVpcs': { Vpcs: [{ ...VPC, ...more }] },
      'ec2:DescribeVpcAttribute': [
        attribute('enableDnsSupport', 'EnableDnsSupport', true),
        attribute('enableDnsHostnames', 'EnableDnsHostnames', false),
      ],
    }),
  );

it('is declared with both of its DNS attributes and its further blocks, the default one as any other', () => {
  expect(adopted({})).toMatchObject([
    {
      type: 'aws:ec2/vpc:Vpc',
      importId: 'vpc-1',
      inputs: { cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: false },
      protect: true,
    },
    {
      type: 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation',
      importId: 'vpc-cidr-assoc-2',
      inputs: { vpcId: 'vpc-1', cidrBlock: '100.64.0.0/16' },
      of: { kind: 'vpc', id: 'vpc-1' },
    },
  ]);
});

it('leaves attributes that were not read as they are', () => {
  expect(adopter.adopt(answersOf({ 'ec2:DescribeVpcs': { Vpcs: [VPC] } }))).toMatchObject([
    { ignoreChanges: ['enableDnsSupport', 'enableDnsHostnames'] },
    {},
  ]);
});

it('is not adopted where its IPv6 block is one of its own', () => {
  const own = { Ipv6CidrBlock: '2001:db8::/56', Ipv6Pool: 'ipv6pool-ec2-1' };
  expect(adopted({ Ipv6CidrBlockAssociationSet: [own] })).toMatchObject([
    { state: 'unadopted', because: 'its IPv6 blocks are not one of those that Amazon gives' },
  ]);
});
