/** What was built by hand: prod: distributions, names and firewalls. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { legacyShopExampleZone } from '../account/edge.js';

new aws.route53.Record(
  'db.prod.legacy-shop.example-CNAME',
  {
    zoneId: legacyShopExampleZone.id,
    name: 'db.prod.legacy-shop.example',
    type: 'CNAME',
    ttl: 300,
    records: ['legacy-prod-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com'],
  },
  adopted('Z08EXAMPLE1KDU59MG4I_db.prod.legacy-shop.example_CNAME'),
);
