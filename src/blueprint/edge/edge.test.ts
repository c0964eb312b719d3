import { describe, expect, it } from 'vitest';
import { LogBucket } from '../storage/log-bucket.ts';
import { testNetwork, without } from '../testing/network.ts';
import { statements } from '../testing/policy.ts';
import { record } from '../testing/record.ts';
import { Edge, type EdgeArgs } from './edge.ts';
import { MediaCdn, type MediaCdnArgs } from './media-cdn.ts';

const IN = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const DISTRIBUTION = 'aws:cloudfront/distribution:Distribution';
const edge = (changes: Partial<EdgeArgs> = {}) =>
  new Edge('shop', { network: testNetwork(), domain: 'shop.example.com', hostedZoneId: 'Z1', ...changes });
const media = (changes: Partial<MediaCdnArgs> = {}) =>
  new MediaCdn('media', { domain: 'media.example.com', hostedZoneId: 'Z1', ...changes });
const secret = 'not-a-real-secret-at-all';

describe('Edge', () => {
  it('with a VPC origin declares exactly these resources', async () => {
    const { list } = await record(() => edge());
    expect(without(list)).toEqual([
      'aws:acm/certificate:Certificate shop-certificate-eu-west-1',
      'aws:acm/certificate:Certificate shop-certificate-us-east-1',
      'aws:acm/certificateValidation:CertificateValidation shop-certificate-eu-west-1',
      'aws:acm/certificateValidation:CertificateValidation shop-certificate-us-east-1',
      'aws:cloudfront/distribution:Distribution shop',
      'aws:cloudfront/vpcOrigin:VpcOrigin shop',
      'aws:ec2/securityGroup:SecurityGroup shop-lb',
      'aws:lb/listener:Listener shop-lb-https',
      'aws:lb/loadBalancer:LoadBalancer shop-lb',
      'aws:route53/record:Record shop-certificate-proof',
      'aws:route53/record:Record shop-ipv4',
      'aws:route53/record:Record shop-ipv6',
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule shop-lb-from-cloudfront',
    ]);
  });

  it("keeps the balancer internal and admits CloudFront's addresses only", async () => {
    const { inputs, all } = await record(() => edge());
    expect(inputs('aws:lb/loadBalancer:LoadBalancer', 'shop-lb')).toMatchObject({
      internal: true,
      subnets: ['net-app-a-id', 'net-app-b-id'],
      dropInvalidHeaderFields: true,
    });
    expect(all(IN).map((each) => each.inputs)).toMatchObject([
      { fromPort: 443, toPort: 443, prefixListId: 'pl-cloudfront', securityGroupId: 'shop-lb-id' },
    ]);
    expect(all(IN)[0]?.inputs).not.toHaveProperty('cidrIpv4');
    expect(inputs(DISTRIBUTION, 'shop').origins).toMatchObject([{ vpcOriginConfig: { vpcOriginId: 'shop-id' } }]);
  });

  it('with a secret keeps CloudFront between: prefix list, secret header, and 403 for everything unclaimed', async () => {
    const { inputs, all } = await record(() => edge({ origin: { secret } }));
    expect(inputs('aws:lb/loadBalancer:LoadBalancer', 'shop-lb')).toMatchObject({
      internal: false,
      subnets: ['net-public-a-id', 'net-public-b-id'],
    });
    expect(all(IN).map((each) => each.inputs.prefixListId)).toEqual(['pl-cloudfront']);
    expect(inputs('aws:lb/listener:Listener', 'shop-lb-https')).toMatchObject({
      protocol: 'HTTPS',
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      defaultActions: [{ type: 'fixed-response', fixedResponse: { statusCode: '403' } }],
    });
    expect(inputs(DISTRIBUTION, 'shop').origins).toMatchObject([
      {
        customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
        customHeaders: [{ name: 'X-Origin-Verify', value: secret }],
      },
    ]);
  });

  it('caches nothing, passes everything on, takes every method and only HTTPS', async () => {
    const { inputs } = await record(() => edge());
    expect(inputs(DISTRIBUTION, 'shop')).toMatchObject({
      aliases: ['shop.example.com'],
      defaultCacheBehavior: {
        viewerProtocolPolicy: 'redirect-to-https',
        cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        originRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
        allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      },
      viewerCertificate: { minimumProtocolVersion: 'TLSv1.2_2021', sslSupportMethod: 'sni-only' },
    });
    expect(inputs('aws:acm/certificate:Certificate', 'shop-certificate-us-east-1').region).toBe('us-east-1');
  });

  it('has a firewall and logs when asked', async () => {
    const { inputs, list } = await record(() => edge({ firewall: {}, logs: new LogBucket('net-logs') }));
    expect(inputs(DISTRIBUTION, 'shop').webAclId).toBe('arn:aws:test:::shop-firewall');
    expect(inputs('aws:lb/loadBalancer:LoadBalancer', 'shop-lb').accessLogs).toEqual({
      enabled: true,
      bucket: 'net-logs.bucket',
      prefix: 'shop-lb',
    });
    expect(list.filter((each) => each.includes('logDelivery'))).toHaveLength(3);
  });

  const refused: readonly [string, Partial<EdgeArgs>, RegExp][] = [
    ['a short secret', { origin: { secret: 'short' } }, /shorter than 16.*openssl/],
    ['a domain with a scheme', { domain: 'https://shop.example.com' }, /not a domain/],
    ['waiting longer than CloudFront does', { answerSeconds: 300 }, /1 to 120 seconds/],
  ];
  it.each(refused)('refuses %s', async (_what, changes, message) => {
    await expect(record(() => edge(changes))).rejects.toThrow(message);
  });
});

describe('MediaCdn', () => {
  it('declares exactly these resources', async () => {
    const { list } = await record(() => media({ corsOrigins: ['https://shop.example.com'] }));
    expect(list).toEqual([
      'aws:acm/certificate:Certificate media-certificate-us-east-1',
      'aws:acm/certificateValidation:CertificateValidation media-certificate-us-east-1',
      'aws:cloudfront/distribution:Distribution media',
      'aws:cloudfront/originAccessControl:OriginAccessControl media',
      'aws:route53/record:Record media-certificate-proof',
      'aws:route53/record:Record media-ipv4',
      'aws:route53/record:Record media-ipv6',
      'aws:s3/bucket:Bucket media',
      'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration media',
      'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration media',
      'aws:s3/bucketOwnershipControls:BucketOwnershipControls media',
      'aws:s3/bucketPolicy:BucketPolicy media',
      'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock media',
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration media',
      'aws:s3/bucketVersioning:BucketVersioning media',
    ]);
  });

  it('keeps the bucket closed in every way, readable by its distribution alone', async () => {
    const recording = await record(() => media());
    expect(recording.inputs('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'media')).toMatchObject({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    expect(recording.one('aws:s3/bucket:Bucket', 'media').protect).toBe(true);
    expect(statements(recording, 'aws:s3/bucketPolicy:BucketPolicy', 'media')).toEqual([
      expect.objectContaining({ Effect: 'Deny', Sid: 'OnlyByTls' }),
      {
        Effect: 'Allow',
        Sid: 'OnlyThisDistributionReads',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: ['s3:GetObject'],
        Resource: 'arn:aws:test:::media/*',
        Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:test:::media' } },
      },
    ]);
    expect(recording.inputs('aws:cloudfront/originAccessControl:OriginAccessControl', 'media')).toMatchObject({
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
  });

  it('refuses to admit every page, and what is no domain', async () => {
    await expect(record(() => media({ corsOrigins: ['*'] }))).rejects.toThrow(/admits every page/);
    await expect(record(() => media({ domain: 'media' }))).rejects.toThrow(/not a domain/);
  });
});
