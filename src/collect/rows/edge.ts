import { each, global, NEXT_MARKER, NEXT_TOKEN, type Pages, type Row, regional } from '../row.ts';

const DISTRIBUTIONS = ['cloudfront:ListDistributions', 'DistributionList.Items[].Id', 'Id'] as const;
const CERTIFICATES = ['acm:ListCertificates', 'CertificateSummaryList[].CertificateArn', 'CertificateArn'] as const;

/** CloudFront wraps a page in a list object that has the marker in it. */
const inList = (list: string): { readonly pages: Pages } => ({ pages: { [`${list}.NextMarker`]: 'Marker' } });

/** ACM lists certificates of RSA 2048 only, unless it is told otherwise. */
const EVERY_CERTIFICATE = {
  ...NEXT_TOKEN,
  inputs: [
    {
      Includes: {
        keyTypes: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
      },
    },
  ],
};

export const EDGE: readonly Row[] = [
  global('cloudfront:ListDistributions', inList('DistributionList')),
  global('cloudfront:GetDistribution', each(...DISTRIBUTIONS)),
  global('cloudfront:GetDistributionConfig', { ...each(...DISTRIBUTIONS), unless: 'cloudfront:GetDistribution' }),
  global(
    'cloudfront:ListTagsForResource',
    each('cloudfront:ListDistributions', 'DistributionList.Items[].ARN', 'Resource'),
  ),
  global('cloudfront:ListOriginAccessControls', inList('OriginAccessControlList')),
  global('cloudfront:ListCloudFrontOriginAccessIdentities', inList('CloudFrontOriginAccessIdentityList')),
  global('cloudfront:ListVpcOrigins', inList('VpcOriginList')),
  global('cloudfront:GetVpcOrigin', each('cloudfront:ListVpcOrigins', 'VpcOriginList.Items[].Id', 'Id')),
  global('cloudfront:ListFunctions', inList('FunctionList')),
  global('globalaccelerator:ListAccelerators', { ...NEXT_TOKEN, region: 'us-west-2' }),

  global('route53:ListHostedZones', NEXT_MARKER),
  global('route53:GetHostedZone', each('route53:ListHostedZones', 'HostedZones[].Id', 'Id')),
  global('route53:ListResourceRecordSets', {
    pages: {
      NextRecordName: 'StartRecordName',
      NextRecordType: 'StartRecordType',
      NextRecordIdentifier: 'StartRecordIdentifier',
    },
    ...each('route53:ListHostedZones', 'HostedZones[].Id', 'HostedZoneId'),
  }),
  global('route53:ListTagsForResource', {
    each: [
      {
        of: 'route53:ListHostedZones',
        items: 'HostedZones[].Id',
        input: { ResourceType: '=hostedzone', ResourceId: '@/' },
      },
    ],
  }),
  global('route53:ListHealthChecks', NEXT_MARKER),

  regional('acm:ListCertificates', EVERY_CERTIFICATE),
  regional('acm:DescribeCertificate', each(...CERTIFICATES)),
  regional('acm:ListTagsForCertificate', each(...CERTIFICATES)),
  // CloudFront's certificates live in us-east-1, whichever region the rest is in
  global('acm:ListCertificates', EVERY_CERTIFICATE),
  global('acm:DescribeCertificate', each(...CERTIFICATES)),
  global('acm:ListTagsForCertificate', each(...CERTIFICATES)),

  regional('wafv2:ListWebACLs', { pages: { NextMarker: 'NextMarker' }, inputs: [{ Scope: 'REGIONAL' }] }),
  global('wafv2:ListWebACLs', { pages: { NextMarker: 'NextMarker' }, inputs: [{ Scope: 'CLOUDFRONT' }] }),
  regional('apigateway:GetRestApis', { pages: { position: 'position' }, inputs: [{ limit: 500 }] }),
  regional('apigatewayv2:GetApis', NEXT_TOKEN),
  regional('cognito-idp:ListUserPools', { ...NEXT_TOKEN, inputs: [{ MaxResults: 60 }] }),
];
