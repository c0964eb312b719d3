/** Pieces of example inventories about who may come in: groups open to all, and answers that say "there is none". */
import { ACCOUNT } from '../example.ts';
import type { Example } from '../rule.ts';
import { group, groupAnswer, network, privateSubnet, publicSubnet, VPC } from './network.ts';

export const OPEN_GROUP = 'sg-0allopen00000001';
export const CLOSED_GROUP = 'sg-0closed000000001';
export const OFFICE = '198.51.100.0/28';

export const PUBLIC_SUBNETS = [publicSubnet('eu-west-1a'), publicSubnet('eu-west-1b')];
export const PRIVATE_SUBNETS = [privateSubnet('eu-west-1a'), privateSubnet('eu-west-1b')];

/** One group that admits everybody everywhere, and one that admits nobody. */
export const groups = (): Example =>
  groupAnswer(
    group(OPEN_GROUP, 'all-open', [{ protocol: '-1', cidr: '0.0.0.0/0' }]),
    group(CLOSED_GROUP, 'closed', []),
  );

export const noBalancers = (): Example => ({
  'elbv2:DescribeLoadBalancers': { LoadBalancers: [] },
  'elbv2:DescribeTargetGroups': { TargetGroups: [] },
  'elb:DescribeLoadBalancers': { LoadBalancerDescriptions: [] },
});

export const noDistributions = (): Example => ({
  'cloudfront:ListDistributions': { DistributionList: { Quantity: 0, IsTruncated: false } },
});

/** A VPC as the console's first click leaves it: every subnet leads to the internet gateway, and there is no NAT. */
export const onlyPublic = (): Example => ({
  ...network(),
  'ec2:DescribeSubnets': {
    Subnets: PUBLIC_SUBNETS.map((SubnetId, n) => ({
      SubnetId,
      VpcId: VPC,
      AvailabilityZone: `eu-west-1${SubnetId.slice(-1)}`,
      CidrBlock: `10.0.${n}.0/24`,
      MapPublicIpOnLaunch: true,
      Ipv6CidrBlockAssociationSet: [],
      OwnerId: ACCOUNT,
      Tags: [{ Key: 'Name', Value: `public-${SubnetId.slice(-1)}` }],
    })),
  },
});

/** The same public subnets, with automatic public addresses off. */
export const subnetsWithoutAddresses = (): Example => ({
  ...onlyPublic(),
  'ec2:DescribeSubnets': {
    Subnets: PUBLIC_SUBNETS.map((SubnetId, n) => ({
      SubnetId,
      VpcId: VPC,
      AvailabilityZone: `eu-west-1${SubnetId.slice(-1)}`,
      CidrBlock: `10.0.${n}.0/24`,
      MapPublicIpOnLaunch: false,
      Ipv6CidrBlockAssociationSet: [],
      OwnerId: ACCOUNT,
      Tags: [],
    })),
  },
});

export const noSessionManager = (): Example => ({ 'ssm:DescribeInstanceInformation': { InstanceInformationList: [] } });

export const CLOUDFRONT = 'pl-0cloudfront000001';

/** AWS's own list of the addresses that CloudFront asks origins from. */
export const cloudfrontListAnswer = (): Example => ({
  'ec2:DescribeManagedPrefixLists': {
    PrefixLists: [
      {
        PrefixListId: CLOUDFRONT,
        PrefixListName: 'com.amazonaws.global.cloudfront.origin-facing',
        AddressFamily: 'IPv4',
        State: 'create-complete',
        OwnerId: 'AWS',
      },
    ],
  },
});

/** Empty answers for all that can carry a security group, but for instances. */
export const nothingElseRuns = (): Example => ({
  ...noBalancers(),
  'ec2:DescribeLaunchTemplates': { LaunchTemplates: [] },
  'autoscaling:DescribeLaunchConfigurations': { LaunchConfigurations: [] },
  'rds:DescribeDBInstances': { DBInstances: [] },
  'elasticache:DescribeCacheClusters': { CacheClusters: [] },
  'lambda:ListFunctions': { Functions: [] },
});
