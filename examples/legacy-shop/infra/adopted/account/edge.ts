/** What was built by hand: distributions, names and firewalls. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';
import { legacyProdAlbCdn } from '../../target/prod/edge.js';

export const legacyShopExampleZone = new aws.route53.Zone(
  'legacy-shop.example',
  {
    name: 'legacy-shop.example',
    comment: '',
    forceDestroy: false,
  },
  adopted('Z08EXAMPLE1KDU59MG4I'),
);

new aws.route53.Record(
  '_7160bd4b655988aa5399b65cd8b8a666.www.legacy-shop.example-CNAME',
  {
    zoneId: legacyShopExampleZone.id,
    name: '_7160bd4b655988aa5399b65cd8b8a666.www.legacy-shop.example',
    type: 'CNAME',
    ttl: 300,
    records: ['_b4063a7360b3feef0a17670894aba3bb.ykybfrwcxw.acm-validations.aws.'],
  },
  adopted('Z08EXAMPLE1KDU59MG4I__7160bd4b655988aa5399b65cd8b8a666.www.legacy-shop.example_CNAME'),
);

new aws.route53.Record(
  '_8ea1ba6743e9466d78fde09c150af0c6.legacy-shop.example-CNAME',
  {
    zoneId: legacyShopExampleZone.id,
    name: '_8ea1ba6743e9466d78fde09c150af0c6.legacy-shop.example',
    type: 'CNAME',
    ttl: 300,
    records: ['_681b6081a26439befc2140f6a10d9176.ykybfrwcxw.acm-validations.aws.'],
  },
  adopted('Z08EXAMPLE1KDU59MG4I__8ea1ba6743e9466d78fde09c150af0c6.legacy-shop.example_CNAME'),
);

new aws.route53.Record(
  'legacy-shop.example-A',
  {
    zoneId: legacyShopExampleZone.id,
    name: 'legacy-shop.example',
    type: 'A',
    aliases: steps.at({
      adopt: [
        {
          name: 'legacy-prod-alb-1186502733.ap-northeast-2.elb.amazonaws.com',
          zoneId: 'ZWKZPGTI48KDX',
          evaluateTargetHealth: false,
        },
      ],
      'legacy-prod-cdn-name-legacy-shop-example-a': (now) => [
        {
          name: now(legacyProdAlbCdn).domainName,
          zoneId: now(legacyProdAlbCdn).hostedZoneId,
          evaluateTargetHealth: false,
        },
      ],
    }),
  },
  adopted('Z08EXAMPLE1KDU59MG4I_legacy-shop.example_A'),
);

new aws.route53.Record(
  'www.legacy-shop.example-A',
  {
    zoneId: legacyShopExampleZone.id,
    name: 'www.legacy-shop.example',
    type: 'A',
    aliases: steps.at({
      adopt: [
        {
          name: 'legacy-prod-alb-1186502733.ap-northeast-2.elb.amazonaws.com',
          zoneId: 'ZWKZPGTI48KDX',
          evaluateTargetHealth: false,
        },
      ],
      'legacy-prod-cdn-name-www-legacy-shop-example-a': (now) => [
        {
          name: now(legacyProdAlbCdn).domainName,
          zoneId: now(legacyProdAlbCdn).hostedZoneId,
          evaluateTargetHealth: false,
        },
      ],
    }),
  },
  adopted('Z08EXAMPLE1KDU59MG4I_www.legacy-shop.example_A'),
);
