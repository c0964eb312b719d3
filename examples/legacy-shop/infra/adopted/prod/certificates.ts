/** What was built by hand: prod: certificates. */
import * as aws from '@pulumi/aws';
import { adopted } from '../../guard.js';

export const legacyShopExampleCertificate = new aws.acm.Certificate(
  'legacy-shop.example',
  {
    domainName: 'legacy-shop.example',
    subjectAlternativeNames: ['legacy-shop.example', 'www.legacy-shop.example'],
    keyAlgorithm: 'RSA_2048',
    validationMethod: 'DNS',
    options: { certificateTransparencyLoggingPreference: 'ENABLED', export: 'DISABLED' },
    tags: { Environment: 'prod' },
  },
  adopted('arn:aws:acm:ap-northeast-2:111122223333:certificate/3d373ea1-7a0f-4967-9929-b70e9f67602a'),
);
