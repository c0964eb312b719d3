/** Files for browsers: a private bucket that only its own CloudFront distribution may read, under its own domain. */
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Tags } from '../component.ts';
import { refuse } from '../refuse.ts';
import { type Grantee, grant, policyDocument } from '../security/grant.ts';
import type { LogBucket } from '../storage/log-bucket.ts';
import { privateBucket } from '../storage/private-bucket.ts';
import { distributionLogs } from './access-logs.ts';
import { aliasRecords, CLOUDFRONT_REGION, certificates } from './certificate.ts';
import { CACHING_OPTIMIZED, CORS_S3_ORIGIN, SECURITY_HEADERS } from './policies.ts';

export interface MediaCdnArgs {
  /** Like `media.example.com`. *Replacement* of the certificate, beside the old one. */
  readonly domain: string;
  /** Route 53 hosted zone of the domain. *Replacement* of the records. */
  readonly hostedZoneId: pulumi.Input<string>;
  /** Pages that may read the files by script, like `https://shop.example.com`. *In place*. @default none */
  readonly corsOrigins?: readonly string[];
  /** Days after which every object goes. *In place*. @default never */
  readonly expireDays?: number;
  /** Where access logs go. *In place*. @default nowhere */
  readonly logs?: LogBucket;
  /** *In place*. @default 'PriceClass_All' */
  readonly priceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';
  /** *In place*. @default none */
  readonly tags?: Tags;
}

const ORIGIN = 'media';

export class MediaCdn extends Component {
  readonly bucket: aws.s3.Bucket;
  readonly distribution: aws.cloudfront.Distribution;
  readonly url: string;

  constructor(name: string, args: MediaCdnArgs, opts?: pulumi.ComponentResourceOptions) {
    super('MediaCdn', name, args.tags, opts);
    if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(args.domain))
      refuse(name, `'${args.domain}' is not a domain.`, 'Write it like media.example.com.');
    if (args.corsOrigins?.includes('*') === true)
      refuse(name, 'corsOrigins admits every page.', 'Name the pages, like https://shop.example.com.');
    this.url = `https://${args.domain}`;
    const parts = privateBucket(
      this,
      name,
      this.tagged(name),
      args.expireDays === undefined ? {} : { expireDays: args.expireDays },
    );
    this.bucket = parts.bucket;
    const certificate = certificates(
      this,
      `${name}-certificate`,
      args.domain,
      args.hostedZoneId,
      [CLOUDFRONT_REGION],
      this.tagged(args.domain),
    );
    this.distribution = this.#distribution(args, certificate.get(CLOUDFRONT_REGION)?.arn);
    new aws.s3.BucketPolicy(
      name,
      {
        bucket: this.bucket.bucket,
        // A policy that names a service and a source is not public, so it works with every block on public access switched on:
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
        policy: policyDocument([
          ...parts.onlyTls,
          {
            Sid: 'OnlyThisDistributionReads',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: ['s3:GetObject'],
            Resource: pulumi.interpolate`${this.bucket.arn}/*`,
            Condition: { StringEquals: { 'AWS:SourceArn': this.distribution.arn } },
          },
        ]),
      },
      this.child({ dependsOn: [parts.publicAccessBlock] }),
    );
    if (args.corsOrigins !== undefined && args.corsOrigins.length > 0) this.#cors(args.corsOrigins);
    aliasRecords(this, name, args.domain, args.hostedZoneId, this.distribution);
    if (args.logs !== undefined) distributionLogs(this, name, this.distribution, args.logs, this.tagged(name));
    this.registerOutputs({ url: this.url });
  }

  /** Lets `to` read, write and delete objects, below a prefix when one is given. */
  allowManage(to: Grantee, prefix = ''): void {
    grant(to, `manage-${this.componentName}`, [
      {
        Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        Resource: pulumi.interpolate`${this.bucket.arn}/${prefix}*`,
      },
    ]);
  }

  #distribution(args: MediaCdnArgs, certificateArn: pulumi.Output<string> | undefined): aws.cloudfront.Distribution {
    const name = this.componentName;
    const access = new aws.cloudfront.OriginAccessControl(
      name,
      {
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
        description: `${name} reads its bucket`,
      },
      this.child(),
    );
    return new aws.cloudfront.Distribution(
      name,
      {
        enabled: true,
        comment: `${name}: ${args.domain}`,
        aliases: [args.domain],
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        priceClass: args.priceClass ?? 'PriceClass_All',
        origins: [
          { originId: ORIGIN, domainName: this.bucket.bucketRegionalDomainName, originAccessControlId: access.id },
        ],
        defaultCacheBehavior: {
          targetOriginId: ORIGIN,
          viewerProtocolPolicy: 'redirect-to-https',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
          cachedMethods: ['GET', 'HEAD'],
          cachePolicyId: CACHING_OPTIMIZED,
          originRequestPolicyId: CORS_S3_ORIGIN,
          responseHeadersPolicyId: SECURITY_HEADERS,
          compress: true,
        },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        viewerCertificate: {
          ...(certificateArn === undefined ? {} : { acmCertificateArn: certificateArn }),
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        },
        tags: this.tagged(name),
      },
      this.child(),
    );
  }

  #cors(origins: readonly string[]): void {
    new aws.s3.BucketCorsConfiguration(
      this.componentName,
      {
        bucket: this.bucket.bucket,
        corsRules: [
          { allowedOrigins: [...origins], allowedMethods: ['GET', 'HEAD'], allowedHeaders: ['*'], maxAgeSeconds: 3600 },
        ],
      },
      this.child(),
    );
  }
}
