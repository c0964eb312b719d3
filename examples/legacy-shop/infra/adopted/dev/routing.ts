/** What was built by hand: dev: which route table each subnet uses. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevNetwork } from '../../target/dev/network.js';
import { legacyDevPublic, legacyDevPublicASubnet, legacyDevPublicCSubnet } from './network.js';

steps.until(
  'legacy-dev-retired-routes',
  (now) =>
    new aws.ec2.RouteTableAssociation(
      'legacy-dev-public-a',
      {
        subnetId: now(legacyDevPublicASubnet).id,
        routeTableId: steps.from('adopt', 'legacy-dev-retired-routes').at({
          adopt: (now) => now(legacyDevPublic).id,
          'legacy-dev-database-private-legacy-dev-public-a': (now) => now(legacyDevNetwork).routeTable('app-a').id,
        }),
      },
      adopted('subnet-90c27af190ffd6760/rtb-2f024131f99ee192c', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-gateways': false }),
      }),
    ),
);

steps.until(
  'legacy-dev-retired-routes',
  (now) =>
    new aws.ec2.RouteTableAssociation(
      'legacy-dev-public-c',
      {
        subnetId: now(legacyDevPublicCSubnet).id,
        routeTableId: steps.from('adopt', 'legacy-dev-retired-routes').at({
          adopt: (now) => now(legacyDevPublic).id,
          'legacy-dev-database-private-legacy-dev-public-c': (now) => now(legacyDevNetwork).routeTable('app-c').id,
        }),
      },
      adopted('subnet-4b40c3a3190aeebeb/rtb-2f024131f99ee192c', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-gateways': false }),
      }),
    ),
);
