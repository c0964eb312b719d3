import { expect, it } from 'vitest';
import { answersOf, REGION } from '../../testing.ts';
import { adopter } from './vpc-endpoint.ts';

const ENDPOINT = {
  VpcEndpointId: 'vpce-1',
  VpcEndpointType: 'Interface',
  VpcId: 'vpc-1',
  ServiceName: `com.amazonaws.${REGION}.ecr.api`,
  State: 'available',
  RouteTableIds: [],
  SubnetIds: ['subnet-2', 'subnet-1'],
  Groups: [{ GroupId: 'sg-1' }],
  PrivateDnsEnabled: false,
  PolicyDocument: '{"Statement":[]}',
  Tags: [],
};
const adopted = (more: object) =>
  adopter.adopt(answersOf({ 'ec2:DescribeVpcEndpoints': { VpcEndpoints: [{ ...ENDPOINT, ...more }] } }));

it('is declared with its subnets, its groups and whether it takes the name of its service', () => {
  expect(adopted({})[0]).toMatchObject({
    importId: 'vpce-1',
    inputs: {
      vpcEndpointType: 'Interface',
      subnetIds: ['subnet-1', 'subnet-2'],
      securityGroupIds: ['sg-1'],
      privateDnsEnabled: false,
      policy: '{"Statement":[]}',
    },
  });
});

it.each([
  ['a service of AWS keeps it', { RequesterManaged: true }, 'the service of AWS that made it keeps it'],
  ['it is going', { State: 'deleting' }, 'it is deleting'],
  [
    'its routes were not read',
    { VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-1'] },
    'the routes that it made were not read (ec2:DescribeRouteTables)',
  ],
])('is not adopted where %s', (_what, more, because) => {
  expect(adopted(more)).toMatchObject([{ state: 'unadopted', because }]);
});
