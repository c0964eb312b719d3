/**
 * Host names that AWS makes, read by their form: the endpoint of a service, the host of a bucket, and (only where
 * the input does not tell the real endpoint) the identifier of a database or cache in its host.
 */
import { all, byId, type Estate, memoised } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { bucketArn, partitionOf } from '../ids.ts';
import { portsOfResource } from './ports.ts';
import type { Asker } from './resolve.ts';

export type AwsHost =
  | {
      readonly type: 'resource';
      readonly resource: Resource;
      readonly ports: readonly number[];
      readonly because: string;
    }
  | { readonly type: 'service'; readonly service: string; readonly region: string };

const AWS = /\.amazonaws\.com(?:\.cn)?$/;

export function awsHost(estate: Estate, name: string, asker: Asker): AwsHost | undefined {
  if (!AWS.test(name)) return undefined;
  const labels = name.replace(AWS, '').split('.');
  return bucketHost(estate, labels, asker) ?? storeHost(estate, labels, asker) ?? serviceHost(labels, asker);
}

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html and WebsiteEndpoints.html */
function bucketHost(estate: Estate, labels: readonly string[], asker: Asker): AwsHost | undefined {
  const s3 = labels.findIndex((label) => /^s3(?:-|$)/.test(label));
  if (s3 < 0) return undefined;
  const tail = labels.slice(s3).join('.');
  const region = labels.slice(s3).find((label) => REGION.test(label)) ?? /[a-z]{2}(?:-[a-z]+)+-\d/.exec(tail)?.[0];
  const bucket = byId(estate, bucketArn(labels.slice(0, s3).join('.'), partitionOf(region ?? asker.region)));
  if (bucket)
    return { type: 'resource', resource: bucket, ports: tail.startsWith('s3-website') ? [80] : [443], because: '' };
  return { type: 'service', service: 's3', region: region ?? asker.region };
}

/**
 * `shop.c1x2.eu-west-1.rds.amazonaws.com`, `shop.abc123.0001.euw1.cache.amazonaws.com`. The host alone does not tell
 * the account, so this holds for the asker's account and region only, and for a store whose own endpoint is unknown.
 */
function storeHost(estate: Estate, labels: readonly string[], asker: Asker): AwsHost | undefined {
  const service = labels.at(-1);
  if (service !== 'rds' && service !== 'cache') return undefined;
  const prefixes = ['master', 'replica', 'clustercfg'];
  const [first = '', second = ''] = labels;
  const identifier = prefixes.includes(first) ? second : first;
  const store =
    stores(estate).get(`${service} ${asker.account} ${asker.region} ${identifier}`) ??
    stores(estate).get(`${service} ${asker.account} ${asker.region} ${identifier.replace(/-(?:ro|\d{3,4})$/, '')}`);
  if (!store) return undefined;
  return {
    type: 'resource',
    resource: store,
    ports: portsOfResource(estate, store),
    because: '; told apart by the name in the host, for the input does not tell the endpoint',
  };
}

const stores = memoised((estate): ReadonlyMap<string, Resource> => {
  const index = new Map<string, Resource>();
  const add = (service: string, resource: Resource & { readonly identifier: string }): void => {
    index.set(`${service} ${resource.account} ${resource.region} ${resource.identifier.toLowerCase()}`, resource);
  };
  for (const database of all(estate, 'database')) if (!database.endpoint?.host) add('rds', database);
  for (const cluster of all(estate, 'databaseCluster')) if (!cluster.endpoint?.host) add('rds', cluster);
  for (const cache of all(estate, 'cache'))
    if (!cache.endpoints?.some((endpoint) => endpoint.host)) add('cache', cache);
  return index;
});

/** `b-1.shop.c1x2.c2.kafka.eu-west-1.amazonaws.com`: a machine in a VPC, where `kafka.eu-west-1.amazonaws.com` is the API. */
const OF_MACHINES = new Set(['kafka', 'mq', 'dax-clusters', 'memorydb', 'efs', 'fsx']);

/** `sqs.eu-west-1.amazonaws.com`, `1234.dkr.ecr.eu-west-1.amazonaws.com`, `sts.amazonaws.com`. */
function serviceHost(labels: readonly string[], asker: Asker): AwsHost | undefined {
  const at = labels.findLastIndex((label) => REGION.test(label));
  const before = at > 0 ? labels[at - 1] : undefined;
  const after = labels[at + 1];
  // What stands after the region names a thing of its own (a database, a balancer, an interface), no service.
  if (after !== undefined && at >= 0)
    return after === 'queue' ? { type: 'service', service: 'sqs', region: labels[at] ?? asker.region } : undefined;
  const service = (at < 0 ? labels.at(-1) : before)?.replace(/-fips$/, '');
  if (service === undefined || (at < 0 && labels.length > 1)) return undefined;
  if (at > 1 && OF_MACHINES.has(service)) return undefined;
  return { type: 'service', service: service === 'api' ? 'ecr' : service, region: labels[at] ?? 'global' };
}
