/** An origin of a distribution, as arguments. */
import { quantityItems, quantityStrings, REDACTED, text } from '../fields.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

/** Undefined when AWS did not tell all that the origin needs. */
export function originOf(one: Item): Properties | undefined {
  const [originId, domainName] = [text(one, 'Id'), text(one, 'DomainName')];
  const headers = headersOf(one);
  const kind = kindOf(one);
  if (originId === undefined || domainName === undefined || headers === undefined || kind === undefined)
    return undefined;
  const shield = one.item('OriginShield');
  return said({
    originId,
    domainName,
    originPath: text(one, 'OriginPath'),
    originAccessControlId: text(one, 'OriginAccessControlId'),
    connectionAttempts: one.number('ConnectionAttempts'),
    connectionTimeout: one.number('ConnectionTimeout'),
    responseCompletionTimeout: one.number('ResponseCompletionTimeout'),
    customHeaders: headers.length === 0 ? undefined : headers,
    originShield: shield?.boolean('Enabled')
      ? said({ enabled: true, originShieldRegion: text(shield, 'OriginShieldRegion') })
      : undefined,
    ...kind,
  });
}

/** Names only: the value proves to an origin that a request came through CloudFront, and is a secret. */
function headersOf(one: Item): readonly Properties[] | undefined {
  const headers = quantityItems(one, 'CustomHeaders');
  const known = headers?.flatMap((header) => {
    const name = text(header, 'HeaderName');
    return name === undefined ? [] : [{ name, value: { $secret: REDACTED } }];
  });
  return known?.length === headers?.length ? known : undefined;
}

function kindOf(one: Item): Properties | undefined {
  const [custom, vpc, s3] = [one.item('CustomOriginConfig'), one.item('VpcOriginConfig'), one.item('S3OriginConfig')];
  if (vpc) {
    const vpcOriginId = text(vpc, 'VpcOriginId');
    if (vpcOriginId === undefined) return undefined;
    return { vpcOriginConfig: said({ vpcOriginId, ...timeouts(vpc), ownerAccountId: text(vpc, 'OwnerAccountId') }) };
  }
  if (custom) {
    const needed = {
      httpPort: custom.number('HTTPPort'),
      httpsPort: custom.number('HTTPSPort'),
      originProtocolPolicy: text(custom, 'OriginProtocolPolicy'),
      originSslProtocols: quantityStrings(custom, 'OriginSslProtocols'),
    };
    if (Object.values(needed).includes(undefined)) return undefined;
    return {
      customOriginConfig: said({ ...needed, ...timeouts(custom), ipAddressType: text(custom, 'IpAddressType') }),
    };
  }
  if (s3 === undefined || !s3.has('OriginAccessIdentity')) return undefined;
  const originAccessIdentity = text(s3, 'OriginAccessIdentity');
  return originAccessIdentity === undefined ? {} : { s3OriginConfig: { originAccessIdentity } };
}

const timeouts = (one: Item): Parameters<typeof said>[0] => ({
  originKeepaliveTimeout: one.number('OriginKeepaliveTimeout'),
  originReadTimeout: one.number('OriginReadTimeout'),
});
