import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { foreign, notTold, refused, written } from '../ec2.ts';

const TYPE = 'aws:ec2/natGateway:NatGateway';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html */
export const adopter: Adopter = {
  name: 'nat-gateway',
  types: [TYPE],
  operations: ['ec2:DescribeNatGateways'],
  adopt: (answers) => answers.items('ec2:DescribeNatGateways', 'NatGateways').map(natGateway),
};

function natGateway(item: Item): Adoption {
  const id = item.string('NatGatewayId');
  const of: Whole = { kind: 'natGateway', id: idOf(item, 'NatGatewayId') };
  const addresses = allItems(item, 'NatGatewayAddresses');
  const address = addresses?.[0];
  const [state, subnetId, vpcId] = [item.string('State'), item.string('SubnetId'), item.string('VpcId')];
  const [privateIp, networkInterfaceId] = [address?.string('PrivateIp'), address?.string('NetworkInterfaceId')];
  const [publicIp, allocationId] = [address?.string('PublicIp'), address?.string('AllocationId')];
  // answers older than private gateways do not say it; a public address does
  const connectivityType = item.string('ConnectivityType') ?? (publicIp === undefined ? undefined : 'public');
  const because =
    foreign(item) ??
    (state === 'available' ? undefined : `its state is ${state ?? 'not told'}`) ??
    (item.string('AvailabilityMode') === 'regional' ? 'it spans the zones of its region' : undefined) ??
    ((addresses?.length ?? 0) > 1 ? 'it has several addresses' : undefined) ??
    (id && subnetId && vpcId && connectivityType && privateIp && networkInterfaceId
      ? undefined
      : notTold('ec2:DescribeNatGateways', 'subnet, VPC, kind or address')) ??
    (connectivityType === 'public' && !(allocationId && publicIp)
      ? notTold('ec2:DescribeNatGateways', 'elastic IP')
      : undefined);
  if (because !== undefined || !id) return refused(TYPE, of, because ?? '');
  return written(item, {
    type: TYPE,
    id,
    of,
    inputs: said({ subnetId, allocationId, connectivityType, privateIp }),
    outputs: said({ vpcId, publicIp, networkInterfaceId, associationId: address?.string('AssociationId') }),
  });
}
