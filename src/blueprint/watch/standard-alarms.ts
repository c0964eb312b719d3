import type * as pulumi from '@pulumi/pulumi';
import { Declared, type Later } from '../declared/make.ts';
import { type StandardAlarmsArgs as Args, standardAlarms } from '../declared/standard-alarms.ts';

export type StandardAlarmsArgs = Args<Later>;

/** The alarms that a database, or a load balancer, has to have. Its name is that of what is watched. */
export class StandardAlarms extends Declared {
  constructor(name: string, args: StandardAlarmsArgs, options?: pulumi.CustomResourceOptions) {
    super(name, standardAlarms(name, args), options);
  }
}
