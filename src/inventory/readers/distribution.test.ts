import { describe, expect, it } from 'vitest';
import { answersOf } from '../testing.ts';
import { reader } from './distribution.ts';

const ARN = 'arn:aws:cloudfront::111122223333:distribution/E1';
const list = (...Items: readonly object[]) => ({ Quantity: Items.length, ...(Items.length > 0 && { Items }) });
const settings = {
  Enabled: true,
  Aliases: list(),
  WebACLId: '',
  Origins: list(
    {
      Id: 'new',
      DomainName: 'media.s3.eu-west-1.amazonaws.com',
      S3OriginConfig: { OriginAccessIdentity: '' },
      OriginAccessControlId: 'EOAC',
    },
    {
      Id: 'old',
      DomainName: 'old.s3.amazonaws.com',
      S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/EOAI' },
      OriginAccessControlId: '',
    },
    {
      Id: 'open',
      DomainName: 'open.s3.amazonaws.com',
      S3OriginConfig: { OriginAccessIdentity: '' },
      OriginAccessControlId: '',
    },
    {
      Id: 'alb',
      DomainName: 'lb.example.com',
      CustomHeaders: list({ HeaderName: 'X-Origin-Verify', HeaderValue: 's3cr3t' }),
      CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
    },
    { Id: 'vpc', DomainName: 'lb.internal', VpcOriginConfig: { VpcOriginId: 'vo_1' }, CustomHeaders: list() },
  ),
  DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
  CacheBehaviors: list({ ViewerProtocolPolicy: 'redirect-to-https' }),
};
const summary = (more: object = {}) => ({
  'cloudfront:ListDistributions': {
    DistributionList: list({ Id: 'E1', ARN, DomainName: 'd1.cloudfront.net', ...settings, ...more }),
  },
});

describe('distributions', () => {
  it('reads origins of every sort, with header names and never their values', () => {
    const distributions = reader.read(answersOf(summary()));
    expect(distributions).toMatchObject([
      {
        id: ARN,
        region: 'global',
        domain: 'd1.cloudfront.net',
        aliases: [],
        enabled: true,
        webAcl: null,
        viewerProtocol: 'redirect-to-https',
        origins: [
          { id: 'new', type: 's3', originAccess: { id: 'EOAC' } },
          { id: 'old', type: 's3', originAccess: { id: 'EOAI' } },
          { id: 'open', type: 's3', originAccess: null },
          {
            id: 'alb',
            type: 'custom',
            customHeaders: ['X-Origin-Verify'],
            protocolPolicy: 'https-only',
            httpsPort: 443,
          },
          { id: 'vpc', type: 'vpc', vpcOrigin: 'vo_1', customHeaders: [] },
        ],
      },
    ]);
    expect(JSON.stringify(distributions)).not.toContain('s3cr3t');
  });

  it('is as loose towards viewers as its loosest behaviour, and unknown while one is', () => {
    const loose = { CacheBehaviors: list({ ViewerProtocolPolicy: 'allow-all' }) };
    expect(reader.read(answersOf(summary(loose)))).toMatchObject([{ viewerProtocol: 'allow-all' }]);
    expect(reader.read(answersOf(summary({ CacheBehaviors: list({}) })))).toMatchObject([
      { viewerProtocol: undefined },
    ]);
    expect(reader.read(answersOf(summary({ CacheBehaviors: undefined })))).toMatchObject([
      { viewerProtocol: undefined },
    ]);
  });

  it('completes a thin summary from the configuration, and knows a distribution by its configuration alone', () => {
    const config = {
      'cloudfront:GetDistributionConfig': [{ input: { Id: 'E1' }, output: { DistributionConfig: settings } }],
    };
    const thin = { 'cloudfront:ListDistributions': { DistributionList: list({ Id: 'E1', ARN }) } };
    for (const answers of [answersOf({ ...thin, ...config }), answersOf(config)])
      expect(reader.read(answers)).toMatchObject([{ id: ARN, enabled: true, webAcl: null, origins: { length: 5 } }]);
  });

  it('reads an account without any', () => {
    expect(reader.read(answersOf({ 'cloudfront:ListDistributions': { DistributionList: list() } }))).toEqual([]);
  });
});
