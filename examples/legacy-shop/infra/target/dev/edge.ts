/** What the journey makes: dev: distributions, names and firewalls. */
import * as aws from '@pulumi/aws';
import { legacyDevAlbLoadBalancer } from '../../adopted/dev/balancers.js';
import { legacyDevMediaBucket, legacyDevStaticAssetsBucket } from '../../adopted/dev/storage.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import { legacyDevAlbCdnCertificateCertificateValidation } from './certificates.js';

const legacyDevMediaCdnOriginAccessControl = steps.during(
  'legacy-dev-media-cdn',
  'legacy-dev-retired-data',
  () =>
    new aws.cloudfront.OriginAccessControl('legacy-dev-media-cdn', {
      name: 'legacy-dev-media-cdn',
      description: 'CloudFront reads legacy-dev-media',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }),
);

export const legacyDevMediaCdnDistribution = steps.during(
  'legacy-dev-media-cdn',
  'legacy-dev-retired-data',
  (now) =>
    new aws.cloudfront.Distribution('legacy-dev-media-cdn', {
      enabled: true,
      comment: 'What legacy-dev-media holds',
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: now(legacyDevMediaBucket).bucketRegionalDomainName,
          originAccessControlId: now(legacyDevMediaCdnOriginAccessControl).id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: 'origin',
        viewerProtocolPolicy: 'redirect-to-https',
        compress: true,
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        originRequestPolicyId: '88a5eaf4-2fd7-4709-b370-b4c650ea3fcf',
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
      tags: { Name: 'legacy-dev-media-cdn', ManagedBy: 'underpin' },
    }),
);

const legacyDevStaticAssetsCdnOriginAccessControl = steps.during(
  'legacy-dev-media-cdn',
  'legacy-dev-retired-data',
  () =>
    new aws.cloudfront.OriginAccessControl('legacy-dev-static-assets-cdn', {
      name: 'legacy-dev-static-assets-cdn',
      description: 'CloudFront reads legacy-dev-static-assets',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }),
);

const legacyDevStaticAssetsCdnFunction = steps.during(
  'legacy-dev-media-cdn',
  'legacy-dev-retired-data',
  () =>
    new aws.cloudfront.Function('legacy-dev-static-assets-cdn', {
      name: 'legacy-dev-static-assets-cdn',
      runtime: 'cloudfront-js-2.0',
      comment: 'Folders show index.html',
      publish: true,
      code: `function handler(event) {
  var request = event.request;
  if (request.uri.endsWith('/')) request.uri += "index.html";
  return request;
}
`,
    }),
);

export const legacyDevStaticAssetsCdnDistribution = steps.during(
  'legacy-dev-media-cdn',
  'legacy-dev-retired-data',
  (now) =>
    new aws.cloudfront.Distribution('legacy-dev-static-assets-cdn', {
      enabled: true,
      comment: 'What legacy-dev-static-assets holds',
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: now(legacyDevStaticAssetsBucket).bucketRegionalDomainName,
          originAccessControlId: now(legacyDevStaticAssetsCdnOriginAccessControl).id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: 'origin',
        viewerProtocolPolicy: 'redirect-to-https',
        compress: true,
        allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        originRequestPolicyId: '88a5eaf4-2fd7-4709-b370-b4c650ea3fcf',
        functionAssociations: [{ eventType: 'viewer-request', functionArn: now(legacyDevStaticAssetsCdnFunction).arn }],
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
      customErrorResponses: [
        { errorCode: 403, responseCode: 404, responsePagePath: '/index.html', errorCachingMinTtl: 10 },
        { errorCode: 404, responseCode: 404, responsePagePath: '/index.html', errorCachingMinTtl: 10 },
      ],
      tags: { Name: 'legacy-dev-static-assets-cdn', ManagedBy: 'underpin' },
    }),
);

export const legacyDevAlbCdn = steps.during(
  'legacy-dev-cdn-made',
  'legacy-dev-retired-programs',
  (now) =>
    new aws.cloudfront.Distribution('legacy-dev-alb-cdn', {
      enabled: true,
      comment: 'legacy-dev-alb: dev.legacy-shop.example',
      aliases: ['dev.legacy-shop.example'],
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: now(legacyDevAlbLoadBalancer).dnsName,
          customOriginConfig: {
            originProtocolPolicy: 'https-only',
            httpPort: 80,
            httpsPort: 443,
            originSslProtocols: ['TLSv1.2'],
            originReadTimeout: 60,
            originKeepaliveTimeout: 5,
          },
          customHeaders: [{ name: 'X-Origin-Verify', value: config.requireSecret('originSecret') }],
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: 'origin',
        viewerProtocolPolicy: 'redirect-to-https',
        compress: true,
        allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        originRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: {
        acmCertificateArn: now(legacyDevAlbCdnCertificateCertificateValidation).certificateArn,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      tags: { Name: 'legacy-dev-alb-cdn', ManagedBy: 'underpin' },
    }),
);
