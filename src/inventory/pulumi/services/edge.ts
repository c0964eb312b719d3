/** CloudFront, Route 53, certificates. */
import type { Block, Declared } from '../declared.ts';
import { type Body, declaredOnly, detail, listing, type Translation } from '../translation.ts';
import type { World } from '../world.ts';

const DISTRIBUTION = ['aws:cloudfront/distribution:Distribution'];
const ZONE = ['aws:route53/zone:Zone'];
const RECORD = ['aws:route53/record:Record'];
const CERTIFICATE = ['aws:acm/certificate:Certificate'];

/** `{ Quantity, Items }`, as CloudFront writes its lists. */
const items = (list: readonly unknown[] | undefined): Body | undefined =>
  list && { Quantity: list.length, Items: list };

const ports = (custom: Block | undefined): Body =>
  custom
    ? {
        CustomOriginConfig: {
          OriginProtocolPolicy: custom.text('originProtocolPolicy'),
          HTTPPort: custom.number('httpPort'),
          HTTPSPort: custom.number('httpsPort'),
        },
      }
    : {};

const origin = (one: Block, world: World): Body => {
  const custom = one.block('customOriginConfig');
  const vpc = one.block('vpcOriginConfig');
  const s3 = one.block('s3OriginConfig');
  const identity = s3?.text('originAccessIdentity') ?? (s3?.has('originAccessIdentity') ? undefined : '');
  return {
    Id: one.text('originId'),
    DomainName: one.text('domainName'),
    OriginAccessControlId: one.text('originAccessControlId') ?? (one.has('originAccessControlId') ? undefined : ''),
    CustomHeaders: items(one.blocks('customHeaders')?.map((each) => ({ HeaderName: each.text('name') }))),
    ...(vpc
      ? {
          VpcOriginConfig: { VpcOriginId: vpc.text('vpcOriginId') },
          // AWS tells a VPC origin's protocol and ports with the VPC origin itself; the reader looks for them here
          ...ports(world.byId(vpc.text('vpcOriginId'))?.block('vpcOriginEndpointConfig')),
        }
      : ports(custom)),
    // one that is set and not known must not look like a bucket's
    ...(one.has('vpcOriginConfig') || one.has('customOriginConfig')
      ? {}
      : { S3OriginConfig: { OriginAccessIdentity: identity } }),
  };
};

const behaviour = (one: Block | undefined): Body | undefined =>
  one && { TargetOriginId: one.text('targetOriginId'), ViewerProtocolPolicy: one.text('viewerProtocolPolicy') };

const distribution = (one: Declared, world: World): Body => ({
  Id: one.id,
  ARN: one.made('arn'),
  DomainName: one.made('domainName'),
  Aliases: items(one.texts('aliases')),
  Enabled: one.flag('enabled'),
  Origins: items(one.blocks('origins')?.map((each) => origin(each, world))),
  WebACLId: one.text('webAclId') ?? (one.has('webAclId') ? undefined : ''),
  DefaultCacheBehavior: behaviour(one.block('defaultCacheBehavior')),
  CacheBehaviors: items(one.blocks('orderedCacheBehaviors')?.map(behaviour)),
});

const withDot = (name: string | undefined): string | undefined => name && `${name.replace(/\.$/, '')}.`;

const hostedZone = (one: Declared): Body => {
  const vpcs = one.blocks('vpcs');
  return {
    Id: `/hostedzone/${one.id}`,
    Name: withDot(one.text('name')),
    Config: { PrivateZone: vpcs && vpcs.length > 0 },
  };
};

/** A record's name may leave out the zone's. */
function hostOf(one: Declared, world: World): string | undefined {
  const name = one.text('name');
  const zone = world.byId(one.text('zoneId'))?.text('name')?.replace(/\.$/, '');
  if (name === undefined) return one.has('name') ? undefined : withDot(zone);
  const bare = name.replace(/\.$/, '');
  return zone === undefined || bare === zone || bare.endsWith(`.${zone}`) || name.endsWith('.')
    ? withDot(bare)
    : withDot(`${bare}.${zone}`);
}

const record = (one: Declared, world: World): Body => {
  const alias = one.block('aliases');
  const weight = one.block('weightedRoutingPolicies');
  return {
    Name: hostOf(one, world),
    Type: one.text('type'),
    TTL: one.number('ttl'),
    SetIdentifier: one.text('setIdentifier'),
    Weight: weight?.number('weight'),
    // AWS leaves it out where there is none: one that only a deployment tells is there all the same
    HealthCheckId: one.has('healthCheckId') ? (one.text('healthCheckId') ?? 'unknown') : undefined,
    ...(alias
      ? { AliasTarget: { DNSName: withDot(alias.text('name')), HostedZoneId: alias.text('zoneId') } }
      : { ResourceRecords: one.texts('records')?.map((Value) => ({ Value })) }),
  };
};

const healthCheck = (one: Declared): Body => ({
  Id: one.id,
  HealthCheckConfig: {
    Type: one.text('type'),
    Disabled: one.flag('disabled', false),
    Inverted: one.flag('invertHealthcheck', false),
    AlarmIdentifier: one.has('cloudwatchAlarmName')
      ? { Name: one.text('cloudwatchAlarmName'), Region: one.text('cloudwatchAlarmRegion') }
      : undefined,
    InsufficientDataHealthStatus: one.text('insufficientDataHealthStatus'),
  },
});

const certificate = (one: Declared): Body => {
  const domain = one.text('domainName');
  const more = one.texts('subjectAlternativeNames');
  return {
    CertificateArn: one.made('arn'),
    DomainName: domain,
    SubjectAlternativeNameSummaries: more && [...new Set([domain, ...more])].filter((name) => name !== undefined),
    HasAdditionalSubjectAlternativeNames: false,
    Status: 'ISSUED',
  };
};

export const edge: readonly Translation[] = [
  listing('cloudfront:ListDistributions', 'DistributionList.Items', DISTRIBUTION, distribution),
  detail(
    'cloudfront:ListTagsForResource',
    DISTRIBUTION,
    (one) => ({ Resource: one.made('arn') }),
    (one) => ({ Tags: { Items: one.tags() } }),
  ),
  listing(
    'cloudfront:ListOriginAccessControls',
    'OriginAccessControlList.Items',
    ['aws:cloudfront/originAccessControl:OriginAccessControl'],
    (one) => ({
      Id: one.id,
      Name: one.either('name'),
      OriginAccessControlOriginType: one.text('originAccessControlOriginType'),
    }),
  ),
  listing(
    'cloudfront:ListCloudFrontOriginAccessIdentities',
    'CloudFrontOriginAccessIdentityList.Items',
    ['aws:cloudfront/originAccessIdentity:OriginAccessIdentity'],
    (one) => ({ Id: one.id }),
  ),
  listing('cloudfront:ListVpcOrigins', 'VpcOriginList.Items', ['aws:cloudfront/vpcOrigin:VpcOrigin'], (one) => {
    const config = one.block('vpcOriginEndpointConfig');
    return {
      Id: one.id,
      Arn: one.made('arn'),
      Name: config?.text('name'),
      OriginEndpointArn: config?.text('arn'),
      Status: 'Deployed',
    };
  }),
  listing('route53:ListHostedZones', 'HostedZones', ZONE, hostedZone),
  detail(
    'route53:GetHostedZone',
    ZONE,
    (one) => ({ Id: one.id }),
    (one) => ({ VPCs: one.blocks('vpcs')?.map((each) => ({ VPCId: each.text('vpcId') })) }),
  ),
  detail(
    'route53:ListTagsForResource',
    ZONE,
    (one) => ({ ResourceId: one.id }),
    (one) => ({ ResourceTagSet: { Tags: one.tags() } }),
  ),
  {
    ...detail(
      'route53:ListResourceRecordSets',
      RECORD,
      (one) => ({ HostedZoneId: one.text('zoneId') }),
      (one, world) => ({ ResourceRecordSets: [record(one, world)] }),
    ),
    types: RECORD,
  },
  listing('route53:ListHealthChecks', 'HealthChecks', ['aws:route53/healthCheck:HealthCheck'], healthCheck),
  listing('acm:ListCertificates', 'CertificateSummaryList', CERTIFICATE, certificate),
  detail(
    'acm:ListTagsForCertificate',
    CERTIFICATE,
    (one) => ({ CertificateArn: one.made('arn') }),
    (one) => ({ Tags: one.tags() }),
  ),
  declaredOnly(
    listing('wafv2:ListWebACLs', 'WebACLs', ['aws:wafv2/webAcl:WebAcl'], (one) => ({
      ARN: one.made('arn'),
      Name: one.either('name'),
    })),
  ),
  { operation: 'acm:ListCertificates', types: ['aws:acm/certificateValidation:CertificateValidation'], tell: () => [] },
];
