/**
 * Where Terraform's provider asks for more than the plan says, or refuses what the plan says of what is there anyway. What it adds is
 * left alone in AWS, what it leaves out AWS keeps as it is; either is told in the export's README.
 */
import type { Thing } from '../emit/journey.ts';
import type { Json } from './values.ts';

type Body = Readonly<Record<string, Json>>;

export interface Supplement {
  readonly attributes: Body;
  /** Attributes that Terraform leaves alone. */
  readonly ignored: readonly string[];
  /** Of the body, what is not said to Terraform. */
  readonly omitted: readonly string[];
  readonly because: string;
}

/** Undefined where there is nothing to say. */
export function supplementOf(thing: Thing, body: Body): Supplement | undefined {
  switch (thing.type) {
    case 'aws:lambda/function:Function':
      return codeOf(body);
    case 'aws:rds/instance:Instance':
      return replicaOf(body);
    default:
      return undefined;
  }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function#specifying-the-deployment-package */
const CODE = ['filename', 's3_bucket', 'image_uri'] as const;

function codeOf(body: Body): Supplement | undefined {
  if (CODE.some((name) => name in body)) return undefined;
  return {
    attributes: { filename: 'deployed-by-others.zip' },
    ignored: [...CODE],
    omitted: [],
    because: 'its code is deployed by others; Terraform asks for a file, and ignores it',
  };
}

/** A replica in its primary's own subnet group: the provider takes a group only beside the ARN of the primary, and reads the name. */
function replicaOf(body: Body): Supplement | undefined {
  const { replicate_source_db: source } = body;
  if (typeof source !== 'string' || !('db_subnet_group_name' in body) || /^arn:|\.arn\}$/.test(source))
    return undefined;
  return {
    attributes: {},
    ignored: [],
    omitted: ['db_subnet_group_name'],
    because: 'the provider refuses a subnet group beside the name of a primary; the replica stays in its own',
  };
}
