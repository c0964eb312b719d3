import type { Answers } from '../../answers.ts';
import { type Adopter, type Adoption, said, type Whole } from '../adopter.ts';
import { ec2Arn, nameOf, refused, written } from '../ec2.ts';
import { judgedAcls } from '../network-acls.ts';
import { writableTables } from '../route-tables.ts';
import { judgedVpcs, type WritableVpc } from '../vpcs.ts';

const TYPE = 'aws:ec2/vpc:Vpc';
const MORE = 'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation';

/** Any VPC, the default one too: as `DefaultVpc` it would be another resource, with a life of its own. */
export const adopter: Adopter = {
  name: 'vpc',
  types: [TYPE, MORE],
  operations: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute', 'ec2:DescribeRouteTables', 'ec2:DescribeNetworkAcls'],
  adopt: (answers) => {
    const made = madeWith(answers);
    return [...judgedVpcs(answers)].flatMap(([id, vpc]): readonly Adoption[] => {
      const of: Whole = { kind: 'vpc', id };
      if (typeof vpc === 'string') return [refused(TYPE, of, vpc)];
      return [
        written(vpc.item, {
          type: TYPE,
          id,
          of,
          inputs: vpc.inputs,
          ignoreChanges: vpc.ignoreChanges,
          outputs: said({
            arn: ec2Arn(vpc.item, `vpc/${id}`),
            ipv6CidrBlock: vpc.ipv6,
            // no program can make a VPC the default one: only AWS's answer tells it
            default: vpc.item.boolean('IsDefault'),
            mainRouteTableId: made.tables.get(id),
            defaultNetworkAclId: made.acls.get(id),
          }),
        }),
        ...moreBlocks(vpc, of),
      ];
    });
  },
};

const moreBlocks = (vpc: WritableVpc, of: Whole): readonly Adoption[] =>
  vpc.more.map(({ id, cidr }) =>
    written(vpc.item, {
      type: MORE,
      id,
      name: `${nameOf(vpc.item, vpc.id)}-${cidr}`,
      of,
      inputs: { vpcId: vpc.id, cidrBlock: cidr },
      tags: false,
    }),
  );

/**
 * What AWS made along with each VPC, as far as a program with the VPC tells it: the main route table when it is adopted
 * itself, the network ACL while nobody has changed it. (The default group is adopted like any other.)
 */
const madeWith = (answers: Answers) => ({
  tables: new Map(writableTables(answers).flatMap(({ id, vpcId, main }) => (main ? [[vpcId, id] as const] : []))),
  acls: judgedAcls(answers).untouched,
});
