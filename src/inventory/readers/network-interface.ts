import type { InterfaceAddress, NetworkInterface } from '../../estate/kinds/network.ts';
import type { Ref } from '../../estate/source.ts';
import { allRefsIn } from '../fields.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, idOf } from '../reading.ts';

/** The public address of an association; null when there is none, which AWS tells by leaving it out. */
function publicOf(item: Item): string | null | undefined {
  if (!item.has('Association')) return null;
  const association = item.item('Association');
  return association?.string('PublicIp') ?? association?.string('CustomerOwnedIp') ?? undefined;
}

interface Addresses {
  readonly addresses: readonly InterfaceAddress[] | undefined;
  readonly hasPublicAddress: boolean | undefined;
}

/** Private addresses, primary first, with the public address that each is translated to. */
function addressesOf(item: Item): Addresses {
  const list = allItems(item, 'PrivateIpAddresses');
  // the interface repeats the primary address and its association; that is all that some answers hold
  const members = list?.length ? list : item.has('PrivateIpAddresses') && !list ? undefined : [item];
  if (!members) return { addresses: undefined, hasPublicAddress: undefined };
  const ofPrimary = publicOf(item);
  const known = [...members]
    .sort((a, b) => Number(b.boolean('Primary') === true) - Number(a.boolean('Primary') === true))
    .map((one, n) => ({
      private: one.string('PrivateIpAddress'),
      // the interface itself repeats the association of its primary address
      public: n === 0 && !one.has('Association') ? ofPrimary : publicOf(one),
    }));
  const addresses = known.flatMap((one): InterfaceAddress[] =>
    one.private === undefined || one.public === undefined ? [] : [{ private: one.private, public: one.public }],
  );
  const anyPublic = known.some((one) => typeof one.public === 'string');
  const allKnown = addresses.length === known.length;
  return { addresses: allKnown ? addresses : undefined, hasPublicAddress: anyPublic || (allKnown ? false : undefined) };
}

function networkInterface(item: Item, owner: Ref | undefined): NetworkInterface {
  const attachment = item.item('Attachment');
  const ipv6 = allOf(allItems(item, 'Ipv6Addresses'), (one) => one.string('Ipv6Address'));
  // every address of a prefix is the interface's
  const prefixes = item.has('Ipv6Prefixes')
    ? allOf(allItems(item, 'Ipv6Prefixes'), (one) => one.string('Ipv6Prefix'))
    : [];
  return {
    kind: 'networkInterface',
    ...base('networkInterface', item, { id: idOf(item, 'NetworkInterfaceId') }),
    vpc: item.ref('VpcId'),
    subnet: item.ref('SubnetId'),
    candidateSubnets: [],
    securityGroups: allRefsIn(item, 'Groups', 'GroupId'),
    ...addressesOf(item),
    ipv6: ipv6 && prefixes && [...ipv6, ...prefixes],
    sourceDestCheck: item.boolean('SourceDestCheck'),
    interfaceType: item.string('InterfaceType'),
    description: item.string('Description'),
    status: item.string('Status'),
    owner: owner ?? attachment?.ref('InstanceId'),
  };
}

/** Fields in which two listings of one interface must agree, as comparable text. */
const COMPARED = {
  subnet: (one: NetworkInterface) => one.subnet?.id,
  'security groups': (one: NetworkInterface) =>
    one.securityGroups
      ?.map((ref) => ref.id)
      .sort()
      .join(' '),
  addresses: (one: NetworkInterface) =>
    one.addresses
      ?.map((pair) => `${pair.private} ${pair.public}`)
      .sort()
      .join(', '),
};

/** The interface's own answer, completed by what the instance's answer says of it. */
function merged(own: NetworkInterface, instance: NetworkInterface, at: Item): NetworkInterface {
  for (const [field, text] of Object.entries(COMPARED)) {
    const [ownText, instanceText] = [text(own), text(instance)];
    if (ownText !== undefined && instanceText !== undefined && ownText !== instanceText)
      at.notice(
        'contradiction',
        `${own.id}: DescribeInstances tells other ${field} than DescribeNetworkInterfaces, which is taken`,
      );
  }
  return {
    ...own,
    vpc: own.vpc ?? instance.vpc,
    subnet: own.subnet ?? instance.subnet,
    securityGroups: own.securityGroups ?? instance.securityGroups,
    addresses: own.addresses ?? instance.addresses,
    ipv6: own.ipv6 ?? instance.ipv6,
    hasPublicAddress: own.hasPublicAddress ?? instance.hasPublicAddress,
    sourceDestCheck: own.sourceDestCheck ?? instance.sourceDestCheck,
    interfaceType: own.interfaceType ?? instance.interfaceType,
    description: own.description ?? instance.description,
    status: own.status ?? instance.status,
    owner: own.owner ?? instance.owner,
  };
}

/** Interfaces from DescribeNetworkInterfaces and from the instances that list theirs. */
export const reader: Reader = {
  name: 'network-interface',
  kinds: ['networkInterface'],
  operations: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstances'],
  read: (answers) => {
    const own = answers
      .items('ec2:DescribeNetworkInterfaces', 'NetworkInterfaces')
      .map((item) => networkInterface(item, undefined));
    const ofInstances = new Map<string, { readonly told: NetworkInterface; readonly item: Item }>();
    for (const reservation of answers.items('ec2:DescribeInstances', 'Reservations'))
      for (const instance of reservation.items('Instances') ?? [])
        for (const item of instance.items('NetworkInterfaces') ?? []) {
          const told = networkInterface(item, instance.ref('InstanceId'));
          if (!ofInstances.has(told.id)) ofInstances.set(told.id, { told, item });
        }
    const listed = new Set<string>(own.map((one) => one.id));
    return [
      ...own.map((one) => {
        const other = ofInstances.get(one.id);
        return other ? merged(one, other.told, other.item) : one;
      }),
      ...[...ofInstances.values()].flatMap(({ told }) => (listed.has(told.id) ? [] : [told])),
    ];
  },
};
