import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { type BastionHostArgs as Args, bastionHost } from '../declared/bastion-host.ts';
import { Declared, type Later } from '../declared/make.ts';

export type BastionHostArgs = Args<Later>;

/** A machine for people in a network that was there before; in a `PrivateNetwork` it is a `Bastion`. */
export class BastionHost extends Declared {
  readonly role: aws.iam.Role;
  readonly #name: string;

  constructor(name: string, args: BastionHostArgs, options?: pulumi.CustomResourceOptions) {
    super(name, bastionHost(name, args), options);
    this.#name = name;
    this.role = this.part(aws.iam.Role, name);
  }

  /** Refused while it does not run. */
  get instance(): aws.ec2.Instance {
    return this.part(aws.ec2.Instance, this.#name);
  }
}
