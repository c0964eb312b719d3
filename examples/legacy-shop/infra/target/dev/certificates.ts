/** What the journey makes: dev: certificates. */
import * as aws from '@pulumi/aws';
import { inUsEast1 } from '../../providers.js';
import { steps } from '../../steps.js';

const legacyDevAlbCdnCertificate = steps.during(
  'legacy-dev-cdn-made',
  'legacy-dev-retired-rest',
  () =>
    new aws.acm.Certificate(
      'legacy-dev-alb-cdn-certificate',
      {
        domainName: 'dev.legacy-shop.example',
        validationMethod: 'DNS',
        tags: { Name: 'legacy-dev-alb-cdn-certificate', ManagedBy: 'underpin' },
      },
      { provider: inUsEast1 },
    ),
);

export const legacyDevAlbCdnCertificateCertificateValidation = steps.during(
  'legacy-dev-cdn-made',
  'legacy-dev-retired-rest',
  (now) =>
    new aws.acm.CertificateValidation(
      'legacy-dev-alb-cdn-certificate',
      { certificateArn: now(legacyDevAlbCdnCertificate).arn },
      { provider: inUsEast1 },
    ),
);
