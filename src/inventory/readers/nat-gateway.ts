import type { NatGateway } from '../../estate/kinds/network.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, choice, idOf } from '../reading.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html */
function natGateway(item: Item): NatGateway {
  const addresses = allItems(item, 'NatGatewayAddresses');
  const publicAddresses = addresses?.flatMap((one) => one.string('PublicIp') ?? []);
  const subnet = item.ref<'subnet'>('SubnetId');
  return {
    kind: 'natGateway',
    ...base('natGateway', item, { id: idOf(item, 'NatGatewayId') }),
    vpc: item.ref('VpcId'),
    subnet,
    // answers older than private gateways do not say it; a public address does
    connectivity:
      choice(item, 'ConnectivityType', ['public', 'private']) ?? (publicAddresses?.length ? 'public' : undefined),
    // likewise older than regional gateways: one in a subnet is zonal
    availability: choice(item, 'AvailabilityMode', ['zonal', 'regional']) ?? (subnet ? 'zonal' : undefined),
    state: item.string('State'),
    publicAddresses,
    privateAddresses: allOf(addresses, (one) => one.string('PrivateIp')),
    networkInterfaces: item.refsIn('NatGatewayAddresses', 'NetworkInterfaceId') ?? [],
  };
}

export const reader: Reader = {
  name: 'nat-gateway',
  kinds: ['natGateway'],
  operations: ['ec2:DescribeNatGateways'],
  read: (answers) => answers.items('ec2:DescribeNatGateways', 'NatGateways').map(natGateway),
};
