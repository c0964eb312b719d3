import { idOf } from '../../reading.ts';
import type { Adopter, Adoption, Whole } from '../adopter.ts';
import { ec2Arn, nameOf, refused, written } from '../ec2.ts';
import { judgedAcls, type WritableAcl } from '../network-acls.ts';

const ACL = 'aws:ec2/networkAcl:NetworkAcl';
const RULE = 'aws:ec2/networkAclRule:NetworkAclRule';
const ASSOCIATION = 'aws:ec2/networkAclAssociation:NetworkAclAssociation';

/**
 * Lists that somebody made, with each rule and each subnet as a resource of its own. The default list of a VPC is told by
 * its VPC while nobody has changed it, and is left alone otherwise.
 */
export const adopter: Adopter = {
  name: 'network-acl',
  types: [ACL, RULE, ASSOCIATION],
  operations: ['ec2:DescribeNetworkAcls', 'ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute', 'ec2:DescribeSubnets'],
  adopt: (answers) =>
    judgedAcls(answers).own.flatMap((acl) =>
      'because' in acl
        ? [refused(ACL, { kind: 'networkAcl', id: idOf(acl.item, 'NetworkAclId') }, acl.because)]
        : aclOf(acl),
    ),
};

function aclOf({ item, id, vpcId, rules, associations }: WritableAcl): readonly Adoption[] {
  const of: Whole = { kind: 'networkAcl', id };
  const name = nameOf(item, id);
  return [
    written(item, { type: ACL, id, of, inputs: { vpcId }, outputs: { arn: ec2Arn(item, `network-acl/${id}`) } }),
    ...rules.map((rule) =>
      written(item, {
        type: RULE,
        id: rule.importId,
        name: `${name}-${rule.name}`,
        of,
        inputs: rule.inputs,
        tags: false,
      }),
    ),
    ...associations.map((one) =>
      written(item, {
        type: ASSOCIATION,
        id: one.id,
        name: `${name}-${one.subnetId}`,
        of,
        inputs: { networkAclId: id, subnetId: one.subnetId },
        tags: false,
      }),
    ),
  ];
}
