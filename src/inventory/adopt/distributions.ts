/**
 * A distribution's configuration as arguments. What is not known here makes it unwritable as a whole: a setting that is
 * left out would be taken away at the next deployment.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
import { quantityItems, quantityStrings, text } from '../fields.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';
import { behaviourOf } from './cache-behaviours.ts';
import { originOf } from './origins.ts';

export type Arguments = { readonly [name: string]: Properties[string] | undefined };

const KNOWN = new Set([
  'Aliases',
  'AnycastIpListId',
  'CacheBehaviors',
  'CallerReference',
  'Comment',
  'ContinuousDeploymentPolicyId',
  'CustomErrorResponses',
  'DefaultCacheBehavior',
  'DefaultRootObject',
  'Enabled',
  'HttpVersion',
  'IsIPV6Enabled',
  'Logging',
  'OriginGroups',
  'Origins',
  'PriceClass',
  'Restrictions',
  'Staging',
  'ViewerCertificate',
  'WebACLId',
]);

/** What the configuration has and is not written here. */
export const unwritten = (config: Item): readonly string[] =>
  Object.keys(config.value)
    .filter((field) => !KNOWN.has(field) && !isEmpty(config.value[field]))
    // how the account pays and is connected, not what the distribution does
    .filter((field) => !(field === 'ConnectionMode' && config.string(field) === 'direct'))
    .sort();

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** The arguments that no distribution is without; one of them is undefined when AWS did not tell it. */
export const required = (config: Item) => ({
  aliases: quantityStrings(config, 'Aliases'),
  enabled: config.boolean('Enabled'),
  origins: every(quantityItems(config, 'Origins'), originOf),
  defaultCacheBehavior: behaviourOf(config.item('DefaultCacheBehavior')),
  orderedCacheBehaviors: every(quantityItems(config, 'CacheBehaviors'), (one) => {
    const [pathPattern, behaviour] = [text(one, 'PathPattern'), behaviourOf(one)];
    return pathPattern === undefined || behaviour === undefined ? undefined : { pathPattern, ...behaviour };
  }),
  priceClass: text(config, 'PriceClass'),
  httpVersion: text(config, 'HttpVersion')?.toLowerCase(),
  isIpv6Enabled: config.boolean('IsIPV6Enabled'),
  restrictions: restrictionsOf(config.item('Restrictions')?.item('GeoRestriction')),
  viewerCertificate: certificateOf(config.item('ViewerCertificate')),
});

/** Those that may be absent. */
export const optional = (config: Item): Arguments => ({
  comment: text(config, 'Comment'),
  defaultRootObject: text(config, 'DefaultRootObject'),
  webAclId: text(config, 'WebACLId'),
  staging: config.boolean('Staging') || undefined,
  continuousDeploymentPolicyId: text(config, 'ContinuousDeploymentPolicyId'),
  anycastIpListId: text(config, 'AnycastIpListId'),
  loggingConfig: loggingOf(config.item('Logging')),
  customErrorResponses: some(every(quantityItems(config, 'CustomErrorResponses'), errorResponse)),
  originGroups: some(every(quantityItems(config, 'OriginGroups'), originGroup)),
});

/** Each of a list, written; undefined when one of them cannot be. */
export function every<T>(
  list: readonly Item[] | undefined,
  write: (one: Item) => T | undefined,
): readonly T[] | undefined {
  const known = list?.flatMap((one) => write(one) ?? []);
  return known?.length === list?.length ? known : undefined;
}

export const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

function restrictionsOf(geo: Item | undefined): Properties | undefined {
  const restrictionType = text(geo, 'RestrictionType');
  if (geo === undefined || restrictionType === undefined) return undefined;
  return { geoRestriction: said({ restrictionType, locations: some(geo.strings('Items')) }) };
}

function certificateOf(certificate: Item | undefined): Properties | undefined {
  if (certificate === undefined) return undefined;
  const minimumProtocolVersion = text(certificate, 'MinimumProtocolVersion');
  if (certificate.boolean('CloudFrontDefaultCertificate'))
    return said({ cloudfrontDefaultCertificate: true, minimumProtocolVersion });
  const [acm, iam] = [text(certificate, 'ACMCertificateArn'), text(certificate, 'IAMCertificateId')];
  if (acm === undefined && iam === undefined) return undefined;
  return said({
    acmCertificateArn: acm,
    iamCertificateId: iam,
    sslSupportMethod: text(certificate, 'SSLSupportMethod'),
    minimumProtocolVersion,
  });
}

function loggingOf(logging: Item | undefined): Properties | undefined {
  const bucket = text(logging, 'Bucket');
  if (logging === undefined || (bucket === undefined && !logging.boolean('Enabled'))) return undefined;
  return said({ bucket, prefix: text(logging, 'Prefix'), includeCookies: logging.boolean('IncludeCookies') });
}

function errorResponse(one: Item): Properties | undefined {
  const errorCode = one.number('ErrorCode');
  if (errorCode === undefined) return undefined;
  return said({
    errorCode,
    errorCachingMinTtl: one.number('ErrorCachingMinTTL'),
    responseCode: text(one, 'ResponseCode') === undefined ? undefined : one.number('ResponseCode'),
    responsePagePath: text(one, 'ResponsePagePath'),
  });
}

function originGroup(one: Item): Properties | undefined {
  const codes = one.item('FailoverCriteria')?.item('StatusCodes')?.value.Items;
  const members = every(quantityItems(one, 'Members'), (member) => {
    const originId = text(member, 'OriginId');
    return originId === undefined ? undefined : { originId };
  });
  const originId = text(one, 'Id');
  if (originId === undefined || members === undefined || !Array.isArray(codes)) return undefined;
  const statusCodes = codes.filter((code): code is number => typeof code === 'number');
  return statusCodes.length === codes.length ? { originId, failoverCriteria: { statusCodes }, members } : undefined;
}
