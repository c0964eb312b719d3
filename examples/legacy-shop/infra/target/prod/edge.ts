/** What the journey makes: prod: distributions, names and firewalls. */
import * as aws from '@pulumi/aws';
import { legacyProdAlbLoadBalancer } from '../../adopted/prod/balancers.js';
import { legacyProdMediaBucket, legacyProdStaticAssetsBucket } from '../../adopted/prod/storage.js';
import { config } from '../../settings.js';
import { steps } from '../../steps.js';
import { legacyProdAlbCdnCertificateCertificateValidation } from './certificates.js';

const legacyProdMediaCdnOriginAccessControl = steps.since(
  'legacy-prod-media-cdn',
  () =>
    new aws.cloudfront.OriginAccessControl('legacy-prod-media-cdn', {
      name: 'legacy-prod-media-cdn',
      description: 'CloudFront reads legacy-prod-media',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }),
);

export const legacyProdMediaCdnDistribution = steps.since(
  'legacy-prod-media-cdn',
  (now) =>
    new aws.cloudfront.Distribution('legacy-prod-media-cdn', {
      enabled: true,
      comment: 'What legacy-prod-media holds',
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: legacyProdMediaBucket.bucketRegionalDomainName,
          originAccessControlId: now(legacyProdMediaCdnOriginAccessControl).id,
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
      tags: { Name: 'legacy-prod-media-cdn', ManagedBy: 'underpin' },
    }),
);

const legacyProdStaticAssetsCdnOriginAccessControl = steps.since(
  'legacy-prod-media-cdn',
  () =>
    new aws.cloudfront.OriginAccessControl('legacy-prod-static-assets-cdn', {
      name: 'legacy-prod-static-assets-cdn',
      description: 'CloudFront reads legacy-prod-static-assets',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }),
);

const legacyProdStaticAssetsCdnFunction = steps.since(
  'legacy-prod-media-cdn',
  () =>
    new aws.cloudfront.Function('legacy-prod-static-assets-cdn', {
      name: 'legacy-prod-static-assets-cdn',
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

export const legacyProdStaticAssetsCdnDistribution = steps.since(
  'legacy-prod-media-cdn',
  (now) =>
    new aws.cloudfront.Distribution('legacy-prod-static-assets-cdn', {
      enabled: true,
      comment: 'What legacy-prod-static-assets holds',
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: legacyProdStaticAssetsBucket.bucketRegionalDomainName,
          originAccessControlId: now(legacyProdStaticAssetsCdnOriginAccessControl).id,
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
        functionAssociations: [
          { eventType: 'viewer-request', functionArn: now(legacyProdStaticAssetsCdnFunction).arn },
        ],
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
      customErrorResponses: [
        { errorCode: 403, responseCode: 404, responsePagePath: '/index.html', errorCachingMinTtl: 10 },
        { errorCode: 404, responseCode: 404, responsePagePath: '/index.html', errorCachingMinTtl: 10 },
      ],
      tags: { Name: 'legacy-prod-static-assets-cdn', ManagedBy: 'underpin' },
    }),
);

export const legacyProdAlbCdn = steps.since(
  'legacy-prod-cdn-made',
  (now) =>
    new aws.cloudfront.Distribution('legacy-prod-alb-cdn', {
      enabled: true,
      comment: 'legacy-prod-alb: legacy-shop.example, www.legacy-shop.example',
      aliases: ['legacy-shop.example', 'www.legacy-shop.example'],
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: 'PriceClass_All',
      origins: [
        {
          originId: 'origin',
          domainName: legacyProdAlbLoadBalancer.dnsName,
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
        acmCertificateArn: now(legacyProdAlbCdnCertificateCertificateValidation).certificateArn,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      tags: { Name: 'legacy-prod-alb-cdn', ManagedBy: 'underpin' },
    }),
);
