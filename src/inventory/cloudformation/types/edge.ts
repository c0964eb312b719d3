/** CloudFront, Route 53, certificates. */
import type { Value } from '../../pulumi/recorded.ts';
import type { Draft, Given } from '../given.ts';
import { row, type TypeRow } from '../row.ts';
import { isUnknown, UNKNOWN } from '../values.ts';

const origin = (one: Given): Draft => ({
  originId: one.text('Id'),
  domainName: one.text('DomainName'),
  originAccessControlId: one.text('OriginAccessControlId') || undefined,
  customHeaders: one.each('OriginCustomHeaders', (header) => ({ name: header.text('HeaderName') })),
  customOriginConfig: one.one('CustomOriginConfig', (custom) => ({
    originProtocolPolicy: custom.text('OriginProtocolPolicy'),
    httpPort: custom.number('HTTPPort') ?? 80,
    httpsPort: custom.number('HTTPSPort') ?? 443,
  })),
  s3OriginConfig: one.one('S3OriginConfig', (s3) => ({
    originAccessIdentity: s3.text('OriginAccessIdentity') || undefined,
  })),
  vpcOriginConfig: one.one('VpcOriginConfig', (vpc) => ({ vpcOriginId: vpc.text('VpcOriginId') })),
});

const behaviour = (one: Given): Draft => ({
  targetOriginId: one.text('TargetOriginId'),
  viewerProtocolPolicy: one.text('ViewerProtocolPolicy'),
});

const distribution = row(
  'AWS::CloudFront::Distribution',
  'aws:cloudfront/distribution:Distribution',
  (one) => {
    const config = one.block('DistributionConfig');
    return {
      aliases: config?.list('Aliases'),
      enabled: config?.flag('Enabled'),
      origins: config?.each('Origins', origin),
      webAclId: config?.text('WebACLId') || undefined,
      defaultCacheBehavior: config?.one('DefaultCacheBehavior', behaviour),
      orderedCacheBehaviors: config?.each('CacheBehaviors', behaviour),
      tags: one.tags(),
    };
  },
  { attributes: { Id: 'id', DomainName: 'domainName' } },
);

const zone = row(
  'AWS::Route53::HostedZone',
  'aws:route53/zone:Zone',
  (one) => ({
    name: one.text('Name'),
    vpcs: one.each('VPCs', (vpc) => ({ vpcId: vpc.text('VPCId') })),
    tags: one.tags('HostedZoneTags'),
  }),
  { attributes: { Id: 'id' } },
);

const RECORD = 'aws:route53/record:Record';

const recordInputs = (one: Given, zoneId: Value | undefined): Draft => ({
  // a zone of which only the name is said may be any zone of the account with this name
  zoneId: zoneId ?? one.text('HostedZoneId') ?? UNKNOWN,
  name: one.text('Name'),
  type: one.text('Type'),
  ttl: one.number('TTL'),
  setIdentifier: one.text('SetIdentifier'),
  healthCheckId: one.text('HealthCheckId'),
  records: one.list('ResourceRecords'),
  aliases: alias(one),
  weightedRoutingPolicies: one.has('Weight') ? [{ weight: one.number('Weight') ?? UNKNOWN }] : undefined,
});

function alias(one: Given): Value | undefined {
  const target = one.one('AliasTarget', (each) => ({ name: each.text('DNSName'), zoneId: each.text('HostedZoneId') }));
  return target === undefined || isUnknown(target) ? target : [target];
}

const recordGroup = row('AWS::Route53::RecordSetGroup', 'cloudformation:route53/recordSetGroup', () => ({}), {
  untagged: true,
  beside: (one) =>
    (one.blocks('RecordSets') ?? []).map((each, n) => ({
      token: RECORD,
      part: `record${n + 1}`,
      inputs: recordInputs(each, one.text('HostedZoneId')),
    })),
});

const healthCheck = row('AWS::Route53::HealthCheck', 'aws:route53/healthCheck:HealthCheck', (one) => {
  const config = one.block('HealthCheckConfig');
  return {
    type: config?.text('Type'),
    disabled: config?.flag('Disabled'),
    invertHealthcheck: config?.flag('Inverted'),
    cloudwatchAlarmName: config?.text('AlarmIdentifier.Name'),
    cloudwatchAlarmRegion: config?.text('AlarmIdentifier.Region'),
    insufficientDataHealthStatus: config?.text('InsufficientDataHealthStatus'),
  };
});

export const edge: readonly TypeRow[] = [
  distribution,
  row(
    'AWS::CloudFront::OriginAccessControl',
    'aws:cloudfront/originAccessControl:OriginAccessControl',
    (one) => ({
      name: one.text('OriginAccessControlConfig.Name'),
      originAccessControlOriginType: one.text('OriginAccessControlConfig.OriginAccessControlOriginType'),
    }),
    { attributes: { Id: 'id' }, untagged: true },
  ),
  row(
    'AWS::CloudFront::CloudFrontOriginAccessIdentity',
    'aws:cloudfront/originAccessIdentity:OriginAccessIdentity',
    () => ({}),
    { attributes: { Id: 'id', S3CanonicalUserId: 's3CanonicalUserId' }, untagged: true },
  ),
  row(
    'AWS::CloudFront::VpcOrigin',
    'aws:cloudfront/vpcOrigin:VpcOrigin',
    (one) => ({
      vpcOriginEndpointConfig: one.one('VpcOriginEndpointConfig', (config) => ({
        name: config.text('Name'),
        arn: config.text('Arn'),
        httpPort: config.number('HTTPPort') ?? 80,
        httpsPort: config.number('HTTPSPort') ?? 443,
        originProtocolPolicy: config.text('OriginProtocolPolicy'),
      })),
    }),
    { attributes: { Id: 'id', Arn: 'arn' } },
  ),
  zone,
  row('AWS::Route53::RecordSet', RECORD, (one) => recordInputs(one, undefined), { ref: 'fqdn', untagged: true }),
  recordGroup,
  healthCheck,
  row(
    'AWS::CertificateManager::Certificate',
    'aws:acm/certificate:Certificate',
    (one) => ({
      domainName: one.text('DomainName'),
      subjectAlternativeNames: one.list('SubjectAlternativeNames'),
      tags: one.tags(),
    }),
    { attributes: { Id: 'id' } },
  ),
];
