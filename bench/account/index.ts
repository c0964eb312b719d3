/**
 * A made-up account of any size: services that teams run in production and development environments. Environments and
 * services in each grow together, as real accounts do. The same knobs give the same bytes.
 */
import { Answers, type Inventory } from './answers.ts';
import type { Build } from './build.ts';
import { subnetGroups } from './data.ts';
import { balancer, hostedZone, ZONE_INPUT } from './edge.ts';
import { ACCOUNT, arn, REGION, ZONES } from './names.ts';
import { network } from './network.ts';
import { nobody, team, tell } from './people.ts';
import { random } from './random.ts';
import { cluster, service } from './service.ts';

export interface Knobs {
  /** About how many resources the account shall have. */
  readonly resources: number;
  /** From 0 (as a careful team builds) to 1 (as nobody dares to touch); half when left out. */
  readonly mess?: number;
  readonly seed?: number;
}

/** How many resources a service and what it needs come to, measured. */
const PER_SERVICE = 20;
/** What AWS allows a load balancer is 100 rules. */
const SERVICES_PER_BALANCER = 50;

export function account({ resources, mess = 0.5, seed = 1 }: Knobs): Inventory {
  const answers = new Answers();
  let given = 0;
  let addresses = 0;
  const build: Build = {
    answers,
    random: random(seed),
    mess,
    next: () => given++,
    publicAddress: () => {
      const n = addresses++;
      return `198.${18 + (Math.floor(n / 65536) % 2)}.${Math.floor(n / 256) % 256}.${n % 256}`;
    },
  };
  const people = nobody();
  places(answers);
  hostedZone(build);
  const environments = 2 * Math.max(1, Math.round(Math.sqrt(resources / 1000)));
  const services = Math.max(1, Math.round(resources / PER_SERVICE / environments));
  for (let n = 0; n < environments; n++) {
    const net = network(build, n, n % 2 === 0 ? 'prod' : 'dev');
    subnetGroups(build, net, build.random.chance(mess));
    const where = cluster(build, people, net);
    let front = balancer(build, net);
    for (let k = 0; k < services; k++) {
      if (k > 0 && k % SERVICES_PER_BALANCER === 0) front = balancer(build, net);
      service(build, people, where, front, `s${k}`);
    }
  }
  team(build, people, Math.max(4, Math.round(resources / 500)));
  tell(build, people);
  const records = answers.take('route53:ListResourceRecordSets');
  answers.answer('route53:ListResourceRecordSets', ZONE_INPUT, { ResourceRecordSets: records, IsTruncated: false });
  return answers.inventory();
}

/** What every account has, and what this one was asked for and has none of. */
function places(answers: Answers): void {
  answers.answer(
    'sts:GetCallerIdentity',
    {},
    { Account: ACCOUNT, Arn: arn('iam', 'role/reader', ''), UserId: 'AROAREADER' },
  );
  for (const [n, ZoneName] of ZONES.entries())
    answers.item('ec2:DescribeAvailabilityZones', 'AvailabilityZones', {
      ...{ ZoneName, ZoneId: `euw1-az${n + 1}`, RegionName: REGION, State: 'available', ZoneType: 'availability-zone' },
    });
  const none: readonly (readonly [operation: string, field: string])[] = [
    ['ec2:DescribeAddresses', 'Addresses'],
    ['ec2:DescribeFlowLogs', 'FlowLogs'],
    ['ec2:DescribeVpcEndpoints', 'VpcEndpoints'],
    ['ec2:DescribeVpcPeeringConnections', 'VpcPeeringConnections'],
    ['ec2:DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGateways'],
    ['ec2:DescribePrefixLists', 'PrefixLists'],
    ['ec2:DescribeManagedPrefixLists', 'PrefixLists'],
    ['ec2:DescribeLaunchTemplates', 'LaunchTemplates'],
    ['ec2:DescribeTransitGatewayVpcAttachments', 'TransitGatewayVpcAttachments'],
    ['ec2:DescribeVpnGateways', 'VpnGateways'],
    ['autoscaling:DescribeAutoScalingGroups', 'AutoScalingGroups'],
    ['rds:DescribeDBClusters', 'DBClusters'],
    ['elasticache:DescribeReplicationGroups', 'ReplicationGroups'],
    ['elasticache:DescribeServerlessCaches', 'ServerlessCaches'],
    ['secretsmanager:ListSecrets', 'SecretList'],
    ['cloudtrail:DescribeTrails', 'trailList'],
    ['kms:ListKeys', 'Keys'],
    ['elb:DescribeLoadBalancers', 'LoadBalancerDescriptions'],
    ['application-autoscaling:DescribeScalableTargets', 'ScalableTargets'],
    ['cloudformation:DescribeStacks', 'Stacks'],
    ['acm:ListCertificates', 'CertificateSummaryList'],
  ];
  for (const [operation, field] of none) answers.list(operation, field);
  answers.answer('cloudfront:ListDistributions', {}, { DistributionList: { Quantity: 0, IsTruncated: false } });
  answers.refuse('s3control:GetPublicAccessBlock', { AccountId: ACCOUNT }, 'NoSuchPublicAccessBlockConfiguration');
}
