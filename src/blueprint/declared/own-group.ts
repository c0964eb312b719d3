/** A security group of one resource, without a rule: every rule is a resource of its own, see flow-rules.ts. */
import { type Declaration, tagged } from './declaration.ts';

export const GROUP = 'aws:ec2/securityGroup:SecurityGroup';

export interface OwnGroupArgs<Later = never> {
  /** `vpc-…`. *Replacement*. */
  readonly vpcId: string | Later;
  /** What it is for: AWS never changes it. *Replacement*. @default 'Only NAME', the name without its `-group` */
  readonly description?: string | undefined;
}

/** What the group is of, as the names of rules have it: `shop-mysql` of `shop-mysql-group`. */
export const peerNameOf = (name: string): string => name.replace(/-group$/, '');

export const ownGroup = <Later = never>(
  name: string,
  { vpcId, description = `Only ${peerNameOf(name)}` }: OwnGroupArgs<NoInfer<Later>>,
): Declaration<Later> => ({ type: GROUP, name, properties: { name, description, vpcId, tags: tagged(name) } });
