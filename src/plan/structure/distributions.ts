/** What every distribution of the plan has alike. */
import type { Properties } from '../../inventory/pulumi/recorded.ts';
import { type Create, type Edit, type Named, ref } from '../edit.ts';
import type { State } from '../state.ts';
import { type DeclaredResource, edited } from '../world.ts';
import { tagged } from './names.ts';

export const DISTRIBUTION = 'aws:cloudfront/distribution:Distribution';

export interface Front {
  readonly name: string;
  readonly comment: string;
  /** Empty: reached by its own name only. */
  readonly aliases: readonly string[];
  /** ARN or reference; undefined without aliases. */
  readonly certificate: string | undefined;
  readonly origin: Properties;
  readonly behaviour: Properties;
  readonly more?: Properties;
}

export const distribution = ({ name, comment, aliases, certificate, origin, behaviour, more }: Front): Create => ({
  op: 'create',
  type: DISTRIBUTION,
  name,
  properties: {
    enabled: true,
    comment,
    ...(aliases.length > 0 ? { aliases } : {}),
    httpVersion: 'http2and3',
    isIpv6Enabled: true,
    priceClass: 'PriceClass_All',
    origins: [{ originId: 'origin', ...origin }],
    defaultCacheBehavior: {
      targetOriginId: 'origin',
      viewerProtocolPolicy: 'redirect-to-https',
      compress: true,
      ...behaviour,
    },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    viewerCertificate:
      certificate === undefined
        ? { cloudfrontDefaultCertificate: true }
        : { acmCertificateArn: certificate, sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021' },
    ...more,
    tags: tagged(name),
  },
});

/** Where an alias record leads: one atomic change puts it there, and one takes it back. */
export const aliasTo = (of: Named): Properties => ({
  name: ref(of, 'domainName'),
  zoneId: ref(of, 'hostedZoneId'),
  evaluateTargetHealth: false,
});

/** What a creation will be, with the ids that it gets: the edits are applied to a copy of what is declared. */
export function madeBy(state: State, edits: readonly Edit[], named: Named): DeclaredResource | undefined {
  return edited(state.world, edits).declared.get(`${named.type}::${named.name}`);
}

export const outputOf = (declared: DeclaredResource | undefined, output: string): string => {
  const value = declared?.outputs[output];
  return typeof value === 'string' ? value : '';
};
