/** What was built by hand: prod: VPCs, subnets, routes and the ways out. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const legacyProdVpc = new aws.ec2.Vpc(
  'legacy-prod-vpc',
  {
    cidrBlock: '10.0.0.0/16',
    enableDnsSupport: true,
    enableDnsHostnames: true,
    instanceTenancy: 'default',
    tags: steps.at({
      adopt: { Name: 'legacy-prod-vpc', Environment: 'prod' },
      'adopt-signed': { Name: 'legacy-prod-vpc', Environment: 'prod', ManagedBy: 'underpin' },
    }),
  },
  adopted('vpc-4e4fdcfce6f67f8fe'),
);

export const legacyProdIgw = new aws.ec2.InternetGateway(
  'legacy-prod-igw',
  { vpcId: legacyProdVpc.id, tags: { Name: 'legacy-prod-igw', Environment: 'prod' } },
  adopted('igw-aa28191811edb4d51'),
);

export const legacyProdPublic = new aws.ec2.RouteTable(
  'legacy-prod-public',
  { vpcId: legacyProdVpc.id, tags: { Name: 'legacy-prod-public', Environment: 'prod' } },
  adopted('rtb-44a134048303764e8'),
);

new aws.ec2.Route(
  'legacy-prod-public-default',
  {
    routeTableId: legacyProdPublic.id,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: legacyProdIgw.id,
  },
  adopted('rtb-44a134048303764e8_0.0.0.0/0'),
);

new aws.ec2.RouteTable('rtb-6e58fc7b4e0dbd434', { vpcId: legacyProdVpc.id }, adopted('rtb-6e58fc7b4e0dbd434'));

export const legacyProdPublicASubnet = new aws.ec2.Subnet(
  'legacy-prod-public-a',
  {
    vpcId: legacyProdVpc.id,
    availabilityZone: 'ap-northeast-2a',
    cidrBlock: '10.0.0.0/24',
    mapPublicIpOnLaunch: steps.at({ adopt: true, 'legacy-prod-database-private-no-public-addresses': false }),
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    tags: { Name: 'legacy-prod-public-a', Environment: 'prod' },
  },
  adopted('subnet-a40806910adf28f91'),
);

export const legacyProdPublicCSubnet = new aws.ec2.Subnet(
  'legacy-prod-public-c',
  {
    vpcId: legacyProdVpc.id,
    availabilityZone: 'ap-northeast-2c',
    cidrBlock: '10.0.1.0/24',
    mapPublicIpOnLaunch: steps.at({ adopt: true, 'legacy-prod-database-private-no-public-addresses': false }),
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    privateDnsHostnameTypeOnLaunch: 'ip-name',
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    tags: { Name: 'legacy-prod-public-c', Environment: 'prod' },
  },
  adopted('subnet-bd90c7849d4135651'),
);
