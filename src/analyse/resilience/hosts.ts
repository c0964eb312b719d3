/**
 * Hosts of which no resource of the input is known. One on the internet is outside of what was read and taken to stand; one
 * that stands in a VPC may stand in the very zone that is lost.
 */
import { all, byId, type Estate, find } from '../../estate/estate.ts';
import { type AddressSet, addressSetOf, isPrivate, isSubset } from '../../estate/sets/index.ts';
import { hop } from './codes.ts';
import type { Context } from './context.ts';
import { losesZone } from './loss.ts';
import { type Standing, stands, unknown } from './standing.ts';

/** What AWS names `… .rds.amazonaws.com` stands in subnets, and this tells in which. */
const IN_VPC: ReadonlyMap<string, string> = new Map(
  Object.entries({
    rds: 'rds:DescribeDBInstances',
    docdb: 'rds:DescribeDBInstances',
    neptune: 'rds:DescribeDBInstances',
    cache: 'elasticache:DescribeCacheClusters',
    memorydb: 'memorydb:DescribeClusters',
    'dax-clusters': 'dax:DescribeClusters',
    redshift: 'redshift:DescribeClusters',
    'redshift-serverless': 'redshift-serverless:ListWorkgroups',
    es: 'es:DescribeDomains',
    aos: 'es:DescribeDomains',
    kafka: 'kafka:ListClustersV2',
    mq: 'mq:ListBrokers',
    efs: 'elasticfilesystem:DescribeMountTargets',
    fsx: 'fsx:DescribeFileSystems',
    elb: 'elbv2:DescribeLoadBalancers',
  }),
);

const AWS = /\.amazonaws\.com(\.cn)?$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

const addressOf = (host: string): AddressSet | undefined =>
  /^[\d.]+$|:/.test(host) ? addressSetOf([host.includes(':') ? `${host}/128` : `${host}/32`]) : undefined;

function operationFor(host: string): string | undefined {
  const address = addressOf(host);
  if (address) return isPrivate(address) ? 'ec2:DescribeNetworkInterfaces' : undefined;
  if (!AWS.test(host))
    // names that only a private zone, a search list or a registry of services can answer
    return !host.includes('.') || /\.(internal|local)$/.test(host) ? 'route53:ListResourceRecordSets' : undefined;
  // what stands before the service is a name that somebody chose
  return IN_VPC.get(host.split('.').findLast((label) => IN_VPC.has(label)) ?? '');
}

/** Whether it is reached inside of networks, and not over the internet. */
export const standsInside = (host: string): boolean => operationFor(host.toLowerCase()) !== undefined;

export function hostStanding({ estate, loss }: Context, name: string): Standing {
  const host = name.toLowerCase();
  const operation = operationFor(host);
  if (operation === undefined || loss.type !== 'zone' || isElsewhere(estate, host, loss.zone)) return stands();
  const address = addressOf(host);
  const around = address ? subnetsAround(estate, address) : [];
  const [subnet] = around;
  if (subnet && around.every(({ zone }) => zone !== undefined && !losesZone(loss, zone.id)))
    return stands(hop('zone-left', subnet, `${host} stands in ${subnet.name}, in ${subnet.zone?.id}.`));
  const reason = `In which zones ${host} stands is not in the input.`;
  return unknown({ operation, reason, resource: subnet?.id ?? host });
}

/** A name that AWS made tells the region; the zone that is lost has one too. */
function isElsewhere(estate: Estate, host: string, zone: string): boolean {
  const region = AWS.test(host) ? host.split('.').find((label) => REGION.test(label)) : undefined;
  const lost = byId(estate, zone);
  return region !== undefined && lost?.kind === 'zone' && lost.region !== region;
}

const subnetsAround = (estate: Estate, address: AddressSet) =>
  all(estate, 'subnet').filter((subnet) => {
    const cidrs = [subnet.cidr, ...(subnet.ipv6Cidrs ?? [])].filter((one) => one !== undefined);
    const block = addressSetOf(cidrs);
    return block !== undefined && isSubset(address, block) && find(estate, subnet.vpc) !== undefined;
  });
