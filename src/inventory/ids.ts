/**
 * Ids that an answer does not give whole: ARNs made from names, in the forms of the service authorization reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/). Shared by the readers, so that a reference
 * by name and the resource it names meet at the same id.
 */

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. Global services count as `aws`. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/** `region` is empty for a global service, `account` for resources that carry none (buckets). */
export const arn = (
  service: string,
  region: string,
  account: string,
  resource: string,
  partition: string = partitionOf(region),
): string => `arn:${partition}:${service}:${region}:${account}:${resource}`;

export const isArn = (value: string): boolean => /^arn:[^:]+:[^:]*:[^:]*:[^:]*:./.test(value);

/** The last part of an ARN's resource, or the value itself: the name that people use. */
export const nameOfArn = (value: string): string => (isArn(value) ? value.replace(/^.*[:/]/, '') : value);

/** The parts of an ARN; undefined when the text is none. */
export function arnParts(value: string):
  | {
      readonly partition: string;
      readonly service: string;
      readonly region: string;
      readonly account: string;
      readonly resource: string;
    }
  | undefined {
  const [, partition, service, region, account, resource] =
    /^arn:([^:]+):([^:]*):([^:]*):([^:]*):(.+)$/s.exec(value) ?? [];
  if (
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    resource === undefined
  )
    return undefined;
  return { partition, service, region, account, resource };
}

/** A maker of ARNs of one service and resource type, from the name; a name that is an ARN already stays as it is. */
const regional =
  (service: string, prefix: string) =>
  (account: string, region: string, name: string, partition?: string): string =>
    isArn(name) ? name : arn(service, region, account, `${prefix}${name}`, partition);

export const databaseArn = regional('rds', 'db:');
export const databaseClusterArn = regional('rds', 'cluster:');
export const databaseSubnetGroupArn = regional('rds', 'subgrp:');
export const cacheClusterArn = regional('elasticache', 'cluster:');
export const replicationGroupArn = regional('elasticache', 'replicationgroup:');
export const cacheSubnetGroupArn = regional('elasticache', 'subnetgroup:');
export const tableArn = regional('dynamodb', 'table/');
export const functionArn = regional('lambda', 'function:');
export const ecsClusterArn = regional('ecs', 'cluster/');
export const taskDefinitionArn = regional('ecs', 'task-definition/');
export const logGroupArn = regional('logs', 'log-group:');
export const alarmArn = regional('cloudwatch', 'alarm:');

/** An ECS service by its cluster's and its own name. */
export const ecsServiceArn = (account: string, region: string, cluster: string, service: string): string =>
  isArn(service) ? service : arn('ecs', region, account, `service/${nameOfArn(cluster)}/${service}`);

/** S3 bucket names are unique in a partition; their ARNs hold neither region nor account. */
export const bucketArn = (bucket: string, partition = 'aws'): string =>
  isArn(bucket) ? bucket : arn('s3', '', '', bucket, partition);

/** The ARN of a queue from its URL, in any of the three URL forms; undefined when the text is no queue URL. */
export function queueArn(url: string): string | undefined {
  const path = /^https?:\/\/([^/:]+)(?::\d+)?\/(\d{12})\/([\w.-]+)\/?$/.exec(url);
  const [, host = '', account = '', name = ''] = path ?? [];
  // sqs.eu-west-1.amazonaws.com, eu-west-1.queue.amazonaws.com, and queue.amazonaws.com, which is us-east-1's
  const region =
    /^sqs(?:-fips)?\.([a-z0-9-]+)\./.exec(host)?.[1] ??
    /^([a-z0-9-]+)\.queue\./.exec(host)?.[1] ??
    (host === 'queue.amazonaws.com' ? 'us-east-1' : undefined);
  return path && region !== undefined ? arn('sqs', region, account, name) : undefined;
}

const iam =
  (type: string) =>
  (account: string, name: string, partition = 'aws', path = '/'): string =>
    isArn(name) ? name : arn('iam', '', account, `${type}${path}${name}`, partition);

/** IAM names are unique in an account whatever their path, but the path is part of the ARN: pass it where it is known. */
export const userArn = iam('user');
export const groupArn = iam('group');
export const roleArn = iam('role');
export const policyArn = iam('policy');
export const instanceProfileArn = iam('instance-profile');

/** Zones are known by the name the account sees (`eu-west-1a`). */
export const zoneId = (zoneName: string): string => zoneName;

/** The region of a zone's name; also of local and wavelength zones (`us-west-2-lax-1a`). */
export const regionOfZone = (zoneName: string): string | undefined => /^[a-z]{2}(?:-[a-z]+)+-\d+/.exec(zoneName)?.[0];

export const instanceTypeId = (account: string, region: string, type: string): string => `${account}/${region}/${type}`;

export const scalableTargetId = (
  account: string,
  region: string,
  namespace: string,
  resource: string,
  dimension: string,
): string => `${account}/${region}/${namespace}/${resource}/${dimension}`;
