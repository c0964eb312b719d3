import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { Declared, type Later } from '../declared/make.ts';
import { type NetworkTiersArgs as Args, networkTiers } from '../declared/network-tiers.ts';

export type NetworkTiersArgs = Args<Later>;

/** Tiers of subnets in a VPC that was there before. A VPC that the program makes itself is a `PrivateNetwork`. */
export class NetworkTiers extends Declared {
  readonly #name: string;

  constructor(name: string, args: NetworkTiersArgs, options?: pulumi.CustomResourceOptions) {
    super(name, networkTiers(name, args), options);
    this.#name = name;
  }

  /** By `tier-zone`: `app-a`. */
  subnet(key: string): aws.ec2.Subnet {
    return this.part(aws.ec2.Subnet, `${this.#name}-${key}`);
  }

  /** By the tier where it has one table, else by `tier-zone`: `data`, `app-a`. */
  routeTable(key: string): aws.ec2.RouteTable {
    return this.part(aws.ec2.RouteTable, `${this.#name}-${key}-routes`);
  }

  natGateway(zone: string): aws.ec2.NatGateway {
    return this.part(aws.ec2.NatGateway, `${this.#name}-nat-${zone}`);
  }

  /** The address of the NAT gateway in a zone. */
  address(zone: string): aws.ec2.Eip {
    return this.part(aws.ec2.Eip, `${this.#name}-nat-${zone}-address`);
  }

  /** By service: `s3`, `dynamodb`. */
  endpoint(service: string): aws.ec2.VpcEndpoint {
    return this.part(aws.ec2.VpcEndpoint, `${this.#name}-${service}`);
  }
}
