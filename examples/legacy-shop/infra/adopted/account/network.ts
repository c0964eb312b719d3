/** What was built by hand: VPCs, subnets, routes and the ways out. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const vpc72c7a167e6aaa74c3 = new aws.ec2.Vpc(
  'vpc-72c7a167e6aaa74c3',
  {
    cidrBlock: '172.31.0.0/16',
    enableDnsSupport: true,
    enableDnsHostnames: true,
    instanceTenancy: 'default',
    tags: steps.at({ adopt: undefined, 'adopt-signed': { ManagedBy: 'underpin' } }),
  },
  adopted('vpc-72c7a167e6aaa74c3'),
);

const igw05c6eeb175c9c1803 = new aws.ec2.InternetGateway(
  'igw-05c6eeb175c9c1803',
  { vpcId: vpc72c7a167e6aaa74c3.id },
  adopted('igw-05c6eeb175c9c1803'),
);

const rtbB87f2b9b16bf12805 = new aws.ec2.RouteTable(
  'rtb-b87f2b9b16bf12805',
  { vpcId: vpc72c7a167e6aaa74c3.id },
  adopted('rtb-b87f2b9b16bf12805'),
);

new aws.ec2.Route(
  'rtb-b87f2b9b16bf12805-default',
  {
    routeTableId: rtbB87f2b9b16bf12805.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: igw05c6eeb175c9c1803.id,
  },
  adopted('rtb-b87f2b9b16bf12805_0.0.0.0/0'),
);

new aws.ec2.Subnet(
  'subnet-0e9722ac63008fa04',
  {
    vpcId: vpc72c7a167e6aaa74c3.id,
    availabilityZone: 'ap-northeast-2d',
    cidrBlock: '172.31.48.0/20',
    mapPublicIpOnLaunch: true,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
  },
  adopted('subnet-0e9722ac63008fa04'),
);

new aws.ec2.Subnet(
  'subnet-4a61dc1f828ee4312',
  {
    vpcId: vpc72c7a167e6aaa74c3.id,
    availabilityZone: 'ap-northeast-2a',
    cidrBlock: '172.31.0.0/20',
    mapPublicIpOnLaunch: true,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
  },
  adopted('subnet-4a61dc1f828ee4312'),
);

new aws.ec2.Subnet(
  'subnet-a8be350bb68550152',
  {
    vpcId: vpc72c7a167e6aaa74c3.id,
    availabilityZone: 'ap-northeast-2b',
    cidrBlock: '172.31.16.0/20',
    mapPublicIpOnLaunch: true,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
  },
  adopted('subnet-a8be350bb68550152'),
);

new aws.ec2.Subnet(
  'subnet-e56021eb361ac282c',
  {
    vpcId: vpc72c7a167e6aaa74c3.id,
    availabilityZone: 'ap-northeast-2c',
    cidrBlock: '172.31.32.0/20',
    mapPublicIpOnLaunch: true,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
  },
  adopted('subnet-e56021eb361ac282c'),
);
