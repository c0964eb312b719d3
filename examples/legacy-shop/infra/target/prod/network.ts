/** What the journey makes: prod: VPCs, subnets, routes and the ways out. */
import { NetworkTiers } from 'underpin/blueprint';
import { legacyProdIgw, legacyProdVpc } from '../../adopted/prod/network.js';
import { steps } from '../../steps.js';

export const legacyProdNetwork = steps.since(
  'legacy-prod-private-network-subnets',
  () =>
    new NetworkTiers('legacy-prod-network', {
      vpcId: legacyProdVpc.id,
      region: 'ap-northeast-2',
      internetGatewayId: legacyProdIgw.id,
      subnets: {
        'app-a': '10.0.32.0/20',
        'app-c': '10.0.64.0/20',
        'data-a': '10.0.20.0/22',
        'data-c': '10.0.84.0/22',
        'public-a': '10.0.16.0/22',
        'public-c': '10.0.80.0/22',
      },
      gateways: steps.from('legacy-prod-private-network-subnets').at({
        'legacy-prod-private-network-subnets': [],
        'legacy-prod-private-network-way-out': ['a', 'c'],
      }),
      endpoints: steps.from('legacy-prod-private-network-subnets').at({
        'legacy-prod-private-network-subnets': [],
        'legacy-prod-private-network-way-out': ['s3', 'dynamodb'],
      }),
    }),
);
