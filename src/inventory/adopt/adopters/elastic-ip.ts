import type { Item } from '../../item.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { ec2Arn, foreign, nameOf, notTold, refused, written } from '../ec2.ts';

const ADDRESS = 'aws:ec2/eip:Eip';
const ASSOCIATION = 'aws:ec2/eipAssociation:EipAssociation';

/**
 * Addresses, and that an instance has one as a resource of its own. Those on the interfaces of a service (a NAT gateway, a
 * load balancer) are put there by the service. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html
 */
export const adopter: Adopter = {
  name: 'elastic-ip',
  types: [ADDRESS, ASSOCIATION],
  operations: ['ec2:DescribeAddresses'],
  adopt: (answers) => answers.items('ec2:DescribeAddresses', 'Addresses').flatMap(elasticIp),
};

function elasticIp(item: Item): readonly Adoption[] {
  const id = item.string('AllocationId');
  const of: Whole = { kind: 'elasticIp', id: id ?? idOf(item, 'PublicIp') };
  const [publicIp, association] = [item.string('PublicIp'), item.string('AssociationId')];
  const [instanceId, networkInterface, privateIp] = [
    item.string('InstanceId') || undefined,
    item.string('NetworkInterfaceId'),
    item.string('PrivateIpAddress'),
  ];
  const because =
    foreign(item) ??
    (id && publicIp ? undefined : notTold('ec2:DescribeAddresses', 'allocation or address')) ??
    (item.has('CustomerOwnedIp') || item.has('CarrierIp') ? 'it is no address of Amazon' : undefined) ??
    (association || !(instanceId || networkInterface) ? undefined : notTold('ec2:DescribeAddresses', 'association')) ??
    (association && !(networkInterface && privateIp) ? notTold('ec2:DescribeAddresses', 'interface') : undefined);
  if (because !== undefined || !id) return [refused(ADDRESS, of, because ?? '')];
  const ofService = association !== undefined && instanceId === undefined;
  const name = nameOf(item, id);
  const pool = item.string('PublicIpv4Pool');
  const address = written(item, {
    type: ADDRESS,
    id,
    name,
    of,
    inputs: said({ domain: 'vpc', publicIpv4Pool: pool === 'amazon' ? undefined : pool }),
    outputs: said({
      arn: ec2Arn(item, `elastic-ip/${id}`),
      allocationId: id,
      publicIp,
      ...(ofService ? { associationId: association, networkInterface, privateIp } : {}),
    }),
  });
  if (association === undefined || instanceId === undefined) return [address];
  return [
    address,
    written(item, {
      type: ASSOCIATION,
      id: association,
      name,
      of,
      inputs: { allocationId: id, instanceId },
      outputs: said({ networkInterfaceId: networkInterface, privateIpAddress: privateIp, publicIp }),
      tags: false,
    }),
  ];
}
