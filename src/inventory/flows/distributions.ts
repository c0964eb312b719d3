/** CloudFront: viewers to the distribution, and the distribution to its origins. */
import { all, byId, type Estate } from '../../estate/estate.ts';
import type { FlowEnd } from '../../estate/flow.ts';
import type { Distribution, Origin } from '../../estate/kinds/edge.ts';
import { type Draft, draft, evidence, INTERNET_END, port, toResource } from './make.ts';
import { portsOfResource } from './ports.ts';
import { resolveHost } from './resolve.ts';

export const fromDistributions = (estate: Estate): readonly Draft[] =>
  all(estate, 'distribution')
    .filter((distribution) => distribution.enabled !== false)
    .flatMap((distribution) => [
      ...viewers(estate, distribution),
      ...(distribution.origins ?? []).flatMap((origin) => toOrigin(estate, distribution, origin)),
    ]);

const viewers = (estate: Estate, distribution: Distribution): readonly Draft[] =>
  portsOfResource(estate, distribution).map((number) =>
    draft(
      INTERNET_END,
      toResource(distribution),
      'tcp',
      port(number),
      'the public site',
      evidence('configuration', `distribution ${distribution.name} is enabled`, distribution.source),
    ),
  );

function toOrigin(estate: Estate, distribution: Distribution, origin: Origin): readonly Draft[] {
  const why = evidence(
    'configuration',
    `origin ${origin.id} of distribution ${distribution.name}`,
    distribution.source,
  );
  return originEnds(estate, distribution, origin).flatMap((end) =>
    originPorts(origin).map((number) =>
      draft(toResource(distribution), end, 'tcp', port(number), 'what the cache does not have', why),
    ),
  );
}

function originEnds(estate: Estate, distribution: Distribution, origin: Origin): readonly FlowEnd[] {
  const vpcOrigin = origin.vpcOrigin === undefined ? undefined : byId(estate, origin.vpcOrigin);
  const inside =
    vpcOrigin?.kind === 'vpcOrigin' && vpcOrigin.endpointArn !== undefined
      ? byId(estate, vpcOrigin.endpointArn)
      : undefined;
  if (inside) return [toResource(inside)];
  if (origin.domain === undefined) return [];
  return resolveHost(estate, origin.domain, { ...distribution, vpc: undefined }).map(({ end }) => end);
}

/**
 * An S3 origin is asked by HTTPS; a custom origin by what its protocol policy says.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
function originPorts(origin: Origin): readonly number[] {
  if (origin.type === 's3') return [443];
  const http = origin.httpPort ?? 80;
  const https = origin.httpsPort ?? 443;
  switch (origin.protocolPolicy) {
    case 'http-only':
      return [http];
    case 'https-only':
      return [https];
    default:
      return [...new Set([http, https])];
  }
}
