/** A TLS certificate that proves its domain by DNS and renews itself. */
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/** CloudFront takes certificates of this region only. */
export const CLOUDFRONT_REGION = 'us-east-1';

export interface Proven {
  /** Known once the certificate is issued. */
  readonly arn: pulumi.Output<string>;
}

/**
 * Certificates for one domain in one or more regions. ACM proves a domain of an account by the same record in every region,
 * so there is one record for all: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function certificates(
  owner: pulumi.Resource,
  name: string,
  domain: string,
  zoneId: pulumi.Input<string>,
  regions: readonly string[],
  tags: Record<string, string>,
): ReadonlyMap<string, Proven> {
  const unique = [...new Set(regions)];
  let record: aws.route53.Record | undefined;
  const proven = unique.map((region): [string, Proven] => {
    const child = `${name}-${region}`;
    const certificate = new aws.acm.Certificate(
      child,
      { region, domainName: domain, validationMethod: 'DNS', tags },
      { parent: owner },
    );
    const proof = certificate.domainValidationOptions.apply((options) => options[0]);
    record ??= new aws.route53.Record(
      `${name}-proof`,
      {
        zoneId,
        name: proof.apply((each) => each?.resourceRecordName ?? ''),
        type: proof.apply((each) => each?.resourceRecordType ?? 'CNAME'),
        records: [proof.apply((each) => each?.resourceRecordValue ?? '')],
        ttl: 300,
      },
      { parent: owner },
    );
    const validated = new aws.acm.CertificateValidation(
      child,
      { region, certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: owner },
    );
    return [region, { arn: validated.certificateArn }];
  });
  return new Map(proven);
}

/** The domain's addresses, old and new kind, at a distribution. */
export function aliasRecords(
  owner: pulumi.Resource,
  name: string,
  domain: string,
  zoneId: pulumi.Input<string>,
  distribution: aws.cloudfront.Distribution,
): void {
  for (const [suffix, type] of [
    ['ipv4', 'A'],
    ['ipv6', 'AAAA'],
  ] as const) {
    new aws.route53.Record(
      `${name}-${suffix}`,
      {
        zoneId,
        name: domain,
        type,
        aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
      },
      { parent: owner },
    );
  }
}
