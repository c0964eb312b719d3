/** What the journey makes: dev: VPCs, subnets, routes and the ways out. */
import { NetworkTiers } from 'underpin/blueprint';
import { legacyDevIgw, legacyDevVpc } from '../../adopted/dev/network.js';
import { steps } from '../../steps.js';

export const legacyDevNetwork = steps.during(
  'legacy-dev-private-network-subnets',
  'legacy-dev-retired-places',
  (now) =>
    new NetworkTiers('legacy-dev-network', {
      vpcId: now(legacyDevVpc).id,
      region: 'ap-northeast-2',
      internetGatewayId: now(legacyDevIgw).id,
      subnets: {
        'app-a': '10.1.32.0/20',
        'app-c': '10.1.64.0/20',
        'data-a': '10.1.20.0/22',
        'data-c': '10.1.84.0/22',
        'public-a': '10.1.16.0/22',
        'public-c': '10.1.80.0/22',
      },
      routed: steps.from('legacy-dev-private-network-subnets').at({
        'legacy-dev-private-network-subnets': true,
        'legacy-dev-retired-routes': false,
      }),
      gateways: steps.from('legacy-dev-private-network-subnets').at({
        'legacy-dev-private-network-subnets': [],
        'legacy-dev-private-network-way-out': ['a', 'c'],
        'legacy-dev-retired-gateways': [],
      }),
      addresses: steps.from('legacy-dev-private-network-subnets').at({
        'legacy-dev-private-network-subnets': [],
        'legacy-dev-private-network-way-out': ['a', 'c'],
      }),
      endpoints: steps.from('legacy-dev-private-network-subnets').at({
        'legacy-dev-private-network-subnets': [],
        'legacy-dev-private-network-way-out': ['s3', 'dynamodb'],
        'legacy-dev-retired-routes': [],
      }),
    }),
);
