import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './internet-gateway.ts';

const adopted = (attachments: unknown) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeInternetGateways': {
        InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: attachments, Tags: [] }],
      },
    }),
  );

it('is declared with the VPC it is attached to', () => {
  expect(adopted([{ VpcId: 'vpc-1', State: 'available' }])).toMatchObject([
    { type: 'aws:ec2/internetGateway:InternetGateway', importId: 'igw-1', inputs: { vpcId: 'vpc-1' } },
  ]);
  expect(adopted([])).toMatchObject([{ state: 'adopted', inputs: {} }]);
});

it('is not adopted where what it is attached to was not told', () => {
  expect(adopted(undefined)).toMatchObject([
    { state: 'unadopted', because: 'ec2:DescribeInternetGateways does not tell its attachments' },
  ]);
});
