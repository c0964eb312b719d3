/** Security groups: rules in the group, and rules as resources of their own. */
import type { Properties, Value } from '../../pulumi/recorded.ts';
import { type Draft, type Given, said } from '../given.ts';
import { type Around, row, type TypeRow } from '../row.ts';
import { isUnknown, UNKNOWN } from '../values.ts';

/** A group of another account stands with the account before it. */
function peer(one: Given, direction: 'Source' | 'Destination'): Value | undefined {
  // a name is only unique within a VPC, and leads to a group of the default one
  if (one.has(`${direction}SecurityGroupName`)) return UNKNOWN;
  const group = one.text(`${direction}SecurityGroupId`);
  const owner = one.text(`${direction}SecurityGroupOwnerId`);
  if (group === undefined || owner === undefined) return group;
  return typeof group === 'string' && typeof owner === 'string' ? `${owner}/${group}` : UNKNOWN;
}

const listed = (value: Value | undefined): Value | undefined =>
  value === undefined || isUnknown(value) ? value : [value];

const ANYTHING: Properties = { protocol: UNKNOWN, cidrBlocks: UNKNOWN };

function rule(one: Given, direction: 'Source' | 'Destination'): Draft {
  // one of which nothing is known may admit anybody
  if (!one.known) return ANYTHING;
  return {
    protocol: one.text('IpProtocol'),
    fromPort: one.number('FromPort'),
    toPort: one.number('ToPort'),
    cidrBlocks: listed(one.text('CidrIp')),
    ipv6CidrBlocks: listed(one.text('CidrIpv6')),
    prefixListIds: listed(one.text(`${direction}PrefixListId`)),
    securityGroups: listed(peer(one, direction)),
    description: one.text('Description'),
  };
}

const EVERYWHERE: Properties = { protocol: '-1', cidrBlocks: ['0.0.0.0/0'], ipv6CidrBlocks: ['::/0'] };

/**
 * Where a template has no outbound rule, neither in the group nor beside it, AWS's own admits all.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
function outbound(one: Given, around: Around): readonly Value[] {
  const own = one.blocks('SecurityGroupEgress')?.map((each) => said(rule(each, 'Destination'))) ?? [];
  if (own.length > 0) return own;
  switch (around.pointedAt('AWS::EC2::SecurityGroupEgress', 'GroupId')) {
    case 'no':
      return [EVERYWHERE];
    case 'perhaps':
      return [ANYTHING];
    case 'yes':
      return [];
  }
}

const group = row(
  'AWS::EC2::SecurityGroup',
  'aws:ec2/securityGroup:SecurityGroup',
  (one, around) => ({
    name: one.text('GroupName'),
    description: one.text('GroupDescription'),
    vpcId: one.text('VpcId'),
    ingress: one.blocks('SecurityGroupIngress')?.map((each) => said(rule(each, 'Source'))),
    egress: outbound(one, around),
    tags: one.tags(),
  }),
  { attributes: { GroupId: 'id', Id: 'id', VpcId: 'vpcId', GroupName: 'name' } },
);

const single = (type: string, token: string, direction: 'Source' | 'Destination'): TypeRow =>
  row(
    type,
    token,
    (one) => ({
      // a group of which only the name is said is one of the default VPC
      securityGroupId: one.text('GroupId') ?? UNKNOWN,
      ipProtocol: one.text('IpProtocol'),
      fromPort: one.number('FromPort'),
      toPort: one.number('ToPort'),
      cidrIpv4: one.text('CidrIp'),
      cidrIpv6: one.text('CidrIpv6'),
      prefixListId: one.text(`${direction}PrefixListId`),
      referencedSecurityGroupId: peer(one, direction),
      description: one.text('Description'),
    }),
    { belongs: ['securityGroupId'], untagged: true },
  );

export const groups: readonly TypeRow[] = [
  group,
  single('AWS::EC2::SecurityGroupIngress', 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'Source'),
  single('AWS::EC2::SecurityGroupEgress', 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule', 'Destination'),
];
