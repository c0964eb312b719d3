import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './nat-gateway.ts';

const ADDRESS = {
  AllocationId: 'eipalloc-1',
  PublicIp: '203.0.113.1',
  PrivateIp: '10.0.1.9',
  NetworkInterfaceId: 'eni-1',
};
const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeNatGateways': {
        NatGateways: [
          {
            NatGatewayId: 'nat-1',
            VpcId: 'vpc-1',
            SubnetId: 'subnet-1',
            State: 'available',
            NatGatewayAddresses: [ADDRESS],
            Tags: [],
            ...more,
          },
        ],
      },
    }),
  );

it('is declared with its subnet and its elastic IP', () => {
  expect(adopted({})[0]).toMatchObject({ type: 'aws:ec2/natGateway:NatGateway', importId: 'nat-1', protect: true });
  expect(adopted({})[0]).toHaveProperty('inputs', {
    subnetId: 'subnet-1',
    allocationId: 'eipalloc-1',
    connectivityType: 'public',
    privateIp: '10.0.1.9',
  });
});

it.each([
  ['it is being deleted', { State: 'deleting' }, 'its state is deleting'],
  ['it has several addresses', { NatGatewayAddresses: [ADDRESS, ADDRESS] }, 'it has several addresses'],
  [
    'its elastic IP was not told',
    { NatGatewayAddresses: [{ ...ADDRESS, AllocationId: undefined }] },
    'ec2:DescribeNatGateways does not tell its elastic IP',
  ],
])('is not adopted where %s', (_what, more, because) => {
  expect(adopted(more)).toMatchObject([{ state: 'unadopted', because }]);
});
