import type { AclEntry, NetworkAcl } from '../../estate/kinds/network.ts';
import { allRefsIn } from '../fields.ts';
import type { Item } from '../item.ts';
import { protocolNumber } from '../protocol.ts';
import { base, type Reader } from '../reader.ts';
import { everyItem, idOf, placeOf, vpcOf } from '../reading.ts';

const TCP = 6;
const UDP = 17;
const ICMP = new Set([1, 58]);

function portsOf(item: Item, protocol: number | undefined): AclEntry['ports'] {
  if (protocol === undefined) return undefined;
  if (protocol !== TCP && protocol !== UDP) return null;
  const range = item.item('PortRange');
  const from = range?.number('From');
  const to = range?.number('To');
  return from === undefined || to === undefined ? undefined : { from, to };
}

function icmpOf(item: Item, protocol: number | undefined): AclEntry['icmp'] {
  if (protocol === undefined) return undefined;
  if (!ICMP.has(protocol)) return null;
  const code = item.item('IcmpTypeCode');
  const [type, number] = [code?.number('Type'), code?.number('Code')];
  return type === undefined || number === undefined ? undefined : { type, code: number };
}

function entry(item: Item): AclEntry {
  const protocol = protocolNumber(item, 'Protocol');
  const action = item.string('RuleAction')?.toLowerCase();
  return {
    number: item.number('RuleNumber'),
    egress: item.boolean('Egress'),
    allow: action === 'allow' ? true : action === 'deny' ? false : undefined,
    protocol,
    cidr: item.string('CidrBlock') ?? item.string('Ipv6CidrBlock'),
    ports: portsOf(item, protocol),
    icmp: icmpOf(item, protocol),
    source: item.source,
  };
}

export const reader: Reader = {
  name: 'network-acl',
  kinds: ['networkAcl'],
  operations: ['ec2:DescribeNetworkAcls'],
  read: (answers) =>
    answers.items('ec2:DescribeNetworkAcls', 'NetworkAcls').map(
      (item): NetworkAcl => ({
        kind: 'networkAcl',
        ...base('networkAcl', item, { id: idOf(item, 'NetworkAclId') }),
        vpc: vpcOf(item),
        isDefault: item.boolean('IsDefault'),
        subnets: allRefsIn(item, 'Associations', 'SubnetId'),
        // an entry that was not understood stays, with everything about it unknown
        entries: everyItem(item, 'Entries')?.map((one, n) => entry(one ?? placeOf(item, 'Entries', n))),
      }),
    ),
};
