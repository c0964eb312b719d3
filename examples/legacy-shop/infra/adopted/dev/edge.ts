/** What was built by hand: dev: distributions, names and firewalls. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyDevAlbCdn } from '../../target/dev/edge.js';
import { legacyShopExampleZone } from '../account/edge.js';

steps.until(
  'legacy-dev-retired-doors',
  () =>
    new aws.route53.Record(
      '_89bc7f30ceff3f59574bd0c52c391d3d.dev.legacy-shop.example-CNAME',
      {
        zoneId: legacyShopExampleZone.id,
        name: '_89bc7f30ceff3f59574bd0c52c391d3d.dev.legacy-shop.example',
        type: 'CNAME',
        ttl: 300,
        records: ['_3add8f52ae1bf58c1cc7cce77f97ef39.ykybfrwcxw.acm-validations.aws.'],
      },
      adopted('Z08EXAMPLE1KDU59MG4I__89bc7f30ceff3f59574bd0c52c391d3d.dev.legacy-shop.example_CNAME', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
      }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  () =>
    new aws.route53.Record(
      'db.dev.legacy-shop.example-CNAME',
      {
        zoneId: legacyShopExampleZone.id,
        name: 'db.dev.legacy-shop.example',
        type: 'CNAME',
        ttl: 300,
        records: ['legacy-dev-mysql.cexample0kr1.ap-northeast-2.rds.amazonaws.com'],
      },
      adopted('Z08EXAMPLE1KDU59MG4I_db.dev.legacy-shop.example_CNAME', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
      }),
    ),
);

steps.until(
  'legacy-dev-retired-doors',
  () =>
    new aws.route53.Record(
      'dev.legacy-shop.example-A',
      {
        zoneId: legacyShopExampleZone.id,
        name: 'dev.legacy-shop.example',
        type: 'A',
        aliases: steps.from('adopt', 'legacy-dev-retired-doors').at({
          adopt: [
            {
              name: 'legacy-dev-alb-1402957716.ap-northeast-2.elb.amazonaws.com',
              zoneId: 'ZWKZPGTI48KDX',
              evaluateTargetHealth: false,
            },
          ],
          'legacy-dev-cdn-name-dev-legacy-shop-example-a': (now) => [
            {
              name: now(legacyDevAlbCdn).domainName,
              zoneId: now(legacyDevAlbCdn).hostedZoneId,
              evaluateTargetHealth: false,
            },
          ],
        }),
      },
      adopted('Z08EXAMPLE1KDU59MG4I_dev.legacy-shop.example_A', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-unprotected': false }),
      }),
    ),
);
