/** What was built by hand: prod: which route table each subnet uses. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdNetwork } from '../../target/prod/network.js';
import { legacyProdPublic, legacyProdPublicASubnet, legacyProdPublicCSubnet } from './network.js';

new aws.ec2.RouteTableAssociation(
  'legacy-prod-public-a',
  {
    subnetId: legacyProdPublicASubnet.id,
    routeTableId: steps.at({
      adopt: legacyProdPublic.id,
      'legacy-prod-database-private-legacy-prod-public-a': (now) => now(legacyProdNetwork).routeTable('app-a').id,
    }),
  },
  adopted('subnet-a40806910adf28f91/rtb-44a134048303764e8'),
);

new aws.ec2.RouteTableAssociation(
  'legacy-prod-public-c',
  {
    subnetId: legacyProdPublicCSubnet.id,
    routeTableId: steps.at({
      adopt: legacyProdPublic.id,
      'legacy-prod-database-private-legacy-prod-public-c': (now) => now(legacyProdNetwork).routeTable('app-c').id,
    }),
  },
  adopted('subnet-bd90c7849d4135651/rtb-44a134048303764e8'),
);
