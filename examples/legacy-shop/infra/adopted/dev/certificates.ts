/** What was built by hand: dev: certificates. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';
import { steps } from '../../steps.js';

export const devLegacyShopExample = steps.until(
  'legacy-dev-retired-rest',
  () =>
    new aws.acm.Certificate(
      'dev.legacy-shop.example',
      {
        domainName: 'dev.legacy-shop.example',
        subjectAlternativeNames: ['dev.legacy-shop.example'],
        keyAlgorithm: 'RSA_2048',
        validationMethod: 'DNS',
        options: { certificateTransparencyLoggingPreference: 'ENABLED', export: 'DISABLED' },
        tags: { Environment: 'dev' },
      },
      adopted('arn:aws:acm:ap-northeast-2:111122223333:certificate/1ffe11d5-8cb6-4811-b6f4-70e548e26aae', {
        protect: steps.at({ adopt: true, 'legacy-dev-retired-data': false }),
      }),
    ),
);
