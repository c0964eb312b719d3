/** What the journey makes: prod: certificates. */
import * as aws from '@pulumi/aws';
import { inUsEast1 } from '../../providers.js';
import { steps } from '../../steps.js';

const legacyProdAlbCdnCertificate = steps.since(
  'legacy-prod-cdn-made',
  () =>
    new aws.acm.Certificate(
      'legacy-prod-alb-cdn-certificate',
      {
        domainName: 'legacy-shop.example',
        subjectAlternativeNames: ['www.legacy-shop.example'],
        validationMethod: 'DNS',
        tags: { Name: 'legacy-prod-alb-cdn-certificate', ManagedBy: 'underpin' },
      },
      { provider: inUsEast1 },
    ),
);

export const legacyProdAlbCdnCertificateCertificateValidation = steps.since(
  'legacy-prod-cdn-made',
  (now) =>
    new aws.acm.CertificateValidation(
      'legacy-prod-alb-cdn-certificate',
      { certificateArn: now(legacyProdAlbCdnCertificate).arn },
      { provider: inUsEast1 },
    ),
);
