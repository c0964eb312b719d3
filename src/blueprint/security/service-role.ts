import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Declared, type Later } from '../declared/make.ts';
import { type ServiceRoleArgs as Args, serviceRole } from '../declared/service-role.ts';

export type ServiceRoleArgs = Args<Later>;

/** A role of one program, and what it may do. */
export class ServiceRole extends Declared {
  readonly role: aws.iam.Role;
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: ServiceRoleArgs, options?: pulumi.CustomResourceOptions) {
    super(name, serviceRole(name, args), options);
    this.role = this.part(aws.iam.Role, name);
    this.id = this.role.id;
    this.arn = this.role.arn;
    this.name = this.role.name;
  }
}
