import { expect, it } from 'vitest';
import { ACCOUNT, answersOf } from '../../testing.ts';
import { adopter } from './subnet.ts';

const SUBNET = {
  SubnetId: 'subnet-1',
  VpcId: 'vpc-1',
  OwnerId: ACCOUNT,
  AvailabilityZone: 'eu-west-1a',
  CidrBlock: '10.0.1.0/24',
  Ipv6CidrBlockAssociationSet: [],
  MapPublicIpOnLaunch: false,
  AssignIpv6AddressOnCreation: false,
  Tags: [{ Key: 'Name', Value: 'public-a' }],
};
const adopted = (more: object) =>
  adopter.adopt(answersOf({ 'ec2:DescribeSubnets': { Subnets: [{ ...SUBNET, ...more }] } }));

it('is declared with whether it gives public addresses, also where that is the default', () => {
  expect(adopted({})).toMatchObject([
    {
      type: 'aws:ec2/subnet:Subnet',
      name: 'public-a',
      importId: 'subnet-1',
      protect: true,
      ignoreChanges: [],
    },
  ]);
  expect(adopted({})[0]).toHaveProperty('inputs', {
    vpcId: 'vpc-1',
    availabilityZone: 'eu-west-1a',
    cidrBlock: '10.0.1.0/24',
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    tags: { Name: 'public-a' },
  });
});

it('leaves what was not read as it is', () => {
  expect(adopted({ MapPublicIpOnLaunch: undefined, Tags: undefined })).toMatchObject([
    { state: 'adopted', ignoreChanges: ['mapPublicIpOnLaunch', 'tags', 'tagsAll'] },
  ]);
});

it.each([
  ['another account shares it', { OwnerId: '444455556666' }, 'the account 444455556666 owns it and shares it'],
  [
    'a stack of CloudFormation manages it',
    { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'net' }] },
    'the CloudFormation stack net manages it',
  ],
  ['its VPC was not told', { VpcId: undefined }, 'ec2:DescribeSubnets does not tell its id, VPC or zone'],
])('is not adopted where %s', (_what, more, because) => {
  expect(adopted(more)).toMatchObject([{ state: 'unadopted', because }]);
});
