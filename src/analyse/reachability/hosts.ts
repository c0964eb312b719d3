/** A host that a setting names: an address of its own, a name of the internet, or one that only those inside can ask for. */
import { byId } from '../../estate/estate.ts';
import type { NetworkInterface } from '../../estate/kinds/network.ts';
import { type AddressSet, INTERNET, overlaps, parseCidr } from '../../estate/sets/index.ts';
import type { Missing } from '../verdict.ts';
import { type Network, tableOf } from './network.ts';
import { lanesFor, vpcAddresses } from './routes.ts';

/** The address that the host is, where it is written as one; `[2001:db8::1]` as URLs have it too. */
export function addressOfHost(host: string): AddressSet | undefined {
  const text = host.replace(/^\[(.*)\]$/, '$1');
  return text.includes('/') ? undefined : parseCidr(text);
}

/**
 * Loopback, and link-local with the metadata services: whoever asks is answered by the machine that it runs on.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
 */
const OF_THE_MACHINE = ['127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/32', '::1/128', 'fe80::/10', 'fd00:ec2::/32'];

/** Names that no registry of the internet gives away (RFC 6761, RFC 6762, RFC 8375 and what private networks use). */
const NOT_PUBLIC = /(^|\.)(corp|home|home\.arpa|internal|intranet|lan|local|localdomain|localhost|private)$/;

/** What AWS names `… .rds.amazonaws.com` stands in subnets, most of it by private addresses, and this tells in which. */
const IN_A_VPC: ReadonlyMap<string, string> = new Map(
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
    vpce: 'ec2:DescribeVpcEndpoints',
  }),
);

export const AWS = /\.amazonaws\.com(\.cn)?$/;

/** What would tell where a machine of AWS in a VPC is that goes by this name; undefined for other names. */
export function operationOfMachine(name: string): string | undefined {
  if (!AWS.test(name)) return undefined;
  if (/^internal-.*\.elb\./.test(name)) return 'elbv2:DescribeLoadBalancers';
  // what stands first is a name that somebody chose, or that of an API
  const label = name
    .split('.')
    .slice(1)
    .findLast((one) => IN_A_VPC.has(one));
  return IN_A_VPC.get(label ?? '');
}

/** A name that only a private zone, a search list or a registry of services can answer. */
export const isNameOfInside = (name: string): boolean => !name.includes('.') || NOT_PUBLIC.test(name);

/** What would tell where a host is that no answer of AWS tells; undefined where the network answers. */
export function unanswered(host: string): Missing | undefined {
  const set = addressOfHost(host);
  if (set) {
    const own = OF_THE_MACHINE.some((block) => overlaps(parseCidr(block) ?? set, set));
    return own
      ? { operation: 'unknown', reason: `${host} is answered by the machine itself, and not by the network` }
      : undefined;
  }
  const name = host.toLowerCase().replace(/\.$/, '');
  const operation = operationOfMachine(name);
  if (operation)
    return {
      operation,
      reason: `${host} is a machine of AWS in a VPC, and no answer that was read tells its address`,
    };
  if (!isNameOfInside(name)) return undefined;
  return {
    operation: 'route53:ListResourceRecordSets',
    reason: `${host} is no name of the internet, and no zone that was read tells its address`,
  };
}

/**
 * Whether the machine may have the address itself, in a network that only it knows (Docker's bridge, a VPN client): it is
 * private, and neither the VPC nor a route tells another place. A task with an interface of its own, a function and what
 * AWS runs have no such networks.
 */
export function mayHaveItself(network: Network, one: NetworkInterface, set: AddressSet): Missing | undefined {
  if (overlaps(set, INTERNET)) return undefined;
  const owner = one.owner && byId(network.estate, one.owner.id);
  if (owner !== undefined && owner.kind !== 'instance' && owner.kind !== 'containerInstance') return undefined;
  const vpc = one.vpc && vpcAddresses(network, one.vpc.id);
  if (vpc && overlaps(vpc, set)) return undefined;
  const subnet = one.subnet && byId(network.estate, one.subnet.id);
  const table = subnet?.kind === 'subnet' ? tableOf(network, subnet) : undefined;
  const routed =
    subnet?.kind === 'subnet' &&
    table !== undefined &&
    'value' in table &&
    lanesFor(network, subnet, set).some(
      ({ route }) => route?.destination !== undefined && !isDefault(route.destination),
    );
  if (routed) return undefined;
  return {
    operation: 'unknown',
    reason: `no route of the VPC leads there: ${owner?.name ?? one.id} may have a network of its own (Docker, a VPN client), which no answer of AWS tells`,
    resource: owner?.id ?? one.id,
  };
}

const isDefault = (destination: { readonly type: string; readonly cidr?: string }): boolean =>
  destination.type === 'cidr' && ['0.0.0.0/0', '::/0'].includes(destination.cidr ?? '');
