/** What a distribution does with a request, as arguments. */
import { quantityItems, quantityStrings, text } from '../fields.ts';
import type { Item } from '../item.ts';
import type { Properties } from '../pulumi/recorded.ts';
import { said } from './adopter.ts';

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

/** Undefined when AWS did not tell all that it needs. */
export function behaviourOf(one: Item | undefined): Properties | undefined {
  const methods = one?.item('AllowedMethods');
  const needed = {
    targetOriginId: text(one, 'TargetOriginId'),
    viewerProtocolPolicy: text(one, 'ViewerProtocolPolicy'),
    allowedMethods: methods && quantityStrings(one, 'AllowedMethods'),
    cachedMethods: quantityStrings(methods, 'CachedMethods'),
    compress: one?.boolean('Compress'),
  };
  if (one === undefined || Object.values(needed).includes(undefined)) return undefined;
  return said({
    ...needed,
    cachePolicyId: text(one, 'CachePolicyId'),
    originRequestPolicyId: text(one, 'OriginRequestPolicyId'),
    responseHeadersPolicyId: text(one, 'ResponseHeadersPolicyId'),
    realtimeLogConfigArn: text(one, 'RealtimeLogConfigArn'),
    fieldLevelEncryptionId: text(one, 'FieldLevelEncryptionId'),
    smoothStreaming: one.boolean('SmoothStreaming') || undefined,
    minTtl: one.number('MinTTL'),
    defaultTtl: one.number('DefaultTTL'),
    maxTtl: one.number('MaxTTL'),
    forwardedValues: forwarded(one.item('ForwardedValues')),
    trustedSigners: some(quantityStrings(one, 'TrustedSigners')),
    trustedKeyGroups: some(quantityStrings(one, 'TrustedKeyGroups')),
    grpcConfig: one.item('GrpcConfig')?.boolean('Enabled') ? { enabled: true } : undefined,
    functionAssociations: some(
      quantityItems(one, 'FunctionAssociations')?.map((each) =>
        said({ eventType: text(each, 'EventType'), functionArn: text(each, 'FunctionARN') }),
      ),
    ),
    lambdaFunctionAssociations: some(
      quantityItems(one, 'LambdaFunctionAssociations')?.map((each) =>
        said({
          eventType: text(each, 'EventType'),
          lambdaArn: text(each, 'LambdaFunctionARN'),
          includeBody: each.boolean('IncludeBody'),
        }),
      ),
    ),
  });
}

/** The older form, before cache policies. */
function forwarded(values: Item | undefined): Properties | undefined {
  const cookies = values?.item('Cookies');
  if (values === undefined) return undefined;
  return said({
    queryString: values.boolean('QueryString'),
    queryStringCacheKeys: some(quantityStrings(values, 'QueryStringCacheKeys')),
    headers: some(quantityStrings(values, 'Headers')),
    cookies: said({
      forward: text(cookies, 'Forward'),
      whitelistedNames: some(quantityStrings(cookies, 'WhitelistedNames')),
    }),
  });
}
