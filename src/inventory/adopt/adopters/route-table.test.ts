import { expect, it } from 'vitest';
import { answersOf } from '../../testing.ts';
import { adopter } from './route-table.ts';

const LOCAL = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' };
const DEFAULT = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active', Origin: 'CreateRoute' };
const adopted = (routes: readonly object[], vpcs: readonly object[] = [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }]) =>
  adopter.adopt(
    answersOf({
      'ec2:DescribeVpcs': { Vpcs: vpcs },
      'ec2:DescribeRouteTables': {
        RouteTables: [
          {
            RouteTableId: 'rtb-1',
            VpcId: 'vpc-1',
            Associations: [
              { RouteTableAssociationId: 'rtbassoc-1', Main: true },
              { RouteTableAssociationId: 'rtbassoc-2', Main: false, SubnetId: 'subnet-1' },
            ],
            Routes: routes,
            Tags: [{ Key: 'Name', Value: 'public' }],
          },
        ],
      },
    }),
  );

it('is declared with a resource for each route and each association, without the local route and the main association', () => {
  expect(adopted([LOCAL, DEFAULT])).toMatchObject([
    { type: 'aws:ec2/routeTable:RouteTable', importId: 'rtb-1', inputs: { vpcId: 'vpc-1', tags: { Name: 'public' } } },
    {
      type: 'aws:ec2/route:Route',
      name: 'public-default',
      importId: 'rtb-1_0.0.0.0/0',
      inputs: { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' },
      of: { kind: 'routeTable', id: 'rtb-1' },
    },
    {
      type: 'aws:ec2/routeTableAssociation:RouteTableAssociation',
      id: 'rtbassoc-2',
      importId: 'subnet-1/rtb-1',
      inputs: { routeTableId: 'rtb-1', subnetId: 'subnet-1' },
    },
  ]);
});

it.each([
  ['a VPN gateway writes into it', [LOCAL, { ...DEFAULT, Origin: 'EnableVgwRoutePropagation' }], /VPN gateway/],
  ['a route leads nowhere that was told', [LOCAL, { ...DEFAULT, GatewayId: undefined }], /was not told/],
  ['it lacks what every table has', [DEFAULT], /lacks the route of 10.0.0.0/],
])('is not adopted where %s', (_what, routes, because) => {
  expect(adopted(routes)).toMatchObject([{ state: 'unadopted', because: expect.stringMatching(because) }]);
});

it('is not adopted where its VPC was not read', () => {
  expect(adopted([LOCAL], [])).toMatchObject([
    { state: 'unadopted', because: 'its VPC vpc-1 was not read (ec2:DescribeVpcs)' },
  ]);
});
