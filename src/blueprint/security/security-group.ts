import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/**
 * A group of one resource, without any rule: the provider takes AWS's allow-all egress away, and every rule is a resource
 * of its own (see connect.ts), so nobody's rules are removed by somebody else's list.
 * The name and description can never be changed without replacing the group, so both follow from the component's name.
 */
export function securityGroup(
  owner: pulumi.Resource,
  name: string,
  vpcId: pulumi.Input<string>,
  tags: Record<string, string>,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(name, { vpcId, description: `Only for ${name}`, tags }, { parent: owner });
}
