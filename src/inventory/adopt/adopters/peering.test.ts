import { expect, it } from 'vitest';
import { ACCOUNT, answersOf, REGION } from '../../testing.ts';
import { adopter } from './peering.ts';

const side = (VpcId: string, OwnerId: string) => ({ VpcId, OwnerId, Region: REGION, CidrBlock: '10.0.0.0/16' });
const adopted = (more: object) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeVpcPeeringConnections': {
        VpcPeeringConnections: [
          {
            VpcPeeringConnectionId: 'pcx-1',
            RequesterVpcInfo: side('vpc-1', ACCOUNT),
            AccepterVpcInfo: side('vpc-2', '444455556666'),
            Status: { Code: 'active' },
            Tags: [],
            ...more,
          },
        ],
      },
    }),
  );

it('is declared by the side that asked for it', () => {
  expect(adopted({})[0]).toHaveProperty('inputs', { vpcId: 'vpc-1', peerVpcId: 'vpc-2', peerOwnerId: '444455556666' });
});

it('is not adopted on the side that only accepted it, or before it is accepted', () => {
  expect(adopted({ RequesterVpcInfo: side('vpc-1', '444455556666') })).toMatchObject([{ state: 'unadopted' }]);
  expect(adopted({ Status: { Code: 'pending-acceptance' } })).toMatchObject([
    { state: 'unadopted', because: 'its state is pending-acceptance' },
  ]);
});
