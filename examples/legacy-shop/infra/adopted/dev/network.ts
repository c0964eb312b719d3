/** What was built by hand: dev: VPCs, subnets, routes and the ways out. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const legacyDevVpc = steps.until(
  'legacy-dev-retired-network',
  () =>
    new aws.ec2.Vpc(
      'legacy-dev-vpc',
      {
        cidrBlock: '10.1.0.0/16',
        enableDnsSupport: true,
        enableDnsHostnames: true,
        instanceTenancy: 'default',
        tags: steps.at({
          adopt: { Name: 'legacy-dev-vpc', Environment: 'dev' },
          'adopt-signed': { Name: 'legacy-dev-vpc', Environment: 'dev', ManagedBy: 'underpin' },
        }),
      },
      adopted('vpc-94858b696eea4ae2a', { protect: steps.at({ adopt: true, 'legacy-dev-retired-places': false }) }),
    ),
);

export const legacyDevIgw = steps.until(
  'legacy-dev-retired-network',
  (now) =>
    new aws.ec2.InternetGateway(
      'legacy-dev-igw',
      { vpcId: now(legacyDevVpc).id, tags: { Name: 'legacy-dev-igw', Environment: 'dev' } },
      adopted('igw-bee4205d964aff935', { protect: steps.at({ adopt: true, 'legacy-dev-retired-places': false }) }),
    ),
);

export const legacyDevPublic = steps.until(
  'legacy-dev-retired-places',
  (now) =>
    new aws.ec2.RouteTable(
      'legacy-dev-public',
      { vpcId: now(legacyDevVpc).id, tags: { Name: 'legacy-dev-public', Environment: 'dev' } },
      adopted('rtb-2f024131f99ee192c', { protect: steps.at({ adopt: true, 'legacy-dev-retired-routes': false }) }),
    ),
);

steps.until(
  'legacy-dev-retired-routes',
  (now) =>
    new aws.ec2.Route(
      'legacy-dev-public-default',
      {
        routeTableId: now(legacyDevPublic).id,
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: now(legacyDevIgw).id,
      },
      adopted('rtb-2f024131f99ee192c_0.0.0.0/0', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-gateways': false }),
      }),
    ),
);

steps.until(
  'legacy-dev-retired-places',
  (now) =>
    new aws.ec2.RouteTable(
      'rtb-95eaff818875159d6',
      { vpcId: now(legacyDevVpc).id },
      adopted('rtb-95eaff818875159d6', { protect: steps.at({ adopt: true, 'legacy-dev-retired-routes': false }) }),
    ),
);

export const legacyDevPublicASubnet = steps.until(
  'legacy-dev-retired-places',
  (now) =>
    new aws.ec2.Subnet(
      'legacy-dev-public-a',
      {
        vpcId: now(legacyDevVpc).id,
        availabilityZone: 'ap-northeast-2a',
        cidrBlock: '10.1.0.0/24',
        mapPublicIpOnLaunch: steps.at({ adopt: true, 'legacy-dev-database-private-no-public-addresses': false }),
        assignIpv6AddressOnCreation: false,
        enableDns64: false,
        privateDnsHostnameTypeOnLaunch: 'ip-name',
        enableResourceNameDnsARecordOnLaunch: false,
        enableResourceNameDnsAaaaRecordOnLaunch: false,
        tags: { Name: 'legacy-dev-public-a', Environment: 'dev' },
      },
      adopted('subnet-90c27af190ffd6760', { protect: steps.at({ adopt: true, 'legacy-dev-retired-routes': false }) }),
    ),
);

export const legacyDevPublicCSubnet = steps.until(
  'legacy-dev-retired-places',
  (now) =>
    new aws.ec2.Subnet(
      'legacy-dev-public-c',
      {
        vpcId: now(legacyDevVpc).id,
        availabilityZone: 'ap-northeast-2c',
        cidrBlock: '10.1.1.0/24',
        mapPublicIpOnLaunch: steps.at({ adopt: true, 'legacy-dev-database-private-no-public-addresses': false }),
        assignIpv6AddressOnCreation: false,
        enableDns64: false,
        privateDnsHostnameTypeOnLaunch: 'ip-name',
        enableResourceNameDnsARecordOnLaunch: false,
        enableResourceNameDnsAaaaRecordOnLaunch: false,
        tags: { Name: 'legacy-dev-public-c', Environment: 'dev' },
      },
      adopted('subnet-4b40c3a3190aeebeb', { protect: steps.at({ adopt: true, 'legacy-dev-retired-routes': false }) }),
    ),
);
