/**
 * From a host name in a setting to what it stands for: through the DNS records of the account (CNAMEs, aliases,
 * private zones first), to the endpoint of a resource, an AWS service, or a host outside.
 */
import { all, type Estate, memoised } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Id } from '../../estate/ids.ts';
import type { DnsRecord } from '../../estate/kinds/edge.ts';
import type { Resource } from '../../estate/resource.ts';
import { isAddress, ownerOfAddress } from './addresses.ts';
import { awsHost } from './aws-hosts.ts';
import { toHost, toResource, toService } from './make.ts';
import { portsOfResource } from './ports.ts';

export interface Asker {
  readonly account: string;
  readonly region: string;
  /** The VPC that the question is asked in; private zones and addresses mean something there only. */
  readonly vpc: string | undefined;
}

export interface Resolved {
  readonly end: FlowEnd;
  /** Ports that the resource listens on; empty when the name tells none. */
  readonly ports: readonly number[];
  /** The names between, as words for the evidence: ` (db.example.com → shop.abc.rds.amazonaws.com)`. */
  readonly via: string;
  /** The records followed on the way, first the one of the name itself. */
  readonly records: readonly Id<'dnsRecord'>[];
}

/** CNAME chains in AWS are short; a loop ends here. */
const DEPTH = 8;

/** What a host name stands for; empty for the machine itself (localhost, the metadata address). */
export function resolveHost(estate: Estate, host: string, asker: Asker): readonly Resolved[] {
  const name = normal(host);
  return name === '' || isSelf(name) ? [] : follow(estate, name, asker, [name], []);
}

export const normal = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');

/** Loopback, and the link-local addresses of the instance and task metadata services. */
const isSelf = (name: string): boolean =>
  name === 'localhost' ||
  name === '::1' ||
  /^(127\.|169\.254\.|0\.0\.0\.0$)/.test(name) ||
  name === 'host.docker.internal';

function follow(
  estate: Estate,
  name: string,
  asker: Asker,
  path: readonly string[],
  records: Resolved['records'],
): readonly Resolved[] {
  const via = path.length > 1 ? ` (${path.join(' → ')})` : '';
  const found = direct(estate, name, asker);
  if (found) return [{ end: found.end, ports: found.ports, via, records }];
  const next = path.length < DEPTH ? targetsOf(estate, name, asker).filter(([target]) => !path.includes(target)) : [];
  if (next.length > 0)
    return next.flatMap(([target, by]) => follow(estate, target, asker, [...path, target], [...records, ...by]));
  const claimed = claims(estate).get(name);
  if (claimed) return [{ end: toResource(claimed), ports: portsOfResource(estate, claimed), via, records }];
  const aws = awsHost(estate, name, asker);
  if (aws?.type === 'resource')
    return [{ end: toResource(aws.resource), ports: aws.ports, via: `${via}${aws.because}`, records }];
  if (aws) return [{ end: toService(aws.service, aws.region), ports: [443], via, records }];
  return [{ end: toHost(name), ports: [], via, records }];
}

function direct(estate: Estate, name: string, asker: Asker): { end: FlowEnd; ports: readonly number[] } | undefined {
  const address =
    /^(?:ip|ec2)-(\d+-\d+-\d+-\d+)\..*(?:internal|amazonaws\.com)$/.exec(name)?.[1]?.replaceAll('-', '.') ?? name;
  if (isAddress(address)) {
    const owner = ownerOfAddress(estate, address, asker.vpc);
    return owner && { end: toResource(owner), ports: portsOfResource(estate, owner) };
  }
  const known = endpoints(estate).get(name);
  return known && { end: toResource(known.resource), ports: known.ports };
}

interface Endpoint {
  readonly resource: Resource;
  readonly ports: readonly number[];
}

/**
 * Names that a distribution would answer for. They say where a name leads only when no record of the account does: a
 * distribution is given its names before the records are moved.
 */
const claims = memoised(
  (estate): ReadonlyMap<string, Resource> =>
    new Map(
      all(estate, 'distribution').flatMap((one) => (one.aliases ?? []).map((alias) => [normal(alias), one] as const)),
    ),
);

/** Every host name that AWS gave to a resource of the estate. */
const endpoints = memoised((estate): ReadonlyMap<string, Endpoint> => {
  const index = new Map<string, Endpoint>();
  const add = (host: string | undefined, resource: Resource): void => {
    if (host) index.set(normal(host), { resource, ports: portsOfResource(estate, resource) });
  };
  for (const database of all(estate, 'database')) add(database.endpoint?.host, database);
  for (const cluster of all(estate, 'databaseCluster')) {
    add(cluster.endpoint?.host, cluster);
    add(cluster.readerEndpoint?.host, cluster);
  }
  for (const cache of all(estate, 'cache')) {
    for (const endpoint of cache.endpoints ?? []) add(endpoint.host, cache);
    for (const node of cache.nodes ?? []) add(node.host, cache);
  }
  for (const balancer of all(estate, 'loadBalancer')) add(balancer.dnsName, balancer);
  for (const distribution of all(estate, 'distribution')) add(distribution.domain, distribution);
  for (const fn of all(estate, 'function')) for (const { url } of fn.urls ?? []) add(hostOfUrl(url), fn);
  return index;
});

/** The host of a URL; undefined when it is none. */
export function hostOfUrl(url: string): string | undefined {
  try {
    return new URL(url).hostname || undefined;
  } catch {
    return undefined;
  }
}

interface Seen {
  readonly record: DnsRecord;
  /** VPCs that see the record; undefined for a public zone. */
  readonly vpcs: ReadonlySet<string> | undefined;
}

const records = memoised((estate): ReadonlyMap<string, readonly Seen[]> => {
  const zones = new Map(all(estate, 'hostedZone').map((zone) => [zone.id as string, zone]));
  const index = new Map<string, Seen[]>();
  for (const record of all(estate, 'dnsRecord')) {
    if (!['A', 'AAAA', 'CNAME'].includes(record.type)) continue;
    const zone = record.hostedZone && zones.get(record.hostedZone.id);
    const vpcs = zone?.private === true ? new Set<string>((zone.vpcs ?? []).map((vpc) => vpc.id)) : undefined;
    const name = normal(record.host).replace(/^\\052/, '*');
    const list = index.get(name);
    if (list) list.push({ record, vpcs });
    else index.set(name, [{ record, vpcs }]);
  }
  return index;
});

type Target = readonly [name: string, records: Resolved['records']];

/** Where the records of a name point, and which of them: those of a private zone of the asker's VPC hide the public ones. */
function targetsOf(estate: Estate, name: string, asker: Asker): readonly Target[] {
  const wildcard = name.replace(/^[^.]+/, '*');
  const found = records(estate).get(name) ?? records(estate).get(wildcard) ?? [];
  const inside = found.filter(({ vpcs }) => vpcs !== undefined && (asker.vpc === undefined || vpcs.has(asker.vpc)));
  const seen = inside.length > 0 ? inside : found.filter(({ vpcs }) => vpcs === undefined);
  const by = new Map<string, Id<'dnsRecord'>[]>();
  for (const { record } of seen)
    for (const target of targets(record)) by.set(target, [...(by.get(target) ?? []), record.id]);
  return [...by].map(([target, ids]): Target => [target, ids.sort()]).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The names or addresses that a record points at. An alias to S3's website endpoint names no bucket: it is the one
 * called like the record (https://docs.aws.amazon.com/AmazonS3/latest/userguide/website-hosting-custom-domain-walkthrough.html).
 */
export function targets(record: DnsRecord): readonly string[] {
  if (record.alias === undefined) return record.values.map(normal);
  const alias = normal(record.alias);
  return [/^s3-website[.-]/.test(alias) ? `${normal(record.host)}.${alias}` : alias];
}
