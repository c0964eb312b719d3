import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { foreign, notTold, ownItems, refused, written } from '../ec2.ts';

const TYPE = 'aws:ec2/subnet:Subnet';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
export const adopter: Adopter = {
  name: 'subnet',
  types: [TYPE],
  operations: ['ec2:DescribeSubnets'],
  adopt: (answers) => ownItems(answers, 'ec2:DescribeSubnets', 'Subnets', 'SubnetId').map(subnet),
  observed: { subnet: ['availableAddresses'] },
};

function subnet(item: Item): Adoption {
  const id = item.string('SubnetId');
  const of: Whole = { kind: 'subnet', id: idOf(item, 'SubnetId') };
  const vpcId = item.string('VpcId');
  const zone = item.string('AvailabilityZone');
  const publicIp = item.boolean('MapPublicIpOnLaunch');
  const ipv6OnCreation = item.boolean('AssignIpv6AddressOnCreation');
  const ipv6 = ipv6Of(item);
  const because =
    foreign(item) ??
    (id && vpcId && zone ? undefined : notTold('ec2:DescribeSubnets', 'id, VPC or zone')) ??
    (ipv6 === 'several' ? 'it has several IPv6 blocks, and a program declares one' : undefined);
  if (because !== undefined || id === undefined) return refused(TYPE, of, because ?? '');
  const names = item.item('PrivateDnsNameOptionsOnLaunch');
  return written(item, {
    type: TYPE,
    id,
    of,
    inputs: said({
      vpcId,
      availabilityZone: zone,
      cidrBlock: item.string('CidrBlock'),
      ipv6CidrBlock: ipv6,
      ipv6Native: item.boolean('Ipv6Native') || undefined,
      mapPublicIpOnLaunch: publicIp,
      assignIpv6AddressOnCreation: ipv6OnCreation,
      enableDns64: item.boolean('EnableDns64'),
      privateDnsHostnameTypeOnLaunch: names?.string('HostnameType'),
      enableResourceNameDnsARecordOnLaunch: names?.boolean('EnableResourceNameDnsARecord'),
      enableResourceNameDnsAaaaRecordOnLaunch: names?.boolean('EnableResourceNameDnsAAAARecord'),
      enableLniAtDeviceIndex: item.number('EnableLniAtDeviceIndex'),
      outpostArn: item.string('OutpostArn'),
      customerOwnedIpv4Pool: item.string('CustomerOwnedIpv4Pool'),
      mapCustomerOwnedIpOnLaunch: item.boolean('MapCustomerOwnedIpOnLaunch') || undefined,
    }),
    outputs: said({ arn: item.string('SubnetArn'), availabilityZoneId: item.string('AvailabilityZoneId') }),
    // what was not read stays as it is
    ignoreChanges: Object.entries({
      ipv6CidrBlock: ipv6,
      mapPublicIpOnLaunch: publicIp,
      assignIpv6AddressOnCreation: ipv6OnCreation,
    }).flatMap(([argument, value]) => (value === undefined ? [argument] : [])),
  });
}

/** Null without one: AWS tells an empty list then. */
function ipv6Of(item: Item): string | null | undefined {
  const blocks = allItems(item, 'Ipv6CidrBlockAssociationSet')?.filter((one) => {
    const state = one.item('Ipv6CidrBlockState')?.string('State');
    return state !== 'disassociated' && state !== 'failed';
  });
  if (blocks === undefined) return undefined;
  if (blocks.length > 1) return 'several';
  const [block] = blocks;
  return block === undefined ? null : block.string('Ipv6CidrBlock');
}
