/** Makes what was declared: the only place where declarations become resources of Pulumi. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuse } from '../refuse.ts';
import type { Data, DataMap, Declaration } from './declaration.ts';

/** What only a deployment knows. */
export type Later = pulumi.Output<string> | Promise<string>;

type Make = (name: string, args: unknown, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** A declaration is data; that its properties are those of the type is what every emitted program is recorded for. */
const of =
  <Args>(type: new (name: string, args: Args, options?: pulumi.CustomResourceOptions) => pulumi.CustomResource): Make =>
  (name, args, options) =>
    new type(name, args as Args, options);

const TYPES: Readonly<Record<string, Make>> = {
  'aws:cloudwatch/metricAlarm:MetricAlarm': of(aws.cloudwatch.MetricAlarm),
  'aws:ec2/eip:Eip': of(aws.ec2.Eip),
  'aws:ec2/instance:Instance': of(aws.ec2.Instance),
  'aws:ec2/natGateway:NatGateway': of(aws.ec2.NatGateway),
  'aws:ec2/route:Route': of(aws.ec2.Route),
  'aws:ec2/routeTable:RouteTable': of(aws.ec2.RouteTable),
  'aws:ec2/routeTableAssociation:RouteTableAssociation': of(aws.ec2.RouteTableAssociation),
  'aws:ec2/securityGroup:SecurityGroup': of(aws.ec2.SecurityGroup),
  'aws:ec2/subnet:Subnet': of(aws.ec2.Subnet),
  'aws:ec2/vpcEndpoint:VpcEndpoint': of(aws.ec2.VpcEndpoint),
  'aws:iam/instanceProfile:InstanceProfile': of(aws.iam.InstanceProfile),
  'aws:iam/role:Role': of(aws.iam.Role),
  'aws:iam/rolePolicy:RolePolicy': of(aws.iam.RolePolicy),
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': of(aws.iam.RolePolicyAttachment),
  'aws:s3/bucket:Bucket': of(aws.s3.Bucket),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': of(aws.s3.BucketLifecycleConfiguration),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': of(aws.s3.BucketOwnershipControls),
  'aws:s3/bucketPolicy:BucketPolicy': of(aws.s3.BucketPolicy),
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': of(aws.s3.BucketPublicAccessBlock),
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': of(aws.vpc.SecurityGroupEgressRule),
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': of(aws.vpc.SecurityGroupIngressRule),
};

/** By `type::name`, as references have it. */
export type Made = ReadonlyMap<string, pulumi.CustomResource>;

/** Declarations name what they need after it was declared. */
export function make(declarations: readonly Declaration<Later>[], options: pulumi.CustomResourceOptions): Made {
  const made = new Map<string, pulumi.CustomResource>();
  for (const { type, name, properties } of declarations) {
    const construct =
      TYPES[type] ?? refuse(name, `${type} is no type that components here are made of.`, 'Add it to make.ts.');
    made.set(`${type}::${name}`, construct(name, filled(properties, made), options));
  }
  return made;
}

const isLater = (value: Data<Later>): value is Later => pulumi.Output.isInstance(value) || value instanceof Promise;
const isList = (value: Data<Later>): value is readonly Data<Later>[] => Array.isArray(value);

/** With its references in the place of the texts that stand for them. */
function filled(value: Data<Later>, made: Made): unknown {
  if (typeof value === 'string') return outputIn(value, made) ?? value;
  if (typeof value !== 'object' || isLater(value)) return value;
  if (isList(value)) return value.map((each) => filled(each, made));
  const { $document } = value;
  if ($document !== undefined) return documentText($document, made);
  return filledMap(value, made);
}

const filledMap = (map: DataMap<Later>, made: Made): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(map).flatMap(([name, each]) => (each === undefined ? [] : [[name, filled(each, made)]])),
  );

/** Known at once where all of it is, so that a preview shows it. */
function documentText(content: Data<Later>, made: Made): unknown {
  const value = filled(content, made);
  return holdsLater(value) ? pulumi.jsonStringify(value) : JSON.stringify(value);
}

function holdsLater(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLater);
}

function outputIn(text: string, made: Made): unknown {
  const [, address = '', output = ''] = /^\$\{([^}#]+)#([\w.]+)\}$/.exec(text) ?? [];
  const found = made.get(address);
  return found && Reflect.get(found, output);
}

/**
 * A component for an account on its journey: its parts are what its declaration says, and hang directly under the stack.
 * A parent would be in the name by which Pulumi knows a part, so writing the program otherwise (one component more or less,
 * a rule in another table) would replace what runs. https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export abstract class Declared {
  readonly #name: string;
  readonly #made: Made;

  constructor(
    name: string,
    declarations: readonly Declaration<Later>[],
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    this.#name = name;
    this.#made = make(declarations, options ?? {});
  }

  /** Refuses what the component does not have (yet, or any more). */
  protected part<Part extends pulumi.CustomResource>(type: new (...args: never[]) => Part, name: string): Part {
    for (const [address, one] of this.#made) if (address.endsWith(`::${name}`) && one instanceof type) return one;
    const names = [...this.#made.keys()].map((address) => address.replace(/^.*::/, ''));
    return refuse(this.#name, `It has no ${name}.`, `It has ${[...new Set(names)].join(', ')}.`);
  }
}
