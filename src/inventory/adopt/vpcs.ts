/** VPCs as arguments: shared by the adopter of VPCs and by those of what can only be read back together with its VPC. */
import type { Answers } from '../answers.ts';
import type { Item } from '../item.ts';
import { allItems } from '../listing.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { attributes } from '../readers/vpc.ts';
import { idOf } from '../reading.ts';
import { said } from './adopter.ts';
import { foreign, notTold } from './ec2.ts';

export interface WritableVpc {
  readonly item: Item;
  readonly id: string;
  readonly inputs: Properties;
  readonly ignoreChanges: readonly string[];
  /** The IPv4 blocks but for the first, with the ids of their associations. */
  readonly more: readonly { readonly id: string; readonly cidr: string }[];
  readonly ipv6: string | undefined;
}

/** The arguments of a VPC, or the sentence that says why there are none. */
export type JudgedVpc = WritableVpc | string;

export function judgedVpcs(answers: Answers): ReadonlyMap<string, JudgedVpc> {
  const dnsSupport = attributes(answers, 'EnableDnsSupport');
  const dnsHostnames = attributes(answers, 'EnableDnsHostnames');
  const judged = new Map<string, JudgedVpc>();
  for (const item of answers.items('ec2:DescribeVpcs', 'Vpcs')) {
    const id = idOf(item, 'VpcId');
    // a shared VPC is told by its owner's answer, wherever that stands
    if (typeof judged.get(id) === 'object') continue;
    judged.set(id, judge(item, id, dnsSupport.get(id), dnsHostnames.get(id)));
  }
  return judged;
}

function judge(item: Item, id: string, dnsSupport: boolean | undefined, dnsHostnames: boolean | undefined): JudgedVpc {
  const because = foreign(item) ?? (item.string('VpcId') ? undefined : notTold('ec2:DescribeVpcs', 'id'));
  if (because !== undefined) return because;
  const cidrBlock = item.string('CidrBlock');
  const more = secondary(item, cidrBlock);
  const ipv6 = ipv6Of(item);
  if (cidrBlock === undefined || more === undefined) return notTold('ec2:DescribeVpcs', 'IPv4 blocks');
  if (ipv6 === undefined) return notTold('ec2:DescribeVpcs', 'IPv6 blocks, or where they are from');
  if (ipv6 === 'other') return 'its IPv6 blocks are not one of those that Amazon gives';
  return {
    item,
    id,
    inputs: said({
      cidrBlock,
      enableDnsSupport: dnsSupport,
      enableDnsHostnames: dnsHostnames,
      instanceTenancy: item.string('InstanceTenancy'),
      ...(ipv6 === null ? {} : { assignGeneratedIpv6CidrBlock: true }),
    }),
    // what was not read stays as it is
    ignoreChanges: [
      ...(dnsSupport === undefined ? ['enableDnsSupport'] : []),
      ...(dnsHostnames === undefined ? ['enableDnsHostnames'] : []),
    ],
    more,
    ipv6: ipv6 ?? undefined,
  };
}

const inUse = (block: Item, state: string): boolean => {
  const told = block.item(state)?.string('State');
  return told === undefined || told === 'associated' || told === 'associating';
};

function secondary(item: Item, primary: string | undefined): WritableVpc['more'] | undefined {
  if (!item.has('CidrBlockAssociationSet')) return [];
  const blocks = allItems(item, 'CidrBlockAssociationSet')?.filter((one) => inUse(one, 'CidrBlockState'));
  const pairs = blocks?.map((one) => ({ id: one.string('AssociationId'), cidr: one.string('CidrBlock') }));
  const more: { id: string; cidr: string }[] = [];
  for (const { id, cidr } of pairs ?? []) {
    if (cidr === primary && cidr !== undefined) continue;
    if (!id || !cidr) return undefined;
    more.push({ id, cidr });
  }
  return pairs && more;
}

/** The one block that Amazon gave; null without any, `other` for those of a pool of one's own, undefined when not told. */
function ipv6Of(item: Item): string | null | undefined {
  if (!item.has('Ipv6CidrBlockAssociationSet')) return null;
  const blocks = allItems(item, 'Ipv6CidrBlockAssociationSet')?.filter((one) => inUse(one, 'Ipv6CidrBlockState'));
  if (blocks === undefined) return undefined;
  const [first, second] = blocks;
  if (first === undefined) return null;
  const pool = first.string('Ipv6Pool');
  const block = first.string('Ipv6CidrBlock');
  if (pool === undefined || block === undefined) return undefined;
  return second === undefined && pool === 'Amazon' ? block : 'other';
}
