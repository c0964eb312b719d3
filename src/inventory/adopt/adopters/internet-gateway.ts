import type { Item } from '../../item.ts';
import { allItems } from '../../listing.ts';
import { idOf } from '../../reading.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { ec2Arn, foreign, notTold, refused, written } from '../ec2.ts';

const GATEWAY = 'aws:ec2/internetGateway:InternetGateway';
const EGRESS_ONLY = 'aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html */
export const adopter: Adopter = {
  name: 'internet-gateway',
  types: [GATEWAY, EGRESS_ONLY],
  operations: ['ec2:DescribeInternetGateways', 'ec2:DescribeEgressOnlyInternetGateways'],
  adopt: (answers) => [
    ...answers.items('ec2:DescribeInternetGateways', 'InternetGateways').map(internetGateway),
    ...answers.items('ec2:DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGateways').map(egressOnly),
  ],
};

function internetGateway(item: Item): Adoption {
  const id = item.string('InternetGatewayId');
  const of: Whole = { kind: 'internetGateway', id: idOf(item, 'InternetGatewayId') };
  const vpcs = attachedTo(item, 'available');
  const because = foreign(item) ?? vpcs.because;
  if (because !== undefined || !id) return refused(GATEWAY, of, because ?? notTold(item.context.operation, 'id'));
  return written(item, {
    type: GATEWAY,
    id,
    of,
    inputs: said({ vpcId: vpcs.vpcId }),
    outputs: { arn: ec2Arn(item, `internet-gateway/${id}`) },
  });
}

function egressOnly(item: Item): Adoption {
  const id = item.string('EgressOnlyInternetGatewayId');
  const of: Whole = { kind: 'egressOnlyInternetGateway', id: idOf(item, 'EgressOnlyInternetGatewayId') };
  const { vpcId, because = 'it is attached to no VPC' } = attachedTo(item, 'attached');
  const other = foreign(item);
  if (other !== undefined || !id || vpcId === undefined) return refused(EGRESS_ONLY, of, other ?? because);
  return written(item, { type: EGRESS_ONLY, id, of, inputs: { vpcId } });
}

/** The VPC that it is attached to, if any, or the sentence that says what is not known of it. */
function attachedTo(item: Item, state: string): { readonly vpcId?: string; readonly because?: string } {
  const attachments = allItems(item, 'Attachments');
  if (attachments === undefined) return { because: notTold(item.context.operation, 'attachments') };
  const [first, second] = attachments;
  if (second !== undefined) return { because: 'it is attached to several VPCs, and a program declares one' };
  if (first === undefined) return {};
  if ((first.string('State') ?? state) !== state) return { because: 'it is being attached or detached' };
  const vpcId = first.string('VpcId');
  return vpcId === undefined ? { because: notTold(item.context.operation, 'VPC') } : { vpcId };
}
