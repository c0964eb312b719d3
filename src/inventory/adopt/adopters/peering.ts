import type { Item } from '../../item.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { notTold, refused, written } from '../ec2.ts';
import { keptBy } from '../tags.ts';

const TYPE = 'aws:ec2/vpcPeeringConnection:VpcPeeringConnection';
const OPERATION = 'ec2:DescribeVpcPeeringConnections';

/** Connections, by the side that asked for them. https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html */
export const adopter: Adopter = {
  name: 'peering',
  types: [TYPE],
  operations: [OPERATION],
  adopt: (answers) => {
    // each side lists it: the first answer is the one that the estate has
    const first = new Map<string, Item>();
    for (const item of answers.items(OPERATION, 'VpcPeeringConnections')) {
      const id = idOf(item, 'VpcPeeringConnectionId');
      if (!first.has(id)) first.set(id, item);
    }
    return [...first.values()].map(peering);
  },
};

function peering(item: Item): Adoption {
  const id = idOf(item, 'VpcPeeringConnectionId');
  const of: Whole = { kind: 'peering', id };
  const [from, to] = [sideOf(item, 'RequesterVpcInfo'), sideOf(item, 'AccepterVpcInfo')];
  const code = item.item('Status')?.string('Code');
  const { account, region } = item.context;
  const because =
    keptBy(item.tags()) ??
    (item.string('VpcPeeringConnectionId') ? undefined : notTold(OPERATION, 'id')) ??
    (from && to ? undefined : notTold(OPERATION, 'sides')) ??
    (code === 'active' ? undefined : `its state is ${code ?? 'not told'}`) ??
    (from?.account === account && from.region === region
      ? undefined
      : `the VPC ${from?.vpc} in account ${from?.account} asked for it, and is not what was read here`);
  if (because !== undefined || !from || !to) return refused(TYPE, of, because ?? '');
  return written(item, {
    type: TYPE,
    id,
    of,
    inputs: said({
      vpcId: from.vpc,
      peerVpcId: to.vpc,
      peerOwnerId: to.account,
      peerRegion: to.region === region ? undefined : to.region,
    }),
    outputs: said({ acceptStatus: code, requesterCidrBlocks: from.cidrs, accepterCidrBlocks: to.cidrs }),
    // only said while it is made
    ignoreChanges: ['autoAccept'],
  });
}

interface Side {
  readonly vpc: string;
  readonly account: string;
  readonly region: string;
  readonly cidrs: readonly string[] | undefined;
}

/** Its blocks are not told before it accepts. */
function sideOf(item: Item, field: string): Side | undefined {
  const side = item.item(field);
  const [vpc, account, region] = [side?.string('VpcId'), side?.string('OwnerId'), side?.string('Region')];
  if (!vpc || !account || !region) return undefined;
  const blocks = [
    side?.string('CidrBlock'),
    ...(side?.items('CidrBlockSet') ?? []).map((one) => one.string('CidrBlock')),
    ...(side?.items('Ipv6CidrBlockSet') ?? []).map((one) => one.string('Ipv6CidrBlock')),
  ].filter((cidr) => cidr !== undefined);
  return { vpc, account, region, cidrs: blocks.length > 0 ? [...new Set(blocks)] : undefined };
}
