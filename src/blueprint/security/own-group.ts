import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Declared, type Later } from '../declared/make.ts';
import { type OwnGroupArgs as Args, ownGroup, peerNameOf } from '../declared/own-group.ts';
import type { Peer } from './connect.ts';

export type OwnGroupArgs = Args<Later>;

/** A security group of one resource. It has no rule: `flows` and `connect` let traffic through. */
export class OwnGroup extends Declared implements Peer {
  readonly peerName: string;
  readonly group: aws.ec2.SecurityGroup;
  readonly groupId: pulumi.Output<string>;
  readonly owner: pulumi.Resource;

  constructor(name: string, args: OwnGroupArgs, options?: pulumi.CustomResourceOptions) {
    super(name, [ownGroup(name, args)], options);
    this.peerName = peerNameOf(name);
    this.group = this.part(aws.ec2.SecurityGroup, name);
    this.groupId = this.group.id;
    this.owner = this.group;
  }
}
