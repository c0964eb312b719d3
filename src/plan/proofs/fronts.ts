/**
 * What stands in a request's way at a distribution and behind it, which no packet tells: CloudFront answers 403 to a name
 * that is not its own, and passes on no more than its behaviours say.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html
 */
import { ALL_VIEWER, CACHING_DISABLED } from '../../blueprint/edge/policies.ts';
import { byId, type Estate } from '../../estate/estate.ts';
import type { Distribution, Origin } from '../../estate/kinds/edge.ts';
import { resolveHost } from '../../inventory/flows/resolve.ts';
import { isProperties, type Properties, type Value } from '../../inventory/pulumi/recorded.ts';
import type { State } from '../state.ts';
import { unfitForCloudFront } from '../structure/cloudfront-fit.ts';
import { declaredOf } from '../structure/declared.ts';
import { covers } from '../structure/domains.ts';

export interface Problem {
  /** Whether it is so, or only not known not to be so. */
  readonly certain: boolean;
  readonly text: string;
}

const unsure = (text: string): Problem => ({ certain: false, text });

/** Why whoever comes by a name that leads to a distribution may not be served; undefined where nothing is in the way. */
export function turnedAway(distribution: Distribution, host: string, now: Estate, after: State): Problem | undefined {
  const { name, aliases, enabled, webAcl } = distribution;
  if (aliases === undefined) return unsure(`for which names ${name} answers is not known`);
  if (!covers(aliases, host))
    return {
      certain: true,
      text: `${host} leads to ${name}, which answers 403 to a name that is not among its aliases`,
    };
  if (enabled !== true) return unsure(`whether ${name} is enabled is not known`);
  if (webAcl !== null) return unsure(`whether the web ACL before ${name} turns somebody away is not known`);
  for (const { from, to } of now.flows) {
    if (from.type !== 'resource' || from.id !== distribution.id || to.type !== 'resource') continue;
    const balancer = byId(now, to.id);
    const [unfit] = balancer?.kind === 'loadBalancer' ? unfitForCloudFront(balancer, now, after) : [];
    if (unfit !== undefined) return unsure(unfit.because);
  }
  return undefined;
}

const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
const parts = (value: Value | undefined): readonly Properties[] => list(value).filter(isProperties);

/** All that a client of a program may send; what caches files takes fewer. */
const METHODS = 7;

/** What a distribution keeps, leaves out or does itself of the requests that a program behind it got whole; a text says it. */
export function keepsBack(distribution: Distribution, after: State): string | undefined {
  const { name } = distribution;
  const { defaultCacheBehavior, orderedCacheBehaviors, restrictions } =
    declaredOf(after, distribution)?.properties ?? {};
  if (!isProperties(defaultCacheBehavior)) return `what ${name} passes on is not known`;
  for (const one of [defaultCacheBehavior, ...parts(orderedCacheBehaviors)]) {
    if (list(one.allowedMethods).length < METHODS) return `${name} does not take every method that the balancer takes`;
    if (one.cachePolicyId !== CACHING_DISABLED)
      return `whether ${name} keeps answers that are for one customer is not known`;
    if (one.originRequestPolicyId !== ALL_VIEWER) return `${name} does not pass on everything that the customer sends`;
    const more = ['functionAssociations', 'lambdaFunctionAssociations', 'trustedKeyGroups', 'trustedSigners'];
    if (more.some((each) => list(one[each]).length > 0))
      return `${name} runs a function or asks for signed links, and what that turns away is not known`;
  }
  const geo = isProperties(restrictions) ? restrictions.geoRestriction : undefined;
  return isProperties(geo) && geo.restrictionType !== 'none' ? `${name} turns away whole countries` : undefined;
}

/** What an origin stands for: ids of resources, and names of what is outside. */
export function endsOf(estate: Estate, distribution: Distribution, { domain, vpcOrigin }: Origin): readonly string[] {
  const inside = vpcOrigin === undefined ? undefined : byId(estate, vpcOrigin);
  if (inside?.kind === 'vpcOrigin') return inside.endpointArn === undefined ? [] : [inside.endpointArn];
  const { account, region } = distribution;
  return resolveHost(estate, domain ?? '', { account, region, vpc: undefined }).flatMap(({ end }) =>
    end.type === 'resource' ? [end.id] : end.type === 'host' ? [end.host] : [],
  );
}

/** What its behaviours ask, the default's first; undefined where that is not told. */
export const askedBy = (estate: Estate, distribution: Distribution): readonly (readonly string[])[] | undefined =>
  distribution.asks?.map((id) => {
    const origin = distribution.origins?.find((one) => one.id === id);
    return origin ? endsOf(estate, distribution, origin) : [];
  });
