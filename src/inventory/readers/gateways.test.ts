import { describe, expect, it } from 'vitest';
import type { Resource } from '../../estate/resource.ts';
import type { Reader } from '../reader.ts';
import { answersOf } from '../testing.ts';
import { reader as elasticIp } from './elastic-ip.ts';
import { reader as gatewayAttachment } from './gateway-attachment.ts';
import { reader as internetGateway } from './internet-gateway.ts';
import { reader as natGateway } from './nat-gateway.ts';
import { reader as peering } from './peering.ts';

type Given = Parameters<typeof answersOf>[0];
const read = (reader: Reader, given: Given): readonly Resource[] => reader.read(answersOf(given));

describe('gateways', () => {
  it('an internet gateway is attached to what AWS calls available or attached', () => {
    const attachments = (...states: string[]) => ({
      'ec2:DescribeInternetGateways': {
        InternetGateways: [
          { InternetGatewayId: 'igw-1', Attachments: states.map((State, n) => ({ State, VpcId: `vpc-${n}` })) },
        ],
      },
    });
    const vpcs = (given: Given) =>
      read(internetGateway, given).map((one) => (one.kind === 'internetGateway' ? one.vpcs?.map((ref) => ref.id) : 0));
    expect(vpcs(attachments('available', 'attached', 'detaching'))).toEqual([['vpc-0', 'vpc-1']]);
    expect(vpcs(attachments())).toEqual([[]]);
    expect(vpcs({ 'ec2:DescribeInternetGateways': { InternetGateways: [{ InternetGatewayId: 'igw-1' }] } })).toEqual([
      undefined,
    ]);
  });

  it('a NAT gateway of an older answer is zonal and public by what else it tells', () => {
    const nat = (fields: object) =>
      read(natGateway, { 'ec2:DescribeNatGateways': { NatGateways: [{ NatGatewayId: 'nat-1', ...fields }] } })[0];
    expect(
      nat({
        SubnetId: 'subnet-1',
        NatGatewayAddresses: [{ PublicIp: '192.0.2.7', PrivateIp: '10.0.0.7', NetworkInterfaceId: 'eni-1' }],
      }),
    ).toMatchObject({
      connectivity: 'public',
      availability: 'zonal',
      publicAddresses: ['192.0.2.7'],
      networkInterfaces: [{ id: 'eni-1' }],
    });
    expect(nat({})).toMatchObject({
      connectivity: undefined,
      availability: undefined,
      publicAddresses: undefined,
      subnet: undefined,
    });
    expect(nat({ AvailabilityMode: 'regional', ConnectivityType: 'public' })).toMatchObject({
      availability: 'regional',
      subnet: undefined,
    });
  });

  it('an elastic address without association stands alone', () => {
    const address = (fields: object) =>
      read(elasticIp, {
        'ec2:DescribeAddresses': { Addresses: [{ AllocationId: 'eipalloc-1', PublicIp: '192.0.2.7', ...fields }] },
      })[0];
    expect(address({})).toMatchObject({ networkInterface: null, instance: null, privateAddress: null });
    expect(
      address({ AssociationId: 'eipassoc-1', NetworkInterfaceId: 'eni-1', PrivateIpAddress: '10.0.0.7' }),
    ).toMatchObject({ networkInterface: { id: 'eni-1' }, instance: null });
    expect(address({ AssociationId: 'eipassoc-1' })).toMatchObject({
      networkInterface: undefined,
      instance: undefined,
    });
  });

  it('a transit gateway attachment is once, though two operations tell it', () => {
    const attachments = read(gatewayAttachment, {
      'ec2:DescribeTransitGatewayAttachments': {
        TransitGatewayAttachments: [
          {
            TransitGatewayAttachmentId: 'tgw-attach-1',
            TransitGatewayId: 'tgw-1',
            ResourceType: 'vpc',
            ResourceId: 'vpc-1',
            State: 'available',
          },
        ],
      },
      'ec2:DescribeTransitGatewayVpcAttachments': {
        TransitGatewayVpcAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1', VpcId: 'vpc-1' }],
      },
    });
    expect(attachments).toMatchObject([{ transitGateway: 'tgw-1', vpc: { id: 'vpc-1' } }]);
  });

  it('a peering has both sides with all blocks', () => {
    const [one] = read(peering, {
      'ec2:DescribeVpcPeeringConnections': {
        VpcPeeringConnections: [
          {
            VpcPeeringConnectionId: 'pcx-1',
            Status: { Code: 'active' },
            RequesterVpcInfo: {
              VpcId: 'vpc-1',
              OwnerId: '111122223333',
              Region: 'eu-west-1',
              CidrBlock: '10.0.0.0/16',
              CidrBlockSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '10.1.0.0/16' }],
            },
            AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: '444455556666' },
          },
        ],
      },
    });
    expect(one).toMatchObject({
      state: 'active',
      requester: { cidrs: ['10.0.0.0/16', '10.1.0.0/16'] },
      accepter: { vpc: { id: 'vpc-2' }, cidrs: undefined },
    });
  });
});
