import type { Vpc } from '../../estate/kinds/network.ts';
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import { base, type Reader } from '../reader.ts';
import { allOf, idOf, onceOverAccounts } from '../reading.ts';

/** Blocks of an association list that are in use, in the list's order; undefined when a member was not understood. */
function associated(vpc: Item, list: string, block: string): readonly string[] | undefined {
  // AWS leaves the list out of a VPC that has no such block
  if (!vpc.has(list)) return [];
  const inUse = allItems(vpc, list)?.filter((one) => {
    const state = one.item(`${block}State`)?.string('State');
    return state === undefined || state === 'associated' || state === 'associating';
  });
  return allOf(inUse, (one) => one.string(block));
}

/** DescribeVpcAttribute answers one attribute a request. */
export function attributes(answers: Answers, field: string): ReadonlyMap<string, boolean> {
  const values = new Map<string, boolean>();
  for (const { item, entry } of answers.bodies('ec2:DescribeVpcAttribute')) {
    const vpc = item.string('VpcId') ?? entry.input.VpcId;
    const value = item.item(field)?.boolean('Value');
    if (typeof vpc === 'string' && value !== undefined) values.set(vpc, value);
  }
  return values;
}

export const reader: Reader = {
  name: 'vpc',
  kinds: ['vpc'],
  operations: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
  read: (answers) => {
    const dnsSupport = attributes(answers, 'EnableDnsSupport');
    const dnsHostnames = attributes(answers, 'EnableDnsHostnames');
    return onceOverAccounts(
      answers.items('ec2:DescribeVpcs', 'Vpcs').map((item): Vpc => {
        const vpc = idOf(item, 'VpcId');
        const primary = item.string('CidrBlock');
        const all = associated(item, 'CidrBlockAssociationSet', 'CidrBlock');
        const cidrs = all && [...new Set([...(primary === undefined ? [] : [primary]), ...all])];
        return {
          kind: 'vpc',
          ...base('vpc', item, { id: vpc }),
          cidrs: cidrs?.length ? cidrs : undefined,
          ipv6Cidrs: associated(item, 'Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock'),
          isDefault: item.boolean('IsDefault'),
          dnsSupport: dnsSupport.get(vpc),
          dnsHostnames: dnsHostnames.get(vpc),
        };
      }),
    );
  },
};
